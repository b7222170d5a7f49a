import { type Contacts } from '@placet/contract';
import { GiveUp, type Job } from '../../jobs/jobs.js';
import { isConnected, type ConnectedSystem } from '../../systems/system.js';
import { systemsOf, type RightsParts } from '../parts.js';
import { detailsOf, findRequest, refsIn, type RequestRow } from '../requests/row.js';
import { failedItem } from '../requests/step-job.js';
import { stepsOf, type StepTask } from '../requests/steps.js';
import { findRefs } from './ask.js';

/** What a job of an erasure works on. */
export interface ErasureTask {
  row: RequestRow;
  system: ConnectedSystem;
  contacts: Contacts;
  isDone: boolean;
  /** What the step has found out so far, as JSON. */
  report: string | null;
}

/** Reads what a job is about; `undefined` once the erasure is completed. */
export async function readTask(
  parts: RightsParts,
  { site, payload }: Job,
  step: 'hide' | 'erase',
): Promise<ErasureTask | undefined> {
  const { request, system: name } = payload as StepTask;
  const row = await findRequest(parts.database.sql, site, request);
  const details = row && detailsOf(parts.keys, row);
  if (row?.state !== 'executed' || !details) return undefined;
  const steps = await stepsOf(parts.database.sql, row, step);
  const own = steps.find((each) => each.system === name);
  if (!own) return undefined;
  const system = systemsOf(parts, site).find(({ id }) => id === name);
  const isThere = system !== undefined && isConnected(system);
  if (!isThere && !(await isByHand(parts, row, failedItem(name, step))))
    throw new GiveUp('There is no such system any more.');
  const isDone = own.status === 'done';
  const { contacts } = details;
  const there = isThere ? system : goneSystem(name);
  return { row, system: there, contacts, isDone, report: own.report };
}

/** Stands for a system that is no longer joined: nothing can be asked of it. */
export function goneSystem(id: string): ConnectedSystem {
  return {
    id,
    describe: () => ({ name: id, kind: 'service', categories: [] }),
    find: async () => [],
    survey: async () => [],
    async *collect() {},
    erase: async () => [],
  };
}

/** Whether staff did by hand what no program could. */
async function isByHand(
  { database }: RightsParts,
  { site, id }: RequestRow,
  item: string,
): Promise<boolean> {
  const row = await database.sql
    .selectFrom('request_item')
    .select('status')
    .where('site', '=', site)
    .where('request', '=', id)
    .where('item', '=', item)
    .executeTakeFirst();
  return row !== undefined && row.status !== 'open';
}

/**
 * Who the person is in a system: whoever was found before, and who came since by the same contacts.
 * Where staff said which of several it is, nobody else; nor anybody who shares the address by now,
 * whom staff never saw (004-07).
 */
export async function refsOf(
  parts: RightsParts,
  { row, system, contacts }: Pick<ErasureTask, 'row' | 'system' | 'contacts'>,
  step: 'hide' | 'erase',
): Promise<string[]> {
  const { sql } = parts.database;
  const steps = await stepsOf(sql, row, 'find');
  const before = steps.find((each) => each.system === system.id);
  if (before?.status === 'waiting') throw new Error('It is not known yet who it is there.');
  const known = (await refsIn(sql, parts.keys, row, system.id)) ?? [];
  const picked = await sql
    .selectFrom('request_item')
    .select('item')
    .where('site', '=', row.site)
    .where('request', '=', row.id)
    .where('item', '=', `${system.id}/which`)
    .executeTakeFirst();
  if (picked) return known;
  const { refs: found, isClear } = await findRefs(parts, row.site, { contacts }, system);
  if (isClear || found.every((ref) => known.includes(ref)))
    return [...new Set([...known, ...found])];
  // Staff have seen to whoever else it was.
  if (await isByHand(parts, row, failedItem(system.id, step))) return known;
  throw new GiveUp('Several people there share the address.');
}
