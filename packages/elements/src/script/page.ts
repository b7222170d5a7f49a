import type { SiteConfig } from '@placet/contract';
import {
  createReopenButton,
  OUTBOX,
  startPrivacy,
  type Keep,
  type Privacy,
  type StartOptions,
} from '@placet/core';
import { FOLDER } from 'virtual:placet-folder';
import { reopen as en } from '../locales/en/banner.js';
import { reopen as fr } from '../locales/fr/banner.js';
import type { Texts } from '../locales/locale.js';
import type { ExtraModule, OutboxModule, WidgetsModule } from './modules.js';

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
    options: StartOptions,
    loadChoosing: () => Promise<WidgetsModule>,
  ) => Privacy = startPrivacy,
): Privacy {
  const load = <Module>(name: string) =>
    import(new URL(`${FOLDER}/${name}.js`, src) as unknown as string) as Promise<Module>;
  const loadWidgets = () => load<WidgetsModule>('banner');
  const language = () => {
    const base = privacy.language.slice(0, 2);
    return REOPEN[base] ? base : 'en';
  };
  // Filled as the words arrive: each widget's come with it.
  const texts = {} as Texts;
  /** Waits for all of them (those undefined bring nothing), then takes their words and lets each begin, in order. */
  const bring = async (...modules: readonly unknown[]) => {
    for (const each of (await Promise.all(modules)) as (ExtraModule | undefined)[]) {
      Object.assign(texts, each?.texts);
      each?.mount?.(privacy, { language: language(), texts }, dataset);
    }
  };
  /** Brings in what proves choices, and hands over the one just made. */
  const keep = dataset['endpoint']
    ? (...made: Parameters<Keep>) =>
        load<OutboxModule>('outbox').then(
          ({ mount }) => mount(privacy, dataset, ...made),
          () => 0,
        )
    : undefined;
  let mounted: Promise<void> | undefined;
  const show = async (name?: string) => {
    await privacy.ready;
    mounted ??= bring(load(language()), loadWidgets());
    if (name) await bring(mounted, load(language() + '-' + name), load(name), keep?.());
    else void keep?.();
  };
  const privacy = start(
    findConfig(dataset['config']),
    { nonce, keep, loadPreferences: () => show('preferences') },
    loadWidgets,
  );
  const look = () => {
    if (!privacy.decision || document.querySelector('placet-banner')) void show();
    for (const name of 'opt-in my-data embed subscriptions'.split(' '))
      if (document.querySelector(`placet-${name}`)) void show(name);
  };
  const begin = () => {
    if (privacy.config!.platforms) void bring(load('platforms'));
    const own = privacy.config!.texts;
    const label = (own?.[privacy.language] ?? own?.[language()])?.['reopen'];
    createReopenButton(privacy, label ?? REOPEN[language()]!);
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
    look();
    // An opt-in that waits in this tab is no id.
    if ((sessionStorage[OUTBOX] ?? localStorage[OUTBOX]) !== privacy.decision?.id) void keep?.();
  };
  // Where storage is blocked, nothing was left to be sent. An unreadable config has been said
  // already: nothing shows, everything stays held.
  privacy.ready.then(begin).catch(() => 0);
  return privacy;
}
