import { createHash } from 'node:crypto';
import { raw } from 'hono/html';
import { piece, type Html } from '../../pages/layout.js';
import type { PackageCategory, PackageContents, PackageSystem } from './document.js';
import { recordsHtml } from './records-html.js';
import { STYLE } from './style.js';
import type { PackageWords } from './words.js';

/** Whoever has no more than this of a category reads it on the first page. */
const MOST_INLINE = 200;
/** Parts on a page: 5,000 records at most. */
const PARTS_A_PAGE = 10;

/** The pages of a category that has pages of its own. */
export interface CategoryPages {
  system: PackageSystem;
  category: PackageCategory;
  /** As from the first page: `pages/bookings-orders-1.html`. */
  files: readonly string[];
}

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** How many pages of its own a category has. */
export function pagesOf({ count, parts }: PackageCategory): number {
  return count <= MOST_INLINE ? 0 : Math.ceil(parts / PARTS_A_PAGE);
}

/** The first page: whose data it is and why it is held, with what is short enough. */
export async function* indexHtml(
  { about, systems }: PackageContents,
  words: PackageWords,
  pages: readonly CategoryPages[],
): AsyncGenerator<string> {
  const title = titleOf(about, words);
  yield head(title, words);
  yield String(piece`<h1>${title}</h1>
<dl>
${term(words.text('asked'), words.day(about.request.receivedAt))}
${term(words.text('prepared'), words.day(about.preparedAt))}
${about.controllers.map(
  ({ name, contact, dpo, privacyUrl, authority }) => piece`${term(words.text('from'), name)}
${contact !== undefined && term(words.text('contact'), contact)}
${dpo !== undefined && term(words.text('dpo'), dpo)}
<dt>${words.text('privacy')}</dt><dd>${link(privacyUrl)}</dd>
${
  authority &&
  piece`<dt>${words.text('authority')}</dt><dd>${authority.name}${authority.url !== undefined && piece` ${link(authority.url)}`}</dd>`
}`,
)}
${about.recipients.length > 0 && term(words.text('recipients'), about.recipients.join(', '))}
${(about.transfers ?? []).map(({ recipient, ...where }) =>
  term(words.text('transfer'), `${recipient} – ${words.text('transferTo', where)}`),
)}
</dl>
<p>${words.text('files')}</p>
<h2>${words.text('rightsTitle')}</h2>
<p>${about.rights}</p>
<p>${about.complaint}</p>
<nav aria-labelledby="contents"><h2 id="contents">${words.text('contents')}</h2>
<ul>
${systems.map(({ name }, n) => piece`<li><a href="#s${n + 1}">${name}</a></li>\n`)}</ul></nav>
`);
  for (const [n, system] of systems.entries()) {
    yield String(piece`<h2 id="s${n + 1}">${system.name}</h2>\n`);
    if (system.categories.length === 0)
      yield String(
        piece`<p>${words.text(system.status === 'manual' ? 'manual' : 'nothing')}</p>\n`,
      );
    for (const [m, category] of system.categories.entries()) {
      const id = `s${n + 1}c${m + 1}`;
      yield String(describe(category, words, id));
      const own = pages.find((each) => each.category === category);
      if (own) yield String(links(own.files, words));
      else yield* recordsHtml(category, words, { labelledBy: id, heading: 'h4' });
    }
  }
  yield TAIL;
}

/** One page of a category that is too long for the first. */
export async function* pageHtml(
  { about }: PackageContents,
  words: PackageWords,
  { system, category, files }: CategoryPages,
  page: number,
): AsyncGenerator<string> {
  const title = `${system.name} – ${category.label}`;
  const beside = (n: number) => files[n]?.split('/').at(-1);
  const [previous, next] = [beside(page - 1), beside(page + 1)];
  yield head(`${title} – ${titleOf(about, words)}`, words);
  yield String(piece`<p><a href="../index.html">${words.text('back')}</a></p>
<h1 id="title">${title}</h1>
<p>${words.text('page', { page: words.number(page + 1), pages: words.number(files.length) })}</p>
`);
  const from = page * PARTS_A_PAGE;
  yield* recordsHtml(category, words, {
    labelledBy: 'title',
    heading: 'h2',
    from,
    to: from + PARTS_A_PAGE,
  });
  if (files.length > 1)
    yield String(piece`<p>
${previous !== undefined && piece`<a rel="prev" href="${previous}">${words.text('previousPage')}</a>`}
${next !== undefined && piece`<a rel="next" href="${next}">${words.text('nextPage')}</a>`}
</p>
`);
  yield TAIL;
}

function titleOf({ controllers }: PackageContents['about'], words: PackageWords): string {
  return words.text('title', { controller: controllers[0]?.name ?? '' });
}

const TAIL = '</main>\n</body>\n</html>\n';

function head(title: string, { language }: PackageWords): string {
  return String(piece`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
`);
}

function describe(category: PackageCategory, words: PackageWords, id: string): Html {
  const { label, purpose, basis, retention, recipients, source, count } = category;
  const { transfers = [], automated } = category;
  const line = (name: 'purpose' | 'retention' | 'source', text: string | undefined) =>
    text !== undefined && piece`${term(words.text(name), text)}\n`;
  return piece`<h3 id="${id}">${label}</h3>
<dl>
${line('purpose', purpose)}${basis !== undefined && piece`${term(words.text('basis'), words.basis(basis))}\n`}${line('retention', retention)}${
    recipients.length > 0 && piece`${term(words.text('recipients'), recipients.join(', '))}\n`
  }${line('source', source)}${transfers.map(
    (each) => piece`${term(words.text('transfer'), words.text('transferTo', { ...each }))}\n`,
  )}${
    automated !== undefined &&
    piece`${term(words.text('automated'), automated ? words.text('automatedHow', { ...automated }) : words.text('no'))}\n`
  }${term(words.text('count'), words.number(count))}
</dl>
`;
}

function links(files: readonly string[], words: PackageWords): Html {
  return piece`<ul>
${files.map((file, n) => {
  const label = words.text('page', {
    page: words.number(n + 1),
    pages: words.number(files.length),
  });
  return piece`<li><a href="${file}">${label}</a></li>\n`;
})}</ul>
`;
}

/** An address that leads somewhere from wherever the file lies. */
function link(url: string): Html | string {
  return /^https?:/.test(url) ? piece`<a rel="noreferrer" href="${url}">${url}</a>` : url;
}

function term(name: string, text: string): Html {
  return piece`<dt>${name}</dt><dd dir="auto">${text}</dd>`;
}
