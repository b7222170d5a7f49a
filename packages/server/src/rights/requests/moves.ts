import { randomUUID } from 'node:crypto';
import { CLOSED, PlacetError, stateAfter, type RequestAct } from '@placet/contract';
import type { Transaction, Updateable } from 'kysely';
import type { Tables } from '../../database/tables.js';
import type { RequestRow } from './row.js';

/** What happened to a request, and who did it. */
export interface Moved {
  act: RequestAct;
  at: Date;
  /** `person`, `system`, or who of the staff. */
  actor: string;
  note?: string | undefined;
}

/** What a move writes besides. */
export type MoveSet = Omit<Updateable<Tables['request']>, 'state' | 'version' | 'closed_at'>;

/**
 * Moves a request that is locked: the only way in which one changes its state. The row that was
 * given is stale afterwards.
 *
 * @throws {PlacetError} `rights/too-late` for what the table of moves does not allow
 */
export async function move(
  transaction: Transaction<Tables>,
  row: RequestRow,
  moved: Moved,
  set: MoveSet = {},
): Promise<RequestRow> {
  const state = stateAfter(row.state, moved.act, row.type);
  if (state === undefined)
    throw new PlacetError('rights/too-late', `It is ${row.state}; that cannot be done any more.`);
  const changed = await transaction
    .updateTable('request')
    .set({
      ...set,
      state,
      version: row.version + 1,
      ...(CLOSED.includes(state) && { closed_at: moved.at }),
    })
    .where('site', '=', row.site)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await noteEvent(transaction, row, moved);
  return changed;
}

/** Writes into a request's history; each act stands there once at most. */
export async function noteEvent(
  transaction: Transaction<Tables>,
  { site, id }: Pick<RequestRow, 'site' | 'id'>,
  { act, at, actor, note }: Moved,
): Promise<void> {
  await transaction
    .insertInto('request_event')
    .values({ site, request: id, id: randomUUID(), at, act, actor, note: note ?? null })
    .execute();
}
