import type { OptInTexts, SiteConfig, SubscriptionsGroup, VisitorAdapter } from '@placet/contract';
import type { Privacy } from '@placet/core';
import type { Locale } from '../locales/locale.js';
import { providePrivacy } from '../shared/context.js';

/** What of an adapter an opt-in form calls. */
export type OptInAdapter = Pick<VisitorAdapter, 'name' | 'capabilities'> & {
  readonly subscriptions?: Pick<SubscriptionsGroup, 'submit' | 'confirm'>;
};

/** What {@link provideOptIns} works with. */
export interface ProvideOptInsOptions {
  config: SiteConfig;
  /** The backend. Without one, forms of the host alone can hold an opt-in. */
  adapter?: OptInAdapter | undefined;
  /** The words of opt-in forms do. */
  locale: { readonly language: string; readonly texts: OptInTexts };
  /** Below what. @default document */
  root?: Document | Element | undefined;
  /** @default () => new Date() */
  now?: (() => Date) | undefined;
  /** Stops providing. */
  signal?: AbortSignal | undefined;
}

/**
 * Serves the opt-in forms of a page that asks nobody about cookies: what they need of a `Privacy`,
 * without the engine. A page with a banner has `providePrivacy`, which serves them, too.
 */
export function provideOptIns(options: ProvideOptInsOptions): void {
  const { config, adapter, locale, root, now = () => new Date(), signal } = options;
  const page = Object.assign(new EventTarget(), {
    config,
    adapter,
    now,
    language: config.language || document.documentElement.lang || 'en',
    ready: Promise.resolve(),
  }) as object;
  providePrivacy(page as Privacy, locale as Locale, root, signal);
}
