import { createHash } from 'node:crypto';
import type { LocalText } from '@placet/contract';
import { sealText } from '../../register/evidence.js';
import type { KeptRecord } from '../../systems/system.js';
import type { RightsParts } from '../parts.js';

/** Whose records are kept, and out of which system. */
export interface KeptOf {
  site: string;
  request: string;
  system: string;
}

/** What of a kept record is encrypted. */
export type KeptContents = Pick<KeptRecord, 'fields' | 'person'>;

/** What is kept of one category on one ground. */
export interface KeptCount {
  category: string;
  ground: LocalText;
  /** When the last of it goes. */
  until: Date;
  count: number;
}

/**
 * Stores what the law keeps, apart from everything else and encrypted. The same record again takes
 * the place of what is there: an erasure that was broken off hands it in once more.
 */
export function keeper(parts: RightsParts, { site, request, system }: KeptOf) {
  return async ({ category, record, fields, person, kept }: KeptRecord): Promise<void> => {
    // What no longer has to be kept goes with the rest.
    if (kept.until <= parts.now()) return;
    const ground = JSON.stringify(kept.ground);
    const batch = batchOf({ site, request, system }, category, ground);
    const contents: KeptContents = { fields, ...(person && { person }) };
    const sealed = sealText(parts.keys.contact, JSON.stringify(contents));
    const set = { batch, ground, until: kept.until, ...sealed };
    await parts.database.sql
      .insertInto('kept_record')
      .values({ site, request, system, category, record, ...set })
      .onConflict((conflict) =>
        conflict.columns(['site', 'request', 'system', 'category', 'record']).doUpdateSet(set),
      )
      .execute();
  };
}

/** The same for the same records, however often they are handed in: a UUID of our own making. */
function batchOf(of: KeptOf, category: string, ground: string): string {
  const { site, request, system } = of;
  const bytes = createHash('sha256')
    .update(JSON.stringify([site, request, system, category, ground]))
    .digest()
    .subarray(0, 16);
  // RFC 9562, version 8.
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** What was kept, counted. */
export async function keptOf(
  { database }: RightsParts,
  { site, request, system }: KeptOf,
): Promise<KeptCount[]> {
  const rows = await database.sql
    .selectFrom('kept_record')
    .select((of) => [
      'category',
      'ground',
      of.fn.max('until').as('until'),
      of.fn.countAll().as('count'),
    ])
    .where('site', '=', site)
    .where('request', '=', request)
    .where('system', '=', system)
    .groupBy(['category', 'ground'])
    .orderBy('category')
    .orderBy('ground')
    .execute();
  return rows.map(({ category, ground, until, count }) => ({
    category,
    ground: JSON.parse(ground) as LocalText,
    until,
    count: Number(count),
  }));
}

/** Destroys kept records whose day has come. */
export async function forgetKept({
  database,
  now,
}: Pick<RightsParts, 'database' | 'now'>): Promise<void> {
  await database.sql.deleteFrom('kept_record').where('until', '<=', now()).execute();
}
