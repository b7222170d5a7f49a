import { inTransaction } from '../../subscriptions/transactions.js';
import type { Job } from '../../jobs/jobs.js';
import type { Erased } from '../../systems/system.js';
import type { RightsParts } from '../parts.js';
import { advance } from '../requests/advance.js';
import { stopUsingItem } from '../requests/by-hand.js';
import { settleItem } from '../requests/items.js';
import { lockRequest, type RequestRow } from '../requests/row.js';
import { finishStep, stepsOf } from '../requests/steps.js';
import { addOwnErase, OWN_SYSTEM } from './execute.js';
import { writeJournal } from './write-journal.js';
import { keeper, keptOf } from './keep.js';
import { outcomeOf, type SystemOutcome } from './outcome.js';
import { readTask, refsOf, type ErasureTask } from './task.js';

/**
 * The queue `rights/erase`: deletes what one system holds. It may be broken off anywhere and run
 * again: it is done once the system said so, and not before.
 */
export async function erase(parts: RightsParts, job: Job): Promise<void> {
  const task = await readTask(parts, job, 'erase');
  if (!task) return;
  const { row, system } = task;
  if (!task.isDone) {
    if (system.id === OWN_SYSTEM && !(await areOthersDone(parts, row)))
      throw new Error('Other systems come first.');
    const refs = await refsOf(parts, task, 'erase');
    await writeJournal(parts, { ...task, refs });
    const before = await lookFirst(parts, task, refs);
    const about = { site: row.site, request: row.id, system: system.id };
    const erased = refs.length > 0 ? await system.erase(refs, keeper(parts, about)) : [];
    await finish(parts, task, afterwards(before, erased, await keptOf(parts, about)));
  }
  await advance(parts, row.site, row.id);
}

/** What there is before the first of it goes; an attempt that comes later would find less. */
async function lookFirst(
  { database }: RightsParts,
  { row, system, report }: ErasureTask,
  refs: readonly string[],
): Promise<SystemOutcome> {
  if (report !== null) return JSON.parse(report) as SystemOutcome;
  const found = outcomeOf(system, refs.length > 0 ? await system.survey(refs) : []);
  await database.sql
    .updateTable('request_step')
    .set({ report: JSON.stringify(found) })
    .where('site', '=', row.site)
    .where('request', '=', row.id)
    .where('system', '=', system.id)
    .where('step', '=', 'erase')
    .execute();
  return found;
}

/** What stays is counted where it is kept, what went is the rest. */
function afterwards(
  before: SystemOutcome,
  erased: readonly Erased[],
  kept: Awaited<ReturnType<typeof keptOf>>,
): SystemOutcome {
  const labels = new Map(
    [...before.deleted, ...before.kept].map(({ category, label }) => [category, label]),
  );
  for (const { category } of erased) if (!labels.has(category)) labels.set(category, category);
  const sum = (counts: readonly { category: string; count: number }[], of: string) =>
    counts.reduce((all, { category, count }) => all + (category === of ? count : 0), 0);
  const deleted = [...labels].map(([category, label]) => {
    const found = sum(before.deleted, category) + sum(before.kept, category);
    const said = erased.find((each) => each.category === category)?.deleted ?? 0;
    return { category, label, count: Math.max(found - sum(kept, category), said) };
  });
  return {
    ...before,
    deleted: deleted.filter(({ count }) => count > 0),
    kept: kept.map((each) => ({
      ...each,
      label: labels.get(each.category) ?? each.category,
      until: each.until.toISOString(),
    })),
  };
}

async function finish(
  parts: RightsParts,
  { row, system }: ErasureTask,
  report: SystemOutcome,
): Promise<void> {
  const { site, id } = row;
  const at = parts.now();
  await inTransaction(parts.database.sql, async (transaction) => {
    // Of two systems that are done at once, the later one sees the other.
    const locked = await lockRequest(transaction, site, id);
    const about = { site, request: id, system: system.id, step: 'erase', at } as const;
    await finishStep(transaction, about, { report });
    const note = 'It is deleted there.';
    const settled = { status: 'done', actor: 'system', at, note } as const;
    await settleItem(transaction, locked, stopUsingItem(system.id), settled);
    const open = (await stepsOf(transaction, row, 'erase')).filter(
      ({ status }) => status !== 'done',
    );
    if (open.every((each) => each.system === OWN_SYSTEM) && open.length > 0)
      await addOwnErase(transaction, parts, locked, at);
  });
}

async function areOthersDone({ database }: RightsParts, row: RequestRow): Promise<boolean> {
  const steps = await stepsOf(database.sql, row, 'erase');
  return steps.every(({ system, status }) => system === OWN_SYSTEM || status === 'done');
}
