import { readFileSync, readdirSync } from 'node:fs';
import { cookieTables } from './cookie-table.mjs';
import { layout } from './layout.mjs';
import { LANGUAGES, NOT_FOUND, PAGES } from './pages.mjs';

const root = new URL('../', import.meta.url);

/**
 * Renders the whole site.
 *
 * @param {{endpoint?: string}} [options] `endpoint`: where Placet's backend answers, if there is one
 * @returns {Map<string, string | Buffer>} contents by path: `/`, `/soins/`, `/site.css`…
 */
export function renderSite({ endpoint } = {}) {
  const site = new Map();
  const tags = read('partials/tags.html');
  const config = JSON.parse(read('placet.config.json'));
  for (const language of LANGUAGES) {
    const ownConfig = inLanguage(config, language);
    for (const page of [...PAGES, NOT_FOUND]) {
      const content = fill(read(`content/${language}/${page.key}.html`), {
        art,
        cookies: () => cookieTables(ownConfig, language),
      });
      const html = layout({ page, language, config: ownConfig, endpoint, content, tags, art });
      site.set(page.path[language], html);
    }
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
