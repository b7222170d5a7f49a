import { nodeHash, sha256 } from './hash.js';

/** Bytes of a SHA-256 hash. */
export const HASH_SIZE = 32;

/** Stored subtrees have this many times the leaves of those a level below. */
export const FAN = 256;

/** Root of a whole subtree of 256^level leaves, the `index`th of its level. */
export interface SubtreeRoot {
  level: number;
  index: number;
  hash: Uint8Array;
}

/** The right edge of a growing Merkle tree: all that is needed to append to it and to know its root. */
export interface Frontier {
  readonly size: number;
  /** Adds a leaf; `finished` is told of each subtree of 256^level leaves that this completes. */
  append(leaf: Uint8Array, finished?: (subtree: SubtreeRoot) => void): void;
  /** RFC 6962's Merkle tree hash of everything appended so far. */
  root(): Buffer;
  /** The roots of its whole subtrees, largest first: one for each 1 in the binary size. */
  bytes(): Buffer;
  copy(): Frontier;
}

function countOnes(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}

/** Whether bytes have the length of the frontier of a tree of that size. */
export function isFrontier(size: number, bytes: Uint8Array): boolean {
  return Number.isSafeInteger(size) && size >= 0 && bytes.length === countOnes(size) * HASH_SIZE;
}

/** Splits concatenated hashes; a rest that is no whole hash is dropped. */
export function splitHashes(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.floor(bytes.length / HASH_SIZE) }, (_, at) =>
    bytes.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE),
  );
}

/**
 * Takes up a tree where it was left; an empty one without arguments.
 *
 * @throws {RangeError} for bytes that are no frontier of a tree of that size
 */
export function createFrontier(from: { size: number; bytes: Uint8Array } = NOTHING): Frontier {
  if (!isFrontier(from.size, from.bytes)) throw new RangeError('No frontier of such a tree.');
  let { size } = from;
  const roots = splitHashes(from.bytes);

  return {
    get size() {
      return size;
    },
    append(leaf, finished) {
      let hash = leaf;
      let width = 1;
      // Like adding 1 in binary: each whole subtree of the same width is joined and carried on.
      for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
        hash = nodeHash(roots.pop()!, hash);
        width *= 2;
        const level = Math.log2(width) / 8;
        if (Number.isInteger(level)) finished?.({ level, index: (size + 1) / width - 1, hash });
      }
      roots.push(hash);
      size += 1;
    },
    root: () =>
      roots.length === 0
        ? sha256('')
        : Buffer.from(roots.reduceRight((right, left) => nodeHash(left, right))),
    bytes: () => Buffer.concat(roots),
    copy: () => createFrontier({ size, bytes: Buffer.concat(roots) }),
  };
}

const NOTHING = { size: 0, bytes: new Uint8Array() };
