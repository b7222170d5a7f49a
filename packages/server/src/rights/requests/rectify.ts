import { PlacetError, type Correction } from '@placet/contract';
import type { Handler } from '../../jobs/jobs.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import type { ConnectedSystem } from '../../systems/system.js';
import type { RightsParts } from '../parts.js';
import { addItem } from './items.js';
import { labelOf } from './labels.js';
import { detailsOf, lockRequest, refsIn } from './row.js';
import { stepHandler, type StepWork } from './step-job.js';
import { finishStep } from './steps.js';

/**
 * The queue `rights/rectify`: puts right what people may put right themselves; everything else is
 * for staff, who answer it all the same.
 */
export function rectifyHandler(parts: RightsParts): Handler {
  return stepHandler(parts, 'rectify', (work) => rectify(parts, work));
}

async function rectify(parts: RightsParts, { row, system }: StepWork): Promise<void> {
  const refs = (await refsIn(parts.database.sql, parts.keys, row, system.id)) ?? [];
  const own = (detailsOf(parts.keys, row)?.corrections ?? []).filter(
    (each) => each.system === system.id,
  );
  const automatic = own.filter((each) => refs.length > 0 && isRectifiable(system, each));
  const isDone = automatic.length === 0 || (await tryToRectify(system, refs, automatic));
  const left = own.length - (isDone ? automatic.length : 0);
  await inTransaction(parts.database.sql, async (transaction) => {
    const locked = await lockRequest(transaction, row.site, row.id);
    const { site, id: request } = locked;
    await finishStep(
      transaction,
      { site, request, system: system.id, step: 'rectify', at: parts.now() },
      { report: { corrected: own.length - left, left } },
    );
    if (left > 0)
      await addItem(transaction, locked, {
        item: `${system.id}/rectify`,
        label: labelOf('rectify', system),
      });
  });
}

/** @returns whether it was done; what the system refuses would be refused again */
async function tryToRectify(
  system: ConnectedSystem,
  refs: readonly string[],
  corrections: readonly Correction[],
): Promise<boolean> {
  try {
    await system.rectify?.(refs, corrections);
    return true;
  } catch (error) {
    if (error instanceof PlacetError && error.code === 'request/invalid') return false;
    throw error;
  }
}

/** Whether a program can put it right. */
export function isRectifiable(system: ConnectedSystem, { category, field }: Correction): boolean {
  const described = system.describe().categories.find(({ id }) => id === category);
  const found = described?.fields?.find(({ id }) => id === field);
  return system.rectify !== undefined && found?.rectifiable === true;
}
