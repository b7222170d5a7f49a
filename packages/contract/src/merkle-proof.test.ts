import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { toHex } from './encoding.js';
import { leafHash, rootFromProof } from './merkle-proof.js';

const hash = (...parts: Uint8Array[]) =>
  new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest());
const node = (left: Uint8Array, right: Uint8Array) => hash(Uint8Array.of(1), left, right);

/** The largest power of two below it. */
const split = (size: number) => 2 ** (Math.ceil(Math.log2(size)) - 1);

/** The definitions of RFC 6962, section 2.1, to the letter. */
function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 1) return leaves[0]!;
  const half = split(leaves.length);
  return node(rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

function pathOf(index: number, leaves: readonly Uint8Array[]): string[] {
  if (leaves.length === 1) return [];
  const half = split(leaves.length);
  const [left, right] = [leaves.slice(0, half), leaves.slice(half)];
  return index < half
    ? [...pathOf(index, left), toHex(rootOf(right))]
    : [...pathOf(index - half, right), toHex(rootOf(left))];
}

const leaves = (size: number) =>
  Array.from({ length: size }, (_, index) => hash(Uint8Array.of(0, index)));

describe('rootFromProof', () => {
  it('leads from every leaf of every log to its root', async () => {
    for (let size = 1; size <= 33; size += 1) {
      const all = leaves(size);
      for (let index = 0; index < size; index += 1) {
        const root = await rootFromProof(all[index]!, { index, size, path: pathOf(index, all) });
        assert.deepEqual(root, rootOf(all), `${index} of ${size}`);
      }
    }
  });

  it('leads nowhere, or elsewhere, from another place, size, leaf or path', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 60 }),
        fc.nat(),
        fc.nat(),
        async (size, at, other) => {
          const all = leaves(size);
          const index = at % size;
          const path = pathOf(index, all);
          const root = toHex(rootOf(all));
          const arrives = async (leaf: number, proof: Parameters<typeof rootFromProof>[1]) => {
            const found = await rootFromProof(all[leaf]!, proof);
            return found !== undefined && toHex(found) === root;
          };
          assert.ok(await arrives(index, { index, size, path }));
          const wrong = (index + 1 + (other % (size - 1))) % size;
          assert.ok(!(await arrives(wrong, { index, size, path })));
          assert.ok(!(await arrives(index, { index: wrong, size, path })));
          assert.ok(!(await arrives(index, { index, size, path: path.slice(1) })));
          assert.ok(!(await arrives(index, { index, size, path: [...path, root] })));
          assert.ok(!(await arrives(index, { index, size, path: [...path.slice(1), root] })));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('knows logs larger than 32 bits can count', async () => {
    const size = 2 ** 40;
    const path = Array.from({ length: 40 }, (_, level) => toHex(hash(Uint8Array.of(2, level))));
    const leaf = leaves(1)[0]!;
    assert.ok(await rootFromProof(leaf, { index: size - 1, size, path }));
    assert.equal(await rootFromProof(leaf, { index: size, size, path }), undefined);
    assert.equal(await rootFromProof(leaf, { index: 0.5, size, path }), undefined);
    assert.equal(await rootFromProof(leaf, { index: -1, size, path }), undefined);
    assert.equal(await rootFromProof(leaf, { index: 0, size: 2, path: ['xy'] }), undefined);
  });
});

describe('leafHash', () => {
  it('hashes a zero byte and the entry’s UTF-8 (RFC 6962, section 2.1)', async () => {
    const entry = '{"page":"é"}';
    assert.deepEqual(await leafHash(entry), hash(Uint8Array.of(0), Buffer.from(entry)));
  });
});
