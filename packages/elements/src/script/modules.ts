/** What the module with the banner, which every other widget builds on, hands to `placet.js`. */
export type WidgetsModule = typeof import('./widgets.module.js');
/** A module that adds one more widget. */
export interface ExtraModule {
  mount(): void;
}
/** A module of words. */
export interface TextsModule {
  texts: Partial<import('../locales/locale.js').Texts>;
}
/** The module that tells further platforms of the choice. */
export type PlatformsModule = typeof import('./platforms.module.js');
