import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { contactLookup } from '../../subscriptions/address.js';
import { sitesOf, type RightsParts } from '../parts.js';
import { detailsOf, type RequestRow } from '../requests/row.js';

/**
 * Hides whoever a request is about, on every site concerned: by each contact that they showed, and
 * by those that are known here to be theirs, too.
 */
export async function hidePerson(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
): Promise<void> {
  const values = Object.values(detailsOf(parts.keys, row)?.contacts ?? {});
  if (values.length === 0) return;
  for (const site of sitesOf(parts, row.site)) {
    const shown = values.map((value) => contactLookup(parts.keys, site, value));
    const rows = await transaction
      .selectFrom('contact')
      .select('lookup')
      .where('site', '=', site)
      .where('person', 'in', (of) =>
        of
          .selectFrom('contact')
          .select('person')
          .where('site', '=', site)
          .where('lookup', 'in', shown),
      )
      .execute();
    const lookups = new Map(
      [...shown, ...rows.map(({ lookup }) => Buffer.from(lookup))].map((each) => [
        each.toString('hex'),
        each,
      ]),
    );
    await transaction
      .insertInto('restricted_contact')
      .values(
        [...lookups.values()].map((lookup) => ({
          site,
          lookup,
          restriction: 'hidden' as const,
          request: row.id,
          since: parts.now(),
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
