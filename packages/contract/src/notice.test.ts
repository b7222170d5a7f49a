import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { NOTICE_FORMAT, canonicalNotice, noticeHash, type NoticePart } from './notice.js';
import { NOTICE_VECTORS } from './testing/notice-vectors.js';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const plain = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
const normal = (parts: readonly NoticePart[]) => parts.map((part) => part.map(plain));

const awkward = fc.oneof(
  fc.string({ maxLength: 6, unit: 'grapheme' }),
  fc
    .array(fc.constantFrom('a', 'é', 'e\u0301', ' ', '\t', '\n', '\r\n', '\u2028', '\u00a0'), {
      maxLength: 5,
    })
    .map((all) => all.join('')),
);
const notices: fc.Arbitrary<NoticePart[]> = fc.array(
  fc
    .tuple(awkward, fc.array(awkward, { maxLength: 3 }))
    .map(([role, texts]): NoticePart => [role, ...texts]),
  { maxLength: 4 },
);

describe('canonical notice', () => {
  for (const { name, parts, text, hash } of NOTICE_VECTORS) {
    it(`is the golden text, with the golden hash: ${name} (001-32, C-08)`, async () => {
      assert.equal(canonicalNotice(parts), text);
      assert.equal(await noticeHash(canonicalNotice(parts)), hash);
    });
  }

  it('starts with its format and ends every line with LF', () => {
    fc.assert(
      fc.property(notices, (parts) => {
        const lines = canonicalNotice(parts).split('\n');
        assert.equal(lines[0], NOTICE_FORMAT);
        assert.equal(lines.at(-1), '');
        assert.equal(lines.length, parts.length + 2);
      }),
    );
  });

  it('is the same for texts that differ in white space or Unicode form only', () => {
    assert.equal(
      canonicalNotice([['title', ' Vos\u00a0choix,\r\n\tl\u2019e\u0301te\u0301 ']]),
      canonicalNotice([['title', 'Vos choix, l\u2019été']]),
    );
  });

  it('cannot be forged by tabs or line ends in a text', () => {
    const honest = canonicalNotice([
      ['title', 'A'],
      ['choice', 'refuse', 'Refuse'],
    ]);
    for (const forged of [
      'A\nchoice\trefuse\tRefuse',
      'A\r\nchoice\trefuse\tRefuse',
      'A\u2028choice\trefuse\tRefuse',
    ]) {
      assert.notEqual(canonicalNotice([['title', forged]]), honest);
    }
    assert.notEqual(canonicalNotice([['a\tb']]), canonicalNotice([['a', 'b']]));
    assert.notEqual(canonicalNotice([['a', '']]), canonicalNotice([['a']]));
    assert.notEqual(canonicalNotice([]), canonicalNotice([[NOTICE_FORMAT]]));
  });

  it('is different for parts that differ, and reads back as the parts shown', () => {
    fc.assert(
      fc.property(notices, notices, (one, other) => {
        const text = canonicalNotice(one);
        const read = text
          .split('\n')
          .slice(1, -1)
          .map((line) => line.split('\t'));
        assert.deepEqual(read, normal(one));
        const same = JSON.stringify(normal(one)) === JSON.stringify(normal(other));
        assert.equal(text === canonicalNotice(other), same);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('noticeHash', () => {
  it('is the SHA-256 of the UTF-8 bytes, as node:crypto has it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        assert.equal(await noticeHash(text), sha256(text));
      }),
    );
  });

  it('changes with one word, one capital or another order (001-32)', async () => {
    const shown: NoticePart[] = [
      ['title', 'Your choices'],
      ['purpose', 'marketing', 'Ads'],
      ['choice', 'Refuse all'],
    ];
    const changed: NoticePart[][] = [
      [['title', 'Our choices'], shown[1]!, shown[2]!],
      [['title', 'your choices'], shown[1]!, shown[2]!],
      [shown[0]!, shown[2]!, shown[1]!],
      [shown[0]!, shown[1]!],
      [['text', 'Your choices'], shown[1]!, shown[2]!],
    ];
    const hashes = await Promise.all(
      [shown, ...changed].map((parts) => noticeHash(canonicalNotice(parts))),
    );
    assert.equal(new Set(hashes).size, hashes.length);
  });

  it('is left to the server where the browser has no crypto.subtle', async () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'crypto')!;
    for (const value of [undefined, {}]) {
      Object.defineProperty(globalThis, 'crypto', { value, configurable: true });
      try {
        assert.equal(await noticeHash('text'), undefined);
      } finally {
        Object.defineProperty(globalThis, 'crypto', own);
      }
    }
  });
});
