import { readFileSync, readdirSync } from 'node:fs';
import { bookingForm } from './booking-form.mjs';
import { cookieTables } from './cookie-table.mjs';
import { layout } from './layout.mjs';
import { LANGUAGES, NOT_FOUND, PAGES } from './pages.mjs';

const root = new URL('../', import.meta.url);

/**
 * @typedef {object} SiteOptions
 * @property {string} [endpoint] where Placet's backend answers, if there is one
 * @property {(options: {language: string, path: string}) => string} [optInForm] the opt-in form for
 *   browsers without script, which only a backend can take
 * @property {boolean} [hasMailbox] whether the demonstration's mailbox is there
 */

/** The site's configuration, as Placet's backend gets it. */
export function readConfig() {
  return JSON.parse(read('placet.config.json'));
}

/**
 * Makes pages of content files and the one layout.
 *
 * @param {SiteOptions} [options]
 * @returns {(page: object, language: 'fr' | 'en', values?: Record<string, () => string>) => string}
 *   `values`: what else the content asks for with `{{name}}`
 */
export function createRenderer({ endpoint, optInForm, hasMailbox } = {}) {
  const tags = read('partials/tags.html');
  const config = readConfig();
  return (page, language, values = {}) => {
    const ownConfig = inLanguage(config, language);
    const content = fill(read(`content/${language}/${page.key}.html`), {
      art,
      cookies: () => cookieTables(ownConfig, language),
      booking: () => bookingForm(language),
      optInForm: () =>
        optInForm?.({ language, path: page.path[language] }) ??
        read(`content/${language}/no-backend.html`),
      ...values,
    });
    return layout({ page, language, config: ownConfig, endpoint, content, tags, art, hasMailbox });
  };
}

/**
 * Renders the whole site.
 *
 * @param {SiteOptions} [options]
 * @returns {Map<string, string | Buffer>} contents by path: `/`, `/soins/`, `/site.css`…
 */
export function renderSite(options = {}) {
  const site = new Map();
  const render = createRenderer(options);
  for (const language of LANGUAGES) {
    for (const page of [...PAGES, NOT_FOUND]) site.set(page.path[language], render(page, language));
  }
  for (const name of readdirSync(new URL('public/', root))) {
    site.set(`/${name}`, readFileSync(new URL(`public/${name}`, root)));
  }
  return site;
}

/** The one thing that differs by language and is not a text: where the privacy page lies. */
function inLanguage(config, language) {
  const from = config.controller.privacyUrl;
  const to = PAGES.find((page) => page.key === 'privacy').path[language];
  return JSON.parse(JSON.stringify(config).replaceAll(JSON.stringify(from), JSON.stringify(to)));
}

/** Replaces `{{name}}` and `{{name argument}}`, the only two things a content file can ask for. */
function fill(html, values) {
  return html.replace(/\{\{(\w+)(?: ([\w-]+))?\}\}/g, (_, name, argument) =>
    values[name](argument),
  );
}

function art(name) {
  return read(`illustrations/${name}.svg`).trim();
}

function read(path) {
  return readFileSync(new URL(path, root), 'utf8');
}
