import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  arbitraryContents,
  HOSTILE,
  packageCategory,
  packageContents,
  writtenFiles,
} from '../../testing/package-contents.js';
import type { PackageContents } from './document.js';
import { packageWords } from './words.js';
import { filesOf } from './write-package.js';

const en = packageWords('en');

async function pagesOf(contents: PackageContents, words = en): Promise<Map<string, string>> {
  const files = await writtenFiles(filesOf(contents, words));
  return new Map([...files].filter(([name]) => name.endsWith('.html')));
}

/** Elements that stand alone. */
const VOID = ['meta'];
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"<>]*")*)>/y;

/**
 * Reads a page as strictly as can be: what is no tag of ours, or is not closed where it was opened,
 * fails. Answers the tags with their attributes, and the text between them.
 */
function readPage(page: string): { tags: { name: string; attributes: string }[]; text: string } {
  const open: string[] = [];
  const tags: { name: string; attributes: string }[] = [];
  let text = '';
  assert.ok(page.startsWith('<!doctype html>\n'));
  let at = '<!doctype html>'.length;
  while (at < page.length) {
    const next = page.indexOf('<', at);
    text += page.slice(at, next < 0 ? page.length : next);
    if (next < 0) break;
    TAG.lastIndex = next;
    const [whole = '', slash, name = '', attributes = ''] = TAG.exec(page) ?? [];
    assert.notEqual(whole, '', `a tag: ${page.slice(next, next + 60)}`);
    if (slash !== '') assert.equal(open.pop(), name);
    else {
      tags.push({ name, attributes });
      if (!VOID.includes(name)) open.push(name);
    }
    at = next + whole.length;
  }
  assert.deepEqual(open, []);
  return { tags, text: plain(text) };
}

