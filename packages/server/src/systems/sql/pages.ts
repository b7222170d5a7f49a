import type { Kept, Value } from '../system.js';
import { createParams } from './params.js';
import { quoteTable } from './names.js';
import type { Shape, ShapeColumn } from './shape.js';
import type { Query, SqlTable } from './sql-options.js';
import {
  keyColumns,
  keyRow,
  keptUntil,
  leads,
  leadsToNobodyElse,
  placeOfPerson,
} from './statement.js';
import { readAsText, valueOf } from './values.js';

/** What it takes to read and write. */
export interface Access {
  query: Query;
  shape: Shape;
  now: Date;
}

/** One row about a person. */
export interface Row {
  /** The values of its key, as text. */
  key: readonly string[];
  fields: Readonly<Record<string, Value>>;
  kept?: Kept;
  /** Whose it is, by the place among the refs; only where that is kept with it. */
  owner?: number;
}

/** How many rows are held at once. Documents are large. */
const PAGE = 1000;
const PAGE_OF_DOCUMENTS = 20;

/** The columns that leave the database, those that were declared first. */
export function columnsShown(
  shape: Shape,
  { table, columns = [], omit = [] }: SqlTable,
): ShapeColumn[] {
  const place = (name: string) => {
    const at = columns.findIndex(({ column }) => column === name);
    return at < 0 ? columns.length : at;
  };
  return shape
    .columnsOf(table)
    .filter(({ name }) => !omit.includes(name))
    .sort((one, other) => place(one.name) - place(other.name));
}

/**
 * The rows about some people, by key, page by page: what is written to pages that were read does
 * not disturb those that follow.
 *
 * @param how `all` to read, `own` for those of nobody else, to be deleted: without fields where
 *   nothing is kept
 */
export async function* pagesOf(
  { query, shape, now }: Access,
  table: SqlTable,
  refs: readonly string[],
  how: 'all' | 'own',
): AsyncGenerator<Row[]> {
  const columns = how === 'own' && !table.keep ? [] : columnsShown(shape, table);
  const size = columns.some(({ type }) => type === 'bytea') ? PAGE_OF_DOCUMENTS : PAGE;
  const { list, names } = keyColumns(table);
  let last: readonly string[] | undefined;
  for (;;) {
    const params = createParams();
    const writing = { shape, params, refs, now };
    const rows = await query(
      `select ${[
        ...names.map((name, at) => `${name}::text as k${at}`),
        ...columns.map((column, at) => `${readAsText(column)} as c${at}`),
      ].join(', ')}, ${keptUntil(writing, table)} as kept_until,
      ${how === 'own' && table.keep?.withPerson ? placeOfPerson(writing, table.table, table.person) : 'null'} as owner
      from ${quoteTable(table.table)} t
      where ${leads(writing, table.table, table.person)}
      ${how === 'own' ? `and ${leadsToNobodyElse(writing, table.person)}` : ''}
      ${last ? `and (${list}) > (${keyRow(writing, table, last)})` : ''}
      order by ${list} limit ${size}`,
      params.values,
    );
    const page = rows.map((row) => rowOf(row, { table, columns, keys: names.length }));
    if (page.length > 0) yield page;
    if (page.length < size) return;
    last = page.at(-1)!.key;
  }
}

function rowOf(
  row: Readonly<Record<string, unknown>>,
  { table, columns, keys }: { table: SqlTable; columns: readonly ShapeColumn[]; keys: number },
): Row {
  const { kept_until: until, owner } = row;
  return {
    key: Array.from({ length: keys }, (_, at) => String(row[`k${at}`])),
    fields: Object.fromEntries(
      columns.map(({ name, type }, at) => [name, valueOf(type, row[`c${at}`])]),
    ),
    ...(table.keep &&
      typeof until === 'string' && {
        kept: { ground: table.keep.ground, until: dayOf(until) },
      }),
    // PostgreSQL counts from 1.
    ...(owner !== null && owner !== undefined && { owner: Number(owner) - 1 }),
  };
}

/** `2036-12-31`, as its first instant in UTC. */
export function dayOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
