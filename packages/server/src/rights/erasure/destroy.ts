import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { isAfterwards, itemsOf, settleItem } from '../requests/items.js';
import type { RequestRow } from '../requests/row.js';

/**
 * Destroys all that tells whose a request was: with its key goes what was encrypted for it. What was
 * done, when and by whom stays. Nobody is left whom staff could tell anything.
 */
export async function destroyRequest(
  transaction: Transaction<Tables>,
  given: { row: RequestRow; /** All that it concerns. */ sites: readonly string[]; at: Date },
): Promise<void> {
  const { row, sites, at } = given;
  const { site, id } = row;
  for (const { item } of await itemsOf(transaction, row))
    if (isAfterwards(item))
      await settleItem(transaction, row, item, { status: 'not-applicable', actor: 'system', at });
  // Whoever comes again is somebody new.
  await transaction
    .deleteFrom('restricted_contact')
    .where('site', 'in', [...sites])
    .where('request', '=', id)
    .execute();
  await transaction
    .deleteFrom('request_contact')
    .where('site', 'in', [...sites])
    .where('request', '=', id)
    .execute();
  await transaction
    .deleteFrom('package_part')
    .where('site', '=', site)
    .where('request', '=', id)
    .execute();
  // Written by people, and so perhaps with a name in it.
  for (const table of ['request_event', 'request_item', 'recipient_notice'] as const)
    await transaction
      .updateTable(table)
      .set({ note: null })
      .where('site', '=', site)
      .where('request', '=', id)
      .execute();
  await transaction
    .updateTable('request_step')
    .set({ data: null })
    .where('site', '=', site)
    .where('request', '=', id)
    .execute();
  await transaction
    .updateTable('request')
    .set({ key: null, data: null })
    .where('site', '=', site)
    .where('id', '=', id)
    .execute();
}
