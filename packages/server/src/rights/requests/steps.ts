import type { Kysely, Transaction } from 'kysely';
import type { StepName, Tables } from '../../database/tables.js';
import type { RightsParts } from '../parts.js';
import { itemsOf } from './items.js';
import type { RequestRow } from './row.js';

/** The queue that does a step: `rights/collect`. Its payload is a {@link StepTask}. */
export const queueOf = (step: StepName) => `rights/${step}`;

/** What a step's job is about. */
export interface StepTask {
  request: string;
  system: string;
}

/** Puts down that a step is to be done in systems; once, however often it is called. */
export async function addSteps(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  request: Pick<RequestRow, 'site' | 'id'>,
  step: StepName,
  { systems, dueAt }: { systems: readonly string[]; dueAt?: Date },
): Promise<void> {
  const { site, id } = request;
  for (const system of systems) {
    const made = await transaction
      .insertInto('request_step')
      .values({ site, request: id, system, step, status: 'waiting' })
      .onConflict((conflict) => conflict.doNothing())
      .returning('system')
      .executeTakeFirst();
    if (made) await addStepJob(transaction, parts, request, { system, step, dueAt });
  }
}

/** Has steps done again that were done by what was known then; but not where staff said who it is. */
export async function repeatSteps(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  request: Pick<RequestRow, 'site' | 'id'>,
  step: 'find' | 'hide',
): Promise<void> {
  const items = await itemsOf(transaction, request);
  for (const { system } of await stepsOf(transaction, request, step)) {
    if (items.some(({ item, status }) => item === `${system}/which` && status !== 'open')) continue;
    await transaction
      .updateTable('request_step')
      .set({ status: 'waiting', done_at: null, data: null })
      .where('site', '=', request.site)
      .where('request', '=', request.id)
      .where('system', '=', system)
      .where('step', '=', step)
      .execute();
    await dropStepJob(transaction, request, { system, step });
    await addStepJob(transaction, parts, request, { system, step });
  }
}

/** One under way may have looked already, by less, and only be about to be put away. */
async function dropStepJob(
  transaction: Transaction<Tables>,
  { site, id }: Pick<RequestRow, 'site' | 'id'>,
  { system, step }: { system: string; step: StepName },
): Promise<void> {
  await transaction
    .deleteFrom('job')
    .where('site', '=', site)
    .where('queue', '=', queueOf(step))
    .where('dedupe', '=', dedupeOf(id, system))
    .where('failed_at', 'is', null)
    .execute();
}

const dedupeOf = (request: string, system: string) => `${request}/${system}`;

/** Puts down that a step that waits is worked on; another job for it that waits stands for this one, too. */
export async function addStepJob(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  { site, id }: Pick<RequestRow, 'site' | 'id'>,
  { system, step, dueAt }: { system: string; step: StepName; dueAt?: Date | undefined },
): Promise<void> {
  const payload: StepTask = { request: id, system };
  await parts.jobs().add(transaction, {
    site,
    queue: queueOf(step),
    payload,
    dedupe: dedupeOf(id, system),
    ...(dueAt && { dueAt }),
  });
}

/** Says that a step is done; the caller calls `advance` after its transaction. */
export async function finishStep(
  database: Kysely<Tables>,
  about: { site: string; request: string; system: string; step: StepName; at: Date },
  result: { data?: Uint8Array; report?: unknown } = {},
): Promise<void> {
  const { site, request, system, step, at } = about;
  await database
    .updateTable('request_step')
    .set({
      status: 'done',
      done_at: at,
      ...(result.data && { data: result.data }),
      ...(result.report !== undefined && { report: JSON.stringify(result.report) }),
    })
    .where('site', '=', site)
    .where('request', '=', request)
    .where('system', '=', system)
    .where('step', '=', step)
    .execute();
}

/** The steps of a request, or those of one kind. */
export function stepsOf(
  database: Kysely<Tables>,
  { site, id }: Pick<RequestRow, 'site' | 'id'>,
  step?: StepName,
) {
  const query = database
    .selectFrom('request_step')
    .selectAll()
    .where('site', '=', site)
    .where('request', '=', id)
    .orderBy('system');
  return (step === undefined ? query : query.where('step', '=', step)).execute();
}
