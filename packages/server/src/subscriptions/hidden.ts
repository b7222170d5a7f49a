import { sql, type Kysely } from 'kysely';
import type { Tables } from '../database/tables.js';
import type { Restriction } from '../systems/system.js';
import type { Contact } from './contact.js';

/** In a query of `contact`: whether it is as good as gone, since its person's erasure is executed (000-22). */
export const isHidden = sql<boolean>`exists (
  select 1 from restricted_contact
  where restricted_contact.site = contact.site and restricted_contact.lookup = contact.lookup
    and restricted_contact.restriction = 'hidden'
)`;

/** The same of contacts that are restricted or hidden: those that are kept and nothing else. */
export const isRestricted = sql<boolean>`exists (
  select 1 from restricted_contact
  where restricted_contact.site = contact.site and restricted_contact.lookup = contact.lookup
)`;

/** How contacts that were read already are restricted, by their ids; others are not. */
export async function restrictionsOf(
  database: Kysely<Tables>,
  site: string,
  contacts: readonly Pick<Contact, 'id' | 'lookup'>[],
): Promise<ReadonlyMap<string, Exclude<Restriction, 'none'>>> {
  if (contacts.length === 0) return new Map();
  const rows = await database
    .selectFrom('restricted_contact')
    .select(['lookup', 'restriction'])
    .where('site', '=', site)
    .where(
      'lookup',
      'in',
      contacts.map(({ lookup }) => lookup),
    )
    // `hidden` comes before `restricted`, and so is what is seen last.
    .orderBy('restriction', 'desc')
    .execute();
  const byLookup = new Map(
    rows.map(({ lookup, restriction }) => [Buffer.from(lookup).toString('hex'), restriction]),
  );
  return new Map(
    contacts.flatMap(({ id, lookup }) => {
      const restriction = byLookup.get(Buffer.from(lookup).toString('hex'));
      return restriction === undefined ? [] : [[id, restriction] as const];
    }),
  );
}

/** Those of them that are not hidden. */
export async function withoutHidden<Some extends Pick<Contact, 'id' | 'lookup'>>(
  database: Kysely<Tables>,
  site: string,
  contacts: readonly Some[],
): Promise<Some[]> {
  const restrictions = await restrictionsOf(database, site, contacts);
  return contacts.filter(({ id }) => restrictions.get(id) !== 'hidden');
}
