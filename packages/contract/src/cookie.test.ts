import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatDecision, newestDecision, parseDecision } from './cookie.js';
import type { Decision } from './decision.js';

const NOW = new Date('2026-11-22T12:00:00Z');
const ID = '6f1ed002-ab5f-4a3b-9d0e-0a1b2c3d4e5f';
const GOLDEN = `{"v":1,"id":"${ID}","t":1795348800,"m":13,"n":"2026-11","g":["analytics","marketing/youtube"],"d":["marketing"]}`;
const DECISION: Decision = {
  id: ID,
  at: '2026-11-22T12:00:00.000Z',
  notice: '2026-11',
  months: 13,
  granted: ['analytics', 'marketing/youtube'],
  denied: ['marketing'],
};

const entries = fc.stringMatching(/^[a-z][a-z0-9-]{0,9}(\/[a-z][a-z0-9-]{0,9})?$/);
const decisions: fc.Arbitrary<Decision> = fc
  .record({
    id: fc.uuid(),
    seconds: fc.integer({ min: 1, max: NOW.getTime() / 1000 }),
    notice: fc.stringMatching(/^[\w .:/"\\-]{0,20}$/),
    months: fc.integer({ min: 1, max: 13 }),
    lists: fc.uniqueArray(fc.tuple(entries, fc.boolean()), { selector: ([entry]) => entry }),
  })
  .map(({ id, seconds, notice, months, lists }) => {
    const known = lists.filter(([entry]) => entry.split('/')[0] !== 'necessary');
    return {
      id,
      at: new Date(seconds * 1000).toISOString(),
      notice,
      months,
      granted: known.filter(([, answer]) => answer).map(([entry]) => entry),
      denied: known.filter(([, answer]) => !answer).map(([entry]) => entry),
    };
  });

/** What "well-formed" means, spelled out apart from the code under test. */
function isWellFormed(value: string): boolean {
  let json: unknown;
  try {
    json = JSON.parse(value);
  } catch {
    return false;
  }
  if (typeof json !== 'object' || json === null) return false;
  const { v, id, t, m, n, g, d } = json as Record<string, unknown>;
  const isList = (list: unknown): list is string[] =>
    Array.isArray(list) &&
    list.every((entry) => typeof entry === 'string' && !/^necessary(\/|$)/.test(entry));
  if (v !== 1 || typeof id !== 'string' || typeof n !== 'string') return false;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return false;
  if (typeof t !== 'number' || t % 1 !== 0 || t <= 0 || t * 1000 > NOW.getTime()) return false;
  if (typeof m !== 'number' || ![1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].includes(m))
    return false;
  return isList(g) && isList(d) && g.every((entry) => !d.includes(entry));
}

describe('choice cookie', () => {
  it('is written as the design says, to the letter', () => {
    assert.equal(formatDecision(DECISION), GOLDEN);
  });

  it('is read back as the same decision', () => {
    assert.deepEqual(parseDecision(GOLDEN, NOW), DECISION);
    fc.assert(
      fc.property(decisions, (decision) => {
        assert.deepEqual(parseDecision(formatDecision(decision), NOW), decision);
      }),
      { numRuns: 2000 },
    );
  });

  it('is the JSON that JSON.stringify would write', () => {
    fc.assert(
      fc.property(decisions, ({ id, at, months, notice, granted, denied }) => {
        const plain = {
          v: 1,
          id,
          t: Date.parse(at) / 1000,
          m: months,
          n: notice,
          g: granted,
          d: denied,
        };
        assert.equal(
          formatDecision({ id, at, months, notice, granted, denied }),
          JSON.stringify(plain),
        );
      }),
    );
  });

  it('carries neither the gesture nor what it replaces', () => {
    const whole: Decision = {
      ...DECISION,
      gesture: { control: 'accept', trusted: true },
      replaces: { id: ID, notice: '2025-01', reason: 'notice' },
    };
    assert.equal(formatDecision(whole), GOLDEN);
  });

  it('is the same on a page whose library gives lists and texts a toJSON of their own', () => {
    const polluted = [Array.prototype, String.prototype, Object.prototype, Number.prototype];
    for (const prototype of polluted) {
      Object.defineProperty(prototype, 'toJSON', { value: () => 'polluted', configurable: true });
    }
    try {
      assert.notEqual(JSON.stringify([]), '[]', 'the page is hostile');
      assert.equal(formatDecision(DECISION), GOLDEN);
      assert.deepEqual(parseDecision(GOLDEN, NOW)?.granted, DECISION.granted);
    } finally {
      for (const prototype of polluted) delete (prototype as { toJSON?: unknown }).toJSON;
    }
  });

  describe('reads as undecided', () => {
    const fields = JSON.parse(GOLDEN) as Record<string, unknown>;
    const rows: [why: string, value: string][] = [
      ['empty', ''],
      ['null', 'null'],
      ['a number', '1'],
      ['a text', '"granted"'],
      ['a list', '[]'],
      ['an empty object', '{}'],
      ['not JSON', '{v:1}'],
      ['still URI-encoded', encodeURIComponent(GOLDEN)],
      ['twice over', GOLDEN + GOLDEN],
      ...Object.keys(fields).map((key): [string, string] => {
        const rest = Object.entries(fields).filter(([name]) => name !== key);
        return [`without "${key}"`, JSON.stringify(Object.fromEntries(rest))];
      }),
      ...(
        [
          ['another format', { v: 2 }],
          ['a format in quotes', { v: '1' }],
          ['no UUID', { id: 'me' }],
          ['a UUID with a tail', { id: `${ID}0` }],
          ['a UUID in a list', { id: [ID] }],
          ['a time one second ahead', { t: NOW.getTime() / 1000 + 1 }],
          ['a time in milliseconds', { t: NOW.getTime() }],
          ['a time before time', { t: -1 }],
          ['time zero', { t: 0 }],
          ['half a second', { t: 1_700_000_000.5 }],
          ['a time in quotes', { t: '1795348800' }],
          ['no months', { m: 0 }],
          ['14 months', { m: 14 }],
          ['minus one month', { m: -1 }],
          ['half a month', { m: 6.5 }],
          ['months in quotes', { m: '13' }],
          ['months in a list', { m: [13] }],
          ['a version that is no text', { n: 2026 }],
          ['no list', { g: 'analytics' }],
          ['an object for a list', { d: {} }],
          ['a list of numbers', { g: [1] }],
          ['a list in a list', { g: [['analytics']] }],
          ['an entry in both lists', { d: ['analytics'] }],
          ['"necessary" granted', { g: ['necessary'] }],
          ['"necessary" denied', { d: ['necessary'] }],
          ['a service of "necessary"', { g: ['necessary/shop'] }],
        ] as const
      ).map(([why, change]): [string, string] => [why, JSON.stringify({ ...fields, ...change })]),
    ];
    for (const [why, value] of rows) {
      it(`when it is ${why}`, () => {
        assert.equal(parseDecision(value, NOW), undefined);
      });
    }

    it('when it is cut off anywhere', () => {
      for (let length = 0; length < GOLDEN.length; length++) {
        assert.equal(parseDecision(GOLDEN.slice(0, length), NOW), undefined, `at ${length}`);
      }
    });
  });

  it('counts from the very second of the decision', () => {
    assert.ok(parseDecision(GOLDEN, NOW));
    assert.equal(parseDecision(GOLDEN, new Date(NOW.getTime() - 1)), undefined);
  });

  it('never throws on 12,000 mutated values, and reads only well-formed ones', () => {
    const edits = fc.array(
      fc.record({
        at: fc.nat({ max: GOLDEN.length }),
        remove: fc.nat({ max: 4 }),
        put: fc.oneof(
          fc.constantFrom(
            '',
            '"',
            '[',
            ']',
            '{',
            '}',
            ',',
            ':',
            '0',
            '9',
            '-',
            '.',
            'e9',
            'null',
            'true',
          ),
          fc.constantFrom('necessary', 'analytics', 'marketing', '\\u0000', '%22', ';'),
          fc.string({ maxLength: 3, unit: 'binary' }),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    );
    let read = 0;
    fc.assert(
      fc.property(edits, (list) => {
        const value = list.reduce(
          (text, { at, remove, put }) => text.slice(0, at) + put + text.slice(at + remove),
          GOLDEN,
        );
        const decision = parseDecision(value, NOW);
        assert.equal(decision !== undefined, isWellFormed(value), value);
        if (decision) read++;
      }),
      { numRuns: 12_000 },
    );
    assert.ok(read > 0, 'some mutations leave a readable cookie, so both sides are tried');
  });

  it('never throws on 6,000 values of the right outline and wrong parts', () => {
    const part = fc.oneof(fc.jsonValue(), fc.constantFrom(1, 13, ID, '2026-11', 1_700_000_000));
    const list = fc.oneof(fc.array(fc.oneof(entries, fc.jsonValue()), { maxLength: 3 }), part);
    const outlines = fc.record(
      {
        v: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, part),
        id: fc.oneof({ weight: 9, arbitrary: fc.constant(ID) }, part),
        t: fc.oneof({ weight: 3, arbitrary: fc.constant(1_700_000_000) }, fc.integer(), part),
        m: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: -1, max: 15 }) }, part),
        n: fc.oneof({ weight: 9, arbitrary: fc.string() }, part),
        g: list,
        d: list,
      },
      { requiredKeys: ['v', 'id'] },
    );
    fc.assert(
      fc.property(outlines, (outline) => {
        const value = JSON.stringify(outline);
        assert.equal(parseDecision(value, NOW) !== undefined, isWellFormed(value), value);
      }),
      { numRuns: 6000 },
    );
  });

  it('never throws on any text at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (value) => {
        assert.equal(parseDecision(value, NOW), undefined);
      }),
      { numRuns: 4000 },
    );
  });
});

describe('newestDecision', () => {
  const at = (second: number) =>
    formatDecision({ ...DECISION, at: new Date(NOW.getTime() - second * 1000).toISOString() });

  it('is the one taken last, wherever it stands and whatever is unreadable beside it', () => {
    const values = [at(30), 'broken', at(10), at(-5), at(20), ''];
    fc.assert(
      fc.property(fc.shuffledSubarray(values, { minLength: values.length }), (shuffled) => {
        assert.equal(newestDecision(shuffled, NOW)?.at, '2026-11-22T11:59:50.000Z');
      }),
    );
  });

  it('is none where none can be read', () => {
    assert.equal(newestDecision([], NOW), undefined);
    assert.equal(newestDecision(['broken', at(-1)], NOW), undefined);
  });
});
