/**
 * Tells a developer what is wrong, by code. The development build turns it into
 * a sentence with a link, once; the production build has none.
 */
export type Warn = (code: WarningCode, detail?: unknown) => void;

/** Codes explained in `docs/messages.md`. */
export type WarningCode =
  | 'config/unreadable'
  | 'config/invalid'
  | 'config/months'
  | 'gate/nonce'
  | 'gate/inline-csp'
  | 'gate/unknown-purpose'
  | 'opt-in/required'
  | 'opt-in/no-marketing'
  | 'opt-in/unknown-name'
  | 'opt-in/no-field'
  | 'opt-in/not-forwarded'
  | 'reopen/none'
  | 'script/twice'
  | 'signals/late'
  | 'storage/blocked';
