import { ACCOUNT, COUNTER, LANGUAGES, MAILBOX, PAGES } from './pages.mjs';
import { WORDS } from './words.mjs';

/**
 * The frame that every page shares. The two lines that install Placet come first in the head,
 * so that what follows, vendors' tags included, already finds it there.
 *
 * @param {object} parts
 * @param {object} parts.page an entry of `PAGES`
 * @param {'fr' | 'en'} parts.language
 * @param {object} parts.config what Placet is told
 * @param {string} [parts.endpoint] where its backend answers, if there is one
 * @param {string} parts.content the page's own HTML
 * @param {string} parts.tags the vendors' held tags
 * @param {(name: string) => string} parts.art an illustration by name
 * @param {boolean} [parts.hasMailbox] whether the demonstration's mailbox is there
 */
export function layout({ page, language, config, endpoint, content, tags, art, hasMailbox }) {
  const words = WORDS[language];
  const backend = endpoint ? ` data-endpoint="${endpoint}"` : '';
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<script type="application/json" id="placet-config">${jsonForScript(config)}</script>
<script src="/placet/placet.js"${backend}></script>
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title[language]}${page.key === 'home' ? '' : ' · Maison Tilleul'}</title>
<meta name="description" content="${page.description[language]}">
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="/site.css">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
${LANGUAGES.map((code) => `<link rel="alternate" hreflang="${code}" href="${page.path[code]}">`).join('\n')}
${tags}
</head>
<body class="page-${page.key}">
<header class="site-header">
  <a class="skip" href="#main">${words.skip}</a>
  <a class="wordmark" href="${pathOf('home', language)}" aria-label="${words.home}">${art('leaf')}<span>Maison Tilleul</span></a>
  <nav aria-label="${words.menu}">
    <ul>
      ${PAGES.filter((entry) => entry.menu)
        .map((entry) => menuItem(entry, page, language))
        .join('\n      ')}
      <li><a class="language" href="${page.path[words.otherCode]}" lang="${words.otherCode}" hreflang="${words.otherCode}">${words.otherLanguage}</a></li>
    </ul>
  </nav>
</header>
<main id="main" tabindex="-1">
${content}
</main>
${page.plainFooter ? plainFooter(words) : footer(words, language, hasMailbox)}
</body>
</html>
`;
}

function pathOf(key, language) {
  return PAGES.find((page) => page.key === key).path[language];
}

function menuItem(entry, current, language) {
  const here = entry.key === current.key ? ' aria-current="page"' : '';
  const look = entry.key === 'book' ? ' class="book"' : '';
  return `<li><a href="${entry.path[language]}"${look}${here}>${entry.menu[language]}</a></li>`;
}

function footer(words, language, hasMailbox) {
  const link = (page) => `<li><a href="${page.path[language]}">${page.title[language]}</a></li>`;
  const [newsletter, messages, data, privacy] = [
    'newsletter',
    'messages',
    'my-data',
    'privacy',
  ].map((key) => PAGES.find((page) => page.key === key));
  return `<footer class="site-footer">
  <address>
    <strong>Maison Tilleul</strong><br>
    12, rue des Lavandières, 21200 Beaune<br>
    <a href="tel:+33353014210">03 53 01 42 10</a>
  </address>
  <p>${words.hours}</p>
  <nav aria-label="${words.footerMenu}">
    <ul>
      ${link(newsletter)}
      ${link(messages)}
      ${link(data)}
      ${link(privacy)}
      <li><button type="button" class="link" data-placet-open>${words.cookies}</button></li>
    </ul>
  </nav>
  <p class="small">${words.rights}</p>${hasMailbox ? `\n  <p class="small"><a class="demo" href="${MAILBOX.path[language]}">${words.mailbox}</a> · <a class="demo" href="${ACCOUNT.path[language]}">${words.account}</a> · <a class="demo" href="${COUNTER.path[language]}">${words.counter}</a></p>` : ''}
</footer>`;
}

function plainFooter(words) {
  return `<footer class="site-footer"><p class="small">${words.rights}</p></footer>`;
}

/** JSON that cannot end the script element it stands in. */
function jsonForScript(value) {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
