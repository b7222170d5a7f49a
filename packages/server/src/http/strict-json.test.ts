import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { RequestFault } from './problems.js';
import { parseStrictJson } from './strict-json.js';

const codeOf = (text: string) => {
  try {
    parseStrictJson(text);
    return 'none';
  } catch (error) {
    assert.ok(error instanceof RequestFault);
    return error.code;
  }
};

describe('parseStrictJson', () => {
  it('reads what JSON.parse reads, if there is one way to read it', () => {
    fc.assert(
      fc.property(
        fc.letrec((tie) => ({
          value: fc.oneof(
            { depthSize: 'small', maxDepth: 8 },
            fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
            fc.double({ noNaN: true, noDefaultInfinity: true }),
            fc.boolean(),
            fc.constant(null),
            fc.array(tie('value')),
            fc.dictionary(
              fc.string().map((key) => key.replace(/\0|^__proto__$/g, 'x')),
              tie('value'),
            ),
          ),
        })).value,
        (value) => {
          const text = JSON.stringify(value);
          assert.deepEqual(parseStrictJson(text), JSON.parse(text));
        },
      ),
    );
  });

  it('refuses what is no JSON', () => {
    for (const text of ['', '{', 'undefined', "{'a':1}", '{"a":1,}', 'NaN', '[1] x', '"\n"'])
      assert.equal(codeOf(text), 'request/unreadable', text);
  });

  it('refuses keys that stand twice, at any depth and however they are written', () => {
    for (const text of [
      '{"a":1,"a":1}',
      '{"a":1,"\\u0061":2}',
      '[{"b":{"a":1 , "a" : 2}}]',
      '{"a\\"b":1,"a\\"b":2}',
      '{"a":"\\\\","a":1}',
    ])
      assert.equal(codeOf(text), 'request/invalid', text);
    assert.equal(codeOf('{"a":"\\"b\\":1","b":"{\\"c\\":1}"}'), 'none');
  });

  it('refuses texts that not every store takes, keys that are none, and depth', () => {
    for (const text of [
      '"\\u0000"',
      '{"\\u0000":1}',
      '"\\ud800"',
      '["\\udc00x"]',
      '{"__proto__":{"a":1}}',
      `${'['.repeat(30)}${']'.repeat(30)}`,
      `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
      `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
    ])
      assert.equal(codeOf(text), 'request/invalid', text.slice(0, 40));
    assert.equal(codeOf('"\\ud83d\\ude00"'), 'none');
  });
});
