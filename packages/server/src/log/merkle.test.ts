import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { FAN, createFrontier, splitHashes, type SubtreeRoot } from './frontier.js';
import { hex, leafHash, nodeHash, sha256 } from './hash.js';
import { auditPath, nodesOf, rootOf, verifyInclusion, type StoredNode } from './merkle.js';

/** RFC 6962, section 2.1, word for word and slow. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256('');
  if (leaves.length === 1) return leaves[0]!;
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return nodeHash(naiveRoot(leaves.slice(0, half)), naiveRoot(leaves.slice(half)));
}

/** The inputs and roots that implementations of RFC 6962 share as test vectors. */
const INPUTS = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const leavesOf = (count: number) => Array.from({ length: count }, (_, at) => leafHash(`${at}`));

/** A log as the tables have it: leaves, and roots of whole subtrees. */
function setup(count: number) {
  const leaves = leavesOf(count);
  const frontier = createFrontier();
  const nodes = new Map<string, Uint8Array>();
  const put = ({ level, index, hash }: SubtreeRoot) => nodes.set(`${level}/${index}`, hash);
  for (const leaf of leaves) frontier.append(leaf, put);
  const hashAt = ({ level, index }: StoredNode) => {
    const hash = level === 0 ? leaves[index] : nodes.get(`${level}/${index}`);
    assert.ok(hash, `${level}/${index} is stored`);
    return hash;
  };
  return { leaves, frontier, nodes, hashAt };
}

/** Sizes around the edges of stored subtrees, besides any others. */
const sizes = fc.oneof(
  fc.integer({ min: 1, max: 70 }),
  fc.integer({ min: 250, max: 260 }),
  fc.integer({ min: 510, max: 1100 }),
);

describe('Merkle tree (RFC 6962; 001-33)', () => {
  it('has the roots of the known test vectors', () => {
    const frontier = createFrontier();
    const roots = [hex(frontier.root())];
    for (const input of INPUTS) {
      frontier.append(leafHash(Buffer.from(input, 'hex')));
      roots.push(hex(frontier.root()));
    }
    assert.deepEqual(roots, ROOTS);
  });

  it('has the same root leaf by leaf, taken up again in between, and computed anew', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (count, cut) => {
        const leaves = leavesOf(count);
        const first = createFrontier();
        for (const leaf of leaves.slice(0, cut % count)) first.append(leaf);
        const then = createFrontier({ size: first.size, bytes: first.bytes() });
        for (const leaf of leaves.slice(cut % count)) then.append(leaf);
        assert.equal(then.size, count);
        assert.deepEqual(then.root(), naiveRoot(leaves));
        assert.deepEqual(then.copy().root(), then.root());
      }),
      { numRuns: 60 },
    );
  });

  it('refuses to take up what is no frontier', () => {
    assert.throws(() => createFrontier({ size: 3, bytes: Buffer.alloc(32) }), RangeError);
    assert.throws(() => createFrontier({ size: -1, bytes: Buffer.alloc(0) }), RangeError);
    assert.throws(() => createFrontier({ size: 0.5, bytes: Buffer.alloc(0) }), RangeError);
  });

  it('tells of each whole subtree once, with its root', () => {
    const { leaves, nodes } = setup(FAN * 3 + 7);
    assert.deepEqual([...nodes.keys()], ['1/0', '1/1', '1/2']);
    for (const [at, hash] of [...nodes.values()].entries())
      assert.deepEqual(hash, naiveRoot(leaves.slice(at * FAN, (at + 1) * FAN)));
  });

  it('tells of subtrees of subtrees', () => {
    const { frontier, nodes, hashAt } = setup(FAN * FAN + 1);
    assert.equal(nodes.size, FAN + 1);
    assert.deepEqual(nodes.get('2/0'), splitHashes(frontier.bytes())[0]);
    const path = auditPath(FAN * FAN, FAN * FAN + 1);
    assert.deepEqual(path.flatMap(nodesOf), [{ level: 2, index: 0 }]);
    assert.deepEqual(
      nodeHash(hashAt({ level: 2, index: 0 }), hashAt({ level: 0, index: FAN * FAN })),
      frontier.root(),
    );
  });

  it('proves each leaf, and nothing else in its place', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), (size, which, other) => {
        const { leaves, frontier, hashAt } = setup(size);
        const index = which % size;
        const path = auditPath(index, size).map((stretch) => rootOf(stretch, hashAt));
        const proof = { leaf: leaves[index]!, index, size, path, root: frontier.root() };
        assert.ok(verifyInclusion(proof));
        assert.ok(!verifyInclusion({ ...proof, leaf: leafHash('forged') }));
        assert.ok(!verifyInclusion({ ...proof, root: leafHash('forged') }));
        assert.ok(!verifyInclusion({ ...proof, path: [...path, leafHash('more')] }));
        assert.ok(!verifyInclusion({ ...proof, index: size }));
        assert.ok(!verifyInclusion({ ...proof, index: -1 }));
        if (other % size !== index) assert.ok(!verifyInclusion({ ...proof, index: other % size }));
        if (size > 1) {
          assert.ok(!verifyInclusion({ ...proof, path: path.slice(1) }));
          const altered = path.map((hash, at) =>
            at === other % path.length ? leafHash('forged') : hash,
          );
          assert.ok(!verifyInclusion({ ...proof, path: altered }));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('proves from few stored hashes', () => {
    for (const { index, size } of [
      { index: 5, size: FAN * FAN * 200 + 77 },
      { index: FAN * 999, size: FAN ** 3 },
      { index: 2 ** 40, size: 2 ** 44 + 1 },
    ])
      assert.ok(auditPath(index, size).flatMap(nodesOf).length < 6 * 2 * FAN);
  });
});
