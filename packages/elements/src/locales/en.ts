import { reopen, texts as banner } from './en/banner.js';
import { texts as choices } from './en/choices.js';
import { texts as embed } from './en/embed.js';
import { texts as myData } from './en/my-data.js';
import { texts as optIn } from './en/opt-in.js';
import { texts as preferences } from './en/preferences.js';
import { texts as proof } from './en/proof.js';
import { texts as subscriptions } from './en/subscriptions.js';
import type { Locale } from './locale.js';

/** English. */
export const locale: Locale = {
  language: 'en',
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
