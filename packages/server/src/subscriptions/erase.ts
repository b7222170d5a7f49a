import { choiceKey } from '@placet/contract';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import { CHANNELS, contactsOf, parseAnyAddress } from './address.js';
import { claimPeople } from './claim.js';
import { addressOf, type Contact } from './contact.js';
import { configOf, type Parts } from './parts.js';
import { offeredTo, said, subscriptionsOf } from './state.js';
import { suppress } from './suppression.js';
import { inTransaction } from './transactions.js';

/**
 * See `SubscriptionService.erase`. Whoever is not known here is made known for the while that it
 * takes: other files may name them, and must not bring them in (002-32).
 */
export async function erase(parts: Parts, site: string, text: string): Promise<boolean> {
  const { language = 'en', marketing } = configOf(parts, site);
  const address = parseAnyAddress(text, marketing?.country);
  const wasKnown = await inTransaction(parts.database.sql, async (transaction) => {
    const wanted = [{ address, language }];
    const { claimed, contacts } = await claimPeople(transaction, parts, site, wanted);
    const record = await enter(transaction, parts, site, contacts);
    for (const contact of contacts) await leave(transaction, parts, contact, record);
    await destroy(
      transaction,
      site,
      contacts.map(({ id }) => id),
    );
    return claimed.every(({ isNew }) => !isNew);
  });
  parts.register.sealSoon(site);
  parts.outgoing.wake();
  return wasKnown;
}

/** That it ended stands in the register; whose it was does not. */
async function enter(
  transaction: Transaction<Tables>,
  parts: Parts,
  site: string,
  contacts: readonly Contact[],
): Promise<string> {
  const all = await subscriptionsOf(transaction, site, contacts);
  const ended = new Map(
    all.filter(({ status }) => status === 'active').map((each) => [choiceKey(each), each]),
  );
  const record = await parts.register.enter(transaction, {
    site,
    act: 'withdrawn',
    how: 'staff',
    at: parts.now().toISOString(),
    choices: said([...ended.values()], false),
    language: contacts[0]!.language,
    about: { reason: 'erased' },
  });
  return record!;
}

async function leave(
  transaction: Transaction<Tables>,
  parts: Parts,
  contact: Contact,
  record: string,
): Promise<void> {
  const { site, kind, language } = contact;
  const address = addressOf(parts, contact);
  await suppress(transaction, parts, site, {
    address: address.value,
    what: CHANNELS[kind].map((channel) => ({ channel })),
    reason: 'erased',
    epoch: contact.epoch + 1,
  });
  await parts.outgoing.news(transaction, {
    type: 'subscription.withdrawn',
    record,
    site,
    at: parts.now().toISOString(),
    contact: contactsOf(address),
    choices: said(offeredTo(configOf(parts, site), [contact]), false),
    language,
  });
}

/** Destroys contacts and what belongs to them, and in the register what tells whose entries they were. */
export async function destroy(
  transaction: Transaction<Tables>,
  site: string,
  ids: readonly string[],
): Promise<void> {
  const entries = transaction
    .selectFrom('contact_entry')
    .select('record')
    .where('site', '=', site)
    .where('contact', 'in', [...ids]);
  await sql`delete from evidence where site = ${site} and record in (${entries})`.execute(
    transaction,
  );
  for (const table of ['token', 'pending_opt_in', 'subscription', 'contact_entry'] as const)
    await transaction
      .deleteFrom(table)
      .where('site', '=', site)
      .where('contact', 'in', [...ids])
      .execute();
  await transaction
    .deleteFrom('contact')
    .where('site', '=', site)
    .where('id', 'in', [...ids])
    .execute();
}
