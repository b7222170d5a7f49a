import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { LocalText } from '@placet/contract';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import type { Keys } from '../../keys.js';
import type { Value } from '../../systems/system.js';
import { openFor, sealFor, type RequestRow } from '../requests/row.js';
import type { Piece } from './pieces.js';

/** A record, as a part holds it. */
export interface StoredRecord {
  record: string;
  fields: Readonly<Record<string, Value>>;
  kept?: { ground: LocalText; until: string };
}

/** Where a part belongs. */
export interface PartPlace {
  system: string;
  category: string;
}

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Compressed, since nothing can compress it once it is encrypted. */
export async function storePart(
  transaction: Transaction<Tables>,
  keys: Pick<Keys, 'contact'>,
  row: RequestRow,
  system: string,
  { category, seq, lines }: Piece,
): Promise<void> {
  const small = await deflate(lines.join('\n'));
  await transaction
    .insertInto('package_part')
    .values({
      site: row.site,
      request: row.id,
      system,
      category,
      seq,
      records: lines.length,
      data: sealFor(keys, row, small.toString('base64')),
    })
    .execute();
}

/** What {@link storePart} stored; `undefined` if there is no such part, or no longer. */
export async function readPart(
  database: Kysely<Tables>,
  keys: Pick<Keys, 'contact'>,
  row: RequestRow,
  { system, category }: PartPlace,
  seq: number,
): Promise<StoredRecord[] | undefined> {
  const part = await database
    .selectFrom('package_part')
    .select('data')
    .where('site', '=', row.site)
    .where('request', '=', row.id)
    .where('system', '=', system)
    .where('category', '=', category)
    .where('seq', '=', seq)
    .executeTakeFirst();
  if (!part) return undefined;
  const text = (await inflate(Buffer.from(openFor(keys, row, part.data), 'base64'))).toString();
  return text.split('\n').map((line) => JSON.parse(line) as StoredRecord);
}

/** How much there is of what: a line for each system and category. */
export async function countParts(
  database: Kysely<Tables>,
  { site, id }: Pick<RequestRow, 'site' | 'id'>,
): Promise<(PartPlace & { parts: number; records: number })[]> {
  const rows = await database
    .selectFrom('package_part')
    .select(({ fn }) => [
      'system',
      'category',
      fn.countAll<number>().as('parts'),
      fn.sum<number>('records').as('records'),
    ])
    .where('site', '=', site)
    .where('request', '=', id)
    .groupBy(['system', 'category'])
    .orderBy('system')
    .orderBy('category')
    .execute();
  return rows.map(({ parts, records, ...place }) => ({
    ...place,
    parts: Number(parts),
    records: Number(records),
  }));
}

/** Destroys what was collected for a request, or what one system gave. */
export async function deleteParts(
  transaction: Transaction<Tables>,
  { site, request, system }: { site: string; request: string; system?: string },
): Promise<void> {
  const all = transaction
    .deleteFrom('package_part')
    .where('site', '=', site)
    .where('request', '=', request);
  await (system === undefined ? all : all.where('system', '=', system)).execute();
}
