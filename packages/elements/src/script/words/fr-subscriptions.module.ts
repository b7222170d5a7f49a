import { texts as choices } from '../../locales/fr/choices.js';
import { texts as optIn } from '../../locales/fr/opt-in.js';
import { texts as proof } from '../../locales/fr/proof.js';
import { texts as own } from '../../locales/fr/subscriptions.js';

/** The preference centre says what opt-in forms say, too. */
export const texts = { ...optIn, ...proof, ...choices, ...own };
