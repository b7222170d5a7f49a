import type {
  Age,
  Basis,
  ConsentRecord,
  Frequency,
  Gesture,
  LogProof,
  OptInAct,
  OptInChoice,
  OptInWay,
  Receipt,
  RecordPage,
  SiteConfig,
  StoredRecord,
} from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import type { OptInEvidence } from './evidence.js';
import type { OptInLeaf } from './opt-in-leaf.js';

/** What the register is told about a request besides the record itself. */
export interface Circumstances {
  /** Kept only if configured, and then truncated: the last byte of IPv4, all but 48 bits of IPv6. */
  address?: string | undefined;
  /** Kept only if configured, and then hashed. */
  agent?: string | undefined;
}

/** What the register answers about a record that it now has. */
export interface Added {
  receipt: Receipt;
  /** False for a repetition. */
  isNew: boolean;
}

/** An entry with all that the person's copy is made of. */
export interface Entry {
  record: StoredRecord;
  receipt: Receipt;
  /** The leaf, byte for byte. */
  body: string;
  /** Opens the leaf's commitment; base64url and canonical JSON. */
  evidence: { key: string; data: string };
  /** There once the entry is sealed. */
  proof?: LogProof;
  /** The controller as the register has it. */
  config: SiteConfig;
}

/** What the register is told of an opt-in, a withdrawal or an import; see `OptInLeaf`. */
export interface OptInEntry {
  site: string;
  act: OptInAct;
  how: OptInWay;
  /** When it was done, by the clock of whoever did it: ISO 8601, UTC. */
  at: string;
  choices: readonly OptInChoice[];
  basis?: Basis;
  age?: Age;
  /** What was shown to hold, for `soft-opt-in`. */
  conditions?: readonly string[];
  frequency?: Frequency | null;
  pausedUntil?: string | null;
  /** Checked, and its text stored, before. */
  notice?: { version: string; hash: string };
  gesture?: Gesture;
  language: string;
  /** With the path; the leaf says the origin only. */
  page?: string;
  /** The entry that this one confirms. */
  follows?: string;
  /** What is kept apart and can be destroyed: the address, the sale, who of the staff… */
  about: Readonly<Record<string, string>>;
  /** Finds the entry by the id that its maker gave it: one entry an id. @default none */
  id?: string;
}

/** An entry about an opt-in with all that the person's copy is made of. */
export interface KnownOptIn {
  leaf: OptInLeaf;
  leafHash: Uint8Array;
  /** The leaf, byte for byte. */
  body: string;
  /** What was kept apart. */
  about: OptInEvidence;
  /** Opens the leaf's commitment; base64url and canonical JSON. */
  evidence: { key: string; data: string };
  /** There once the entry is sealed. */
  proof?: LogProof;
  /** The site's configuration as the register has it. */
  config: SiteConfig;
}

/** The append-only register of one server (001-33). All methods reject with `PlacetError`s. */
export interface Register {
  /** Resolves once the record is stored for good; see `ConsentsGroup.record`. */
  add(record: ConsentRecord, circumstances?: Circumstances): Promise<Added>;
  /** One entry by the decision's id: `record/unknown` if there is none. */
  entry(site: string, id: string): Promise<Entry>;
  list(site: string, query: { after?: string; limit: number }): Promise<RecordPage>;
  /**
   * Adds an entry within the caller's transaction, and tells its id. `undefined` if there is one of
   * that `id` already. Call {@link Register.sealSoon} once the transaction has committed.
   */
  enter(
    transaction: Transaction<Tables>,
    entry: OptInEntry,
    circumstances?: Circumstances,
  ): Promise<string | undefined>;
  /** The same of many entries at once; `undefined` stands where there is one of that id already. */
  enterAll(
    transaction: Transaction<Tables>,
    entries: readonly OptInEntry[],
  ): Promise<(string | undefined)[]>;
  /**
   * An entry about an opt-in, by its own id or by that which its maker gave it; `undefined` if there
   * is none, or it was erased. Not within a transaction.
   */
  optIn(site: string, by: { id: string } | { record: string }): Promise<KnownOptIn | undefined>;
  sealSoon(site: string): void;
  /** Destroys what tells whose decision it was; the log stays valid. False if there was nothing. */
  erase(site: string, id: string): Promise<boolean>;
  /** Waits for what is under way, seals it, sends the last checkpoint to the witnesses. */
  close(): Promise<void>;
}
