import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { GiveUp, type Handler, type Job } from '../../jobs/jobs.js';
import { errorName } from '../../log/entry.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import { failureName } from '../../tools/call.js';
import type { RightsParts } from '../parts.js';
import { noteAnswer } from './answers.js';
import {
  ANSWER_DAYS,
  daysAfter,
  findNotice,
  isOpen,
  lockNotice,
  MOST_REMINDERS,
  QUEUE,
  type Notice,
  type RecipientTask,
} from './notice.js';
import type { Said } from './recipients.js';
import { send } from './send.js';
import { tellStaff } from './tell-staff.js';

/** About a week: after it, people must see to it. */
const ATTEMPTS = 225;

/**
 * Does the jobs of the queue `rights/recipient`: tells, and asks again for an answer. Whoever has
 * answered meanwhile is told nothing more.
 *
 * @param timeout milliseconds that a program may take to answer; less than a job's lease
 */
export function recipientHandler(parts: RightsParts, timeout: number): Handler {
  return {
    attempts: ATTEMPTS,
    async run({ payload }) {
      const task = payload as RecipientTask;
      const notice = await findNotice(parts.database.sql, task.notice);
      if (!notice || isOver(notice, task)) return;
      if (task.task === 'remind' && task.count > MOST_REMINDERS) return askStaff(parts, task);
      const recipient = parts.recipientList.find(({ id }) => id === notice.recipient);
      if (!recipient) throw new GiveUp('The recipient is configured no more.');
      let said: Said | undefined;
      try {
        said = await send(parts, { notice, recipient, task, timeout });
      } catch (cause) {
        await noteFailure(parts, notice, cause);
        throw cause;
      }
      await noteSent(parts, task, said);
    },
    gaveUp: (job) => gaveUp(parts, job),
  };
}

/** Whether there is nothing left to be sent: it was answered, or an earlier run died only after it had sent. */
function isOver(notice: Notice, task: RecipientTask): boolean {
  if (task.task === 'tell') return notice.status !== 'waiting';
  const { reminded_at: reminded } = notice;
  return !isOpen(notice) || (reminded !== null && reminded >= new Date(task.due));
}

async function noteSent(
  parts: RightsParts,
  task: RecipientTask,
  said: Said | undefined,
): Promise<void> {
  const at = parts.now();
  await inTransaction(parts.database.sql, async (transaction) => {
    const notice = await lockNotice(transaction, { id: task.notice });
    if (!notice) return;
    await transaction
      .updateTable('recipient_notice')
      .set({
        // An answer may have overtaken it.
        status: notice.status === 'waiting' ? 'sent' : notice.status,
        attempts: notice.attempts + 1,
        last_error: null,
        ...(task.task === 'tell' ? { sent_at: at } : { reminded_at: at }),
      })
      .where('id', '=', notice.id)
      .execute();
    if (!isOpen(notice)) return;
    if (said) await noteAnswer(transaction, parts, notice, said);
    else await addReminder(transaction, parts, task, notice);
  });
}

/** Puts down the next reminder: a job of its own, which outlives restarts and is done once. */
async function addReminder(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  task: RecipientTask,
  { site, id }: Notice,
): Promise<void> {
  const count = task.task === 'tell' ? 1 : task.count + 1;
  const { token, language } = task;
  const dueAt = daysAfter(parts.now(), ANSWER_DAYS);
  const payload: RecipientTask = {
    task: 'remind',
    notice: id,
    count,
    due: dueAt.toISOString(),
    language,
    ...(token !== undefined && { token }),
  };
  const dedupe = `${id}/${count}`;
  await parts.jobs().add(transaction, { site, queue: QUEUE, payload, dueAt, dedupe });
}

/** After the last reminder it is for people. */
async function askStaff(parts: RightsParts, task: RecipientTask): Promise<void> {
  await inTransaction(parts.database.sql, async (transaction) => {
    const notice = await lockNotice(transaction, { id: task.notice });
    if (!notice || isOver(notice, task)) return;
    await transaction
      .updateTable('recipient_notice')
      .set({ reminded_at: parts.now() })
      .where('id', '=', notice.id)
      .execute();
    await tellStaff(transaction, parts, notice, 'unanswered');
  });
  parts.jobs().wake();
}

async function noteFailure({ database }: RightsParts, { id }: Notice, cause: unknown) {
  const reason = cause instanceof GiveUp ? errorName(cause.cause ?? cause) : failureName(cause);
  await database.sql
    .updateTable('recipient_notice')
    .set(({ eb }) => ({ attempts: eb('attempts', '+', 1), last_error: reason }))
    .where('id', '=', id)
    .execute();
}

/** A first message that never arrived is for staff; a reminder that never did, for the next one. */
async function gaveUp(parts: RightsParts, { id, payload }: Job): Promise<void> {
  const task = payload as RecipientTask | undefined;
  // What was put down under another secret can still be done under that one.
  if (!task) return;
  await inTransaction(parts.database.sql, async (transaction) => {
    // Jobs that were given up are kept for a while: not the contacts of somebody who asked to be erased.
    await transaction.deleteFrom('job').where('id', '=', id).execute();
    const notice = await lockNotice(transaction, { id: task.notice });
    if (!notice || isOver(notice, task)) return;
    if (task.task === 'tell') await tellStaff(transaction, parts, notice, 'untold');
    else await addReminder(transaction, parts, task, notice);
  });
  parts.jobs().wake();
}
