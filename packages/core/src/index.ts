export { createPrivacy } from './create-privacy.js';
export { startPrivacy, type ChoiceContext, type Privacy, type PrivacyOptions } from './privacy.js';
export { choosing, lapseReason, type Choosing } from './choosing.js';
export { cookieStorage, type ConsentStorage, type CookieStorageOptions } from './cookie-storage.js';
export { CONSENT_CHANGE, PREFERENCES_OPEN, ConsentChangeEvent } from './events.js';
export { tellPlatforms } from './platforms.js';
export { createReopenButton } from './reopen-button.js';
export type { Warn, WarningCode } from './warn.js';
