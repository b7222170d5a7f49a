import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { uuid } from './uuid.js';

describe('uuid', () => {
  it('is a version 4 UUID, another one each time', () => {
    const made = new Set(Array.from({ length: 5000 }, uuid));
    assert.equal(made.size, 5000);
    for (const each of made)
      assert.match(each, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  it('uses every bit that is not fixed', () => {
    const digits = Array.from({ length: 36 }, () => new Set<string>());
    for (let run = 0; run < 2000; run++) [...uuid()].forEach((each, at) => digits[at]!.add(each));
    const sizes = digits.map(({ size }) => size);
    const expected = [...'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'].map(
      (each) => ({ x: 16, y: 4, 4: 1, '-': 1 })[each],
    );
    assert.deepEqual(sizes, expected);
  });

  it('does without crypto.randomUUID, which plain http has not', (test) => {
    test.mock.method(crypto, 'randomUUID', () => {
      throw new Error('not there');
    });
    assert.equal(uuid().length, 36);
  });
});
