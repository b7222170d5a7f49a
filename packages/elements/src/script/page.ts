import type { SiteConfig } from '@placet/contract';
import { createReopenButton, startPrivacy, type Privacy, type PrivacyOptions } from '@placet/core';
import { FOLDER } from 'virtual:placet-folder';
import { reopen as en } from '../locales/en/banner.js';
import { reopen as fr } from '../locales/fr/banner.js';
import type { Texts } from '../locales/locale.js';
import type { ExtraModule, PlatformsModule, TextsModule, WidgetsModule } from './modules.js';

/** What the reopening button says, since it must be there before any locale is loaded. */
const REOPEN: Readonly<Record<string, string>> = { en, fr };

/** Finds the site's config: `data-config`, `window.placetConfig`, or the inline element (design §3 "Script tag"). */
function findConfig(url: string | undefined): SiteConfig | Promise<SiteConfig> {
  const read = (): SiteConfig =>
    (window as { placetConfig?: SiteConfig }).placetConfig ??
    (JSON.parse(document.getElementById('placet-config')!.textContent) as SiteConfig);
  if (url) return fetch(url).then((response) => response.json() as Promise<SiteConfig>);
  try {
    return read();
  } catch {
    // It may stand further down the page.
    return new Promise((resolve) =>
      document.readyState === 'loading'
        ? document.addEventListener('DOMContentLoaded', resolve)
        : resolve(0),
    ).then(read);
  }
}

/**
 * Makes the page's `Privacy` from the script tag, and brings in the widgets'
 * modules when one is needed: on a first visit, for a `<placet-…>` tag, or to
 * change one's mind.
 */
export function startPage(
  { src, nonce, dataset }: HTMLScriptElement,
  start: (
    config: SiteConfig | Promise<SiteConfig>,
    options: PrivacyOptions,
    loadChoosing: () => Promise<WidgetsModule['choosing']>,
  ) => Privacy = startPrivacy,
): Privacy {
  const load = <Module>(name: string) =>
    import(new URL(`${FOLDER}/${name}.js`, src).href) as Promise<Module>;
  const loadWidgets = () => load<WidgetsModule>('banner');
  const language = () => {
    const base = privacy.language.slice(0, 2);
    return base in REOPEN ? base : 'en';
  };
  // Filled as the words arrive: the panel's come with the panel.
  const texts = {} as Texts;
  const loadTexts = (name: string) =>
    load<TextsModule>(name).then((module) => Object.assign(texts, module.texts));
  let mounted: Promise<void> | undefined;
  const show = async (name?: string) => {
    await privacy.ready;
    mounted ??= Promise.all([loadWidgets(), loadTexts(language())]).then(([{ mount }]) =>
      mount(privacy, { language: language(), texts }),
    );
    if (!name) return;
    const [{ mount }] = await Promise.all([
      load<ExtraModule>(name),
      loadTexts(`${language()}-panel`),
      mounted,
    ]);
    mount();
  };
  const privacy = start(
    findConfig(dataset['config']),
    { nonce, loadPreferences: () => show('preferences') },
    async () => (await loadWidgets()).choosing,
  );
  const look = () => {
    if (!privacy.decision || document.querySelector('placet-banner')) void show();
    if (document.querySelector('placet-embed')) void show('embed');
  };
  const begin = () => {
    if (privacy.config!.platforms)
      void load<PlatformsModule>('platforms').then(({ mount }) => mount(privacy));
    const { texts: own = {} } = privacy.config!;
    const label = (own[privacy.language] ?? own[language()])?.['reopen'];
    createReopenButton(privacy, label ?? REOPEN[language()]!);
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
    look();
  };
  // An unreadable config has been said already: nothing shows, everything stays held.
  privacy.ready.then(begin, () => 0);
  return privacy;
}
