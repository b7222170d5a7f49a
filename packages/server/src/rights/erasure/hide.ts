import type { Contacts } from '@placet/contract';
import { inTransaction } from '../../subscriptions/transactions.js';
import type { Job } from '../../jobs/jobs.js';
import { sitesOf, type RightsParts } from '../parts.js';
import { advance } from '../requests/advance.js';
import { stopUsingItem } from '../requests/by-hand.js';
import { sameKey } from '../requests/find.js';
import { addItem } from '../requests/items.js';
import { labelOf } from '../requests/labels.js';
import { lockRequest } from '../requests/row.js';
import { finishStep, stepsOf } from '../requests/steps.js';
import { tellStaff } from '../requests/tell.js';
import { OWN_SYSTEM } from './execute.js';
import { outcomeOf, parseOutcome, type SystemOutcome } from './outcome.js';
import { readTask, refsOf, type ErasureTask } from './task.js';
import { writeJournal } from './write-journal.js';

/** The queue `rights/hide`: the person is as good as gone in a system, until they are purged. */
export async function hide(parts: RightsParts, job: Job): Promise<void> {
  const task = await readTask(parts, job, 'hide');
  if (!task) return;
  if (!task.isDone) {
    const { row, system, contacts } = task;
    const refs = await refsOf(parts, task, 'hide');
    await writeJournal(parts, { ...task, refs });
    const surveys = refs.length > 0 ? await system.survey(refs) : [];
    if (refs.length > 0) await system.restrict?.(refs, 'hidden');
    if (system.id === OWN_SYSTEM) await leave(parts, row.site, contacts);
    const isInUse = refs.length > 0 && !system.restrict && system.id !== OWN_SYSTEM;
    await note(parts, task, { outcome: outcomeOf(system, surveys), isInUse });
  }
  await advance(parts, task.row.site, task.row.id);
}

/** Nothing more goes to them, and the tools are told so; whoever is signed in as them is so no more. */
async function leave(parts: RightsParts, site: string, contacts: Contacts): Promise<void> {
  for (const each of sitesOf(parts, site)) {
    await parts.identity().endAll(each, contacts);
    await parts.subscriptions().withdraw({ site: each, who: { contacts }, how: 'staff' });
  }
}

/**
 * What goes and what stays there is shown with the request from now on. What no program can hide is
 * for people to stop using; the line stands until they have, or until it is deleted, and is not
 * put down after that.
 */
async function note(
  parts: RightsParts,
  { row: known, system }: ErasureTask,
  { outcome, isInUse }: { outcome: SystemOutcome; isInUse: boolean },
): Promise<void> {
  const { site, id } = known;
  await inTransaction(parts.database.sql, async (transaction) => {
    const row = await lockRequest(transaction, site, id);
    if (row.state !== 'executed') return;
    if (!sameKey(row, known)) throw new Error('More contacts have come meanwhile.');
    const others = parseOutcome(row.outcome).filter((each) => each.system !== system.id);
    const isEmpty = outcome.deleted.length + outcome.kept.length === 0;
    const all = isEmpty ? others : inOrder(parts, [...others, outcome]);
    await transaction
      .updateTable('request')
      .set({ outcome: JSON.stringify(all) })
      .where('site', '=', site)
      .where('id', '=', id)
      .execute();
    const about = { site, request: id, system: system.id, step: 'hide', at: parts.now() } as const;
    await finishStep(transaction, about);
    const erases = await stepsOf(transaction, row, 'erase');
    const isErased = erases.some((each) => each.system === system.id && each.status === 'done');
    if (!isInUse || isErased) return;
    const item = stopUsingItem(system.id);
    await addItem(transaction, row, { item, label: labelOf('hide', system) });
    await tellStaff(transaction, parts, row, 'stuck');
  });
}

/** As the systems stand in the options, whichever was hidden first. */
function inOrder(
  { systems }: RightsParts,
  outcomes: readonly SystemOutcome[],
): readonly SystemOutcome[] {
  const place = ({ system }: SystemOutcome) => systems.findIndex(({ id }) => id === system);
  return [...outcomes].sort((one, other) => place(one) - place(other));
}
