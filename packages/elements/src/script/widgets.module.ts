import type { Privacy } from '@placet/core';
import { BannerElement } from '../banner/banner.js';
import type { Locale } from '../locales/locale.js';
import { providePrivacy } from '../shared/context.js';

export { choose, clean, store } from '@placet/core';

/** Brings the banner onto a page that has a `Privacy`; a `<placet-banner>` of the page's own is used instead. */
export function mount(privacy: Privacy, locale: Locale): void {
  providePrivacy(privacy, locale);
  BannerElement.define('placet-banner');
  if (privacy.decision || document.querySelector('placet-banner')) return;
  const banner = document.createElement('placet-banner');
  // First in the body, so that the keyboard meets it first without its taking the focus.
  const place = () => {
    if (!banner.isConnected && !privacy.decision) document.body?.prepend(banner);
  };
  place();
  // The body may not be there yet, and some frameworks swap it for another.
  new MutationObserver(place).observe(document.documentElement, { childList: true });
}
