import type { Contacts } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import type { Restriction } from '../../systems/system.js';
import { contactLookup, parseContacts } from '../../subscriptions/address.js';
import { sitesOf, type RightsParts } from '../parts.js';
import { lookupsOf } from './people.js';
import { detailsOf, type RequestRow } from './row.js';

/** Restricts or hides a person here, on every site concerned, from the transaction's end on. */
export async function restrict(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
  restriction: Exclude<Restriction, 'none'>,
): Promise<void> {
  const contacts = detailsOf(parts.keys, row)?.contacts ?? {};
  for (const { site, lookup } of lookupsOf(parts, row.site, contacts))
    await transaction
      .insertInto('restricted_contact')
      .values({ site, lookup, restriction, request: row.id, since: parts.now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

/** Ends what a request restricted here. @returns whether it had restricted anything */
export async function release(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
): Promise<boolean> {
  const contacts = detailsOf(parts.keys, row)?.contacts ?? {};
  const sites = [...new Set(lookupsOf(parts, row.site, contacts).map(({ site }) => site))];
  if (sites.length === 0) return false;
  const released = await transaction
    .deleteFrom('restricted_contact')
    .where('site', 'in', sites)
    .where('request', '=', row.id)
    .where('restriction', '=', 'restricted')
    .returning('request')
    .execute();
  return released.length > 0;
}

/** The strictest restriction of any of somebody's contacts; see `PersonRights.restrictionOf`. */
export async function restrictionOf(
  parts: RightsParts,
  site: string,
  address: string,
): Promise<Restriction> {
  const country = parts.sites.get(site)?.marketing?.country;
  const kind = address.includes('@') ? 'email' : 'phone';
  const lookups = parseContacts({ [kind]: address }, country).map(({ value }) =>
    contactLookup(parts.keys, site, value),
  );
  return strictest(parts, site, lookups);
}

/** The same of a person with several contacts. */
export async function strictest(
  { database }: Pick<RightsParts, 'database'>,
  site: string,
  lookups: readonly Uint8Array[],
): Promise<Restriction> {
  if (lookups.length === 0) return 'none';
  const rows = await database.sql
    .selectFrom('restricted_contact')
    .select('restriction')
    .where('site', '=', site)
    .where('lookup', 'in', [...lookups])
    .execute();
  const all = rows.map(({ restriction }) => restriction);
  return all.includes('hidden') ? 'hidden' : (all[0] ?? 'none');
}

/** Whether a person was erased, and is gone but for the purge, on any of the sites concerned. */
export async function isHidden(
  parts: RightsParts,
  site: string,
  contacts: Contacts,
): Promise<boolean> {
  const lookups = lookupsOf(parts, site, contacts);
  for (const each of sitesOf(parts, site)) {
    const own = lookups.filter((one) => one.site === each).map(({ lookup }) => lookup);
    if ((await strictest(parts, each, own)) === 'hidden') return true;
  }
  return false;
}
