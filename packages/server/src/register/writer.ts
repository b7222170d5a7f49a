import { sql, type Kysely } from 'kysely';
import { PlacetError } from '@placet/contract';
import type { Database } from '../database/database.js';
import type { Tables } from '../database/tables.js';

/** A record ready to be stored. */
export interface WaitingRecord {
  site: string;
  kind: 'consent' | 'opt-in';
  /** The record's own id. */
  id: string;
  lookup: Buffer;
  key: Buffer;
  /** Encrypted evidence. */
  data: Buffer;
  /** ISO 8601. */
  receivedAt: string;
  body: string;
  leaf: Buffer;
}

/** Stores records of all callers together. */
export interface Writer {
  /**
   * Resolves after commit: true if it was stored, false if its decision was
   * there already, which also holds for two of the same that come at once.
   *
   * Rejects with `server/unavailable`, and `request/invalid` for what the
   * database does not take.
   */
  write(record: WaitingRecord): Promise<boolean>;
  /** Resolves once nothing waits. */
  idle(): Promise<void>;
}

export interface WriterOptions {
  database: Database;
  /** Records that are stored at once, at most. @default 128 */
  batch?: number;
  /** Records that may wait before more are refused. @default 10_000 */
  limit?: number;
}

interface Waiting {
  record: WaitingRecord;
  resolve(isNew: boolean): void;
  reject(error: PlacetError): void;
}

/** SQLSTATE classes that speak of the row and not of the database: data, constraints, limits. */
const ROW_FAULT = /^(22|23|54)/;

/**
 * Group commit: what comes while the database is busy is stored together as
 * soon as it is free. No timer: a lone record does not wait, and the busier it
 * gets the less each one costs.
 */
export function createWriter({ database, batch = 128, limit = 10_000 }: WriterOptions): Writer {
  const queue: Waiting[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (queue.length > 0) {
      // PGlite works in this very thread: what came in meanwhile has not been read yet, and would
      // miss each batch. The turn lets it in.
      await new Promise((resolve) => setImmediate(resolve));
      await flush(queue.splice(0, batch));
    }
    running = undefined;
  }

  async function flush(waiting: readonly Waiting[]): Promise<void> {
    try {
      const stored = await insertRecords(
        database.sql,
        waiting.map(({ record }) => record),
      );
      for (const { record, resolve } of waiting) resolve(stored.has(record.id));
    } catch (cause) {
      // One bad row fails all that came with it: on its own each gets its own answer.
      if (waiting.length > 1 && isRowFault(cause)) for (const one of waiting) await flush([one]);
      else for (const { reject } of waiting) reject(toPlacetError(cause));
    }
  }

  return {
    write(record) {
      if (queue.length >= limit) return Promise.reject(unavailable('Too many records wait.'));
      return new Promise((resolve, reject) => {
        queue.push({ record, resolve, reject });
        running ??= Promise.resolve().then(run);
      });
    },
    async idle() {
      while (running) await running;
    },
  };
}

/**
 * Stores records, and tells the ids of those that were new. One statement and so one round trip. A
 * record is inserted only where its evidence was: the lookup's uniqueness decides who is first,
 * between processes too.
 */
export async function insertRecords(
  database: Kysely<Tables>,
  records: readonly WaitingRecord[],
): Promise<ReadonlySet<string>> {
  // In the same order everywhere: processes that store the same decisions cannot lock each other out.
  const rows = records
    .map((record) => ({ ...record, lookup: record.lookup.toString('hex') }))
    .sort((one, other) => (one.lookup < other.lookup ? -1 : one.lookup > other.lookup ? 1 : 0));
  const { rows: stored } = await sql<{ id: string }>`
    with given as (
      select
        site, id, kind, received_at, body,
        decode(lookup, 'hex') as lookup, decode(key, 'hex') as key,
        decode(data, 'hex') as data, decode(leaf_hash, 'hex') as leaf_hash
      from unnest(
        ${rows.map(({ site }) => site)}::text[],
        ${rows.map(({ id }) => id)}::uuid[],
        ${rows.map(({ kind }) => kind)}::text[],
        ${rows.map(({ receivedAt }) => receivedAt)}::timestamptz[],
        ${rows.map(({ body }) => body)}::text[],
        ${rows.map(({ lookup }) => lookup)}::text[],
        ${rows.map(({ key }) => key.toString('hex'))}::text[],
        ${rows.map(({ data }) => data.toString('hex'))}::text[],
        ${rows.map(({ leaf }) => leaf.toString('hex'))}::text[]
      ) as row (site, id, kind, received_at, body, lookup, key, data, leaf_hash)
    ), opened as (
      insert into evidence (site, lookup, record, key, data)
      select site, lookup, id, key, data from given
      on conflict (site, lookup) do nothing
      returning site, record
    )
    insert into record (site, id, kind, received_at, body, leaf_hash)
    select given.site, given.id, given.kind, given.received_at, given.body, given.leaf_hash
    from given join opened on opened.site = given.site and opened.record = given.id
    returning id`.execute(database);
  return new Set(stored.map(({ id }) => id));
}

function isRowFault(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && code.length === 5 && ROW_FAULT.test(code);
}

function toPlacetError(cause: unknown): PlacetError {
  if (cause instanceof PlacetError) return cause;
  return isRowFault(cause)
    ? new PlacetError('request/invalid', 'The record cannot be stored as it is.', { cause })
    : unavailable('The database did not take the record.', cause);
}

function unavailable(detail: string, cause?: unknown): PlacetError {
  const error = new PlacetError('server/unavailable', detail, { cause });
  error.retryAfter = 1;
  return error;
}
