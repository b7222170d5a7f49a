import { sql } from 'kysely';
import { PlacetError } from '@placet/contract';
import type { Database } from '../database/database.js';
import { hex, leafHash, sameBytes } from '../log/hash.js';
import type { Keys } from '../keys.js';
import {
  commitmentOf,
  lookupOf,
  openEvidence,
  type EvidenceData,
  type OptInEvidence,
} from './evidence.js';
import type { Leaf } from './leaf.js';
import type { OptInLeaf } from './opt-in-leaf.js';

/** A record as it lies in the tables, with its evidence opened. */
export interface OpenedRecord<Body = Leaf, Apart = EvidenceData> {
  /** The record's own id. */
  id: string;
  body: string;
  leaf: Body;
  leafHash: Uint8Array;
  /** Absent until it is sealed. */
  index: number | null;
  evidence: Apart;
  /** What opens the leaf's commitment. */
  opening: { key: string; data: string };
}

export interface Reading {
  /** By the decision's id; `undefined` if there is none, or it was erased. */
  find(site: string, decision: string): Promise<OpenedRecord | undefined>;
  /** An entry about an opt-in, by its own id or the one that its maker gave it. */
  findOptIn(
    site: string,
    by: { id: string } | { record: string },
  ): Promise<OpenedRecord<OptInLeaf, OptInEvidence> | undefined>;
  /** Decisions, in the order of the records' own ids, and so in that of their acknowledgement. */
  after(site: string, id: string | undefined, limit: number): Promise<OpenedRecord[]>;
  /** Whether there was something to erase. */
  erase(site: string, decision: string): Promise<boolean>;
}

/** Reads records together with their evidence: whose evidence is gone is not found. */
export function createReading({ sql: database }: Database, keys: Keys): Reading {
  const rows = (site: string, kind: 'consent' | 'opt-in') =>
    database
      .selectFrom('record')
      .innerJoin('evidence', (join) =>
        join.onRef('evidence.site', '=', 'record.site').onRef('evidence.record', '=', 'record.id'),
      )
      .select([
        'record.id',
        'record.body',
        'record.leaf_hash',
        'record.leaf_index',
        'evidence.key',
        'evidence.data',
      ])
      .where('record.site', '=', site)
      .where('record.kind', '=', kind);

  type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number];

  /** As what the row's kind says that it is. */
  function open<Body extends Leaf | OptInLeaf, Apart>({
    id,
    body,
    leaf_hash,
    leaf_index,
    key,
    data,
  }: Row): OpenedRecord<Body, Apart> {
    try {
      const leaf = JSON.parse(body) as Body;
      const text = openEvidence(keys, { key, data });
      // What no longer is what was acknowledged is not handed out as if it were.
      if (!sameBytes(leafHash(body), leaf_hash)) throw new Error('The body was altered.');
      if (commitmentOf(key, text) !== leaf.evidence) throw new Error('The evidence was altered.');
      return {
        id,
        body,
        leaf,
        leafHash: leaf_hash,
        index: leaf_index,
        evidence: JSON.parse(text) as Apart,
        opening: { key: Buffer.from(key).toString('base64url'), data: text },
      };
    } catch (cause) {
      throw new PlacetError('server/unavailable', `The register's record ${id} is damaged.`, {
        cause,
      });
    }
  }

  const byLookup = (site: string, kind: 'consent' | 'opt-in', decision: string) =>
    rows(site, kind)
      .where('evidence.site', '=', site)
      .where('evidence.lookup', '=', lookupOf(keys, site, decision));

  return {
    async find(site, decision) {
      const row = await byLookup(site, 'consent', decision).executeTakeFirst();
      return row && open(row);
    },
    async findOptIn(site, by) {
      const query =
        'id' in by
          ? byLookup(site, 'opt-in', by.id)
          : rows(site, 'opt-in').where('record.id', '=', by.record);
      const row = await query.executeTakeFirst();
      return row && open(row);
    },
    async after(site, id, limit) {
      const all = rows(site, 'consent');
      const from = id === undefined ? all : all.where('record.id', '>', id);
      const found = await from.orderBy('record.id').limit(limit).execute();
      return found.map((row) => open<Leaf, EvidenceData>(row));
    },
    async erase(site, decision) {
      const { rows: erased } = await sql`
        delete from evidence
        where site = ${site} and lookup = ${lookupOf(keys, site, decision)}
        returning site`.execute(database);
      return erased.length > 0;
    },
  };
}

/** A cursor that says nothing to whoever gets it: `after` of the next page. */
export function cursorOf({ id }: Pick<OpenedRecord, 'id'>): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}

/**
 * The record's id in a cursor.
 *
 * @throws {PlacetError} `request/invalid` for anything else
 */
export function parseCursor(cursor: string): string {
  const text = hex(Buffer.from(cursor, 'base64url'));
  const id = text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (id === text || cursorOf({ id }) !== cursor)
    throw new PlacetError('request/invalid', 'There is no such page.');
  return id;
}
