import { quoteColumn, quoteTable } from './names.js';
import type { Params } from './params.js';
import type { Shape } from './shape.js';
import type { Condition, PersonPath, SqlTable } from './sql-options.js';
import { keysOf } from './tables.js';

/** What every statement about some people is made with. */
export interface Writing {
  shape: Shape;
  params: Params;
  refs: readonly string[];
  now: Date;
}

/** That a row leads to one of the people. The row is called `alias`. */
export function leads(writing: Writing, table: string, path: PersonPath, alias = 't'): string {
  const { shape, params, refs } = writing;
  if (typeof path === 'string') {
    const column = `${alias}.${quoteColumn(path)}`;
    return `${column} = any(${params.add(refs)}::text[]::${shape.typeOf(table, path)}[])`;
  }
  return onPath(path, alias, (next) => leads(writing, path.table, path.person, next));
}

/** That it leads to nobody else besides (004-07). A row that names its person itself does not. */
export function leadsToNobodyElse(writing: Writing, path: PersonPath, alias = 't'): string {
  if (typeof path === 'string') return 'true';
  const isOthers = (next: string) =>
    `not (${leads(writing, path.table, path.person, next)}
      and ${leadsToNobodyElse(writing, path.person, next)})`;
  return `not ${onPath(path, alias, isOthers)}`;
}

/** Which of the people a row leads to: their place among the refs, from 1. */
export function placeOfPerson(
  writing: Writing,
  table: string,
  path: PersonPath,
  alias = 't',
): string {
  const { shape, params, refs } = writing;
  if (typeof path === 'string') {
    const among = `${params.add(refs)}::text[]::${shape.typeOf(table, path)}[]`;
    return `array_position(${among}, ${alias}.${quoteColumn(path)})`;
  }
  const next = `${alias}x`;
  return `(select min(${placeOfPerson(writing, path.table, path.person, next)})
    from ${quoteTable(path.table)} ${next}
    where ${next}.${quoteColumn(path.key)} = ${alias}.${quoteColumn(path.column)})`;
}

function onPath(
  path: Exclude<PersonPath, string>,
  alias: string,
  holds: (alias: string) => string,
): string {
  const next = `${alias}x`;
  return `exists (select 1 from ${quoteTable(path.table)} ${next}
    where ${next}.${quoteColumn(path.key)} = ${alias}.${quoteColumn(path.column)} and ${holds(next)})`;
}

/** What was declared of a row's columns. */
export function holds({ shape, params, now }: Writing, table: string, where: Condition): string {
  const parts = Object.entries(where).map(([name, wanted]) => {
    const column = `t.${quoteColumn(name)}`;
    const type = shape.typeOf(table, name);
    const among = (values: readonly unknown[]) =>
      `any(${params.add(values.map(String))}::text[]::${type}[])`;
    if (wanted === null) return `${column} is null`;
    if (typeof wanted !== 'object') return `${column} = ${among([wanted])}`;
    if (isList(wanted)) return `${column} = ${among(wanted)}`;
    if ('after' in wanted) return `${column} > ${params.add(now.toISOString())}::timestamptz`;
    if ('before' in wanted) return `${column} < ${params.add(now.toISOString())}::timestamptz`;
    if (wanted.not === null) return `${column} is not null`;
    const others = typeof wanted.not === 'object' ? wanted.not : [wanted.not];
    return `(${column} = ${among(others)}) is not true`;
  });
  return parts.join(' and ');
}

function isList(value: object): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Until when the law keeps a row, as text; null if it does not, or not any more (000-21). */
export function keptUntil(writing: Writing, { table, person, keep }: SqlTable): string {
  if (!keep) return 'null::text';
  const { shape, params, now } = writing;
  const from = `t.${quoteColumn(keep.from)}`;
  const isZoned = shape.typeOf(table, keep.from) === 'timestamp with time zone';
  const today = `${params.add(now.toISOString().slice(0, 10))}::date`;
  const day = isZoned ? `(${from} at time zone 'UTC')::date` : `${from}::date`;
  // The 29 February ends on the 28th where there is none.
  const until = `(coalesce(${day}, ${today}) + make_interval(years => ${params.add(keep.years)}::integer))::date`;
  const isMeant = keep.where ? holds(writing, table, keep.where) : 'true';
  return `case when ${isMeant} and ${until} > ${today}
    and ${leadsToNobodyElse(writing, person)} then to_char(${until}, 'YYYY-MM-DD') end`;
}

/** The columns of a table's key, and one place behind which a page begins. */
export function keyColumns(table: SqlTable): { list: string; names: readonly string[] } {
  const names = keysOf(table).map((name) => `t.${quoteColumn(name)}`);
  return { list: names.join(', '), names };
}

/** The key's values, each given as text, as a row to compare with. */
export function keyRow(
  { shape, params }: Writing,
  table: SqlTable,
  key: readonly string[],
): string {
  const values = keysOf(table).map(
    (name, at) => `${params.add(key[at])}::text::${shape.typeOf(table.table, name)}`,
  );
  return values.join(', ');
}
