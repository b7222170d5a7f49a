import type { texts as banner } from './en/banner.js';
import type { texts as panel } from './en/panel.js';
import type { texts as proof } from './en/proof.js';

/** A visible text: words with `{places}`, or a function where the language counts (plurals). */
export type Text = string | ((values: Readonly<Record<string, string | number>>) => string);

/** What a first visit shows; English defines which texts there are. */
export type BannerTexts = Readonly<Record<keyof typeof banner, Text>>;

/** What only the panel and the embeds show, loaded with them. */
export type PanelTexts = Readonly<Record<keyof typeof panel, Text>>;

/** What goes with the proof of a choice, loaded where there is one to be had. */
export type ProofTexts = Readonly<Record<keyof typeof proof, Text>>;

/** Every text by name. */
export type Texts = BannerTexts & PanelTexts & ProofTexts & { readonly reopen: Text };

/** The name of a text, as `texts` of the config overrides it. */
export type TextName = keyof Texts;

/** The widgets' words in one language. */
export interface Locale {
  /** BCP 47. */
  readonly language: string;
  readonly texts: Texts;
}
