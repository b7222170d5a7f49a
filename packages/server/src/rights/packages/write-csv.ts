import { stringify } from 'csv-stringify/sync';
import type { PackageCategory, PackageContents, PackageRecord } from './document.js';

type Cell = string | number | boolean | null;

const LONG = ['system', 'category', 'record', 'field', 'value', 'kept_ground', 'kept_until'];

/**
 * The whole as one table, a value a line. A record without fields has a line of its own, so that it
 * counts as in the other forms (000-12).
 */
export async function* longCsv({ systems }: PackageContents): AsyncGenerator<string> {
  yield header(LONG);
  for (const system of systems)
    for (const category of system.categories) yield* longRows(system.id, category);
}

/** One category as a table, a record a line. Where that would be too many columns, a value a line. */
export async function* categoryCsv(
  system: string,
  category: PackageCategory,
): AsyncGenerator<string> {
  const { fields, hasKept, read } = category;
  if (!fields) {
    yield header(LONG);
    yield* longRows(system, category);
    return;
  }
  yield header(['record', ...fields, ...(hasKept ? ['kept_ground', 'kept_until'] : [])]);
  for await (const records of read())
    yield rows(
      records.map((each) => [
        each.record,
        ...fields.map((field) => valueOf(each, field)),
        ...(hasKept ? keptOf(each) : []),
      ]),
    );
}

async function* longRows(system: string, category: PackageCategory): AsyncGenerator<string> {
  for await (const records of category.read())
    yield rows(
      records.flatMap((each) => {
        const fields = Object.keys(each.fields);
        return (fields.length > 0 ? fields : ['']).map((field) => [
          ...[system, category.id, each.record, field, valueOf(each, field)],
          ...keptOf(each),
        ]);
      }),
    );
}

/** The value under a name that may be anything, `constructor` too. */
function valueOf({ fields }: PackageRecord, field: string): Cell {
  return Object.hasOwn(fields, field) ? (fields[field] ?? null) : null;
}

function keptOf({ kept }: PackageRecord): Cell[] {
  return kept ? [kept.ground, kept.until] : ['', ''];
}

/** The first line, after the mark by which spreadsheets know UTF-8. */
const header = (names: readonly string[]) => `\uFEFF${rows([names])}`;

/** Lines of a table. No cell begins a formula: not one of those that the library knows, and no other. */
function rows(cells: readonly (readonly Cell[])[]): string {
  return stringify(cells as Cell[][], {
    escape_formulas: true,
    record_delimiter: 'windows',
    // Some readers take a lone one of the two characters for the end of a line.
    quote_record_delimiter: true,
    cast: {
      boolean: String,
      string: (cell) => (/^[\n|%]/.test(cell) ? `'${cell}` : cell),
    },
  });
}
