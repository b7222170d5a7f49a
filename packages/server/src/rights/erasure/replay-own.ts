import type { Database } from '../../database/database.js';
import { openPayload, sealPayload } from '../../jobs/payload.js';
import type { Keys } from '../../keys.js';
import { openText } from '../../register/evidence.js';
import { CHANNELS } from '../../subscriptions/address.js';
import { addressOf, lockPeople } from '../../subscriptions/contact.js';
import { destroy } from '../../subscriptions/erase.js';
import { suppress } from '../../subscriptions/suppression.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import { noteEvent } from '../requests/moves.js';
import { detailsOf, lockRequest, type RequestRow } from '../requests/row.js';
import { destroyRequest } from './destroy.js';
import type { ErasedPeople } from './erased-people.js';
import type { JournalEntry } from './erasure.js';

/** Options of {@link replayOwn}. */
export interface ReplayOwnOptions {
  keys: Keys;
  now: () => Date;
  people: ErasedPeople;
}

/** Rows looked through at once. */
const PAGE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Erases again, in Placet's own tables, whoever a restore brought back; whoever came by themselves
 * after their erasure stays. Needs no configuration.
 *
 * @returns how many people
 */
export async function replayOwn(database: Database, options: ReplayOwnOptions): Promise<number> {
  const { people } = options;
  if (people.count === 0) return 0;
  const found = new Set<string>();
  for (const { entry, erase } of [
    ...(await contactsAgain(database, options)),
    ...(await requestsAgain(database, options)),
  ]) {
    found.add(entry.request);
    await erase();
  }
  await forgetIdentity(database, options);
  await forgetJobs(database, options);
  return found.size;
}

/** Somebody who is here and should not be, and how they are erased. */
interface Again {
  entry: JournalEntry;
  erase(): Promise<void>;
}

async function contactsAgain(
  database: Database,
  { keys, now, people }: ReplayOwnOptions,
): Promise<Again[]> {
  const again: Again[] = [];
  for (let after = { site: '', id: FIRST }; ;) {
    const rows = await database.sql
      .selectFrom('contact')
      .selectAll()
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple('site', 'id'), '>', tuple(after.site, after.id)),
      )
      .orderBy('site')
      .orderBy('id')
      .limit(PAGE)
      .execute();
    for (const row of rows) {
      const { site, id, first_seen: seen } = row;
      const entry = people.byContact(addressOf({ keys }, row).value, { sites: [site], seen });
      if (entry)
        again.push({ entry, erase: () => eraseContact(database, { keys, now, site, id }) });
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return again;
    after = last;
  }
}

/** With all contacts of the person; that they must not be written to stays. */
async function eraseContact(
  database: Database,
  { keys, now, site, id }: { keys: Keys; now: () => Date; site: string; id: string },
): Promise<void> {
  await inTransaction(database.sql, async (transaction) => {
    const contacts = await lockPeople(transaction, site, [id]);
    for (const contact of contacts)
      await suppress(transaction, { keys, now }, site, {
        address: addressOf({ keys }, contact).value,
        what: CHANNELS[contact.kind].map((channel) => ({ channel })),
        reason: 'erased',
        epoch: contact.epoch + 1,
      });
    if (contacts.length > 0)
      await destroy(
        transaction,
        site,
        contacts.map((each) => each.id),
      );
  });
}

async function requestsAgain(
  database: Database,
  { keys, people }: ReplayOwnOptions,
): Promise<Again[]> {
  const rows = await database.sql
    .selectFrom('request')
    .selectAll()
    .where('data', 'is not', null)
    .execute();
  return rows.flatMap((row) => {
    const values = Object.values(detailsOf(keys, row)?.contacts ?? {});
    const about = { sites: [row.site], seen: row.received_at };
    const entry =
      people.byRequest(row.id) ??
      values.map((value) => people.byContact(value, about)).find((each) => each !== undefined);
    return entry ? [{ entry, erase: () => eraseRequest(database, { row, entry }) }] : [];
  });
}

/** The erasure itself is completed; what else the person had asked for ends with it. */
async function eraseRequest(
  database: Database,
  { row: { site, id }, entry }: { row: RequestRow; entry: JournalEntry },
): Promise<void> {
  await inTransaction(database.sql, async (transaction) => {
    const row = await lockRequest(transaction, site, id);
    // An erasure that is under way goes on by itself, and tells the person in the end.
    if (row.state === 'executed') return;
    const at = new Date(entry.at);
    await destroyRequest(transaction, { row, sites: entry.sites, at });
    if (row.closed_at) return;
    const isErasure = id === entry.request;
    await transaction
      .updateTable('request')
      .set({
        state: isErasure ? 'completed' : 'cancelled',
        closed_at: at,
        package_until: null,
        version: row.version + 1,
      })
      .where('site', '=', site)
      .where('id', '=', id)
      .execute();
    const act = isErasure ? 'complete' : 'cancel';
    await noteEvent(transaction, row, { act, at, actor: 'system' });
  });
}

async function forgetIdentity(
  database: Database,
  { keys, people }: ReplayOwnOptions,
): Promise<void> {
  for (const table of ['identity_session', 'identity_challenge'] as const) {
    const rows = await database.sql
      .selectFrom(table)
      .select(['site', 'lookup', 'key', 'data', 'created_at'])
      .execute();
    for (const row of rows) {
      const about = { sites: [row.site], seen: row.created_at };
      if (!people.byContact(openText(keys.contact, row), about)) continue;
      await database.sql
        .deleteFrom(table)
        .where('site', '=', row.site)
        .where('lookup', '=', row.lookup)
        .where('created_at', '=', row.created_at)
        .execute();
    }
  }
}

/** What was still to be sent about them is sent no more; of a list, what is about others stays. */
async function forgetJobs(database: Database, { keys, people }: ReplayOwnOptions): Promise<void> {
  const rows = await database.sql
    .selectFrom('job')
    .select(['id', 'site', 'payload', 'created_at'])
    .execute();
  for (const { id, site, payload, created_at: seen } of rows) {
    const about = readable(keys, payload);
    const isErased = (each: unknown) =>
      textsIn(each).some((text) => people.byContact(text, { sites: [site], seen }));
    if (!isErased(about)) continue;
    const left = Array.isArray(about) ? about.filter((each) => !isErased(each)) : [];
    if (left.length > 0)
      await database.sql
        .updateTable('job')
        .set({ payload: sealPayload(keys, left) })
        .where('id', '=', id)
        .execute();
    else await database.sql.deleteFrom('job').where('id', '=', id).execute();
  }
}

/** Nothing, if it was put down under another secret: no worker can read it either. */
function readable(keys: Keys, payload: Uint8Array): unknown {
  try {
    return openPayload(keys, payload);
  } catch {
    return undefined;
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
