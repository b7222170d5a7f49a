import { PlacetError } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import type { Handler } from '../../jobs/jobs.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import type { Check, ConnectedSystem, Match } from '../../systems/system.js';
import type { RightsParts } from '../parts.js';
import { addItem, itemsOf, reopenItem, settleItem } from './items.js';
import { counted, labelOf } from './labels.js';
import { isHidden } from './restrictions.js';
import { detailsOf, lockRequest, refsIn, sealFor, type RequestRow } from './row.js';
import { stepHandler, type StepWork } from './step-job.js';
import { finishStep } from './steps.js';
import { lookFor } from './whom.js';

/** The queue `rights/find`: who the person is in a system. Several who fit are for staff to tell apart. */
export function findHandler(parts: RightsParts): Handler {
  return stepHandler(parts, 'find', (work) => find(parts, work));
}

async function find(parts: RightsParts, { row, system }: StepWork): Promise<void> {
  const details = detailsOf(parts.keys, row);
  if (!details) return;
  const { site, id, scope, type } = row;
  const { contacts } = details;
  // Whoever was erased is as good as gone, until they are.
  const isGone = type !== 'erasure' && (await isHidden(parts, site, contacts));
  const { matches, isClear } = isGone
    ? { matches: [], isClear: true }
    : await lookFor(system, { contacts, site, scope });
  const checks = isClear && type === 'erasure' ? await checksOf(system, matches) : [];
  const data = sealFor(parts.keys, row, JSON.stringify(matches));
  await inTransaction(parts.database.sql, async (transaction) => {
    const locked = await lockRequest(transaction, site, id);
    if (!sameKey(locked, row)) throw new Error('More contacts have come meanwhile.');
    const about = { site, request: id, system: system.id, step: 'find', at: parts.now() } as const;
    if (isClear) {
      await finishStep(transaction, about, { data });
      // Several had fitted when they were looked for by less.
      await settleItem(transaction, locked, whichItem(system.id), {
        ...{ status: 'done', actor: 'system', at: about.at },
        note: 'It is clear now.',
      });
      return addChecks(transaction, locked, system, checks);
    }
    await keepMatches(transaction, about, data);
    const label = labelOf('which', system);
    await addItem(transaction, locked, { item: whichItem(system.id), label });
  });
}

/** With other contacts comes another key, under which nothing could be read that was found by fewer. */
export function sameKey(one: RequestRow, other: RequestRow): boolean {
  return one.key !== null && other.key !== null && Buffer.from(one.key).equals(other.key);
}

/** The checklist's line for several people who fit. */
export const whichItem = (system: string) => `${system}/which`;

/** Looks again at what must be settled before an erasure: what has come, and what is gone. */
export async function checkAgain(
  parts: RightsParts,
  row: RequestRow,
  systems: readonly ConnectedSystem[],
): Promise<void> {
  for (const system of systems) {
    const refs = await refsIn(parts.database.sql, parts.keys, row, system.id);
    if (!refs) continue;
    const checks = await checksOf(
      system,
      refs.map((ref) => ({ ref })),
    ).catch((cause: unknown) => {
      throw new PlacetError('rights/blocked', `${system.id} does not answer.`, { cause });
    });
    await inTransaction(parts.database.sql, async (transaction) => {
      await addChecks(transaction, row, system, checks);
      const there = checks.map((check) => checkItem(system, check));
      for (const { item, status } of await itemsOf(transaction, row))
        if (status === 'open' && isCheckOf(system, item) && !there.includes(item))
          await settleItem(transaction, row, item, {
            status: 'done',
            actor: 'system',
            at: parts.now(),
            note: 'Nothing of it is left.',
          });
    });
  }
}

async function checksOf(system: ConnectedSystem, matches: readonly Match[]): Promise<Check[]> {
  if (!system.checks || matches.length === 0) return [];
  const checks = await system.checks(matches.map(({ ref }) => ref));
  return checks.filter(({ count }) => count > 0);
}

const checkItem = (system: ConnectedSystem, { id }: Check) => `${system.id}/check/${id}`;
const isCheckOf = (system: ConnectedSystem, item: string) => item.startsWith(`${system.id}/check/`);

/**
 * What must be settled first becomes a line of the checklist (000-18…20); one that was settled is
 * open again once there is something else to be settled than there was then.
 */
export async function addChecks(
  transaction: Transaction<Tables>,
  row: RequestRow,
  system: ConnectedSystem,
  checks: readonly Check[],
): Promise<void> {
  for (const check of checks) {
    const line = { item: checkItem(system, check), label: counted(check.label, check.count) };
    await addItem(transaction, row, line);
    await reopenItem(transaction, row, line);
  }
}

async function keepMatches(
  transaction: Transaction<Tables>,
  about: { site: string; request: string; system: string },
  data: Uint8Array,
): Promise<void> {
  await transaction
    .updateTable('request_step')
    .set({ data })
    .where('site', '=', about.site)
    .where('request', '=', about.request)
    .where('system', '=', about.system)
    .where('step', '=', 'find')
    .execute();
}
