// What `import … from "@placet/core"` means under the `development` condition: the same, talkative.
export { createDevPrivacy as createPrivacy, watchDevelopment } from './dev/privacy.js';
export { createWarner } from './dev/warner.js';
export { startPrivacy, type ChoiceContext, type Privacy, type PrivacyOptions } from './privacy.js';
export { choosing, lapseReason, type Choosing } from './choosing.js';
export { cookieStorage, type ConsentStorage, type CookieStorageOptions } from './cookie-storage.js';
export { CONSENT_CHANGE, PREFERENCES_OPEN, ConsentChangeEvent } from './events.js';
export { tellPlatforms } from './platforms.js';
export { createReopenButton } from './reopen-button.js';
export type { Warn, WarningCode } from './warn.js';
