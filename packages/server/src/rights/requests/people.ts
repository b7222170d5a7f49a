import { PlacetError, type Contacts, type SiteConfig } from '@placet/contract';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { contactLookup, contactsOf, parseContacts } from '../../subscriptions/address.js';
import { GATE } from '../../subscriptions/limits.js';
import { sitesOf, type RightsParts } from '../parts.js';
import { detailsOf, type RequestRow } from './row.js';

/** A site where people see to their data. @throws {PlacetError} `rights/unsupported` for any other */
export function configOf({ sites }: Pick<RightsParts, 'sites'>, site: string): SiteConfig {
  const config = sites.get(site);
  if (!config?.rights) throw new PlacetError('rights/unsupported');
  return config;
}

/** Contacts as they are stored and compared. */
export function plainContacts(parts: RightsParts, site: string, contacts: Contacts): Contacts {
  const country = parts.sites.get(site)?.marketing?.country;
  return Object.assign({}, ...parseContacts(contacts, country).map(contactsOf)) as Contacts;
}

/** The keyed hashes of a person's contacts, for each site that is concerned. */
export function lookupsOf(
  parts: RightsParts,
  site: string,
  { email, phone }: Contacts,
): { site: string; lookup: Buffer }[] {
  const values = [email, phone].filter((value) => value !== undefined);
  return sitesOf(parts, site).flatMap((each) =>
    values.map((value) => ({ site: each, lookup: contactLookup(parts.keys, each, value) })),
  );
}

/**
 * Whether a request is this person's: by its e-mail address, and by its telephone number only where
 * it has no address, since people share telephones.
 */
export function isOwn(parts: RightsParts, row: RequestRow, person: Contacts): boolean {
  const contacts = detailsOf(parts.keys, row)?.contacts;
  if (!contacts) return false;
  return contacts.email === undefined
    ? contacts.phone !== undefined && contacts.phone === person.phone
    : contacts.email === person.email;
}

/**
 * Whether two are one person, each shown by what the other one tells: by the e-mail address, and by the
 * telephone number only where neither has one.
 */
export function isSamePerson(one: Contacts, other: Contacts): boolean {
  return one.email === undefined
    ? other.email === undefined && one.phone !== undefined && one.phone === other.phone
    : one.email === other.email;
}

/** A person's own requests, whichever of the sites concerned they were made on. */
export async function requestsOf(
  database: Kysely<Tables>,
  parts: RightsParts,
  site: string,
  person: Contacts,
): Promise<RequestRow[]> {
  const lookups = lookupsOf(parts, site, person).filter((each) => each.site === site);
  if (lookups.length === 0) return [];
  const rows = await database
    .selectFrom('request')
    .selectAll()
    .where('site', 'in', sitesOf(parts, site))
    .where('id', 'in', (of) =>
      of
        .selectFrom('request_contact')
        .select('request')
        .where('site', '=', site)
        .where(
          'lookup',
          'in',
          lookups.map(({ lookup }) => lookup),
        ),
    )
    .orderBy('entered_at', 'desc')
    .orderBy('id')
    .execute();
  // The hashes find candidates; what was said and encrypted decides.
  return rows.filter((row) => isOwn(parts, row, person));
}

/** Makes whoever else acts for the same person wait until this transaction ends. */
export async function lockPerson(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  site: string,
  person: Contacts,
): Promise<void> {
  const at = parts.now();
  const lookups = lookupsOf(parts, site, person).sort(
    (one, other) => one.site.localeCompare(other.site) || one.lookup.compare(other.lookup),
  );
  for (const { site: each, lookup: recipient } of lookups)
    await transaction
      .insertInto('sent_message')
      .values({ site: each, recipient, id: GATE, at })
      .onConflict((conflict) => conflict.columns(['site', 'recipient', 'id']).doUpdateSet({ at }))
      .execute();
}
