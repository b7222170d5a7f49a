import { CLOSED, type RequestStatus } from '@placet/contract';
import type { Selectable } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { recordsIn } from '../packages/run.js';
import type { RightsParts } from '../parts.js';
import { lookItem, planOf, type PlannedStep } from './plan.js';
import type { RequestRow } from './row.js';
import { failedItem } from './step-job.js';

/** What was done of a request so far, and by whom. */
interface Facts {
  steps: readonly Selectable<Tables['request_step']>[];
  items: readonly { item: string; status: string }[];
}

/**
 * How much of a request is done: of everything in every system, so that it never goes back. Only an
 * erasure that takes on another one's contacts is looked for once more.
 */
export function progressOf(
  parts: RightsParts,
  row: RequestRow,
  { steps, items }: Facts,
): RequestStatus['progress'] {
  if (CLOSED.includes(row.state) || row.state === 'unverified') return undefined;
  const isSettled = (name: string) =>
    items.some(({ item, status }) => item === name && status !== 'open');
  const found = (system: string, step: PlannedStep['step']) =>
    steps.find((each) => each.system === system && each.step === step);

  /** Whether people did what no program could; an erasure is tried again all the same. */
  const isByHand = (system: string, step: PlannedStep['step']) =>
    row.type !== 'erasure' &&
    found(system, step)?.status === 'failed' &&
    isSettled(failedItem(system, step));
  const isOver = ({ system, step }: PlannedStep) =>
    step === 'look'
      ? isSettled(lookItem(system))
      : found(system, step)?.status === 'done' ||
        isByHand(system, step) ||
        // Whom no program could find, no program goes on with.
        isByHand(system, 'find');

  const planned = planOf(parts, row);
  if (planned.length === 0) return undefined;
  const collected = steps.filter(({ step }) => step === 'collect');
  return {
    done: planned.filter(isOver).length,
    total: planned.length,
    ...(collected.length > 0 && {
      records: collected.reduce((sum, { report }) => sum + recordsIn(report), 0),
    }),
  };
}
