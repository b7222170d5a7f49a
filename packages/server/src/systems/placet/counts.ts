import type { RightsParts } from '../../rights/parts.js';
import { subscriptionsOf } from '../../subscriptions/state.js';
import type { Survey } from '../system.js';
import { entriesOf } from './records.js';
import { contactsOf, ownRequests, type Whose } from './whose.js';

/** How much there is of each category; the law keeps nothing of it. */
export async function countsOf(parts: RightsParts, whose: Whose): Promise<Survey[]> {
  const { sql } = parts.database;
  const contacts = await contactsOf(parts, whose);
  let [known, choices, entries] = [0, 0, 0];
  for (const [site, own] of contacts) {
    known += own.length;
    choices += (await subscriptionsOf(sql, site, own)).length;
    entries += (await entriesOf(parts, site, own)).length;
  }
  const requests = await ownRequests(parts, whose);
  return [
    { category: 'contacts', count: known, kept: [] },
    { category: 'subscriptions', count: choices, kept: [] },
    { category: 'history', count: entries, kept: [] },
    { category: 'requests', count: requests.length, kept: [] },
  ];
}
