import { sql } from 'kysely';
import { lockContacts } from './contact.js';
import { forgetTurns } from './limits.js';
import type { Parts } from './parts.js';
import { inTransaction } from './transactions.js';

/** Rows at once, so that nobody waits long. */
const BATCH = 500;

/**
 * See `SubscriptionService.forgetExpired`. What was asked for and never confirmed goes, and with it
 * whoever is known by that alone: the address, and what tells whose entry it was.
 */
export async function forgetExpired(parts: Parts): Promise<number> {
  const { database, now } = parts;
  const at = now();
  let count = 0;
  for (;;) {
    // Whoever confirms at this moment has the row: it is left for the next time.
    const { rows } = await sql<{ site: string; contact: string; confirmed_at: Date | null }>`
      delete from pending_opt_in where (site, record, contact) in (
        select site, record, contact from pending_opt_in
        where expires_at <= ${at} limit ${BATCH} for update skip locked
      ) returning site, contact, confirmed_at`.execute(database.sql);
    count += rows.filter(({ confirmed_at }) => confirmed_at === null).length;
    for (const { site, contact } of rows) await forgetStranger(parts, site, contact);
    if (rows.length < BATCH) break;
  }
  await database.sql.deleteFrom('token').where('expires_at', '<=', at).execute();
  await forgetTurns(database, at);
  return count;
}

async function forgetStranger({ database }: Parts, site: string, id: string): Promise<void> {
  await inTransaction(database.sql, async (transaction) => {
    const [contact] = await lockContacts(transaction, site, [id]);
    if (!contact || contact.verified_at !== null) return;
    const isKept = async (table: 'subscription' | 'pending_opt_in') => {
      const row = await transaction
        .selectFrom(table)
        .select('record')
        .where('site', '=', site)
        .where('contact', '=', id)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    };
    if ((await isKept('subscription')) || (await isKept('pending_opt_in'))) return;
    // Entries that are about others, too, are still theirs.
    await sql`
      delete from evidence where site = ${site} and record in (
        select record from contact_entry where site = ${site} and contact = ${id}
        except
        select record from contact_entry where site = ${site} and contact <> ${id}
          and record in (select record from contact_entry where site = ${site} and contact = ${id})
      )`.execute(transaction);
    for (const table of ['token', 'contact_entry'] as const)
      await transaction
        .deleteFrom(table)
        .where('site', '=', site)
        .where('contact', '=', id)
        .execute();
    await transaction.deleteFrom('contact').where('site', '=', site).where('id', '=', id).execute();
  });
}
