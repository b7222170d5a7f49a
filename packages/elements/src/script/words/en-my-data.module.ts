import { texts as choices } from '../../locales/en/choices.js';
import { texts as own } from '../../locales/en/my-data.js';

/** The page about one's own data lists messages as the preference centre does. */
export const texts = { ...choices, ...own };
