import { reopen, texts as banner } from './fr/banner.js';
import { texts as panel } from './fr/panel.js';
import { texts as proof } from './fr/proof.js';
import type { Locale } from './locale.js';

/** Français. */
export const locale: Locale = { language: 'fr', texts: { ...banner, ...panel, ...proof, reopen } };
