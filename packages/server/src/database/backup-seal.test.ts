import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { openStream, sealStream } from './backup-seal.js';

const SECRET = new Uint8Array(32).fill(7);
const HEAD = 48;
const FRAME = 65_536 + 16;

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

const seal = (bytes: Uint8Array, size = 10_000) => whole(sealStream(SECRET, inPieces(bytes, size)));
const open = (bytes: Uint8Array, size = 10_000, secret = SECRET) =>
  whole(openStream(secret, inPieces(bytes, size)));

describe('an encrypted stream (003-18)', () => {
  it('opens as what was put in, however it is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0, 1, 65_535, 65_536, 65_537, 131_072, 200_000),
        fc.integer({ min: 1_000, max: 300_000 }),
        fc.integer({ min: 1_000, max: 300_000 }),
        async (length, sealing, opening) => {
          const bytes = randomBytes(length);
          const sealed = await seal(bytes, sealing);
          assert.deepEqual(await open(sealed, opening), bytes);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('differs each time, and shows nothing of what is in it', async () => {
    const bytes = Buffer.from('camille@example.org '.repeat(5_000));
    const [one, other] = [await seal(bytes), await seal(bytes)];
    assert.notDeepEqual(one.subarray(HEAD), other.subarray(HEAD));
    assert.ok(!one.includes('camille'));
  });

  it('is refused with any byte changed, with another secret, and wherever it is cut off', async () => {
    const sealed = await seal(randomBytes(150_000));
    await assert.rejects(open(sealed, 10_000, new Uint8Array(32).fill(8)));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 16, max: sealed.length - 1 }), async (at) => {
        const changed = Buffer.from(sealed);
        changed[at]! ^= 1;
        await assert.rejects(open(changed));
        await assert.rejects(open(sealed.subarray(0, Math.max(at, HEAD))));
      }),
      { numRuns: 60, examples: [[HEAD + FRAME], [HEAD + 2 * FRAME], [sealed.length - 1]] },
    );
  });

  it('is refused with frames moved, left out, repeated, of another file, or behind its end', async () => {
    const sealed = await seal(randomBytes(150_000));
    const other = await seal(randomBytes(150_000));
    const frames = (of: Buffer) => [
      of.subarray(HEAD, HEAD + FRAME),
      of.subarray(HEAD + FRAME, HEAD + 2 * FRAME),
      of.subarray(HEAD + 2 * FRAME),
    ];
    const head = sealed.subarray(0, HEAD);
    const [a, b, c] = frames(sealed) as [Buffer, Buffer, Buffer];
    const [x] = frames(other) as [Buffer, Buffer, Buffer];
    assert.equal((await open(Buffer.concat([head, a, b, c]))).length, 150_000);
    for (const wrong of [
      [b, a, c],
      [a, c],
      [a, a, b, c],
      [x, b, c],
      [a, b],
      [a, b, c, c],
      [a, b, c, a],
      [c],
    ])
      await assert.rejects(open(Buffer.concat([head, ...wrong])));
  });

  it('that was never encrypted passes as it is', async () => {
    const bytes = randomBytes(100_000);
    assert.deepEqual(await open(bytes), bytes);
    assert.deepEqual(await open(Buffer.from('short')), Buffer.from('short'));
  });
});
