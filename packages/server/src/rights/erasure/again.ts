import type { Transaction } from 'kysely';
import type { StepName, Tables } from '../../database/tables.js';
import type { Job } from '../../jobs/jobs.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import type { RightsParts } from '../parts.js';
import { advance } from '../requests/advance.js';
import { addItem, OPEN_ITEM } from '../requests/items.js';
import { labelOf } from '../requests/labels.js';
import { findRequest, lockRequest } from '../requests/row.js';
import { failedItem } from '../requests/step-job.js';
import { queueOf, stepsOf, type StepTask } from '../requests/steps.js';
import { tellStaff } from '../requests/tell.js';
import { goneSystem } from './task.js';

/** A step of a request in a system. */
interface StepKey {
  site: string;
  request: string;
  system: string;
  step: StepName;
}

/** It is not done, and says so on the checklist, until staff settle it there and it is tried again. */
export async function gaveUp(
  parts: RightsParts,
  { site, payload }: Job,
  step: 'hide' | 'erase',
): Promise<void> {
  const { request, system: name } = payload as StepTask;
  await inTransaction(parts.database.sql, async (transaction) => {
    const row = await findRequest(transaction, site, request);
    if (row?.state !== 'executed') return;
    const key = { site, request, system: name, step };
    await setStatus(transaction, key, { from: 'waiting', to: 'failed' });
    const system = parts.systems.find(({ id }) => id === name) ?? goneSystem(name);
    const item = failedItem(name, step);
    await addItem(transaction, row, { item, label: labelOf('failed', system) });
    // What was settled before, and failed once more, is open again.
    await transaction
      .updateTable('request_item')
      .set(OPEN_ITEM)
      .where('site', '=', site)
      .where('request', '=', request)
      .where('item', '=', item)
      .execute();
    await tellStaff(transaction, parts, row, 'stuck');
  });
  parts.jobs().wake();
}

/** See `Erasure.again`. */
export async function again(parts: RightsParts, site: string, request: string): Promise<number> {
  const count = await inTransaction(parts.database.sql, async (transaction) => {
    const row = await lockRequest(transaction, site, request);
    if (row.state !== 'executed') return 0;
    const failed = (await stepsOf(transaction, row)).filter(
      ({ step, status }) => status === 'failed' && (step === 'hide' || step === 'erase'),
    );
    for (const { system, step } of failed) {
      const key = { site, request, system, step };
      await setStatus(transaction, key, { from: 'failed', to: 'waiting' });
      const payload: StepTask = { request, system };
      await parts.jobs().add(transaction, {
        site,
        queue: queueOf(step),
        payload,
        dedupe: `${request}/${system}`,
        ...(step === 'erase' && row.purge_at && { dueAt: row.purge_at }),
      });
    }
    return failed.length;
  });
  // Perhaps it was the ending alone that failed.
  await advance(parts, site, request);
  return count;
}

async function setStatus(
  transaction: Transaction<Tables>,
  { site, request, system, step }: StepKey,
  { from, to }: Record<'from' | 'to', 'waiting' | 'failed'>,
): Promise<void> {
  await transaction
    .updateTable('request_step')
    .set({ status: to })
    .where('site', '=', site)
    .where('request', '=', request)
    .where('system', '=', system)
    .where('step', '=', step)
    .where('status', '=', from)
    .execute();
}
