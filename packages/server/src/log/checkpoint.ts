import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { PublicKey } from '@placet/contract';
import { HASH_SIZE } from './frontier.js';
import { sha256 } from './hash.js';

/** What a signed checkpoint says of a log. */
export interface Checkpoint {
  /** The log's name. */
  origin: string;
  /** Leaves. */
  size: number;
  /** Merkle tree hash of them all. */
  root: Uint8Array;
}

const NOTE = /^([^\s+]+)\n(0|[1-9]\d{0,15})\n([\w+/]{43}=)\n\n— ([^\s+]+) ([\w+/]{91}=)\n$/;
const SIGNATURE_SIZE = 64;

/** Whether a log can bear this name: it stands in notes, where white space and `+` mean something. */
export function isLogName(name: string): boolean {
  return /^[^\s+]+$/.test(name);
}

/** Tells keys apart in a note's signature line; a hint, not a proof. */
function keyHash(name: string, publicKey: KeyObject): Buffer {
  const { x } = publicKey.export({ format: 'jwk' });
  const key = Buffer.from(String(x), 'base64url');
  return sha256(Buffer.concat([Buffer.from(`${name}\n\x01`), key])).subarray(0, 4);
}

/**
 * A checkpoint as a signed note (C2SP tlog-checkpoint and signed-note): text
 * that any tool for transparency logs can read, and a person too.
 */
export function signCheckpoint(
  { origin, size, root }: Checkpoint,
  key: { private: KeyObject; public: KeyObject },
): string {
  const text = `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
  const signature = sign(null, Buffer.from(text), key.private);
  const line = Buffer.concat([keyHash(origin, key.public), signature]).toString('base64');
  return `${text}\n— ${origin} ${line}\n`;
}

/**
 * Reads a note of {@link signCheckpoint}; one that is not exactly so, or not
 * signed by one of the keys, is `undefined`. Strict, so that no byte of a note
 * can change unseen.
 */
export function openCheckpoint(note: string, keys: readonly PublicKey[]): Checkpoint | undefined {
  const [, origin, size, root, signer, line] = NOTE.exec(note) ?? [];
  if (!origin || !size || !root || !line || signer !== origin) return undefined;
  const signed = Buffer.from(line, 'base64');
  const checkpoint = { origin, size: Number(size), root: Buffer.from(root, 'base64') };
  // Base64 has spare bits: what does not come back the same was tampered with.
  if (checkpoint.root.toString('base64') !== root || signed.toString('base64') !== line)
    return undefined;
  if (checkpoint.root.length !== HASH_SIZE || signed.length !== 4 + SIGNATURE_SIZE)
    return undefined;
  const text = Buffer.from(note.slice(0, note.indexOf('\n\n') + 1));
  const isSigned = keys.some((jwk) => {
    const key = importKey(jwk);
    return (
      key !== undefined &&
      keyHash(origin, key).equals(signed.subarray(0, 4)) &&
      verify(null, text, key, signed.subarray(4))
    );
  });
  return isSigned ? checkpoint : undefined;
}

/** A key whose name is its own (RFC 7638); an altered one is none. */
function importKey(jwk: PublicKey): KeyObject | undefined {
  const name = sha256(`{"crv":"Ed25519","kty":"OKP","x":"${jwk.x}"}`).toString('base64url');
  if (jwk.kid !== name) return undefined;
  try {
    return createPublicKey({ key: { ...jwk }, format: 'jwk' });
  } catch {
    return undefined;
  }
}
