import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import { openText } from '../register/evidence.js';
import { contactLookup, suppressionLookup, type Address } from './address.js';
import { isHidden } from './hidden.js';
import type { Parts } from './parts.js';
import { Outdated } from './transactions.js';

/** A contact's row; locked, where it came from a function that locks. */
export type Contact = Selectable<Tables['contact']>;

/** The address of a contact. */
export function addressOf({ keys }: Pick<Parts, 'keys'>, contact: Contact): Address {
  return { kind: contact.kind, value: openText(keys.contact, contact) };
}

/** The contact of an address, not locked; whoever is hidden is not known. */
export function findContact(
  database: Kysely<Tables>,
  parts: Pick<Parts, 'keys'>,
  site: string,
  address: Address,
): Promise<Contact | undefined> {
  return contactOf(database, parts, site, address)
    .where((of) => of.not(isHidden))
    .executeTakeFirst();
}

/** The same with those who are hidden: for whoever is to erase them. */
export function findContactToErase(
  database: Kysely<Tables>,
  parts: Pick<Parts, 'keys'>,
  site: string,
  address: Address,
): Promise<Contact | undefined> {
  return contactOf(database, parts, site, address).executeTakeFirst();
}

function contactOf(
  database: Kysely<Tables>,
  { keys }: Pick<Parts, 'keys'>,
  site: string,
  { value }: Address,
) {
  return database
    .selectFrom('contact')
    .selectAll()
    .where('site', '=', site)
    .where('lookup', '=', contactLookup(keys, site, value));
}

/**
 * How often an address was withdrawn: kept by the contact, and by what suppresses it where there is
 * no contact (any more). One statement: between two of them somebody might withdraw.
 */
export async function epochOf(
  database: Kysely<Tables>,
  { keys }: Pick<Parts, 'keys'>,
  site: string,
  { value }: Address,
): Promise<number> {
  const { rows } = await sql<{ epoch: number }>`
    select coalesce(
      (select epoch from contact
        where site = ${site} and lookup = ${contactLookup(keys, site, value)}),
      (select max(epoch) from suppression
        where site = ${site} and lookup = ${suppressionLookup(keys, site, value)}),
      0
    ) as epoch`.execute(database);
  return rows[0]!.epoch;
}

/** Locks contacts by their ids; those that are gone are left out. */
export function lockContacts(
  transaction: Transaction<Tables>,
  site: string,
  ids: readonly string[],
): Promise<Contact[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return transaction
    .selectFrom('contact')
    .selectAll()
    .where('site', '=', site)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Ids of all contacts of the people that these contacts belong to, not locked. */
export async function idsOfPeople(
  database: Kysely<Tables>,
  site: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await database
    .selectFrom('contact')
    .select('id')
    .where('site', '=', site)
    .where('person', 'in', (of) =>
      of
        .selectFrom('contact')
        .select('person')
        .where('site', '=', site)
        .where('id', 'in', [...ids]),
    )
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Locks every contact of the people that these contacts belong to. */
export async function lockPeople(
  transaction: Transaction<Tables>,
  site: string,
  ids: readonly string[],
): Promise<Contact[]> {
  const all = await idsOfPeople(transaction, site, ids);
  const contacts = await lockContacts(transaction, site, all);
  const now = await idsOfPeople(transaction, site, ids);
  // Somebody confirmed another one meanwhile: it cannot be locked out of order.
  if (now.some((id) => !all.includes(id))) throw new Outdated();
  return contacts;
}
