import { CLOSED, PlacetError } from '@placet/contract';
import type { StepName } from '../../database/tables.js';
import type { Handler, Job } from '../../jobs/jobs.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import { isConnected, type ConnectedSystem } from '../../systems/system.js';
import type { RightsParts } from '../parts.js';
import { advance } from './advance.js';
import { leaveOff } from './doubt.js';
import { addItem } from './items.js';
import { labelOf } from './labels.js';
import { findRequest, lockRequest, type RequestRow } from './row.js';
import { stepsOf, type StepTask } from './steps.js';
import { tellStaff } from './tell.js';

/** How often a step is tried before staff are asked: for about six hours. */
const ATTEMPTS = 16;

/** One step of a request in one system. */
export interface StepWork {
  row: RequestRow;
  system: ConnectedSystem;
}

/**
 * A handler of a step. `work` does it, finishing it with `finishStep`; it is not called for what is
 * done already or no longer wanted, nor while it is doubted who asks. What is given up goes onto the
 * checklist.
 */
export function stepHandler(
  parts: RightsParts,
  step: StepName,
  work: (work: StepWork) => Promise<void>,
): Handler {
  return {
    attempts: ATTEMPTS,
    run: (job) =>
      whileThere(async () => {
        const { request, system: name } = job.payload as StepTask;
        const row = await findRequest(parts.database.sql, job.site, request);
        if (!row || CLOSED.includes(row.state)) return;
        const system = parts.systems.find(({ id }) => id === name);
        const [own] = (await stepsOf(parts.database.sql, row, step)).filter(
          (each) => each.system === name,
        );
        if (own?.status === 'waiting') {
          // Who it is in a system may be found out meanwhile.
          if (step !== 'find' && (await leaveOff(parts, job, row))) return;
          if (!system || !isConnected(system)) return failStep(parts, job, step);
          await work({ row, system });
        }
        await advance(parts, row.site, row.id);
      }),
    gaveUp: (job) => whileThere(() => failStep(parts, job, step)),
  };
}

/** Puts onto the checklist what no program could do; once it is settled there, the request goes on. */
export async function failStep(parts: RightsParts, job: Job, step: StepName): Promise<void> {
  const { request, system: name } = job.payload as StepTask;
  await inTransaction(parts.database.sql, async (transaction) => {
    const row = await lockRequest(transaction, job.site, request);
    if (CLOSED.includes(row.state)) return;
    await transaction
      .updateTable('request_step')
      .set({ status: 'failed' })
      .where('site', '=', row.site)
      .where('request', '=', row.id)
      .where('system', '=', name)
      .where('step', '=', step)
      .where('status', '=', 'waiting')
      .execute();
    const system = parts.systems.find(({ id }) => id === name) ?? {
      describe: () => ({ name, kind: 'service' as const, categories: [] }),
    };
    const label = labelOf('failed', system);
    await addItem(transaction, row, { item: failedItem(name, step), label });
    await tellStaff(transaction, parts, row, 'stuck');
  });
  parts.jobs().wake();
}

/** The checklist's line for a step that failed. */
export const failedItem = (system: string, step: string) => `${system}/${step}`;

/** A request that is gone needs no more work. */
export async function whileThere(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof PlacetError && error.code === 'rights/unknown')) throw error;
  }
}
