import { CLOSED } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import type { Handler, Job } from '../../jobs/jobs.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import type { RightsParts } from '../parts.js';
import { move } from './moves.js';
import { reminderAfter } from './reminders.js';
import { lockRequest, type RequestRow } from './row.js';
import { whileThere } from './step-job.js';
import { tellPerson, tellStaff } from './tell.js';

/** Days after which a request that staff entered, and nobody confirmed, is closed. */
export const UNVERIFIED_DAYS = 30;
const DAY = 86_400_000;
const QUEUE = 'rights/clock';

/** What a job of the queue `rights/clock` is about. */
type ClockTask =
  | { request: string; act: 'expire' }
  /** `due`: by which date it was planned; another one since then has jobs of its own. */
  | { request: string; act: 'remind'; at: string; due: string };

/** Puts down when staff are to be reminded next; anew once the due date has moved. */
export async function planReminder(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
  after: Date,
): Promise<void> {
  const at = reminderAfter(row.due_at, after);
  const payload: ClockTask = {
    request: row.id,
    act: 'remind',
    at: at.toISOString(),
    due: row.due_at.toISOString(),
  };
  await parts.jobs().add(transaction, {
    site: row.site,
    queue: QUEUE,
    payload,
    dedupe: dedupeOf(row, at),
    dueAt: at,
  });
}

/** Puts down when a request is closed that nobody has confirmed by then. */
export async function planExpiry(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
): Promise<void> {
  const { site, id } = row;
  const payload: ClockTask = { request: id, act: 'expire' };
  await parts.jobs().add(transaction, {
    site,
    queue: QUEUE,
    payload,
    dedupe: `${id}/expire`,
    dueAt: expiresAt(row),
  });
}

/** When a request that staff entered ends, unless somebody has confirmed it. */
export function expiresAt({ entered_at: entered }: RequestRow): Date {
  return new Date(entered.getTime() + UNVERIFIED_DAYS * DAY);
}

export function clockHandler(parts: RightsParts): Handler {
  return {
    async run(job) {
      await whileThere(() =>
        inTransaction(parts.database.sql, (transaction) => tick(transaction, parts, job)),
      );
      parts.jobs().wake();
    },
  };
}

async function tick(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  { site, payload }: Job,
): Promise<void> {
  const task = payload as ClockTask;
  const row = await lockRequest(transaction, site, task.request);
  if (CLOSED.includes(row.state)) return;
  if (task.act === 'expire') return expire(transaction, parts, row);
  if (row.due_at.toISOString() !== task.due) return;
  const now = parts.now();
  const next = reminderAfter(row.due_at, now);
  // Planned already: this job had done its work when its process died.
  if (await isPlanned(transaction, row, next)) return;
  await planReminder(transaction, parts, row, now);
  // An erasure that was executed goes on by itself, unless it is late.
  if (now >= row.due_at) await tellStaff(transaction, parts, row, 'overdue');
  else if (row.state !== 'executed') await tellStaff(transaction, parts, row, 'due');
}

async function expire(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
): Promise<void> {
  if (row.state !== 'unverified') return;
  const expired = await move(transaction, row, { act: 'expire', at: parts.now(), actor: 'system' });
  await tellPerson(transaction, parts, expired, { news: 'expired' });
}

const dedupeOf = ({ id }: RequestRow, at: Date) => `${id}/${at.toISOString()}`;

async function isPlanned(
  transaction: Transaction<Tables>,
  row: RequestRow,
  at: Date,
): Promise<boolean> {
  const job = await transaction
    .selectFrom('job')
    .select('id')
    .where('site', '=', row.site)
    .where('queue', '=', QUEUE)
    .where('dedupe', '=', dedupeOf(row, at))
    .executeTakeFirst();
  return job !== undefined;
}
