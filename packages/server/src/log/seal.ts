import { sql, type Transaction } from 'kysely';
import type { Database } from '../database/database.js';
import type { Tables } from '../database/tables.js';
import type { Keys } from '../keys.js';
import { signCheckpoint } from './checkpoint.js';
import { createFrontier, HASH_SIZE, type Frontier, type SubtreeRoot } from './frontier.js';
import { sameBytes } from './hash.js';

export interface SealOptions {
  database: Database;
  site: string;
  /** The log's name, as its checkpoints bear it. */
  origin: string;
  signing: Keys['signing'];
  now: () => Date;
  /** Records that one checkpoint seals, at most. */
  batch: number;
}

/** What one checkpoint sealed. */
export interface Sealed {
  /** Leaves in the log from now on. */
  size: number;
  /** How many of them are new; 0 if no record waited. */
  count: number;
  /** Records that no longer had their leaf hash: changed between storing and sealing. */
  altered: readonly { id: string; index: number }[];
}

interface Numbered {
  id: string;
  place: number;
  leaf_hash: Uint8Array;
  expected: Uint8Array;
}

/**
 * Appends waiting records to the log and signs a checkpoint, all or nothing.
 *
 * The lock on the log's head makes sealers of several processes take turns, and
 * the transaction takes everything back when one dies: no fork and no gap.
 *
 * @throws {Error} if the log's head is not where its last checkpoint is
 */
export async function seal(options: SealOptions): Promise<Sealed> {
  const { database, site, origin, signing, now, batch } = options;
  return database.sql.transaction().execute(async (transaction) => {
    const frontier = await lockHead(transaction, site);
    const before = frontier.size;
    const rows = await number(transaction, site, before, batch);
    if (rows.length === 0) return { size: before, count: 0, altered: [] };

    const nodes: SubtreeRoot[] = [];
    const leaves = rows.map(({ leaf_hash, expected }) =>
      // What was promised in the receipt is sealed; what cannot be a hash at all is replaced.
      leaf_hash.length === HASH_SIZE ? leaf_hash : expected,
    );
    for (const leaf of leaves) frontier.append(leaf, (node) => nodes.push(node));
    const { size } = frontier;
    const end = frontier.bytes();
    const root = frontier.root();
    const note = signCheckpoint({ origin, size, root }, signing);

    if (nodes.length > 0)
      await transaction
        .insertInto('log_node')
        .values(nodes.map((node) => ({ site, ...node })))
        .execute();
    await transaction
      .insertInto('log_checkpoint')
      .values({ site, size, root, frontier: end, leaves: Buffer.concat(leaves), note, at: now() })
      .execute();
    await transaction
      .updateTable('log_head')
      .set({ size, frontier: end })
      .where('site', '=', site)
      .execute();
    return {
      size,
      count: rows.length,
      altered: rows
        .filter(({ leaf_hash, expected }) => !sameBytes(leaf_hash, expected))
        .map(({ id, place }) => ({ id, index: place })),
    };
  });
}

/** Takes the site's turn to seal, and the log's end with it. */
async function lockHead(transaction: Transaction<Tables>, site: string): Promise<Frontier> {
  const read = () =>
    transaction
      .selectFrom('log_head')
      .select(['size', 'frontier'])
      .where('site', '=', site)
      .forUpdate()
      .executeTakeFirst();
  let head = await read();
  if (!head) {
    await transaction
      .insertInto('log_head')
      .values({ site, size: 0, frontier: Buffer.alloc(0) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    head = await read();
  }
  const last = await transaction
    .selectFrom('log_checkpoint')
    .select(['size', 'root'])
    .where('site', '=', site)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  const frontier = createFrontier({ size: head!.size, bytes: head!.frontier });
  // Going on from anywhere else would fork the log.
  if (frontier.size !== (last?.size ?? 0) || (last && !sameBytes(frontier.root(), last.root)))
    throw new Error('The head of the log is not where its last checkpoint is.');
  return frontier;
}

/** Numbers waiting records from `size` on, in the order of their ids. */
async function number(
  transaction: Transaction<Tables>,
  site: string,
  size: number,
  batch: number,
): Promise<Numbered[]> {
  const { rows } = await sql<Numbered>`
    with waiting as (
      select id, ${size}::bigint + row_number() over (order by id) - 1 as place
      from (
        select id from record
        where site = ${site} and leaf_index is null
        order by id limit ${batch}
      ) as first
    )
    update record set leaf_index = waiting.place
    from waiting
    where record.site = ${site} and record.id = waiting.id
    returning
      record.id, record.leaf_index as place, record.leaf_hash,
      sha256(decode('00', 'hex') || convert_to(record.body, 'UTF8')) as expected
  `.execute(transaction);
  return rows.sort((one, other) => one.place - other.place);
}
