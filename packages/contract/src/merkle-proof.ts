import { fromHex, joinBytes, toBytes } from './encoding.js';
import type { LogProof } from './consent-record.js';

async function sha256(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joinBytes(...parts)));
}

/** A register entry's place-holder in the log: SHA-256 of a zero byte and the entry (RFC 6962, section 2.1). */
export function leafHash(entry: string): Promise<Uint8Array> {
  return sha256(Uint8Array.of(0), toBytes(entry));
}

/**
 * The root that a log has if the leaf stands in it where the proof says (RFC 9162, section
 * 2.1.3.2); `undefined` if the path cannot lead from there to any root.
 */
export async function rootFromProof(
  leaf: Uint8Array,
  { index, size, path }: Pick<LogProof, 'index' | 'size' | 'path'>,
): Promise<Uint8Array | undefined> {
  if (![index, size].every(Number.isSafeInteger) || index < 0 || index >= size) return undefined;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  // Halved by division: shifts know 32 bits only.
  const up = () => {
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  };
  for (const each of path) {
    const sibling = fromHex(each);
    if (last === 0 || sibling?.length !== 32) return undefined;
    if (node % 2 === 1 || node === last) {
      hash = await sha256(Uint8Array.of(1), sibling, hash);
      while (node % 2 === 0 && node !== 0) up();
    } else {
      hash = await sha256(Uint8Array.of(1), hash, sibling);
    }
    up();
  }
  return last === 0 ? hash : undefined;
}
