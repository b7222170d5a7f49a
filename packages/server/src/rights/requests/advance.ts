import { CLOSED } from '@placet/contract';
import type { Selectable, Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import { completeErasure } from '../erasure/complete.js';
import type { RightsParts } from '../parts.js';
import { addByHand } from './by-hand.js';
import { doubtOf, resumeSteps } from './doubt.js';
import { isBlocked } from './items.js';
import { move } from './moves.js';
import { isConcerned, stepOf } from './plan.js';
import { lockRequest, type RequestRow } from './row.js';
import { addSteps, stepsOf } from './steps.js';
import { askStaffToTell, tellPerson } from './tell.js';
import { isToldByHand } from './tell-by-hand.js';
import { tellRecipients } from './tell-recipients.js';

const DAY = 86_400_000;

/**
 * Moves a request on as far as it can go by itself: whoever has done a step, or settled an item,
 * calls it afterwards, outside of any transaction. Calling it once more than needed does no harm.
 */
export async function advance(parts: RightsParts, site: string, id: string): Promise<void> {
  const erased = await inTransaction(parts.database.sql, async (transaction) => {
    const row = await lockRequest(transaction, site, id);
    if (CLOSED.includes(row.state) || row.state === 'unverified') return undefined;
    return goOn(transaction, parts, row);
  });
  parts.jobs().wake();
  if (erased) await completeErasure(parts, erased);
}

/** @returns the request, if it is an erasure of which nothing is left to do */
async function goOn(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  given: RequestRow,
): Promise<RequestRow | undefined> {
  let row = given;
  const steps = await stepsOf(transaction, row);
  if (steps.some((each) => each.step === 'find' && each.status === 'waiting')) return undefined;
  if (row.state === 'open')
    row = await move(transaction, row, { act: 'start', at: parts.now(), actor: 'system' });
  if (row.type === 'erasure') {
    const isErased = row.state === 'executed' && (await isDone(transaction, row, steps));
    return isErased && (await isTold(transaction, parts, row)) ? row : undefined;
  }
  // What perhaps somebody else asked for changes nothing meanwhile.
  const doubt = await doubtOf(transaction, row);
  if (doubt === 'open') return undefined;
  if (doubt === 'settled') await resumeSteps(transaction, parts, row);
  await addByHand(transaction, parts, row);
  const step = stepOf(parts, row);
  if (step && !steps.some((each) => each.step === step)) {
    const found = steps.flatMap((each) =>
      each.step === 'find' && each.status === 'done' ? [each.system] : [],
    );
    const systems = found.filter((name) => isConcerned(parts, row, name, step));
    await addSteps(transaction, parts, row, step, { systems });
    if (systems.length > 0) return undefined;
  }
  if (await isDone(transaction, row, steps)) await complete(transaction, parts, row);
  return undefined;
}

/** A step that failed is done once staff have settled its line on the checklist. */
async function isDone(
  transaction: Transaction<Tables>,
  row: RequestRow,
  steps: readonly Selectable<Tables['request_step']>[],
): Promise<boolean> {
  if (await isBlocked(transaction, row)) return false;
  if (row.type !== 'erasure') return steps.every(({ status }) => status !== 'waiting');
  // Nothing half-deleted is ever called done.
  return steps.every(({ step, status }) =>
    step === 'find' ? status !== 'waiting' : status === 'done',
  );
}

/** Whoever no mail reaches is told first: once it is completed, nobody knows who it was. */
async function isTold(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
): Promise<boolean> {
  if (!isToldByHand(parts, row)) return true;
  await askStaffToTell(transaction, parts, row, 'erased');
  return !(await isBlocked(transaction, row));
}

async function complete(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
): Promise<void> {
  const at = parts.now();
  const isPackage = row.type === 'access' || row.type === 'portability';
  const until = new Date(at.getTime() + parts.settings.packageDays * DAY);
  const moved = { act: 'complete', at, actor: 'system' } as const;
  const done = await move(transaction, row, moved, isPackage ? { package_until: until } : {});
  await tellRecipients(transaction, parts, row);
  await tellPerson(
    transaction,
    parts,
    done,
    isPackage ? { news: 'ready', until } : { news: 'completed' },
  );
}
