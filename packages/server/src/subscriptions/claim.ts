import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import { sealText } from '../register/evidence.js';
import { contactId, contactLookup, suppressionLookup, type Address } from './address.js';
import { lockContacts, lockPeople, type Contact } from './contact.js';
import type { Parts } from './parts.js';
import { Outdated } from './transactions.js';

/** A contact with the address that it was asked for by. */
export interface Claimed {
  address: Address;
  contact: Contact;
  /** Whether it was not there before. */
  isNew: boolean;
}

/** An address to be claimed. */
export interface Wanted {
  address: Address;
  /** Of the contact, if it is made now. */
  language: string;
}

/**
 * Locks the contacts of addresses, making those that are missing.
 *
 * Making comes before locking, each in an order of its own: who waits to make holds nothing that
 * others can see, and so nobody waits in a circle. The unique address makes two that come for a
 * new one take turns, as the lock does for one that is there.
 */
export async function claimContacts(
  transaction: Transaction<Tables>,
  parts: Parts,
  site: string,
  wanted: readonly Wanted[],
): Promise<Claimed[]> {
  const made = await makeContacts(transaction, parts, site, wanted);
  const ids = await idsOf(transaction, parts, site, wanted);
  const contacts = await lockContacts(transaction, site, ids);
  return settleClaims(transaction, parts, site, { wanted, made, contacts });
}

/** The same, with every other contact of the people whose addresses they are. */
export async function claimPeople(
  transaction: Transaction<Tables>,
  parts: Parts,
  site: string,
  wanted: readonly Wanted[],
): Promise<{ claimed: Claimed[]; contacts: Contact[] }> {
  const made = await makeContacts(transaction, parts, site, wanted);
  const ids = await idsOf(transaction, parts, site, wanted);
  const contacts = await lockPeople(transaction, site, ids);
  const claimed = await settleClaims(transaction, parts, site, { wanted, made, contacts });
  return { claimed, contacts };
}

async function makeContacts(
  transaction: Transaction<Tables>,
  { keys, now }: Parts,
  site: string,
  wanted: readonly Wanted[],
): Promise<ReadonlySet<string>> {
  if (wanted.length === 0) return new Set();
  const at = now();
  const rows = wanted
    .map(({ address, language }) => ({
      site,
      id: contactId(keys, site, address.value),
      person: randomUUID(),
      kind: address.kind,
      lookup: contactLookup(keys, site, address.value),
      ...sealText(keys.contact, address.value),
      language,
      epoch: 0,
      first_seen: at,
      last_act: at,
    }))
    .sort((one, other) => Buffer.compare(one.lookup, other.lookup));
  const made = await transaction
    .insertInto('contact')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return new Set(made.map(({ id }) => id));
}

async function idsOf(
  transaction: Transaction<Tables>,
  { keys }: Parts,
  site: string,
  wanted: readonly Wanted[],
): Promise<string[]> {
  if (wanted.length === 0) return [];
  const rows = await transaction
    .selectFrom('contact')
    .select('id')
    .where('site', '=', site)
    .where(
      'lookup',
      'in',
      wanted.map(({ address }) => contactLookup(keys, site, address.value)),
    )
    .execute();
  return rows.map(({ id }) => id);
}

async function settleClaims(
  transaction: Transaction<Tables>,
  parts: Parts,
  site: string,
  found: { wanted: readonly Wanted[]; made: ReadonlySet<string>; contacts: readonly Contact[] },
): Promise<Claimed[]> {
  const byLookup = new Map(
    found.contacts.map((row) => [Buffer.from(row.lookup).toString('hex'), row]),
  );
  const claimed = found.wanted.map(({ address }): Claimed => {
    const lookup = contactLookup(parts.keys, site, address.value).toString('hex');
    const contact = byLookup.get(lookup);
    // Erased between two statements.
    if (!contact) throw new Outdated();
    return { address, contact, isNew: found.made.has(contact.id) };
  });
  await takeOverEpochs(transaction, parts, site, claimed);
  return claimed;
}

/** A new contact goes on where what suppresses its address stands. */
async function takeOverEpochs(
  transaction: Transaction<Tables>,
  { keys }: Parts,
  site: string,
  claimed: readonly Claimed[],
): Promise<void> {
  const fresh = claimed
    .filter(({ isNew }) => isNew)
    .map(({ address, contact }) => ({
      contact,
      lookup: suppressionLookup(keys, site, address.value),
    }));
  if (fresh.length === 0) return;
  const rows = await transaction
    .selectFrom('suppression')
    .select((of) => ['lookup', of.fn.max('epoch').as('epoch')])
    .where('site', '=', site)
    .where(
      'lookup',
      'in',
      fresh.map(({ lookup }) => lookup),
    )
    .groupBy('lookup')
    .execute();
  for (const row of rows) {
    const { contact } = fresh.find(({ lookup }) => lookup.equals(row.lookup))!;
    contact.epoch = row.epoch;
    await transaction
      .updateTable('contact')
      .set({ epoch: row.epoch })
      .where('site', '=', site)
      .where('id', '=', contact.id)
      .execute();
  }
}
