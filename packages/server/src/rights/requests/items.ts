import type { LocalText } from '@placet/contract';
import type { Kysely, Transaction } from 'kysely';
import type { SettledHow, Tables } from '../../database/tables.js';
import type { RequestRow } from './row.js';

type Key = Pick<RequestRow, 'site' | 'id'>;

/** How a line of the checklist was settled: who, when and how (users-ask 37). */
export interface Settling {
  status: 'done' | 'not-applicable';
  actor: string;
  at: Date;
  /** Stays for good. @default 'done-here', or 'not-needed' of what is not applicable */
  how?: SettledHow | undefined;
  /** Destroyed with what the request says. */
  note?: string | undefined;
}

/** In which ways a line can be settled. */
export const SETTLED_HOWS = [
  'done-here',
  'done-elsewhere',
  'not-needed',
  'kept-by-law',
] as const satisfies readonly SettledHow[];

/**
 * The lines that may be open when all else is over, in SQL: what a person is to be told, and what is
 * used again.
 */
export const AFTERWARDS = ['tell/%', '%/use-again'] as const;

/** Whether a line is one of those. */
export const isAfterwards = (item: string) =>
  item.startsWith('tell/') || item.endsWith('/use-again');

/** A line that is to be settled, or settled anew. */
export const OPEN_ITEM = {
  status: 'open',
  actor: null,
  settled_at: null,
  how: null,
  note: null,
} as const;

/** Whether a way to settle a line says the same as its status. */
export function isHowOf(status: Settling['status'], how: SettledHow): boolean {
  return status === 'done' ? how !== 'not-needed' : !how.startsWith('done');
}

function settledItem({ status, actor, at, how, note }: Settling) {
  const usual = status === 'done' ? 'done-here' : 'not-needed';
  return { status, actor, settled_at: at, how: how ?? usual, note: note ?? null } as const;
}

/** Puts a line on the checklist; once, however often it is called. */
export async function addItem(
  transaction: Transaction<Tables>,
  { site, id }: Key,
  { item, label, required = true }: { item: string; label: LocalText; required?: boolean },
  settled?: Settling,
): Promise<void> {
  await transaction
    .insertInto('request_item')
    .values({
      site,
      request: id,
      item,
      label: JSON.stringify(label),
      required,
      ...(settled ? settledItem(settled) : OPEN_ITEM),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Opens a line again that was settled for something else, or by itself; it says what is to be settled now. */
export async function reopenItem(
  transaction: Transaction<Tables>,
  { site, id }: Key,
  { item, label }: { item: string; label: LocalText },
): Promise<void> {
  const text = JSON.stringify(label);
  await transaction
    .updateTable('request_item')
    .set({ label: text, ...OPEN_ITEM })
    .where('site', '=', site)
    .where('request', '=', id)
    .where('item', '=', item)
    .where(({ or, eb }) => or([eb('label', '<>', text), eb('actor', '=', 'system')]))
    .execute();
}

/** @returns whether there is such a line that was open */
export async function settleItem(
  transaction: Transaction<Tables>,
  { site, id }: Key,
  item: string,
  settling: Settling,
): Promise<boolean> {
  const settled = await transaction
    .updateTable('request_item')
    .set(settledItem(settling))
    .where('site', '=', site)
    .where('request', '=', id)
    .where('item', '=', item)
    .where('status', '=', 'open')
    .returning('item')
    .executeTakeFirst();
  return settled !== undefined;
}

export function itemsOf(database: Kysely<Tables>, { site, id }: Key) {
  return database
    .selectFrom('request_item')
    .selectAll()
    .where('site', '=', site)
    .where('request', '=', id)
    .orderBy('item')
    .execute();
}

/** Whether a line must be settled before anything can be finished. */
export async function isBlocked(database: Kysely<Tables>, key: Key): Promise<boolean> {
  const items = await itemsOf(database, key);
  return items.some(({ required, status }) => required && status === 'open');
}
