import { texts as choices } from '../../locales/en/choices.js';
import { texts as optIn } from '../../locales/en/opt-in.js';
import { texts as proof } from '../../locales/en/proof.js';
import { texts as own } from '../../locales/en/subscriptions.js';

/** The preference centre says what opt-in forms say, too. */
export const texts = { ...optIn, ...proof, ...choices, ...own };
