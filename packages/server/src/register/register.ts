import type {
  ConsentRecord,
  LogProof,
  Receipt,
  RecordPage,
  SiteConfig,
  StoredRecord,
} from '@placet/contract';

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

/** The append-only register of one server (001-33). All methods reject with `PlacetError`s. */
export interface Register {
  /** Resolves once the record is stored for good; see `ConsentsGroup.record`. */
  add(record: ConsentRecord, circumstances?: Circumstances): Promise<Added>;
  /** One entry by the decision's id: `record/unknown` if there is none. */
  entry(site: string, id: string): Promise<Entry>;
  list(site: string, query: { after?: string; limit: number }): Promise<RecordPage>;
  /** Destroys what tells whose decision it was; the log stays valid. False if there was nothing. */
  erase(site: string, id: string): Promise<boolean>;
  /** Waits for what is under way, seals it, sends the last checkpoint to the witnesses. */
  close(): Promise<void>;
}
