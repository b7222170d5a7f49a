import type { Transaction } from 'kysely';
import type { Database } from '../database/database.js';
import type { Tables } from '../database/tables.js';
import type { Keys } from '../keys.js';
import { leafHash } from '../log/hash.js';
import { proveLeaf } from '../log/proof.js';
import type { Configs } from './configs.js';
import { lookupOf, optInEvidenceOf, sealEvidence, type EvidenceOptions } from './evidence.js';
import { optInBodyOf, optInLeafOf } from './opt-in-leaf.js';
import type { Reading } from './reading.js';
import type { Circumstances, KnownOptIn, OptInEntry } from './register.js';
import { insertRecords, type WaitingRecord } from './writer.js';

export interface OptInsOptions {
  database: Database;
  keys: Keys;
  configs: Configs;
  reading: Reading;
  newId: () => string;
  now: () => Date;
  /** What of a request is kept. */
  kept: EvidenceOptions;
}

/** The register's entries about opt-ins. */
export interface OptIns {
  /** See `Register.enter`; those of ids that are there already are `undefined`. */
  enter(
    transaction: Transaction<Tables>,
    entries: readonly OptInEntry[],
    circumstances?: Circumstances,
  ): Promise<(string | undefined)[]>;
  /** See `Register.optIn`. */
  find(site: string, by: { id: string } | { record: string }): Promise<KnownOptIn | undefined>;
}

export function createOptIns(options: OptInsOptions): OptIns {
  const { database, keys, configs, reading, newId, now, kept } = options;

  function rowOf(entry: OptInEntry, circumstances: Circumstances): WaitingRecord {
    const { site } = entry;
    const config = configs.current(site);
    const evidence = optInEvidenceOf(keys, entry, circumstances, kept);
    const { key, data, commitment } = sealEvidence(keys, evidence);
    const lookup = lookupOf(keys, site, evidence.decision);
    const id = newId();
    const receivedAt = now().toISOString();
    const body = optInBodyOf(optInLeafOf(entry, config, { id, receivedAt, evidence: commitment }));
    return {
      site,
      kind: 'opt-in',
      id,
      lookup,
      key,
      data,
      receivedAt,
      body,
      leaf: leafHash(body),
    };
  }

  return {
    async enter(transaction, entries, circumstances = {}) {
      if (entries.length === 0) return [];
      const rows = entries.map((entry) => rowOf(entry, circumstances));
      const stored = await insertRecords(transaction, rows);
      return rows.map(({ id }) => (stored.has(id) ? id : undefined));
    },
    async find(site, by) {
      const known = await reading.findOptIn(site, by);
      if (!known) return undefined;
      const { leaf, body, opening, index } = known;
      const proof =
        index === null
          ? undefined
          : await proveLeaf(database, site, { index, leaf: known.leafHash });
      return {
        leaf,
        leafHash: known.leafHash,
        body,
        about: known.evidence,
        evidence: opening,
        ...(proof && { proof }),
        config: await configs.byHash(site, leaf.config),
      };
    },
  };
}
