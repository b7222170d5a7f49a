import { FAN } from './frontier.js';
import { nodeHash, sameBytes } from './hash.js';

/** Leaves `from` to `to`, without `to`. */
export interface Stretch {
  from: number;
  to: number;
}

/** A stored hash: a leaf at level 0, above it the root of 256^level leaves. */
export interface StoredNode {
  level: number;
  index: number;
}

/** Reads a stored hash. */
export type HashAt = (node: StoredNode) => Uint8Array;

/** Where a tree of that many leaves divides: the largest power of two below it. */
function half(size: number): number {
  let width = 1;
  while (width * 2 < size) width *= 2;
  return width;
}

/** The stored node that is the root of just this stretch, if one is. */
function stored({ from, to }: Stretch): StoredNode | undefined {
  let level = 0;
  for (let width = to - from; width % FAN === 0; width /= FAN) level += 1;
  const width = FAN ** level;
  return to - from === width && from % width === 0 ? { level, index: from / width } : undefined;
}

function halves({ from, to }: Stretch): [Stretch, Stretch] {
  const middle = from + half(to - from);
  return [
    { from, to: middle },
    { from: middle, to },
  ];
}

/** The stored hashes that the root of a stretch is computed from. */
export function nodesOf(stretch: Stretch): StoredNode[] {
  const node = stored(stretch);
  return node ? [node] : halves(stretch).flatMap(nodesOf);
}

/** Merkle tree hash of a stretch that is a subtree of the log (RFC 6962, section 2.1). */
export function rootOf(stretch: Stretch, hashAt: HashAt): Uint8Array {
  const node = stored(stretch);
  if (node) return hashAt(node);
  const [left, right] = halves(stretch);
  return nodeHash(rootOf(left, hashAt), rootOf(right, hashAt));
}

/** The subtrees whose roots make the audit path of a leaf, from the leaf up (RFC 6962, section 2.1.1). */
export function auditPath(index: number, size: number): Stretch[] {
  const path: Stretch[] = [];
  let around: Stretch = { from: 0, to: size };
  while (around.to - around.from > 1) {
    const [left, right] = halves(around);
    const [inside, beside] = index < left.to ? [left, right] : [right, left];
    path.unshift(beside);
    around = inside;
  }
  return path;
}

/** Whether an audit path leads from a leaf's hash to the root of a tree of that size. */
export function verifyInclusion(proof: {
  leaf: Uint8Array;
  index: number;
  size: number;
  path: readonly Uint8Array[];
  root: Uint8Array;
}): boolean {
  const { leaf, index, size, path, root } = proof;
  if (!(index >= 0 && index < size)) return false;
  const beside = auditPath(index, size);
  if (beside.length !== path.length) return false;
  const found = path.reduce<Uint8Array>(
    (hash, other, at) => (beside[at]!.from > index ? nodeHash(hash, other) : nodeHash(other, hash)),
    leaf,
  );
  return sameBytes(found, root);
}
