import { PlacetError } from '@placet/contract';
import { sql, type Kysely, type Transaction } from 'kysely';
import type { Tables } from './tables.js';

/** Some rows of a table; each value as PostgreSQL writes it, null as null. */
export interface TableRows {
  table: string;
  columns: string[];
  rows: (string | null)[][];
}

/** Every table with the columns of its primary key, by which it is read in pieces. */
const TABLES = {
  config_version: ['site', 'hash'],
  notice: ['site', 'hash'],
  record: ['site', 'id'],
  evidence: ['site', 'lookup'],
  log_head: ['site'],
  log_node: ['site', 'level', 'index'],
  log_checkpoint: ['site', 'size'],
  log_witnessed: ['site', 'witness', 'size'],
  contact: ['site', 'id'],
  pending_opt_in: ['site', 'record', 'contact'],
  token: ['hash'],
  subscription: ['site', 'contact', 'topic', 'channel', 'controller'],
  suppression: ['site', 'lookup', 'channel', 'controller', 'topic'],
  contact_entry: ['site', 'contact', 'record'],
  sent_message: ['site', 'recipient', 'id'],
  job: ['id'],
  tool_delivery: ['site', 'tool', 'id'],
  identity_challenge: ['id'],
  identity_session: ['hash'],
  request: ['site', 'id'],
  request_contact: ['site', 'request', 'lookup'],
  request_event: ['site', 'request', 'id'],
  request_item: ['site', 'request', 'item'],
  request_step: ['site', 'request', 'system', 'step'],
  package_part: ['site', 'request', 'system', 'category', 'seq'],
  kept_record: ['site', 'request', 'system', 'category', 'record'],
  kept_opening: ['site', 'id'],
  restricted_contact: ['site', 'lookup', 'restriction', 'request'],
  recipient_notice: ['site', 'request', 'recipient', 'event'],
  certificate: ['site', 'id'],
} satisfies { [Name in keyof Tables]: (keyof Tables[Name])[] };

const TABLE_NAMES = Object.keys(TABLES) as (keyof Tables)[];

/** Characters that a piece should have, and rows at most, so that memory stays bounded. */
const PIECE = 1_000_000;
const MOST_ROWS = 500;

/** All rows as they are at one moment, in pieces; a table without rows gives one empty piece. */
export async function* copyOut(database: Kysely<Tables>): AsyncGenerator<TableRows> {
  const transaction = await database
    .startTransaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute();
  try {
    // What values look like in words depends on these.
    for (const setting of [`timezone to 'UTC'`, `datestyle to 'ISO'`, `bytea_output to 'hex'`]) {
      await sql.raw(`set local ${setting}`).execute(transaction);
    }
    for (const table of TABLE_NAMES) yield* copyTable(transaction, table);
  } finally {
    await transaction.rollback().execute();
  }
}

async function* copyTable(
  transaction: Transaction<Tables>,
  table: keyof Tables,
): AsyncGenerator<TableRows> {
  const types = await columnTypes(transaction, table);
  const columns = Object.keys(types);
  const key: string[] = TABLES[table];
  const words = sql.join(columns.map((name) => sql`${sql.ref(name)}::text`));
  const order = sql.join(key.map((name) => sql.ref(name)));
  let after: (string | null)[] | undefined;
  let limit = 50;
  for (;;) {
    const where = after
      ? sql`where (${order}) > (${sql.join(after.map((value, n) => cast(value, types[key[n]!]!)))})`
      : sql``;
    const { rows: found } = await sql<{ row: (string | null)[] }>`
      select array[${words}] as row from ${sql.table(table)} ${where}
      order by ${order} limit ${sql.lit(limit)}`.execute(transaction);
    const rows = found.map(({ row }) => row);
    yield { table, columns, rows };
    const last = rows.at(-1);
    if (!last || rows.length < limit) return;
    after = key.map((name) => last[columns.indexOf(name)]!);
    const size = rows.flat().reduce((sum, value) => sum + (value?.length ?? 0), 0);
    limit = Math.max(1, Math.min(MOST_ROWS, Math.floor((PIECE * rows.length) / (size + 1))));
  }
}

/** Inserts what {@link copyOut} gave, perhaps of another database. */
export async function copyIn(
  transaction: Transaction<Tables>,
  pieces: AsyncIterable<TableRows>,
): Promise<void> {
  for await (const { table, columns, rows } of pieces) {
    if (!isTable(table)) throw unknown(`the table ${table}`);
    if (rows.length === 0) continue;
    const types = await columnTypes(transaction, table);
    const known = columns.map((name) => types[name] ?? raise(unknown(`the column ${name}`)));
    const values = rows.map(
      (row) => sql`(${sql.join(row.map((value, n) => cast(value, known[n]!)))})`,
    );
    await sql`insert into ${sql.table(table)}
      (${sql.join(columns.map((name) => sql.ref(name)))})
      values ${sql.join(values)}`.execute(transaction);
  }
}

export async function isEmpty(database: Kysely<Tables>): Promise<boolean> {
  const { rows: made } = await sql<{ name: string }>`
    select tablename::text as name from pg_tables where schemaname = current_schema()`.execute(
    database,
  );
  const there = new Set(made.map(({ name }) => name));
  // An older schema, which a backup is restored into first, has fewer.
  for (const table of TABLE_NAMES.filter((name) => there.has(name))) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(database);
    if (rows.length > 0) return false;
  }
  return true;
}

/** The columns of a table with their types, in the table's order. */
async function columnTypes(
  database: Kysely<Tables>,
  table: keyof Tables,
): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string; type: string }>`
    select attname::text as name, format_type(atttypid, atttypmod) as type
    from pg_attribute
    where attrelid = ${table}::text::regclass
      and attnum > 0 and not attisdropped and attgenerated = ''
    order by attnum`.execute(database);
  return Object.fromEntries(rows.map(({ name, type }) => [name, type]));
}

/** A value in words, read by PostgreSQL as the column's type. */
function cast(value: string | null, type: string) {
  return sql`${value}::text::${sql.raw(type)}`;
}

function isTable(name: string): name is keyof Tables {
  return Object.hasOwn(TABLES, name);
}

function unknown(what: string): PlacetError {
  return new PlacetError('request/invalid', `The backup has ${what}, which this release has not.`);
}

function raise(error: Error): never {
  throw error;
}
