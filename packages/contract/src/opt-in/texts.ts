import type { Text } from '../text.js';
import type { texts } from '../locales/opt-in/en.js';

/** What opt-in forms say; English defines which texts there are. */
export type OptInTexts = Readonly<Record<keyof typeof texts, Text>>;

/** The name of one of them, as `texts` of the config overrides it. */
export type OptInTextName = keyof OptInTexts;
