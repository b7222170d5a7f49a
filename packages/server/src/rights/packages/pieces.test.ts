import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { CollectedRecord } from '../../systems/system.js';
import { inPieces, type Piece } from './pieces.js';

async function piecesOf(records: Iterable<CollectedRecord>): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for await (const piece of inPieces(
    (async function* () {
      yield* records;
    })(),
  ))
    pieces.push(piece);
  return pieces;
}

describe('what is collected, in pieces', () => {
  it('is all there, in order, each category counted through, even if a system mixes them', async () => {
    const record = fc.record({
      category: fc.constantFrom('orders', 'notes', 'visits'),
      record: fc.string(),
      fields: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.constant(null))),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(record), async (records) => {
        const pieces = await piecesOf(records);
        for (const category of ['orders', 'notes', 'visits']) {
          const own = pieces.filter((piece) => piece.category === category);
          assert.deepEqual(
            own.map(({ seq }) => seq),
            own.map((_, n) => n),
          );
          const given = records.filter((each) => each.category === category);
          assert.deepEqual(
            own.flatMap(({ lines }) => lines.map((line) => JSON.parse(line) as unknown)),
            given.map(({ category: _, ...rest }) => JSON.parse(JSON.stringify(rest)) as unknown),
          );
          assert.deepEqual(
            new Set(own.flatMap(({ fields }) => [...fields])),
            new Set(given.flatMap(({ fields }) => Object.keys(fields))),
          );
        }
      }),
    );
  });

  it('is never more than 500 records at once, nor many long ones', async () => {
    const many = Array.from({ length: 1201 }, (_, n) => ({
      ...{ category: 'visits', record: String(n), fields: { n } },
    }));
    assert.deepEqual(
      (await piecesOf(many)).map(({ lines }) => lines.length),
      [500, 500, 201],
    );
    const long = many
      .slice(0, 10)
      .map((each) => ({ ...each, fields: { text: 'x'.repeat(600_000) } }));
    assert.deepEqual(
      (await piecesOf(long)).map(({ lines }) => lines.length),
      [2, 2, 2, 2, 2],
    );
  });
});
