import { sql, type Transaction } from 'kysely';
import type { Database } from '../database/database.js';
import type { Tables } from '../database/tables.js';
import type { Keys } from '../keys.js';
import { lookupOf, openEvidence, type EvidenceData } from '../register/evidence.js';
import { isHidden } from '../subscriptions/hidden.js';
import type { LogCheckpoint, LogEvent, LogRecord, LogStart } from './events.js';
import type { SubtreeRoot } from './frontier.js';
import { hex, sameBytes } from './hash.js';

/** Rows read at once. */
const PAGE = 500;
const FEW = 50;

type Read = Transaction<Tables>;

/** Options of {@link readLog}. */
export interface ReadLogOptions {
  /** Whether what tells whose entries they were is read of people who are hidden, too. @default true */
  withHidden?: boolean;
}

/**
 * Reads the logs of all sites, in one transaction that sees them as they are
 * now, whatever is written meanwhile. Rows are sorted by what they say of
 * themselves: whether that is true is for `verify` to find out.
 */
export async function* readLog(
  database: Database,
  keys: Keys,
  { withHidden = true }: ReadLogOptions = {},
): AsyncGenerator<LogEvent> {
  const read = await database.sql.startTransaction().setIsolationLevel('repeatable read').execute();
  try {
    for (const site of await sitesOf(read)) yield* readSite(read, keys, { site, withHidden });
  } finally {
    await read.rollback().execute();
  }
}

async function sitesOf(read: Read): Promise<string[]> {
  const rows = await read
    .selectFrom('config_version')
    .select('site')
    .union(read.selectFrom('record').select('site').distinct())
    .union(read.selectFrom('log_checkpoint').select('site').distinct())
    .orderBy('site')
    .execute();
  return rows.map(({ site }) => site);
}

/** A site's log, and how much of it is read. */
interface Wanted {
  site: string;
  withHidden: boolean;
}

async function* readSite(read: Read, keys: Keys, wanted: Wanted): AsyncGenerator<LogEvent> {
  const { site } = wanted;
  yield await startOf(read, keys, site);
  yield* configsOf(read, site);
  yield* noticesOf(read, site);
  const records = recordsOf(read, keys, wanted);
  let record = await records.next();
  let size = 0;
  let unsealed = 0;
  for await (const checkpoint of checkpointsOf(read, site)) {
    size = checkpoint.size;
    yield checkpoint;
    while (!record.done && record.value.index !== null && record.value.index < size) {
      yield record.value;
      record = await records.next();
    }
  }
  for (; !record.done; record = await records.next()) {
    if (record.value.index === null) unsealed += 1;
    yield record.value;
  }
  yield { type: 'end', size, unsealed };
}

async function startOf(read: Read, keys: Keys, site: string): Promise<LogStart> {
  const head = await read
    .selectFrom('log_head')
    .select(['size', 'frontier'])
    .where('site', '=', site)
    .executeTakeFirst();
  const witnessed = await read
    .selectFrom('log_witnessed')
    .select((of) => of.fn.max('size').as('size'))
    .where('site', '=', site)
    .executeTakeFirst();
  const strays = await read
    .selectFrom('evidence')
    .leftJoin('record', (join) =>
      join.onRef('record.site', '=', 'evidence.site').onRef('record.id', '=', 'evidence.record'),
    )
    .select('evidence.record')
    .where('evidence.site', '=', site)
    .where('record.id', 'is', null)
    .limit(FEW)
    .execute();
  return {
    type: 'log',
    site,
    keys: [keys.signing.jwk],
    strays: strays.map(({ record }) => record),
    head: head ?? null,
    witnessed: witnessed?.size ? [witnessed.size] : [],
  };
}

/** Few, since each lasts until the owner changes something. */
async function* configsOf(read: Read, site: string): AsyncGenerator<LogEvent> {
  const rows = await read
    .selectFrom('config_version')
    .select(['hash', 'config'])
    .where('site', '=', site)
    .orderBy('hash')
    .execute();
  for (const { hash, config } of rows) yield { type: 'config', hash: hex(hash), text: config };
}

async function* noticesOf(read: Read, site: string): AsyncGenerator<LogEvent> {
  let after = Buffer.alloc(0) as Uint8Array;
  for (;;) {
    const rows = await read
      .selectFrom('notice')
      .select(['hash', 'text'])
      .where('site', '=', site)
      .where('hash', '>', after)
      .orderBy('hash')
      .limit(FEW)
      .execute();
    for (const { hash, text } of rows) yield { type: 'notice', hash: hex(hash), text };
    if (rows.length < FEW) return;
    after = rows.at(-1)!.hash;
  }
}

