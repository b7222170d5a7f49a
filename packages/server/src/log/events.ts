import type { PublicKey } from '@placet/contract';
import type { SubtreeRoot } from './frontier.js';

/** Begins a site's log. */
export interface LogStart {
  type: 'log';
  site: string;
  /** The keys that it says its checkpoints are signed with. */
  keys?: readonly PublicKey[];
  /** Sizes that witnesses have a copy of. */
  witnessed?: readonly number[];
  /** Records that evidence is about and that are not there. */
  strays?: readonly string[];
  /** Where the log's head is; `null` if it has none. */
  head?: { size: number; frontier: Uint8Array } | null;
}

/** A site's configuration, as leaves name it. */
export interface LogConfig {
  type: 'config';
  /** Hex. */
  hash: string;
  /** Canonical JSON. */
  text: string;
}

/** A notice's canonical text. */
export interface LogNotice {
  type: 'notice';
  /** Hex. */
  hash: string;
  text: string;
}

/** A checkpoint; the records that it sealed come behind it. */
export interface LogCheckpoint {
  type: 'checkpoint';
  size: number;
  root: Uint8Array;
  frontier: Uint8Array;
  leaves: Uint8Array;
  note: string;
  /** Stored subtrees that are whole at this size and were not at the one before. */
  nodes?: readonly SubtreeRoot[];
}

/** A record; those not sealed yet stand at the end. */
export interface LogRecord {
  type: 'record';
  id: string;
  kind: string;
  /** ISO 8601. */
  receivedAt: string;
  body: string;
  /** Leaf hash, hex. */
  leaf: string;
  /** `null` until it is sealed. */
  index: number | null;
  /** Opens the body's commitment, where it was not destroyed; `null` if it is there but cannot be opened. */
  evidence?: { key: string; data: string } | null;
}

/** Ends a site's log, so that a cut one can be told. */
export interface LogEnd {
  type: 'end';
  /** Leaves sealed. */
  size: number;
  /** Records that were not sealed yet. */
  unsealed: number;
}

/** A log as a stream, in the order in which it is checked and exported. */
export type LogEvent = LogStart | LogConfig | LogNotice | LogCheckpoint | LogRecord | LogEnd;
