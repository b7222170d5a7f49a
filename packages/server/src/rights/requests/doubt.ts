import { PlacetError } from '@placet/contract';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import type { Job } from '../../jobs/jobs.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import type { RightsParts } from '../parts.js';
import { addItem, itemsOf } from './items.js';
import { labelOf } from './labels.js';
import { move } from './moves.js';
import { lockRequest, type RequestRow } from './row.js';
import { addStepJob, stepsOf } from './steps.js';
import { tellPerson } from './tell.js';

/** The checklist's line that stays open until staff know who it is. */
const DOUBT = 'identity/doubt';

/**
 * Asks the person for what would settle a reasonable doubt about who they are: once, and with the
 * reason written down. The clock runs on meanwhile.
 *
 * @param said `reason` is never sent; `question` is what the person is asked
 */
export async function doubt(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
  { actor, reason, question }: { actor: string; reason: string; question: string },
): Promise<void> {
  const at = parts.now();
  const doubted = await move(transaction, row, { act: 'doubt', at, actor, note: question });
  const items = await itemsOf(transaction, row);
  if (items.some(({ item }) => item === DOUBT))
    throw new PlacetError('rights/too-late', 'The person was asked already.');
  const label = labelOf('doubtReason');
  const why = { status: 'done', actor, at, note: reason } as const;
  await addItem(transaction, row, { item: 'identity/reason', label, required: false }, why);
  await addItem(transaction, row, { item: DOUBT, label: labelOf('doubt') });
  await tellPerson(transaction, parts, doubted, { news: 'doubted', question });
}

/** Whether it is to be settled still who the person is, or ever was. */
export async function doubtOf(
  database: Kysely<Tables>,
  row: RequestRow,
): Promise<'none' | 'open' | 'settled'> {
  const line = (await itemsOf(database, row)).find(({ item }) => item === DOUBT);
  if (!line) return 'none';
  return line.status === 'open' ? 'open' : 'settled';
}

/**
 * Lets go of a step's job while it is doubted who asks: what perhaps somebody else asked for changes
 * nothing meanwhile. Its row goes under the request's lock, so that the doubt's end, which
 * comes through there, finds none and puts another one down: see {@link resumeSteps}.
 *
 * @returns whether it is doubted
 */
export async function leaveOff(
  { database }: RightsParts,
  job: Job,
  row: RequestRow,
): Promise<boolean> {
  if ((await doubtOf(database.sql, row)) !== 'open') return false;
  return inTransaction(database.sql, async (transaction) => {
    const locked = await lockRequest(transaction, row.site, row.id);
    if ((await doubtOf(transaction, locked)) !== 'open') return false;
    await transaction.deleteFrom('job').where('id', '=', job.id).execute();
    return true;
  });
}

/** Goes on with the steps that were left off. */
export async function resumeSteps(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
): Promise<void> {
  for (const { system, step, status } of await stepsOf(transaction, row))
    if (status === 'waiting') await addStepJob(transaction, parts, row, { system, step });
}
