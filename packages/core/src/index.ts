export { createPrivacy } from './create-privacy.js';
export {
  startPrivacy,
  type ChoiceContext,
  type Keep,
  type Privacy,
  type PrivacyOptions,
  type StartOptions,
} from './privacy.js';
export { choose, clean, lapseReason, store, type Choosing } from './choosing.js';
export { cookieStorage, type ConsentStorage, type CookieStorageOptions } from './cookie-storage.js';
export {
  CONSENT_CHANGE,
  PREFERENCES_OPEN,
  ConsentChangeEvent,
  PlacetErrorEvent,
} from './events.js';
export { createOutbox, type Outbox, type OutboxOptions } from './outbox.js';
export { OUTBOX } from './outbox-key.js';
export { tellPlatforms } from './platforms.js';
export { createReopenButton } from './reopen-button.js';
export { uuid } from './uuid.js';
export type { Warn, WarningCode } from './warn.js';
