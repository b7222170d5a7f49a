import { reopen, texts as banner } from './en/banner.js';
import { texts as panel } from './en/panel.js';
import { texts as proof } from './en/proof.js';
import type { Locale } from './locale.js';

/** English. */
export const locale: Locale = { language: 'en', texts: { ...banner, ...panel, ...proof, reopen } };
