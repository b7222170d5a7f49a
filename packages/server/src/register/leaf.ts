import {
  canonicalJson,
  expiryOfRecord,
  skewOf,
  type ConsentRecord,
  type Receipt,
  type StoredRecord,
} from '@placet/contract';
import type { EvidenceData } from './evidence.js';

/** What the log's leaf says of a decision: all that counts, nothing that tells whose it was. */
export interface Leaf {
  v: 1;
  kind: 'consent';
  /** The record's own id, a UUIDv7. */
  id: string;
  site: string;
  /** The controller's name at that time. */
  controller: string;
  /** SHA-256 of the site's configuration at that time, hex. */
  config: string;
  at: string;
  receivedAt: string;
  /** Seconds by which the visitor's clock was ahead. */
  skew: number;
  expires: string;
  months: number;
  notice: { version: string; hash: string };
  granted: readonly string[];
  denied: readonly string[];
  regime: ConsentRecord['regime'];
  gesture: ConsentRecord['gesture'];
  language: string;
  /** Of the page. */
  origin: string;
  replaces?: Pick<NonNullable<ConsentRecord['replaces']>, 'notice' | 'reason'>;
  /** Commitment to the evidence, hex. */
  evidence: string;
}

/** What the register adds to a record. */
export interface Added {
  id: string;
  site: string;
  controller: string;
  config: string;
  /** The notice's hash, given or computed. */
  hash: string;
  receivedAt: string;
  commitment: string;
}

/** Spells out a leaf: its bytes are what is hashed, sealed and handed out (001-31, G-02). */
export function leafOf(record: ConsentRecord, added: Added): Leaf {
  const { at, months, granted, denied, regime, gesture, language, replaces } = record;
  const { id, site, controller, config, receivedAt } = added;
  return {
    v: 1,
    kind: 'consent',
    id,
    site,
    controller,
    config,
    at,
    receivedAt,
    skew: skewOf(at, receivedAt),
    expires: expiryOfRecord({ at, months }, receivedAt).toISOString(),
    months,
    notice: { version: record.notice.version, hash: added.hash },
    granted,
    denied,
    regime,
    gesture: { control: gesture.control, trusted: gesture.trusted },
    language,
    origin: new URL(record.page).origin,
    ...(replaces && { replaces: { notice: replaces.notice, reason: replaces.reason } }),
    evidence: added.commitment,
  };
}

/** The leaf's bytes. */
export function bodyOf(leaf: Leaf): string {
  return canonicalJson(leaf);
}

/** The acknowledgement: made of the leaf alone, so that it is the same each time. */
export function receiptOf(leaf: Leaf, evidence: EvidenceData, leafHash: string): Receipt {
  const { receivedAt, expires } = leaf;
  const notice = { version: leaf.notice.version, hash: leaf.notice.hash };
  return { id: evidence.decision, receivedAt, expires, notice, leaf: leafHash };
}

/** Puts a record together again from its leaf and its evidence. */
export function storedRecordOf(
  leaf: Leaf,
  { decision, page, replaces }: EvidenceData,
): StoredRecord {
  const { site, at, receivedAt, skew, months, notice } = leaf;
  const { granted, denied, regime, gesture, language } = leaf;
  return {
    id: decision,
    site,
    at,
    receivedAt,
    skew,
    notice,
    months,
    granted,
    denied,
    gesture,
    regime,
    language,
    page,
    ...(leaf.replaces &&
      replaces !== undefined && { replaces: { id: replaces, ...leaf.replaces } }),
  };
}
