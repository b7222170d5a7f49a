import { PlacetError } from '@placet/contract';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import { contactLookup, parseContacts, type Address } from './address.js';
import { claimPeople } from './claim.js';
import {
  addressOf,
  epochOf,
  findContact,
  idsOfPeople,
  lockPeople,
  type Contact,
} from './contact.js';
import { isHidden, withoutHidden } from './hidden.js';
import { readLink } from './links-in-messages.js';
import { configOf, type Parts } from './parts.js';
import type { Who } from './subscriptions.js';

/** Somebody with a right to know: by which contacts they showed it, and all that are theirs. */
export interface Person {
  /** Those that they showed. */
  own: readonly Contact[];
  contacts: readonly Contact[];
  /** Known from a session, and not a contact yet. */
  unknown: readonly Address[];
}

/**
 * Finds out who it is, without locking anything.
 *
 * @throws {PlacetError} `token/unknown` without a right to know
 */
export async function findPerson(parts: Parts, site: string, who: Who): Promise<Person> {
  const { database } = parts;
  const unknown: Address[] = [];
  const ids: string[] = [];
  if ('token' in who) ids.push(contactOfToken(parts, site, who.token));
  else
    for (const address of addressesOf(parts, site, who)) {
      const contact = await findContact(database.sql, parts, site, address);
      if (contact) ids.push(contact.id);
      else unknown.push(address);
    }
  const all = await idsOfPeople(database.sql, site, ids);
  const contacts =
    all.length === 0
      ? []
      : await database.sql
          .selectFrom('contact')
          .selectAll()
          .where('site', '=', site)
          .where('id', 'in', all)
          .where((of) => of.not(isHidden))
          .orderBy('id')
          .execute();
  const own = contacts.filter(({ id }) => ids.includes(id));
  if (own.length + unknown.length === 0) throw new PlacetError('token/unknown');
  return { own, contacts, unknown };
}

/** The same with all their contacts locked; what a session knows becomes a contact. */
export async function lockPerson(
  transaction: Transaction<Tables>,
  parts: Parts,
  given: { site: string; who: Who; language: string },
): Promise<Omit<Person, 'unknown'>> {
  const { site, who, language } = given;
  if ('token' in who) {
    const id = contactOfToken(parts, site, who.token);
    const locked = await lockPeople(transaction, site, [id]);
    const contacts = await withoutHidden(transaction, site, locked);
    const own = contacts.filter((each) => each.id === id);
    if (own.length === 0) throw new PlacetError('token/unknown');
    return { own, contacts };
  }
  const wanted = addressesOf(parts, site, who).map((address) => ({ address, language }));
  if (wanted.length === 0) throw new PlacetError('token/unknown');
  const { claimed, contacts } = await claimPeople(transaction, parts, site, wanted);
  // Whoever is about to be erased has nothing left to say here, until they come as somebody new.
  if ((await withoutHidden(transaction, site, contacts)).length < contacts.length)
    throw new PlacetError('token/unknown');
  return { own: claimed.map(({ contact }) => contact), contacts };
}

/**
 * How often whatever is theirs was withdrawn, by contact and by address: read at once and first of
 * all, so that whatever is withdrawn from then on shows.
 */
export async function epochsOfWho(
  parts: Parts,
  site: string,
  who: Who,
): Promise<(contact: Contact) => number | undefined> {
  const { keys } = parts;
  const database = parts.database.sql;
  const addresses = 'token' in who ? [] : addressesOf(parts, site, who);
  const token = 'token' in who ? contactOfToken(parts, site, who.token) : undefined;
  const lookups = addresses.map(({ value }) => contactLookup(keys, site, value));
  const people = database
    .selectFrom('contact')
    .select(['id', 'epoch'])
    .where('site', '=', site)
    .where('person', 'in', (of) => {
      const own = of.selectFrom('contact').select('person').where('site', '=', site);
      if (token !== undefined) return own.where('id', '=', token);
      return lookups.length > 0 ? own.where('lookup', 'in', lookups) : own.where(sql.lit(false));
    });
  const [rows, ...strangers] = await Promise.all([
    people.execute(),
    ...addresses.map((address) => epochOf(database, parts, site, address)),
  ]);
  const byId = new Map(rows.map(({ id, epoch }) => [id, epoch]));
  const byAddress = new Map(addresses.map(({ value }, at) => [value, strangers[at]]));
  return (contact) => byId.get(contact.id) ?? byAddress.get(addressOf(parts, contact).value);
}

function contactOfToken(parts: Parts, site: string, token: string): string {
  const link = readLink(parts, token, 'manage', site);
  if (!link) throw new PlacetError('token/unknown');
  return link.contact;
}

function addressesOf(
  parts: Parts,
  site: string,
  { contacts }: Extract<Who, { contacts: unknown }>,
): Address[] {
  return parseContacts(contacts, configOf(parts, site).marketing?.country);
}
