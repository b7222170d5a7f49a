import { randomUUID } from 'node:crypto';
import { localText, PlacetError, type LocalText } from '@placet/contract';
import type { OpeningPurpose } from '../../database/tables.js';
import { openText } from '../../register/evidence.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import type { RightsParts } from '../parts.js';
import type { Acting } from '../rights.js';
import type { KeptContents } from './keep.js';

/** What one erasure left of one category on one ground; nothing of what stands in it. */
export interface KeptBatch {
  id: string;
  request: string;
  system: string;
  category: string;
  ground: string;
  /** When the last of it is destroyed. ISO 8601, UTC. */
  until: string;
  count: number;
  /** Who opened it, latest first. */
  openings: readonly { at: string; actor: string; purpose: OpeningPurpose }[];
}

/** A record that the law keeps, as it was handed over. */
export interface KeptLine extends KeptContents {
  record: string;
  /** When it is destroyed. ISO 8601, UTC. */
  until: string;
}

/** What the law keeps, for staff: the only way to it. */
export interface KeptRecords {
  /** What there is, page by page. */
  list(site: string, after?: string): Promise<{ batches: KeptBatch[]; next?: string }>;
  /**
   * Opens a batch, having written down who did it and what for.
   *
   * @throws {PlacetError} `record/unknown`, also once its day has come
   */
  open(
    site: string,
    batch: string,
    by: Acting & { purpose: OpeningPurpose },
  ): Promise<AsyncIterable<KeptLine>>;
}

/** Batches in a page. */
const PAGE = 100;
/** Records read at once: there may be documents among them. */
const RECORDS = 20;

export function createKeptRecords(parts: RightsParts): KeptRecords {
  return {
    list: (site, after) => list(parts, site, after),
    async open(site, batch, by) {
      await writeOpening(parts, { site, batch, ...by });
      return linesOf(parts, site, batch);
    },
  };
}

async function list(
  parts: RightsParts,
  site: string,
  after?: string,
): Promise<{ batches: KeptBatch[]; next?: string }> {
  const rows = await parts.database.sql
    .selectFrom('kept_record')
    .select((of) => [
      ...(['batch', 'request', 'system', 'category', 'ground'] as const),
      of.fn.max('until').as('until'),
      of.fn.countAll().as('count'),
    ])
    .where('site', '=', site)
    .where('until', '>', parts.now())
    .$if(after !== undefined, (query) => query.where('batch', '>', after!))
    .groupBy(['batch', 'request', 'system', 'category', 'ground'])
    .orderBy('batch')
    .limit(PAGE)
    .execute();
  const openings = await openingsOf(
    parts,
    site,
    rows.map(({ batch }) => batch),
  );
  const { sites, settings } = parts;
  const language = settings.staffLanguage ?? sites.get(site)?.language ?? 'en';
  const last = rows.length < PAGE ? undefined : rows.at(-1);
  return {
    batches: rows.map(({ batch: id, ground, until, count, ...row }) => ({
      id,
      ...row,
      ground: localText(JSON.parse(ground) as LocalText, language) ?? '',
      until: until.toISOString(),
      count: Number(count),
      openings: openings.flatMap(({ batch, at, ...by }) =>
        batch === id ? [{ at: at.toISOString(), ...by }] : [],
      ),
    })),
    ...(last && { next: last.batch }),
  };
}

async function openingsOf({ database }: RightsParts, site: string, batches: readonly string[]) {
  if (batches.length === 0) return [];
  return database.sql
    .selectFrom('kept_opening')
    .select(['batch', 'at', 'actor', 'purpose'])
    .where('site', '=', site)
    .where('batch', 'in', batches)
    .orderBy('at', 'desc')
    .execute();
}

/** Before anything is read. */
async function writeOpening(
  { database, now }: RightsParts,
  by: { site: string; batch: string; purpose: OpeningPurpose } & Acting,
): Promise<void> {
  const at = now();
  await inTransaction(database.sql, async (transaction) => {
    const found = await transaction
      .selectFrom('kept_record')
      .select(['request', 'system', 'category'])
      .where('site', '=', by.site)
      .where('batch', '=', by.batch)
      .where('until', '>', at)
      .limit(1)
      .executeTakeFirst();
    if (!found) throw new PlacetError('record/unknown');
    await transaction
      .insertInto('kept_opening')
      .values({ id: randomUUID(), at, ...by, ...found })
      .execute();
  });
}

/** Read no faster than they are used. */
async function* linesOf(
  { database, keys, now }: RightsParts,
  site: string,
  batch: string,
): AsyncGenerator<KeptLine> {
  let last = '';
  for (;;) {
    const rows = await database.sql
      .selectFrom('kept_record')
      .select(['record', 'until', 'key', 'data'])
      .where('site', '=', site)
      .where('batch', '=', batch)
      .where('until', '>', now())
      .where('record', '>', last)
      .orderBy('record')
      .limit(RECORDS)
      .execute();
    for (const { record, until, ...sealed } of rows) {
      const contents = JSON.parse(openText(keys.contact, sealed)) as KeptContents;
      yield { record, until: until.toISOString(), ...contents };
    }
    if (rows.length < RECORDS) return;
    last = rows.at(-1)!.record;
  }
}
