import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { deriveKeys } from '../keys.js';
import { isLogName, openCheckpoint, signCheckpoint } from './checkpoint.js';
import { sha256 } from './hash.js';

function setup() {
  const { signing } = deriveKeys('secret');
  const checkpoint = { origin: 'shop.example/default', size: 12, root: sha256('root') };
  return { signing, checkpoint, note: signCheckpoint(checkpoint, signing), keys: [signing.jwk] };
}

describe('signed checkpoints (C2SP; G-03)', () => {
  it('are read back by whoever has the public key', () => {
    const { checkpoint, note, keys } = setup();
    assert.deepEqual(openCheckpoint(note, keys), checkpoint);
    assert.equal(
      note.slice(0, note.indexOf('— ')),
      `shop.example/default\n12\n${checkpoint.root.toString('base64')}\n\n`,
    );
  });

  it('are always the same for the same log', () => {
    const { checkpoint, note, signing } = setup();
    assert.equal(signCheckpoint(checkpoint, signing), note);
  });

  it('are refused when signed with another key, or under another name', () => {
    const { checkpoint, note, signing, keys } = setup();
    const other = deriveKeys('other').signing;
    assert.equal(openCheckpoint(note, [other.jwk]), undefined);
    assert.equal(openCheckpoint(note, []), undefined);
    assert.deepEqual(openCheckpoint(note, [other.jwk, ...keys]), checkpoint);
    const renamed = note.replace('— shop.example/default', '— bank.example/default');
    assert.equal(openCheckpoint(renamed, keys), undefined);
    assert.equal(
      openCheckpoint(signCheckpoint({ ...checkpoint, size: 1e17 }, signing), keys),
      undefined,
    );
  });

  it('are refused when any one character was changed, added or left out', () => {
    const { note, keys } = setup();
    fc.assert(
      fc.property(
        fc.nat({ max: note.length - 1 }),
        fc.oneof(
          fc.constant(''),
          fc.constantFrom(' ', '\n', '=', 'A', '0'),
          fc.string({ maxLength: 1 }),
        ),
        fc.boolean(),
        (at, character, isInserted) => {
          const changed = note.slice(0, at) + character + note.slice(isInserted ? at : at + 1);
          if (changed !== note) assert.equal(openCheckpoint(changed, keys), undefined);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('cannot bear a name that would break the note', () => {
    assert.ok(isLogName('shop.example/default'));
    for (const name of ['', 'a b', 'a+b', 'a\nb']) assert.ok(!isLogName(name));
  });
});
