import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { isConnected } from '../../systems/system.js';
import { systemsOf, type RightsParts } from '../parts.js';
import { detailsOf, type RequestRow } from '../requests/row.js';
import { addSteps, queueOf, type StepTask } from '../requests/steps.js';
import { hidePerson } from './hidden.js';

/** What Placet itself holds goes last: until then, it knows who is to be erased elsewhere. */
export const OWN_SYSTEM = 'placet';

/** See `Erasure.execute`. */
export async function execute(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
): Promise<void> {
  const { site, id, purge_at: dueAt, language } = row;
  const details = detailsOf(parts.keys, row);
  if (!details || !dueAt) throw new Error('An erasure is executed with its purge date set.');
  await hidePerson(transaction, parts, row);
  const systems = systemsOf(parts, site).filter(isConnected);
  const names = systems.map((system) => system.id);
  await addSteps(transaction, parts, row, 'hide', { systems: names });
  const others = names.filter((name) => name !== OWN_SYSTEM);
  await addSteps(transaction, parts, row, 'erase', { systems: others, dueAt });
  await transaction
    .insertInto('request_step')
    .values({ site, request: id, system: OWN_SYSTEM, step: 'erase', status: 'waiting' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  if (others.length === 0) await addOwnErase(transaction, parts, row, dueAt);
  const { contacts } = details;
  const about = { site, request: id, event: 'erasure', contacts, language } as const;
  await parts.recipients().tell(transaction, about);
}

/** Puts down that Placet's own data is to be erased: once every other system is done. */
export async function addOwnErase(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  { site, id }: Pick<RequestRow, 'site' | 'id'>,
  dueAt: Date,
): Promise<void> {
  const payload: StepTask = { request: id, system: OWN_SYSTEM };
  await parts.jobs().add(transaction, {
    site,
    queue: queueOf('erase'),
    payload,
    dedupe: `${id}/${OWN_SYSTEM}`,
    dueAt,
  });
}
