/** What can be wrong with a log. */
export type FaultKind =
  /** A record is not what was stored or sealed. */
  | 'altered'
  /** A sealed record is gone. */
  | 'missing'
  /** A record stands elsewhere than where it was sealed. */
  | 'misplaced'
  /** A record is there twice, or another one stands at its place. */
  | 'duplicate'
  /** A record bears a place in the log that no checkpoint vouches for. */
  | 'unsigned'
  /** A checkpoint is not what was signed. */
  | 'checkpoint'
  | 'missing-checkpoint'
  /** What stands between two checkpoints is not what was signed, and cannot be told apart further. */
  | 'rewritten'
  /** The log ends before where it once did. */
  | 'truncated'
  /** The text of a notice is gone or not the one that was shown. */
  | 'notice'
  /** A configuration that records name is gone or not the one that was in force. */
  | 'config'
  /** What is kept apart of a record does not fit it. */
  | 'evidence'
  /** A stored subtree's root, or the log's head, is wrong: proofs and sealing would fail. */
  | 'tree'
  /** A line of an export, or a witness's note, that cannot be read. */
  | 'unreadable';

/** One thing wrong, and where. */
export interface Fault {
  what: FaultKind;
  /** Absent where it cannot be told. */
  site?: string;
  /** The record's own id. */
  id?: string;
  /** Its place in the log, from 0. */
  index?: number;
  /** Where no single place can be named: places `from` to `to`, without `to`. */
  from?: number;
  to?: number;
  /** The notice's hash, hex. */
  notice?: string;
  /** The configuration's hash, hex. */
  config?: string;
  /** Of an export, from 1. */
  line?: number;
  /** One plain sentence. */
  detail: string;
}
