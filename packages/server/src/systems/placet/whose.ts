import type { Contacts } from '@placet/contract';
import { sitesOf, type RightsParts } from '../../rights/parts.js';
import { isSamePerson, requestsOf } from '../../rights/requests/people.js';
import { detailsOf, type RequestRow } from '../../rights/requests/row.js';
import { parseContacts, type Address } from '../../subscriptions/address.js';
import {
  addressOf,
  findContactToErase,
  idsOfPeople,
  type Contact,
} from '../../subscriptions/contact.js';
import type { Subject } from '../system.js';

/** Whose data, as it stands in a ref: after the first address is erased, nothing here tells the others. */
export interface Whose {
  site: string;
  contacts: Contacts;
  /** Those that were confirmed together with them, too, by site. */
  addresses: readonly (Address & { site: string })[];
}

/** Everything by which somebody is known here. */
export async function whoseOf(parts: RightsParts, { site, contacts }: Subject): Promise<Whose> {
  const addresses: (Address & { site: string })[] = [];
  for (const each of sitesOf(parts, site)) {
    const own = parseContacts(contacts, parts.sites.get(each)?.marketing?.country);
    // Only the first shows who else it is: people share telephones.
    const known = own[0] && (await findContactToErase(parts.database.sql, parts, each, own[0]));
    const others = known ? await contactsIn(parts, each, [known.id]) : [];
    const all = [...own, ...others.map((contact) => addressOf(parts, contact))];
    const values = new Map(all.map((address) => [address.value, address]));
    for (const address of values.values()) addresses.push({ site: each, ...address });
  }
  return { site, contacts, addresses };
}

export const refOf = (whose: Whose): string => JSON.stringify(whose);
export const readRef = (ref: string): Whose => JSON.parse(ref) as Whose;

/** The sites at which they are known, each with their contacts there. */
export async function contactsOf(
  parts: RightsParts,
  { addresses }: Whose,
): Promise<Map<string, Contact[]>> {
  const found = new Map<string, Contact[]>();
  for (const { site, ...address } of addresses) {
    const contact = await findContactToErase(parts.database.sql, parts, site, address);
    if (contact) found.set(site, [...(found.get(site) ?? []), contact]);
  }
  return found;
}

/** What they asked for; not what somebody did with whom they share a telephone. */
export async function ownRequests(
  parts: RightsParts,
  { site, contacts }: Whose,
): Promise<RequestRow[]> {
  const rows = await requestsOf(parts.database.sql, parts, site, contacts);
  return rows.filter((row) => isSamePerson(detailsOf(parts.keys, row)?.contacts ?? {}, contacts));
}

async function contactsIn(
  parts: RightsParts,
  site: string,
  ids: readonly string[],
): Promise<Contact[]> {
  const { sql } = parts.database;
  return sql
    .selectFrom('contact')
    .selectAll()
    .where('site', '=', site)
    .where('id', 'in', await idsOfPeople(sql, site, ids))
    .orderBy('id')
    .execute();
}
