import type { OptInTexts, Text } from '@placet/contract';
import type { texts as banner } from './en/banner.js';
import type { texts as choices } from './en/choices.js';
import type { texts as embed } from './en/embed.js';
import type { texts as myData } from './en/my-data.js';
import type { texts as panel } from './en/preferences.js';
import type { texts as proof } from './en/proof.js';
import type { texts as subscriptions } from './en/subscriptions.js';

/** What a first visit shows; English defines which texts there are. */
export type BannerTexts = Readonly<Record<keyof typeof banner, Text>>;

/** What only the panel shows, loaded with it. */
export type PanelTexts = Readonly<Record<keyof typeof panel, Text>>;

/** What only the embeds show, loaded with them. */
export type EmbedTexts = Readonly<Record<keyof typeof embed, Text>>;

/** What only the preference centre shows, besides the words of opt-in forms. */
export type SubscriptionTexts = Readonly<Record<keyof typeof subscriptions, Text>>;

/** What both it and the page about one's own data show. */
export type ChoiceTexts = Readonly<Record<keyof typeof choices, Text>>;

/** What only the page about one's own data shows. */
export type DataTexts = Readonly<Record<keyof typeof myData, Text>>;

/** What goes with the proof of a choice, loaded where there is one to be had. */
export type ProofTexts = Readonly<Record<keyof typeof proof, Text>>;

/** Every text by name. */
export type Texts = BannerTexts &
  PanelTexts &
  EmbedTexts &
  ProofTexts &
  SubscriptionTexts &
  ChoiceTexts &
  DataTexts &
  OptInTexts & { readonly reopen: Text };

export type { Text };

/** The name of a text, as `texts` of the config overrides it. */
export type TextName = keyof Texts;

/** The widgets' words in one language. */
export interface Locale {
  /** BCP 47. */
  readonly language: string;
  readonly texts: Texts;
}
