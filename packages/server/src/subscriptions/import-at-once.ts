import { abandon, begin, createHold, prepare, takeOut } from '../jobs/together.js';
import { importBatch, wantedOf } from './import.js';
import type { Parts } from './parts.js';
import type { ImportedContact, ImportOutcome, Rows } from './subscriptions.js';
import { inTransaction } from './transactions.js';

/** The queue of batches whose import was broken off. */
export const IMPORT_QUEUE = 'subscriptions/import';

/** A batch that was put down. */
interface Batch {
  id: string;
  rows: number;
}

/**
 * See `SubscriptionService.importAtOnce`. No transaction is longer than a batch: whoever withdraws
 * meanwhile is answered at once, and wins, since a batch lifts nothing.
 */
export async function importAtOnce(
  parts: Parts,
  batches: AsyncIterable<Rows<ImportedContact>>,
  tell: (outcomes: Rows<ImportOutcome>) => void | Promise<void>,
): Promise<void> {
  const put = await putDown(parts, batches);
  const hold = createHold(parts);
  for (const [at, { id, rows }] of put.entries()) {
    await hold(() => put.slice(at).map((each) => each.id));
    const outcomes = await carryOut(parts, id);
    // A worker took this process for dead.
    await tell(outcomes ?? Array.from({ length: rows }, () => ['unchanged']));
  }
}

/** See `SubscriptionService.finishImport`. */
export async function finishImport(parts: Parts, job: string): Promise<void> {
  await carryOut(parts, job);
}

async function putDown(
  parts: Parts,
  batches: AsyncIterable<Rows<ImportedContact>>,
): Promise<Batch[]> {
  const put: Batch[] = [];
  const ids = () => put.map(({ id }) => id);
  try {
    for await (const rows of batches) {
      // What could not be carried out later is not put down.
      for (const contact of rows.flat()) wantedOf(parts, contact);
      const [first] = rows.flat();
      if (!first) continue;
      const job = { site: first.site, queue: IMPORT_QUEUE, payload: rows };
      put.push({ id: await prepare(parts, job), rows: rows.length });
    }
    await begin(parts, ids());
  } catch (error) {
    // If the database is away, it forgets them by itself.
    await abandon(parts, ids()).catch(() => undefined);
    throw error;
  }
  return put;
}

/** One batch; `undefined` if it was done before. */
async function carryOut(parts: Parts, id: string): Promise<Rows<ImportOutcome> | undefined> {
  const done = await inTransaction(parts.database.sql, async (transaction) => {
    const rows = (await takeOut(transaction, parts.keys, id)) as Rows<ImportedContact> | undefined;
    if (!rows) return undefined;
    const contacts = rows.flat();
    const outcomes = await importBatch(transaction, parts, contacts);
    return { rows, outcomes, sites: new Set(contacts.map(({ site }) => site)) };
  });
  if (!done) return undefined;
  for (const site of done.sites) parts.register.sealSoon(site);
  parts.outgoing.wake();
  let from = 0;
  return done.rows.map(({ length }) => done.outcomes.slice(from, (from += length)));
}
