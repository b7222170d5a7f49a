import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { isConnected } from '../../systems/system.js';
import { systemsOf, type RightsParts } from '../parts.js';
import { isEndedHere, searched } from './by-hand.js';
import { planReminder } from './clock.js';
import { addItem } from './items.js';
import { labelOf } from './labels.js';
import { lookItem } from './plan.js';
import { restrict } from './restrictions.js';
import { detailsOf, isMarketing, type RequestRow } from './row.js';
import { addSteps } from './steps.js';
import { tellPerson, tellStaff } from './tell.js';
import { tellRecipients } from './tell-recipients.js';

/**
 * Begins to work for a request, now that the person has shown who they are: in the transaction that
 * opens it. Only then is anybody looked for.
 */
export async function begin(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
): Promise<void> {
  const systems = systemsOf(parts, row.site);
  const details = detailsOf(parts.keys, row);
  const isAdvertising = isMarketing(parts.keys, row);
  // A package holds what programs found: the rest reaches the person another way.
  const look = row.type === 'access' || row.type === 'portability' ? 'send' : 'look';
  for (const system of systems)
    if (!isConnected(system))
      await addItem(transaction, row, {
        item: lookItem(system.id),
        label: labelOf(look, system),
      });
  await addSteps(transaction, parts, row, 'find', {
    systems: searched(parts, row).map(({ id }) => id),
  });
  if (isAdvertising) await endAdvertising(transaction, parts, row);
  if (row.type === 'objection' && !isAdvertising)
    await addItem(transaction, row, { item: 'objection/assess', label: labelOf('assess') });
  if (row.type === 'rectification' && !details?.corrections)
    await addItem(transaction, row, {
      item: 'rectification/answer',
      label: labelOf('answer'),
    });
  if (row.type === 'restriction' || (row.type === 'objection' && !isAdvertising))
    await restrict(transaction, parts, row, 'restricted');
  await planReminder(transaction, parts, row, parts.now());
  await tellStaff(transaction, parts, row, 'new');
  await tellPerson(transaction, parts, row, {
    news: 'received',
    ...(row.undo_until && { undoUntil: row.undo_until }),
  });
}

/** What Placet sends has ended already: nobody else is to wait for what people still look up. */
async function endAdvertising(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
): Promise<void> {
  if (!isEndedHere(parts, row.site))
    await addItem(transaction, row, {
      item: 'objection/advertising',
      label: labelOf('everyAdvertising'),
    });
  await tellRecipients(transaction, parts, row);
}
