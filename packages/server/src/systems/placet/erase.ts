import { destroyRequest } from '../../rights/erasure/destroy.js';
import { sitesOf, type RightsParts } from '../../rights/parts.js';
import { move } from '../../rights/requests/moves.js';
import { lockRequest } from '../../rights/requests/row.js';
import { contactLookup, suppressionLookup, type Address } from '../../subscriptions/address.js';
import { findContactToErase } from '../../subscriptions/contact.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import type { Erased } from '../system.js';
import { countsOf } from './counts.js';
import { ownRequests, type Whose } from './whose.js';

/**
 * Destroys what tells who it was. Opt-ins end as if they were withdrawn, and nobody can bring them
 * back (002-32); of what else the person asked for, what is closed names nobody any more.
 */
export async function eraseOwn(parts: RightsParts, whose: Whose): Promise<Erased[]> {
  const counts = await countsOf(parts, whose);
  for (const { site, ...address } of whose.addresses) {
    if (await isToBeErased(parts, site, address))
      await parts.subscriptions().erase(site, address.value);
    await forgetSessions(parts, site, address);
  }
  const closed = await destroyClosed(parts, whose);
  return counts.map(({ category, count }) => ({
    category,
    deleted: category === 'requests' ? closed : count,
    kept: 0,
  }));
}

/** Whoever is not known is kept from being brought in by other files; once is enough. */
async function isToBeErased(parts: RightsParts, site: string, address: Address): Promise<boolean> {
  const { database, keys, sites } = parts;
  if (await findContactToErase(database.sql, parts, site, address)) return true;
  if (!sites.get(site)?.marketing) return false;
  const erased = await database.sql
    .selectFrom('suppression')
    .select('at')
    .where('site', '=', site)
    .where('lookup', '=', suppressionLookup(keys, site, address.value))
    .where('reason', '=', 'erased')
    .limit(1)
    .executeTakeFirst();
  return erased === undefined;
}

async function forgetSessions(
  { database, keys }: RightsParts,
  site: string,
  { value }: Address,
): Promise<void> {
  for (const table of ['identity_session', 'identity_challenge'] as const)
    await database.sql
      .deleteFrom(table)
      .where('site', '=', site)
      .where('lookup', '=', contactLookup(keys, site, value))
      .execute();
}

/**
 * The erasure itself, executed and not closed yet, needs to know whom to tell. Whatever else is
 * still open ends here, so that no mail about it follows: there is nothing left that it is about.
 */
async function destroyClosed(parts: RightsParts, whose: Whose): Promise<number> {
  const { database } = parts;
  const rows = await ownRequests(parts, whose);
  const over = rows.filter(({ state }) => state !== 'executed');
  for (const { site, id } of over)
    await inTransaction(database.sql, async (transaction) => {
      const row = await lockRequest(transaction, site, id);
      const at = parts.now();
      if (row.closed_at === null)
        await move(transaction, row, { act: 'cancel', at, actor: 'system' });
      await destroyRequest(transaction, { row, sites: sitesOf(parts, site), at });
    });
  return over.length;
}
