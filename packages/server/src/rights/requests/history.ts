import type { RequestAct } from '@placet/contract';
import type { Kysely } from 'kysely';
import type { Tables } from '../../database/tables.js';
import type { RequestRow } from './row.js';

/**
 * Each act happens once at most and never before one that stands above it, whatever clocks say. A
 * doubt alone may come before or after others.
 */
const ORDER: readonly RequestAct[] = [
  'receive',
  'verify',
  'start',
  'extend',
  'execute',
  'complete',
  'refuse',
  'cancel',
  'expire',
];

/** What happened to a request, oldest first. */
export async function historyOf(
  database: Kysely<Tables>,
  { site, id }: Pick<RequestRow, 'site' | 'id'>,
) {
  const events = await database
    .selectFrom('request_event')
    .select(['act', 'at', 'actor', 'note'])
    .where('site', '=', site)
    .where('request', '=', id)
    .execute();
  const doubt = events.find(({ act }) => act === 'doubt');
  const ordered = events
    .filter((each) => each !== doubt)
    .sort((one, other) => ORDER.indexOf(one.act) - ORDER.indexOf(other.act));
  if (!doubt) return ordered;
  const next = ordered.findIndex(({ at }) => at > doubt.at);
  ordered.splice(next < 0 ? ordered.length : next, 0, doubt);
  return ordered;
}
