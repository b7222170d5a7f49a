import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decrypt, encrypt } from './encrypt.js';

describe('encrypt', () => {
  const key = randomBytes(32);

  it('gives back every text, and never looks the same twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const [one, other] = [encrypt(key, text), encrypt(key, text)];
        assert.equal(decrypt(key, one), text);
        assert.notDeepEqual(one, other);
      }),
    );
  });

  it('opens nothing that was altered, cut short, or sealed under another key', () => {
    const sealed = encrypt(key, 'claire@example.org');
    for (let at = 0; at < sealed.length; at += 1) {
      const altered = Buffer.from(sealed);
      altered[at]! ^= 1;
      assert.throws(() => decrypt(key, altered));
      assert.throws(() => decrypt(key, sealed.subarray(0, at)));
    }
    assert.throws(() => decrypt(randomBytes(32), sealed));
  });
});
