import type { SiteConfig } from '@placet/contract';
import { createPrivacy, createReopenButton, type Privacy } from '@placet/core';
import { providePrivacy } from '@placet/elements';
import { BannerElement } from '@placet/elements/banner.js';
import { locale } from '@placet/elements/locales/en.js';
import { PreferencesElement } from '@placet/elements/preferences.js';
import { Fragment, StrictMode, createElement, useEffect } from 'react';
import { createRoot } from 'react-dom/client';

/** What the test looks at. */
declare global {
  interface Window {
    /** Every engine that was started, the newest last. */
    engines: Privacy[];
    /** What `document` heard of. */
    changes: unknown[];
    mount(): void;
    unmount(): void;
  }
}

const CONFIG: SiteConfig = {
  controller: { name: 'Maison Tilleul', privacyUrl: '/privacy' },
  notice: '2026-11',
  onWithdraw: 'keep',
  purposes: [{ id: 'analytics' }, { id: 'marketing' }],
};

/** As docs/guides/modules.md shows it. */
function Consent({ config }: { config: SiteConfig }) {
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const privacy = createPrivacy(config, { signal });
    window.engines.push(privacy);
    providePrivacy(privacy, locale, document, signal);
    createReopenButton(privacy, 'Cookie choices', signal);
    BannerElement.define('placet-banner');
    PreferencesElement.define('placet-preferences');
    return () => stop.abort();
  }, [config]);
  return createElement(
    Fragment,
    null,
    createElement('placet-banner'),
    createElement('placet-preferences'),
  );
}

window.engines = [];
window.changes = [];
document.addEventListener('placet-consent-change', ({ decision }) => {
  window.changes.push(decision);
});

let root: ReturnType<typeof createRoot> | undefined;
window.mount = () => {
  root = createRoot(document.getElementById('app')!);
  root.render(createElement(StrictMode, null, createElement(Consent, { config: CONFIG })));
};
window.unmount = () => root?.unmount();
window.mount();
