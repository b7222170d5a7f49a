import type { Regime } from './config.js';
import type { Gesture, LapseReason } from './decision.js';

/** The notice that a decision was made on. At least one of `hash` and `text` is there. */
export interface RecordedNotice {
  /** The site owner's version, as in the choice cookie. */
  version: string;
  /** SHA-256 of the canonical text's UTF-8 bytes, lower-case hex. Absent where the browser could not compute it. */
  hash?: string;
  /** The canonical text itself (`canonicalNotice`), for a register that does not have it yet. */
  text?: string;
}

/** What is sent to the register about a decision: `POST {endpoint}/consents` (001-31, 001-32, G-02). */
export interface ConsentRecord {
  /** The decision's id, a UUID: sending it again changes nothing. */
  id: string;
  /** When the visitor decided, by the visitor's clock: ISO 8601, UTC. */
  at: string;
  notice: RecordedNotice;
  /** Calendar months promised, 1 to 13. */
  months: number;
  /** Purposes and services allowed: `marketing`, `marketing/youtube`. */
  granted: readonly string[];
  denied: readonly string[];
  gesture: Gesture;
  regime: Regime;
  /** BCP 47, of the notice. */
  language: string;
  /** The page's address without query and fragment. */
  page: string;
  /** Which site of the group. @default 'default' */
  site?: string;
  /** The decision that this one takes the place of. */
  replaces?: { id: string; notice: string; reason: LapseReason };
}

/** The register's acknowledgement: the record is stored and stays. The same for every repetition. */
export interface Receipt {
  /** The decision's id. */
  id: string;
  /** When the register received it first, by its own clock: ISO 8601, UTC. */
  receivedAt: string;
  /** When the choice ends: the earlier of the two times, plus the months promised. ISO 8601, UTC. */
  expires: string;
  /** What the decision was made on. */
  notice: { version: string; hash: string };
  /** The record's leaf hash in the register's log: SHA-256 as lower-case hex. Absent where the backend keeps no log. */
  leaf?: string;
}

/** Shows that a leaf stands in the log that a checkpoint signs (RFC 6962, section 2.1.1). */
export interface LogProof {
  /** The leaf's place in the log, from 0. */
  index: number;
  /** Leaves in the log when the checkpoint was signed. */
  size: number;
  /** The audit path, from the leaf up: SHA-256 as lower-case hex. */
  path: readonly string[];
  /** The signed checkpoint: a signed note with origin, size and root. */
  checkpoint: string;
}

/** A public key as JWK (RFC 8037, `OKP` with `Ed25519`). */
export interface PublicKey {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  kid: string;
}

/** The copy that the person keeps, made on request: what it says, who signed it, and where it stands in the log (001-34, G-03). */
export interface SignedReceipt {
  /** ISO/IEC TS 27560 fields in the DPV profile `receipt-eu-gdpr`, JSON-LD. */
  receipt: Readonly<Record<string, unknown>>;
  /** The receipt's canonical JSON signed as a compact JWS (EdDSA). Absent where the backend cannot sign. */
  jws?: string;
  /** The register's entry, byte for byte: the leaf of the log. */
  record?: string;
  /** Opens the entry's commitment to what the register keeps apart and can destroy. */
  evidence?: {
    /** Base64url. Who has it can check the commitment; when it is gone, nobody can. */
    key: string;
    /** Canonical JSON. */
    data: string;
  };
  /** There once the entry is sealed. */
  proof?: LogProof;
  /** The keys that the signatures were made with, to be compared with those that the site publishes. */
  keys?: readonly PublicKey[];
}

/** A record as the register keeps it, for those who answer for it (002-25). */
export interface StoredRecord extends Omit<ConsentRecord, 'notice' | 'site'> {
  site: string;
  notice: { version: string; hash: string };
  /** By the register's clock: ISO 8601, UTC. */
  receivedAt: string;
  /** Seconds by which the visitor's clock was ahead of the register's; negative when behind. */
  skew: number;
}
