import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import type { System } from '../../systems/system.js';
import { addItem, itemsOf } from './items.js';
import { labelOf } from './labels.js';
import { lookItem } from './plan.js';
import type { RequestRow } from './row.js';

/** Whether people restricted the data in a system, since no program could. */
export async function isRestrictedByHand(
  transaction: Transaction<Tables>,
  row: RequestRow,
  system: System,
): Promise<boolean> {
  const byHand = [`${system.id}/restrict`, lookItem(system.id)];
  const items = await itemsOf(transaction, row);
  return items.some(({ item, status }) => byHand.includes(item) && status === 'done');
}

/** Puts onto the checklist that the data is used again in a system. */
export async function addUseAgain(
  transaction: Transaction<Tables>,
  row: RequestRow,
  system: System,
): Promise<void> {
  const label = labelOf('useAgain', system);
  await addItem(transaction, row, { item: `${system.id}/use-again`, label, required: false });
}
