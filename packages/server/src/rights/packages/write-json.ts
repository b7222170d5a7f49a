import type { PackageCategory, PackageContents, PackageSystem } from './document.js';

/** The whole as one JSON document, a record a line; see `document.ts`. */
export async function* jsonOf({ about, systems }: PackageContents): AsyncGenerator<string> {
  yield `{"about":${JSON.stringify(about)},\n"systems":[`;
  for (const [n, system] of systems.entries()) {
    yield n === 0 ? '\n' : ',\n';
    yield* systemJson(system);
  }
  yield ']}\n';
}

async function* systemJson({ categories, ...said }: PackageSystem): AsyncGenerator<string> {
  yield open(said, 'categories');
  for (const [n, category] of categories.entries()) {
    yield n === 0 ? '\n' : ',\n';
    yield* categoryJson(category);
  }
  yield ']}';
}

async function* categoryJson(category: PackageCategory): AsyncGenerator<string> {
  const { fields: _fields, hasKept: _kept, parts: _parts, read, ...said } = category;
  yield open(said, 'records');
  let isFirst = true;
  for await (const records of read()) {
    yield records
      .map((record, n) => `${isFirst && n === 0 ? '\n' : ',\n'}${JSON.stringify(record)}`)
      .join('');
    isFirst = false;
  }
  yield ']}';
}

/** An object with one more list in it, left open. */
function open(said: object, list: string): string {
  return `${JSON.stringify(said).slice(0, -1)},"${list}":[`;
}
