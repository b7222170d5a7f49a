import type { Channel, Frequency } from './opt-in/opt-in.js';

/** One text for all, or one per language: `{"fr": "Mesure d’audience", "en": "Audience measurement"}`. */
export type LocalText = string | Readonly<Record<string, string>>;

/** `opt-in` asks first (the default and the strictest); `opt-out` runs until refused; `notice` only informs. */
export type Regime = 'opt-in' | 'opt-out' | 'notice';

/** The seven signals of Google Consent Mode v2. */
export type Signal =
  | 'ad_storage'
  | 'ad_user_data'
  | 'ad_personalization'
  | 'analytics_storage'
  | 'functionality_storage'
  | 'personalization_storage'
  | 'security_storage';

/** Tools told of the choice through an interface of their own, besides Google's, which is always told. */
export type Platform = 'microsoft-uet' | 'clarity' | 'matomo';

/** A cookie that a service sets. */
export interface CookieDeclaration {
  /** Exact, or with `*`: `_pk_*`. */
  name: string;
  /** How long it lives, as the visitor reads it: `13 months`. */
  duration: LocalText;
}

/** A third-party tool that serves a purpose. */
export interface Service {
  /** Lower-case letters, digits and hyphens: `youtube`. */
  id: string;
  name: string;
  /** The company behind it. */
  owner: string;
  privacyUrl?: string;
  cookies?: readonly CookieDeclaration[];
}

/** What trackers are for. Off until the visitor turns it on: there is no word for anything else. */
export interface Purpose {
  /** `necessary`, `preferences`, `analytics` and `marketing` bring texts and signals of their own; others need a label. */
  id: string;
  /** Strictly necessary for the service that the visitor asked for: always on, never asked. */
  necessary?: boolean;
  label?: LocalText;
  /** One plain sentence, 25 words at most (DP-16). */
  description?: LocalText;
  /** Consent Mode signals that follow this purpose. The four usual ids have a default. */
  signals?: readonly Signal[];
  services?: readonly Service[];
}

/** Who answers for the data: the site's owner. */
export interface Controller {
  name: string;
  /** The privacy policy's address. */
  privacyUrl: string;
  /** An e-mail address or page for questions about data. */
  contact?: string;
}

/** What messages are about: one box per topic, channel and controller (001-26). */
export interface Topic {
  /** Lower-case letters, digits and hyphens: `newsletter`. */
  id: string;
  /** What is sent, so that it fits in "I would like … to send me … by e-mail": `its newsletter`. */
  label: LocalText;
  /** How often at most, so that it ends that sentence: `once a month at most` (002-21). */
  frequency: LocalText;
  /** One plain sentence more, under the box. */
  description?: LocalText;
}

/** The marketing that people can say yes to. There is no word for a box that is ticked before they do. */
export interface Marketing {
  topics: readonly Topic[];
  /** By which ways each of them comes. */
  channels: readonly Channel[];
  /** Who sends, where it is not (only) the site's own controller; each is asked for apart (001-14, 001-19). */
  controllers?: readonly (Controller & { id: string })[];
  /** How often people may choose to be written to. @default no such choice */
  frequencies?: readonly Frequency[];
  /** The age, 13 to 16, below which a parent agrees instead (GDPR art. 8). @default not asked */
  minimumAge?: number;
  /** ISO 3166 code of the country whose telephone numbers may be written without `+`: `FR`. */
  country?: string;
  /** The page with `<placet-subscriptions>`, to which messages link. @default a page of the backend's own */
  manageUrl?: string;
}

/** How people exercise their rights here. There is no word for switching a right off. */
export interface Rights {
  /** The page with `<placet-my-data>`, to which mailed links lead: `/my-data/`. */
  url: string;
  /**
   * Whether people delete their account themselves, or are shown whom to ask (000-13).
   * @default 'self-service'
   */
  erasure?: 'self-service' | 'on-request';
  /** Where the data protection officer is reached: an e-mail address or a page. @default there is none */
  dpo?: string;
  /** The data protection authority that answers for this controller, with which people can complain. @default any */
  authority?: { name: string; url?: string };
}

/** What a site owner says about the site, as plain JSON. Checked by `@placet/contract/schema`. */
export interface SiteConfig {
  controller: Controller;
  /** Version of what is shown; another one asks again. */
  notice: string;
  purposes: readonly Purpose[];
  /** Which of the controller's sites this is, where one backend keeps the registers of several. @default 'default' */
  site?: string;
  /** Calendar months that a choice lasts, 1 to 13, for accepting and refusing alike. @default 13 */
  months?: number;
  /** BCP 47. @default the page's `<html lang>`, else `en` */
  language?: string;
  /** @default 'opt-in' */
  regime?: Regime;
  /** A box in the corner or a bar along the edge. @default 'box' */
  layout?: 'box' | 'bar';
  cookie?: { name?: string; domain?: string };
  /** Whether the page reloads when something that already ran is no longer allowed. @default 'reload' */
  onWithdraw?: 'reload' | 'keep';
  /** `none` only when every page offers a `data-placet-open` element of its own. @default 'button' */
  reopen?: 'button' | 'none';
  /** Newsletters and the like, for `placet-opt-in`. */
  marketing?: Marketing;
  /** What is held about people, and what they can do about it, for `placet-my-data`. */
  rights?: Rights;
  /** Who else is told of the choice. @default [] */
  platforms?: readonly Platform[];
  /** Own wording, by language and text name. Changes the notice's hash. */
  texts?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** True for the purpose that is never asked. */
export function isNecessary(purpose: Purpose): boolean {
  return purpose.necessary === true || purpose.id === 'necessary';
}

/** Picks a text's variant: the language, its base language, English, or any. */
export function localText(text: LocalText | undefined, language: string): string | undefined {
  if (typeof text !== 'object') return text;
  return text[language] ?? text[language.split('-')[0]!] ?? text['en'] ?? Object.values(text)[0];
}

/** True where things may run until they are refused; a word that is none of the regimes counts as `opt-in`. */
export function isLax(regime: Regime | undefined): boolean {
  return regime === 'opt-out' || regime === 'notice';
}
