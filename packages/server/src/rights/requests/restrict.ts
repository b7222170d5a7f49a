import { CLOSED } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import type { Handler } from '../../jobs/jobs.js';
import type { Mail } from '../../mail/mailer.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import { isConnected, type System } from '../../systems/system.js';
import { systemsOf, type RightsParts } from '../parts.js';
import { sendNow } from './mail.js';
import { lookupsOf } from './people.js';
import { release, strictest } from './restrictions.js';
import { detailsOf, findRequest, lockRequest, refsIn, type RequestRow } from './row.js';
import { stepHandler, whileThere, type StepWork } from './step-job.js';
import { finishStep } from './steps.js';
import { tellStaff } from './tell.js';
import { addUseAgain, isRestrictedByHand } from './use-again.js';

/** What a job of the queue `rights/lift` is about. `mail`: sent before anything is lifted. */
type LiftTask = { request: string } & ({ mail: Mail | null } | { system: string });

/** The queue `rights/restrict`: nothing but storage, in a system, too. */
export function restrictHandler(parts: RightsParts): Handler {
  return stepHandler(parts, 'restrict', (work) => restrictIn(parts, work));
}

async function restrictIn(parts: RightsParts, { row, system }: StepWork): Promise<void> {
  const refs = (await refsIn(parts.database.sql, parts.keys, row, system.id)) ?? [];
  if (refs.length > 0) await system.restrict?.(refs, 'restricted');
  const { site, id: request } = row;
  await inTransaction(parts.database.sql, async (transaction) => {
    const { state } = await lockRequest(transaction, site, request);
    const about = { site, request, system: system.id, step: 'restrict', at: parts.now() } as const;
    await finishStep(transaction, about);
    // Taken back while the system was at it: then so is this, whether or not it was lifted before.
    if (CLOSED.includes(state))
      await addLift(transaction, parts, site, { request, system: system.id }, 'late');
  });
}

/**
 * Puts down that what a request restricted is lifted: first the person is told, then it ends here,
 * then in the systems (GDPR art. 18(3)).
 */
export async function liftLater(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  { site, id }: RequestRow,
  mail: Mail | undefined,
): Promise<void> {
  await addLift(transaction, parts, site, { request: id, mail: mail ?? null });
}

export function liftHandler(parts: RightsParts): Handler {
  return {
    run: ({ site, payload }) =>
      whileThere(async () => {
        const task = payload as LiftTask;
        const row = await findRequest(parts.database.sql, site, task.request);
        if (!row) return;
        if ('system' in task) return liftIn(parts, row, task.system);
        if (task.mail) await sendNow(parts, task.mail);
        await liftHere(parts, row);
      }),
    // An address that takes no mail, or has taken none for a day, keeps nothing restricted for ever.
    gaveUp: ({ site, payload }) =>
      whileThere(async () => {
        const task = payload as LiftTask;
        const row = await findRequest(parts.database.sql, site, task.request);
        if (!row) return;
        if ('system' in task) await liftByHand(parts, row, task.system);
        else await liftHere(parts, row);
      }),
  };
}

async function liftHere(parts: RightsParts, { site, id }: RequestRow): Promise<void> {
  await inTransaction(parts.database.sql, async (transaction) =>
    liftNow(transaction, parts, await lockRequest(transaction, site, id)),
  );
  parts.jobs().wake();
}

/** Ends here what a request restricted, and puts down that it ends in the systems. */
export async function liftNow(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
): Promise<void> {
  const { site, id } = row;
  if (!(await release(transaction, parts, row))) return;
  for (const system of systemsOf(parts, site))
    await addLift(transaction, parts, site, { request: id, system: system.id });
}

async function liftIn(parts: RightsParts, row: RequestRow, name: string): Promise<void> {
  const system = await systemToLift(parts, row, name);
  if (!system) return;
  const refs = await refsIn(parts.database.sql, parts.keys, row, name);
  if (isConnected(system) && refs && refs.length > 0) await system.restrict?.(refs, 'none');
  await inTransaction(parts.database.sql, async (transaction) => {
    const locked = await lockRequest(transaction, row.site, row.id);
    if (await isRestrictedByHand(transaction, locked, system))
      await addUseAgain(transaction, locked, system);
  });
}

/** The person was told that their data is used again: where no program sees to it, staff do. */
async function liftByHand(parts: RightsParts, row: RequestRow, name: string): Promise<void> {
  const system = await systemToLift(parts, row, name);
  if (!system) return;
  await inTransaction(parts.database.sql, async (transaction) => {
    const locked = await lockRequest(transaction, row.site, row.id);
    await addUseAgain(transaction, locked, system);
    await tellStaff(transaction, parts, locked, 'stuck');
  });
  parts.jobs().wake();
}

/** None where another request keeps the person restricted, or they are to be erased. */
async function systemToLift(
  parts: RightsParts,
  row: RequestRow,
  name: string,
): Promise<System | undefined> {
  const contacts = detailsOf(parts.keys, row)?.contacts ?? {};
  const own = lookupsOf(parts, row.site, contacts).filter(({ site }) => site === row.site);
  const left = await strictest(
    parts,
    row.site,
    own.map(({ lookup }) => lookup),
  );
  return left === 'none' ? parts.systems.find(({ id }) => id === name) : undefined;
}

/** @param more tells it from one that is under way, perhaps too early */
async function addLift(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  site: string,
  payload: LiftTask,
  more?: 'late',
): Promise<void> {
  const about = 'system' in payload ? [payload.request, payload.system] : [payload.request];
  const dedupe = [...about, ...(more ? [more] : [])].join('/');
  await parts.jobs().add(transaction, { site, queue: 'rights/lift', payload, dedupe });
}
