import type { PackageFormat } from '@placet/contract';
import type { PackageContents } from './document.js';
import { createFileNames } from './file-names.js';
import { categoryCsv, longCsv } from './write-csv.js';
import { indexHtml, pageHtml, pagesOf, type CategoryPages } from './write-html.js';
import { jsonOf } from './write-json.js';
import { zipOf, type ZipFile } from './write-zip.js';
import type { PackageWords } from './words.js';

const TYPES: Readonly<Record<PackageFormat, string>> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  zip: 'application/zip',
};

/** The media type of a form. */
export const typeOf = (format: PackageFormat) => TYPES[format];

/** A package in one of its forms, piece by piece. */
export async function* writePackage(
  contents: PackageContents,
  words: PackageWords,
  format: PackageFormat,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (format === 'zip') {
    yield* zipOf(filesOf(contents, words), new Date(contents.about.preparedAt));
    return;
  }
  for await (const text of format === 'json' ? jsonOf(contents) : longCsv(contents))
    yield Buffer.from(text);
}

/** Everything in every form: for other programs, for spreadsheets, and for people. */
export function* filesOf(contents: PackageContents, words: PackageWords): Generator<ZipFile> {
  const nameOf = createFileNames();
  const all = contents.systems.flatMap((system) =>
    system.categories.map((category) => ({
      ...{ system, category, name: nameOf(system.id, category.id) },
    })),
  );
  const pages = all.flatMap(({ system, category, name }): CategoryPages[] => {
    const files = Array.from(
      { length: pagesOf(category) },
      (_, n) => `pages/${name}-${n + 1}.html`,
    );
    return files.length > 0 ? [{ system, category, files }] : [];
  });
  yield { name: 'index.html', body: showable(indexHtml(contents, words, pages)) };
  yield { name: 'data.json', body: jsonOf(contents) };
  for (const { system, category, name } of all)
    yield { name: `csv/${name}.csv`, body: categoryCsv(system.id, category) };
  for (const each of pages)
    for (const [n, name] of each.files.entries())
      yield { name, body: showable(pageHtml(contents, words, each, n)) };
}

/** Shows as missing what no page can hold, such as a null character. */
async function* showable(page: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const text of page)
    yield text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]/g, '\ufffd');
}
