import { PlacetError } from '@placet/contract';
import { inTransaction } from '../../subscriptions/transactions.js';
import type { RightsParts } from '../parts.js';
import { advance } from './advance.js';
import { begin } from './begin.js';
import { mergeErasure } from './merge.js';
import { move } from './moves.js';
import { lockPerson } from './people.js';
import { detailsOf, findRequest, lockRequest, type RequestRow } from './row.js';
import { undoUntil } from './store.js';
import { endMarketing } from './submit.js';

/**
 * Opens a request that staff entered, now that it is clear whose it is: by the person's own word, or
 * by what staff note. From then on it is as one from the site (000-26).
 *
 * @param by `person`, or who of the staff
 * @returns the request as it stands, or the open erasure that it goes on as; and whether that is new
 */
export async function verify(
  parts: RightsParts,
  site: string,
  id: string,
  { actor, note }: { actor: string; note?: string },
): Promise<{ row: RequestRow; isNew: boolean }> {
  const before = await findRequest(parts.database.sql, site, id);
  if (!before) throw new PlacetError('rights/unknown');
  if (before.state !== 'unverified') return { row: before, isNew: false };
  const details = detailsOf(parts.keys, before);
  if (details?.against === 'marketing')
    await endMarketing(parts, site, details.contacts, actor === 'person' ? undefined : actor);
  const opened = await inTransaction(parts.database.sql, async (transaction) => {
    // As whoever submits: of two erasures that open at once, the later one sees the other.
    await lockPerson(transaction, parts, site, details?.contacts ?? {});
    const row = await lockRequest(transaction, site, id);
    // Confirmed, taken back or expired meanwhile.
    if (row.state !== 'unverified') return { row, isNew: false };
    const at = parts.now();
    const set = {
      verified_at: at,
      ...(row.type === 'erasure' && { undo_until: undoUntil(parts, at) }),
    };
    const open = await move(transaction, row, { act: 'verify', at, actor, note }, set);
    const other = await mergeErasure(transaction, parts, open, { at, actor });
    if (!other) await begin(transaction, parts, open);
    return { row: other ?? open, isNew: true };
  });
  if (opened.isNew) await advance(parts, opened.row.site, opened.row.id);
  return opened;
}
