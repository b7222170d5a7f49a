import type { PublicKey } from './consent-record.js';
import { fromBase64, fromBase64Url, joinBytes, sameBytes, toBytes } from './encoding.js';

/** What a signed checkpoint says, and what is needed to check that it was signed. */
export interface CheckpointNote {
  /** The log's name. */
  origin: string;
  /** Leaves. */
  size: number;
  /** Merkle tree hash of them all. */
  root: Uint8Array;
  /** The bytes that were signed. */
  text: Uint8Array<ArrayBuffer>;
  /** Four bytes that tell which key it was. */
  hint: Uint8Array;
  signature: Uint8Array<ArrayBuffer>;
}

const NOTE =
  /^([^\s+]+)\n(0|[1-9]\d{0,15})\n([A-Za-z\d+/]{43}=)\n\n— ([^\s+]+) ([A-Za-z\d+/]{91}=)\n$/;

/** Reads a checkpoint (C2SP tlog-checkpoint, a signed note); anything else is `undefined`. */
export function readCheckpoint(note: string): CheckpointNote | undefined {
  const [, origin, size, rootText, signer, line] = NOTE.exec(note) ?? [];
  if (!origin || !size || !rootText || !line || signer !== origin) return undefined;
  const root = fromBase64(rootText);
  const signed = fromBase64(line);
  if (root?.length !== 32 || signed?.length !== 68) return undefined;
  return {
    origin,
    size: Number(size),
    root,
    text: toBytes(note.slice(0, note.indexOf('\n\n') + 1)),
    hint: signed.subarray(0, 4),
    signature: signed.slice(4),
  };
}

/** Whether a note's hint means this key, for a log of this name. */
export async function isHintOf(
  { origin, hint }: Pick<CheckpointNote, 'origin' | 'hint'>,
  { x }: PublicKey,
): Promise<boolean> {
  const key = fromBase64Url(x);
  if (!key) return false;
  // 1 stands for Ed25519.
  const named = joinBytes(toBytes(`${origin}\n`), Uint8Array.of(1), key);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', named));
  return sameBytes(hash.subarray(0, 4), hint);
}
