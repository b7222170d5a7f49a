import { reopen, texts as banner } from './fr/banner.js';
import { texts as choices } from './fr/choices.js';
import { texts as embed } from './fr/embed.js';
import { texts as myData } from './fr/my-data.js';
import { texts as optIn } from './fr/opt-in.js';
import { texts as preferences } from './fr/preferences.js';
import { texts as proof } from './fr/proof.js';
import { texts as subscriptions } from './fr/subscriptions.js';
import type { Locale } from './locale.js';

/** Français. */
export const locale: Locale = {
  language: 'fr',
  texts: {
    ...banner,
    ...preferences,
    ...embed,
    ...proof,
    ...optIn,
    ...choices,
    ...subscriptions,
    ...myData,
    reopen,
  },
};
