import { randomUUID } from 'node:crypto';
import { stateAfter } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import type { RightsParts } from '../parts.js';
import { lockRequest, refsIn, sealFor, type RequestRow } from '../requests/row.js';
import { finishStep } from '../requests/steps.js';
import type { Piece } from './pieces.js';
import { deleteParts, storePart } from './stored-part.js';
import type { Summary } from './summary.js';

/** What the step says in plain JSON while it is done, and afterwards: it names nobody. */
export interface CollectReport {
  /** Which attempt it is. */
  run?: string;
  records: number;
  /** There if an earlier attempt had come further: what people see never goes back. */
  most?: number;
  /** Records by category, at the end. */
  categories?: Readonly<Record<string, number>>;
}

/** One attempt to collect from a system. A later one ends it: whatever it still does has no effect. */
export interface Run {
  /** Whose records are wanted. */
  refs: readonly string[];
  /** Stores a piece; `false` if there is nothing more to be done. */
  add(piece: Piece): Promise<boolean>;
  finish(summary: Summary): Promise<void>;
}

/**
 * Begins to collect, from nothing: an earlier attempt may have stored anything, or still be at it.
 * `undefined` if there is nothing to be done, or no longer.
 */
export async function startRun(
  parts: RightsParts,
  { site, id: request }: Pick<RequestRow, 'site' | 'id'>,
  system: string,
): Promise<Run | undefined> {
  const { database, keys } = parts;
  const run = randomUUID();
  const step = { site, request, system, step: 'collect' } as const;
  let records = 0;

  /** Does something if the step still waits: a request that was taken back is left at once. */
  const within = <Result>(
    work: (
      transaction: Transaction<Tables>,
      row: RequestRow,
      before: Partial<CollectReport>,
    ) => Promise<Result>,
  ): Promise<Result | undefined> =>
    inTransaction(database.sql, async (transaction) => {
      const row = await lockRequest(transaction, site, request);
      if (!stateAfter(row.state, 'complete', row.type)) {
        if (row.state !== 'completed') await deleteParts(transaction, { site, request });
        return undefined;
      }
      const found = await transaction
        .selectFrom('request_step')
        .select(['status', 'report'])
        .where('site', '=', site)
        .where('request', '=', request)
        .where('system', '=', system)
        .where('step', '=', 'collect')
        .executeTakeFirst();
      if (found?.status !== 'waiting') return undefined;
      return work(transaction, row, readReport(found.report));
    });

  async function report(transaction: Transaction<Tables>, said: CollectReport): Promise<void> {
    await transaction
      .updateTable('request_step')
      .set({ report: JSON.stringify(said) })
      .where('site', '=', site)
      .where('request', '=', request)
      .where('system', '=', system)
      .where('step', '=', 'collect')
      .execute();
  }

  return within(async (transaction, row, before) => {
    const refs = await refsIn(transaction, keys, row, system);
    if (!refs) throw new Error('Nobody has been looked for yet.');
    await deleteParts(transaction, step);
    await report(transaction, { run, records, ...further(before, records) });
    return {
      refs,
      async add(piece) {
        const stored = await within(async (current, locked, last) => {
          if (last.run !== run) return undefined;
          const sum = records + piece.lines.length;
          await storePart(current, keys, locked, system, piece);
          await report(current, { run, records: sum, ...further(last, sum) });
          return sum;
        });
        records = stored ?? records;
        return stored !== undefined;
      },
      async finish(summary) {
        await within(async (current, locked, last) => {
          if (last.run !== run) return;
          const said: CollectReport = {
            records,
            ...further(last, records),
            categories: Object.fromEntries(
              summary.categories.map((each) => [each.category, each.records]),
            ),
          };
          await finishStep(
            current,
            { ...step, at: parts.now() },
            { data: sealFor(keys, locked, JSON.stringify(summary)), report: said },
          );
        });
      },
    };
  });
}

/** How many records a step has, as people see it. */
export function recordsIn(report: string | null): number {
  const { records = 0, most = 0 } = readReport(report);
  return Math.max(records, most);
}

function readReport(report: string | null): Partial<CollectReport> {
  return JSON.parse(report ?? '{}') as Partial<CollectReport>;
}

function further({ records = 0, most = 0 }: Partial<CollectReport>, now: number) {
  const before = Math.max(records, most);
  return before > now ? { most: before } : {};
}
