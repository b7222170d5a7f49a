/**
 * Every failure that Placet reports, by its stable code.
 *
 * Codes are public: hosts switch on them, the development build explains them,
 * `docs/messages.md` says what to do about each.
 */
export const ERRORS = {
  'config/unreadable':
    'The configuration could not be read, so nothing is shown and everything stays held.',
  'config/invalid': 'The configuration says something that Placet has no words for.',
  'consent/no-gesture': 'Consent was granted without a gesture of the visitor.',
  'preferences/missing': 'No <placet-preferences> could be shown.',
} as const;

/** A code of {@link ERRORS}. */
export type ErrorCode = keyof typeof ERRORS;

/** The one error type that Placet's API rejects with or dispatches. */
export class PlacetError extends Error {
  /** Stable, for programs: `consent/no-gesture`. */
  declare readonly code: ErrorCode;

  constructor(code: ErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ? `${code}: ${detail}` : code, options);
    this.name = 'PlacetError';
    this.code = code;
  }
}