function plain(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

const ALLOWED =
  /^(html|head|body|meta|title|style|main|nav|h[1-4]|p|a|ul|li|dl|dt|dd|div|table|thead|tbody|tr|th|td)$/;

describe('a package to be read by people', () => {
  it('is made of our own tags only, whatever is stored, and nothing in it runs or is loaded', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryContents(), async (contents) => {
        for (const page of (await pagesOf(contents)).values())
          for (const { name, attributes } of readPage(page).tags) {
            assert.match(name, ALLOWED);
            assert.doesNotMatch(attributes, /\s(on\w+|src|srcset|style)=/);
          }
      }),
    );
  });

  it('shows what is stored as text, and so that its direction changes nothing around it', async () => {
    for (const text of HOSTILE) {
      const contents = packageContents({
        [text]: [packageCategory(text, [{ record: text, fields: { [text]: text } }])],
      });
      const page = (await pagesOf(contents)).get('index.html')!;
      const shown = Buffer.from(text)
        .toString()
        .replace(/[\0-\x08\x7f-\x9f]/g, '\ufffd');
      assert.ok(readPage(page).text.includes(shown), JSON.stringify(text));
      assert.doesNotMatch(page, /[\0-\x08\x0b\x0c\x0e-\x1f]/);
      for (const { name, attributes } of readPage(page).tags)
        if (name === 'td') assert.match(attributes, / dir="auto"/);
    }
  });

  it('forbids itself everything but its own style sheet', async () => {
    const page = (await pagesOf(packageContents({}))).get('index.html')!;
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    assert.deepEqual(plain(policy).split('; '), [
      "default-src 'none'",
      `style-src 'sha256-${hash}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    assert.ok(page.indexOf('Content-Security-Policy') < page.indexOf('<style>'));
  });

  it('says what the law wants said: why, on which ground, how long, who else, where to complain (R-08)', async () => {
    const contents = packageContents({
      bookings: [
        packageCategory('orders', [
          {
            record: 'o1',
            fields: { paid: true, note: null },
            kept: { ground: 'Tax law', until: '2036-12-31T23:59:59.999Z' },
          },
        ]),
      ],
    });
    const { text } = readPage((await pagesOf(contents)).get('index.html')!);
    for (const said of [
      ...['My data at Maison Tilleul', '20 November 2026', 'https://shop.example/privacy'],
      ...['Mailing SAS', 'To know', 'a contract with you', '3 years', 'Agenda SARL'],
      ...['You can complain.', 'Tax law, until 31 December 2036', 'yes'],
    ])
      assert.ok(text.includes(said), said);
  });

  it('tells where people look, and where there is nothing', async () => {
    const contents = packageContents({ crm: [], folder: [] });
    const systems = contents.systems.map((each) =>
      each.id === 'folder' ? { ...each, kind: 'paper' as const, status: 'manual' as const } : each,
    );
    const page = (await pagesOf({ ...contents, systems })).get('index.html')!;
    const [, crm, folder] = page.split('<h2 id="s');
    assert.ok(crm!.includes(en.text('nothing')));
    assert.ok(folder!.includes(en.text('manual')));
  });

  it('speaks the language of the request', async () => {
    const contents = packageContents({ crm: [packageCategory('notes', [])] });
    const page = (await pagesOf(contents, packageWords('fr-CH'))).get('index.html')!;
    assert.match(page, /<html lang="fr">/);
    assert.match(page, /Mes données chez Maison Tilleul/);
    assert.deepEqual(
      ['de', 'en-US', ''].map((language) => packageWords(language).language),
      ['en', 'en', 'en'],
    );
  });

  it('has tables whose headings say what stands where, and that scroll by keyboard', async () => {
    const category = packageCategory('orders', [{ record: 'o1', fields: { amount: 5 } }], {
      labels: { amount: 'Amount paid' },
    });
    const page = (await pagesOf(packageContents({ till: [category] }))).get('index.html')!;
    assert.match(page, /<th scope="col">Amount paid<\/th>/);
    assert.match(page, /<th scope="row">o1<\/th><td dir="auto">5<\/td>/);
    const [, heading] = /role="region" aria-labelledby="(\w+)" tabindex="0"/.exec(page) ?? [];
    assert.match(page, new RegExp(`<h3 id="${heading}">orders</h3>`));
  });

  it('gives a record a list of its own where a table would be too wide', async () => {
    const fields = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`f${n}`, n]));
    const category = packageCategory('profile', [{ record: 'p1', fields }]);
    const page = (await pagesOf(packageContents({ crm: [category] }))).get('index.html')!;
    assert.match(page, /<h4>p1<\/h4>/);
    assert.doesNotMatch(page, /<table>/);
    assert.equal(page.match(/<dt>f\d+<\/dt>/g)?.length, 30);
  });

  it('is split into pages where it is long, each linked from the first, and no record is left out', async () => {
    const records = Array.from({ length: 12_345 }, (_, n) => ({ record: `r${n}`, fields: { n } }));
    const category = packageCategory('visits', records, { each: 500 });
    const pages = await pagesOf(packageContents({ door: [category] }));
    assert.deepEqual(
      [...pages.keys()],
      ['index.html', ...[1, 2, 3].map((n) => `pages/door-visits-${n}.html`)],
    );
    const index = pages.get('index.html')!;
    const linked = [...index.matchAll(/href="(pages\/[^"]+)"/g)].map(([, file]) => file);
    assert.deepEqual(linked, [...pages.keys()].slice(1));
    const shown = [...pages.values()].flatMap((page) =>
      [...page.matchAll(/<th scope="row">(r\d+)<\/th>/g)].map(([, name]) => name),
    );
    assert.deepEqual(
      shown,
      records.map(({ record }) => record),
    );
    const second = pages.get('pages/door-visits-2.html')!;
    assert.match(second, /<a rel="prev" href="door-visits-1.html">/);
    assert.match(second, /<a rel="next" href="door-visits-3.html">/);
    for (const page of pages.values()) readPage(page);
  });
});