async function* checkpointsOf(read: Read, site: string): AsyncGenerator<LogCheckpoint> {
  let after = -1;
  for (;;) {
    const rows = await read
      .selectFrom('log_checkpoint')
      .select(['size', 'root', 'frontier', 'leaves', 'note'])
      .where('site', '=', site)
      .where('size', '>', after)
      .orderBy('size')
      .limit(FEW)
      .execute();
    for (const row of rows) {
      const nodes = await nodesUpTo(read, site, after, row.size);
      yield { type: 'checkpoint', ...row, nodes };
      after = row.size;
    }
    if (rows.length < FEW) return;
  }
}

/** Stored subtrees that became whole between two sizes; without a query where there can be none. */
async function nodesUpTo(
  read: Read,
  site: string,
  before: number,
  size: number,
): Promise<SubtreeRoot[]> {
  const nodes: SubtreeRoot[] = [];
  let width = 256;
  for (let level = 1; level <= 6; level += 1, width *= 256) {
    const from = Math.floor(Math.max(before, 0) / width);
    const to = Math.floor(size / width);
    if (from >= to) continue;
    const rows = await read
      .selectFrom('log_node')
      .select(['level', 'index', 'hash'])
      .where('site', '=', site)
      .where('level', '=', level)
      .where('index', '>=', from)
      .where('index', '<', to)
      .execute();
    nodes.push(...rows);
  }
  return nodes;
}

async function* recordsOf(read: Read, keys: Keys, wanted: Wanted): AsyncGenerator<LogRecord> {
  for (const isSealed of [true, false]) {
    let rows = await readRecords(read, wanted, isSealed);
    for (;;) {
      for (const { id, kind, received_at, body, leaf_hash, leaf_index, ...evidence } of rows)
        yield {
          type: 'record',
          id,
          kind,
          receivedAt: received_at.toISOString(),
          body,
          leaf: hex(leaf_hash),
          index: leaf_index,
          ...(evidence.lookup && { evidence: tryOpen(keys, wanted.site, evidence) }),
        };
      if (rows.length < PAGE) break;
      rows = await readRecords(read, wanted, isSealed, rows.at(-1));
    }
  }
}

/** Whether an entry is about a contact that is as good as gone. */
const isOfHidden = sql<boolean>`exists (
  select 1 from contact_entry
  join contact on contact.site = contact_entry.site and contact.id = contact_entry.contact
  where contact_entry.site = evidence.site and contact_entry.record = evidence.record
    and ${isHidden}
)`;

function readRecords(
  read: Read,
  { site, withHidden }: Wanted,
  isSealed: boolean,
  after?: { id: string; leaf_index: number | null },
) {
  let query = read
    .selectFrom('record')
    .leftJoin('evidence', (join) => {
      const own = join
        .onRef('evidence.site', '=', 'record.site')
        .onRef('evidence.record', '=', 'record.id');
      return withHidden ? own : own.on((of) => of.not(isOfHidden));
    })
    .select([
      'record.id',
      'record.kind',
      'record.received_at',
      'record.body',
      'record.leaf_hash',
      'record.leaf_index',
      'evidence.lookup',
      'evidence.key',
      'evidence.data',
    ])
    .where('record.site', '=', site)
    .where('record.leaf_index', isSealed ? 'is not' : 'is', null);
  if (after && isSealed)
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('record.leaf_index', 'record.id'),
        '>',
        tuple(after.leaf_index as number, after.id),
      ),
    );
  else if (after) query = query.where('record.id', '>', after.id);
  if (isSealed) query = query.orderBy('record.leaf_index');
  return query.orderBy('record.id').limit(PAGE).execute();
}

interface EvidenceRow {
  lookup: Uint8Array | null;
  key: Uint8Array | null;
  data: Uint8Array | null;
}

/** `null` for what does not open, or cannot be found by the id of the decision that it is about. */
function tryOpen(
  keys: Keys,
  site: string,
  { lookup, key, data }: EvidenceRow,
): LogRecord['evidence'] {
  try {
    const text = openEvidence(keys, { key: key!, data: data! });
    const { decision } = JSON.parse(text) as EvidenceData;
    if (!sameBytes(lookup!, lookupOf(keys, site, decision))) return null;
    return { key: Buffer.from(key!).toString('base64url'), data: text };
  } catch {
    return null;
  }
}
