import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { MAX_MONTHS, addMonths, clampMonths, expiryOf, isExpired } from './decision.js';
import { EXPIRY_TABLE } from './testing/expiry-table.js';

const DAY = 86_400_000;
const moments = fc.date({
  min: new Date('1970-01-01T00:00:00Z'),
  max: new Date('2200-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const months = fc.integer({ min: 1, max: MAX_MONTHS });

const lastDayOf = (year: number, month: number) =>
  new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

describe('expiry', () => {
  const zone = process.env['TZ'];
  after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  const zones: readonly (readonly [name: string, minutesInWinter: number])[] = [
    ['UTC', 0],
    ['Europe/Paris', -60],
    ['America/New_York', 300],
    ['Pacific/Auckland', -780],
    ['Pacific/Kiritimati', -840],
  ];
  for (const [name, minutes] of zones) {
    it(`follows the table in a browser set to ${name} (002-09, DP-21)`, () => {
      process.env['TZ'] = name;
      assert.equal(new Date('2027-01-15T00:00:00Z').getTimezoneOffset(), minutes, 'zone is set');
      assert.ok(EXPIRY_TABLE.length >= 60);
      for (const [at, count, expires, why] of EXPIRY_TABLE) {
        assert.equal(
          expiryOf({ at, months: count }).toISOString(),
          expires.replace('Z', '.000Z'),
          `${at} + ${count}: ${why ?? ''}`,
        );
      }
    });
  }

  it('is the same day, or the last day of a shorter month, at the same time (002-09)', () => {
    fc.assert(
      fc.property(moments, months, (from, count) => {
        const to = addMonths(from, count);
        const month = from.getUTCFullYear() * 12 + from.getUTCMonth() + count;
        assert.equal(to.getUTCFullYear() * 12 + to.getUTCMonth(), month);
        assert.equal(
          to.getUTCDate(),
          Math.min(from.getUTCDate(), lastDayOf(Math.floor(month / 12), month % 12)),
        );
        assert.equal(to.getTime() % DAY, from.getTime() % DAY);
      }),
      { numRuns: 5000 },
    );
  });

  it('is never more than 397 days off, however the leap years fall (002-09)', () => {
    fc.assert(
      fc.property(moments, months, (from, count) => {
        const days = (addMonths(from, count).getTime() - from.getTime()) / DAY;
        assert.ok(days <= 397 && days >= 28, `${days} days`);
      }),
      { numRuns: 5000 },
    );
  });

  it('never comes earlier for a later decision, nor for more months', () => {
    fc.assert(
      fc.property(moments, moments, months, (one, other, count) => {
        const [early, late] = one <= other ? [one, other] : [other, one];
        assert.ok(addMonths(early, count) <= addMonths(late, count));
        assert.ok(addMonths(early, count) < addMonths(early, count + 1));
      }),
    );
  });

  it('leaves the date that it counts from alone', () => {
    const from = new Date('2027-01-31T00:00:00Z');
    addMonths(from, 13);
    assert.equal(from.toISOString(), '2027-01-31T00:00:00.000Z');
  });
});

describe('isExpired', () => {
  const decision = { at: '2027-01-31T10:20:30Z', months: 13 };

  it('is false one second before and true at the second itself (DP-21)', () => {
    assert.equal(isExpired(decision, new Date('2028-02-29T10:20:29Z')), false);
    assert.equal(isExpired(decision, new Date('2028-02-29T10:20:30Z')), true);
    assert.equal(isExpired(decision, new Date('2028-02-29T10:20:31Z')), true);
  });

  it('keeps to the months promised, six or one', () => {
    assert.equal(isExpired({ ...decision, months: 6 }, new Date('2027-07-31T10:20:29Z')), false);
    assert.equal(isExpired({ ...decision, months: 6 }, new Date('2027-07-31T10:20:30Z')), true);
    assert.equal(isExpired({ ...decision, months: 1 }, new Date('2027-02-28T10:20:30Z')), true);
  });

  it('holds for a time that cannot be read: no choice lasts for ever', () => {
    assert.equal(isExpired({ at: 'yesterday', months: 13 }, new Date()), true);
    assert.equal(isExpired({ at: decision.at, months: NaN }, new Date(decision.at)), true);
  });
});

describe('clampMonths', () => {
  const table: readonly (readonly [unknown, number])[] = [
    [undefined, 13],
    ['a year', 13],
    [NaN, 13],
    [13, 13],
    [14, 13],
    [Infinity, 13],
    [1e300, 13],
    [13.9, 13],
    [6, 6],
    [6.9, 6],
    ['6', 6],
    [1, 1],
    [0.5, 1],
    [0, 1],
    [-7, 1],
    [-Infinity, 1],
    [null, 1],
  ];
  for (const [given, expected] of table) {
    it(`makes ${expected} of ${typeof given === 'string' ? `"${given}"` : String(given)} (002-09)`, () => {
      assert.equal(clampMonths(given), expected);
    });
  }

  it('answers a whole number from 1 to 13 to whatever JSON can hold', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const clamped = clampMonths(value);
        assert.ok(Number.isInteger(clamped) && clamped >= 1 && clamped <= MAX_MONTHS);
      }),
    );
  });
});
