import { refuse } from '../refuse.js';
import { quoteTable } from './names.js';
import type { Query, SqlSystemOptions, SqlTable } from './sql-options.js';
import { columnsOnPath, keysOf, tablesOf } from './tables.js';

/** A column as the database has it. */
export interface ShapeColumn {
  name: string;
  /** As PostgreSQL spells it: `timestamp with time zone`. */
  type: string;
  isNullable: boolean;
}

/** What the database says of the tables declared, by the names declared. */
export interface Shape {
  columnsOf(table: string): readonly ShapeColumn[];
  /** For a cast. */
  typeOf(table: string, column: string): string;
}

const COLUMNS = `
  select a.attname::text as name, not a.attnotnull as "isNullable",
    format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null) as type
  from pg_attribute a join pg_type t on t.oid = a.atttypid
  where a.attrelid = to_regclass($1::text) and a.attnum > 0 and not a.attisdropped
  order by a.attnum`;

/** Whether no two rows have the same in these columns. Of a view nobody can say. */
const IS_KEY = `
  select 1 as found from pg_class c where c.oid = to_regclass($1::text) and (
    c.relkind not in ('r', 'p') or exists (
      select 1 from pg_index i
      where i.indrelid = c.oid and i.indisunique and i.indpred is null and i.indexprs is null
        and (select bool_and(a.attname::text = any($2::text[]) and a.attnotnull)
          from unnest(i.indkey::int2[]) with ordinality as k(attnum, place)
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
          where k.place <= i.indnkeyatts)))`;

/** Looks up everything that was declared. @throws {PlacetError} `config/invalid` for what is not there */
export async function readShape(query: Query, options: SqlSystemOptions): Promise<Shape> {
  const { id, checks = [] } = options;
  const tables = new Map<string, readonly ShapeColumn[]>();
  const named = [...tablesOf(options).flatMap(columnsNamedBy), ...extraOf(options)];
  for (const check of checks)
    named.push(
      ...columnsOnPath(check.table, check.person),
      ...Object.keys(check.where).map((column) => ({ table: check.table, column })),
    );
  for (const { table, column } of named) {
    let columns = tables.get(table);
    if (!columns) {
      columns = (await query(COLUMNS, [quoteTable(table)])) as unknown as ShapeColumn[];
      if (columns.length === 0)
        refuse(`The system "${id}" names the table "${table}", which its database does not have.`);
      tables.set(table, columns);
    }
    if (!columns.some(({ name }) => name === column))
      refuse(`The system "${id}" names the column "${column}", which "${table}" does not have.`);
  }
  const shape: Shape = {
    columnsOf: (table) => tables.get(table)!,
    typeOf: (table, column) => tables.get(table)!.find(({ name }) => name === column)!.type,
  };
  await checkKeys(query, options);
  checkTypes(shape, options);
  return shape;
}

function columnsNamedBy(declared: SqlTable): { table: string; column: string }[] {
  const { table, columns = [], omit = [], erase = 'delete', keep, person } = declared;
  const own = [
    ...keysOf(declared),
    ...columns.map(({ column }) => column),
    ...omit,
    ...(erase === 'delete' ? [] : Object.keys(erase.set)),
    ...(keep ? [keep.from, ...Object.keys(keep.where ?? {})] : []),
  ];
  return [...own.map((column) => ({ table, column })), ...columnsOnPath(table, person)];
}

function extraOf({ people, tables = [] }: SqlSystemOptions): { table: string; column: string }[] {
  const { table, email, phone, restricted, hidden, knownBy = [] } = people;
  const kept = tables.flatMap(({ keep }) => keep?.withPerson ?? []);
  return [email, phone, restricted, hidden, ...knownBy, ...kept].flatMap((column) =>
    column === undefined ? [] : [{ table, column }],
  );
}

/** Pages are read on from the last key: what is not unique would be left out. */
async function checkKeys(query: Query, options: SqlSystemOptions): Promise<void> {
  for (const declared of tablesOf(options)) {
    const keys = keysOf(declared);
    const found = await query(IS_KEY, [quoteTable(declared.table), keys]);
    if (found.length === 0)
      refuse(
        `The system "${options.id}" says that ${keys.map((key) => `"${key}"`).join(', ')} is the key of "${declared.table}", but two rows may have the same there, or none; name its primary key.`,
      );
  }
}

function checkTypes(shape: Shape, options: SqlSystemOptions): void {
  const { id, people } = options;
  const demand = (table: string, column: string, allowed: RegExp, wanted: string) => {
    if (!allowed.test(shape.typeOf(table, column)))
      refuse(`In the system "${id}", the column "${column}" of "${table}" must be ${wanted}.`);
  };
  for (const column of [people.restricted, people.hidden])
    if (column !== undefined)
      demand(people.table, column, /^timestamp with time zone$/, 'of type timestamptz');
  for (const { table, keep } of options.tables ?? [])
    if (keep) demand(table, keep.from, /^(date$|timestamp )/, 'a date or a timestamp');
}
