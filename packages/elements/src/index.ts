export { BannerElement } from './banner/banner.js';
export { PreferencesElement } from './preferences/preferences.js';
export { EmbedElement } from './embed/embed.js';
export { ConsentSavedEvent, ConsentSaveEvent, PlacetErrorEvent } from './events.js';
export { providePrivacy, CONSENT, type Consent } from './shared/context.js';
export type { Locale, Text, TextName, Texts } from './locales/locale.js';
