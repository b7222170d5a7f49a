import type { Privacy } from '@placet/core';
import type { Locale, Texts } from '../locales/locale.js';

/** What the module with the banner, which every other widget builds on, hands to `placet.js`. */
export type WidgetsModule = typeof import('./widgets.module.js');
/** The module that proves choices. */
export type OutboxModule = typeof import('./outbox.module.js');
/** A module that adds words, a widget, or something else of its own. */
export interface ExtraModule {
  texts?: Partial<Texts>;
  /** @param tag what the script tag says in `data-…` */
  mount?(privacy: Privacy, locale: Locale, tag: DOMStringMap): void;
}
