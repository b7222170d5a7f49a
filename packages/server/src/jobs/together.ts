import { randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../database/database.js';
import type { Tables } from '../database/tables.js';
import type { Keys } from '../keys.js';
import { KEPT, type NewJob } from './jobs.js';
import { openPayload, sealPayload } from './payload.js';

/** What jobs that belong together are put down with. */
export interface Together {
  database: Database;
  keys: Pick<Keys, 'contact'>;
  now: () => Date;
}

const DAY = 24 * 3_600_000;
/** Milliseconds that they are left to who put them down: as long as a worker's own. */
const LEASE = 300_000;

/**
 * Puts down one of many jobs, in a transaction of its own, so that nobody waits for a long one. It
 * lies there as if it had been given up, which no worker takes, and is forgotten in a day unless
 * {@link begin} is called. Resolves with its id.
 */
export async function prepare(
  { database, keys, now }: Together,
  { site, queue, payload }: Pick<NewJob, 'site' | 'queue' | 'payload'>,
): Promise<string> {
  const id = randomUUID();
  const at = now();
  await database.sql
    .insertInto('job')
    .values({
      id,
      site,
      queue,
      payload: sealPayload(keys, payload),
      due_at: at,
      created_at: at,
      attempts: 0,
      failed_at: new Date(at.getTime() - KEPT + DAY),
    })
    .execute();
  return id;
}

/**
 * From here on all of them are to be done, and before none was. The caller does, with
 * {@link takeOut}; workers take what is left once its process is gone.
 */
export async function begin({ database, now }: Together, ids: readonly string[]): Promise<void> {
  const until = new Date(now().getTime() + LEASE);
  await database.sql.transaction().execute(async (transaction) => {
    const { rows } = await sql`
      update job set failed_at = null, lease_until = ${until}
      where id = any(${[...ids]}::uuid[]) and failed_at is not null
      returning id`.execute(transaction);
    if (rows.length !== ids.length) throw new Error('Some of what was put down is gone.');
  });
}

/** None of them is to be done. Without effect on those that {@link begin} has reached. */
export async function abandon({ database }: Together, ids: readonly string[]): Promise<void> {
  await sql`
    delete from job where id = any(${[...ids]}::uuid[]) and failed_at is not null`.execute(
    database.sql,
  );
}

/** Leaves what remains to the caller for longer, in good time; to be called before each is done. */
export function createHold({ database, now }: Together) {
  let heldAt = now().getTime();
  return async (ids: () => readonly string[]): Promise<void> => {
    const at = now().getTime();
    if (at - heldAt < LEASE / 3) return;
    heldAt = at;
    await sql`
      update job set lease_until = ${new Date(at + LEASE)}
      where id = any(${[...ids()]}::uuid[]) and attempts = 0`.execute(database.sql);
  };
}

/**
 * Takes a job out within the transaction that does it, so that it is done once, whoever else comes
 * for it. `undefined` if it was done before.
 */
export async function takeOut(
  transaction: Transaction<Tables>,
  keys: Pick<Keys, 'contact'>,
  id: string,
): Promise<unknown> {
  const row = await transaction
    .deleteFrom('job')
    .where('id', '=', id)
    .where('failed_at', 'is', null)
    .returning('payload')
    .executeTakeFirst();
  return row && openPayload(keys, row.payload);
}
