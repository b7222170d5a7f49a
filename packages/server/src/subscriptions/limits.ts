import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import { contactLookup } from './address.js';
import type { Parts } from './parts.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MOST_AN_HOUR = 3;
const MOST_A_DAY = 10;
/** The row that those who ask for one address at once wait for. */
export const GATE = '00000000-0000-0000-0000-000000000000';

/**
 * Whether one more message may go to an address that somebody typed in, and counts it if so. Who
 * asks is answered the same: nobody can have a stranger's mailbox flooded.
 */
export async function takeTurn(
  transaction: Transaction<Tables>,
  { keys, now }: Pick<Parts, 'keys' | 'now'>,
  site: string,
  address: string,
): Promise<boolean> {
  const at = now();
  const recipient = contactLookup(keys, site, address);
  // A parent's address is nobody's contact, and so has no lock of its own.
  await transaction
    .insertInto('sent_message')
    .values({ site, recipient, id: GATE, at })
    .onConflict((conflict) => conflict.columns(['site', 'recipient', 'id']).doUpdateSet({ at }))
    .execute();
  const sent = await transaction
    .selectFrom('sent_message')
    .select('at')
    .where('site', '=', site)
    .where('recipient', '=', recipient)
    .where('id', '<>', GATE)
    .where('at', '>', new Date(at.getTime() - DAY))
    .execute();
  const lately = sent.filter((one) => one.at.getTime() > at.getTime() - HOUR);
  if (sent.length >= MOST_A_DAY || lately.length >= MOST_AN_HOUR) return false;
  await transaction
    .insertInto('sent_message')
    .values({ site, recipient, id: randomUUID(), at })
    .execute();
  return true;
}

/** Forgets what no longer counts. */
export async function forgetTurns(database: Parts['database'], now: Date): Promise<void> {
  await database.sql
    .deleteFrom('sent_message')
    .where('at', '<=', new Date(now.getTime() - DAY))
    .execute();
}
