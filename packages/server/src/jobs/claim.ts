import { sql } from 'kysely';
import type { Database } from '../database/database.js';

/** A row that was taken; `attempts` counts this time, too. */
export interface Claimed {
  id: string;
  site: string;
  queue: string;
  payload: Uint8Array;
  attempts: number;
  createdAt: Date;
}

/**
 * Takes what is due and nobody else's, oldest first. Whoever took a row before and let its lease
 * run out is counted, so that work which kills its process is given up as well.
 */
export async function claim(
  database: Database,
  what: { queue: string; now: Date; until: Date; limit: number },
): Promise<Claimed[]> {
  const { queue, now, until, limit } = what;
  const { rows } = await sql<Claimed>`
    update job set lease_until = ${until}, attempts = attempts + 1
    where id in (
      select id from job
      where failed_at is null and queue = ${queue} and due_at <= ${now}
        and (lease_until is null or lease_until <= ${now})
      order by due_at, id
      limit ${limit}
      for update skip locked
    )
    returning id, site, queue, payload, attempts, created_at as "createdAt"`.execute(database.sql);
  return rows;
}

/** Takes back what processes that are gone had taken: for a database that only this one can have open. */
export async function endLeases({ sql: db }: Database): Promise<void> {
  await db
    .updateTable('job')
    .set({ lease_until: null })
    .where('lease_until', 'is not', null)
    .execute();
}

/** Prolongs a lease. Without effect if the row was let go of, or another process took it over. */
export async function renew(
  { sql: db }: Database,
  { id, attempts }: Claimed,
  until: Date,
): Promise<void> {
  await db
    .updateTable('job')
    .set({ lease_until: until })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .where('lease_until', 'is not', null)
    .execute();
}

/** It is done: nothing of it stays. Without effect if another process took it over meanwhile. */
export async function finish({ sql: db }: Database, { id, attempts }: Claimed): Promise<void> {
  await db.deleteFrom('job').where('id', '=', id).where('attempts', '=', attempts).execute();
}

/** Lets go of a row that did not succeed: due again later, or never. */
export async function release(
  { sql: db }: Database,
  { id, attempts }: Claimed,
  set: { due_at: Date; last_error: string } | { failed_at: Date; last_error: string },
): Promise<void> {
  await db
    .updateTable('job')
    .set({ ...set, lease_until: null })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .execute();
}

/**
 * Destroys what was given up before a time, and what nobody takes any more, such as calls to a tool
 * that is gone: it may name people.
 */
export async function forget(
  { sql: db }: Database,
  before: Date,
  queues: readonly string[],
): Promise<void> {
  await sql`
    delete from job where failed_at < ${before}
      or (due_at < ${before} and queue <> all(${[...queues]}::text[]))`.execute(db);
}
