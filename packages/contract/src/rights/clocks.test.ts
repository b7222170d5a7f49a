import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { DUE_TABLE, FRENCH_HOLIDAYS } from '../testing/due-table.js';
import { DUE_MONTHS, dueAt, EXTENSION_MONTHS, purgeAt, PURGE_DAYS } from './clocks.js';

const DAY = 86_400_000;
const ZONES = ['UTC', 'Europe/Paris', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu'];

const receipt = fc.date({
  min: new Date('2020-01-01T00:00:00Z'),
  max: new Date('2100-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const months = fc.constantFrom(DUE_MONTHS, DUE_MONTHS + EXTENSION_MONTHS);
const timeZone = fc.constantFrom(...ZONES);
const holidays = fc.constantFrom([], FRENCH_HOLIDAYS);

/** Year, month, day, weekday and time in a zone, as its clocks show them. */
function shownIn(zone: string, at: Date) {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return {
    day: `${part['year']}-${part['month']}-${part['day']}`,
    weekday: part['weekday']!,
    time: `${part['hour']}:${part['minute']}:${part['second']}`,
  };
}

describe('When a request is due (R-04)', () => {
  it('has a table of 200 dates', () => {
    assert.equal(DUE_TABLE.length, 200);
    assert.equal(new Set(DUE_TABLE.map((row) => row.slice(0, 4).join())).size, 200);
  });

  for (const [receivedAt, count, zone, where, due] of DUE_TABLE)
    it(`${receivedAt}, ${count} on, in ${zone}${where && ` (${where})`}: ${due}`, () => {
      const options = { timeZone: zone, holidays: where ? FRENCH_HOLIDAYS : [] };
      assert.equal(dueAt(new Date(receivedAt), count, options).toISOString(), due);
    });

  it('counts in UTC, without holidays, where nothing is said', () => {
    const received = new Date('2026-11-22T10:00:00Z');
    assert.equal(dueAt(received, DUE_MONTHS).toISOString(), '2026-12-22T23:59:59.999Z');
    assert.equal(
      dueAt(received, DUE_MONTHS + EXTENSION_MONTHS).toISOString(),
      '2027-02-22T23:59:59.999Z',
    );
  });

  it('is never before 28 days, and never more than a month and the days nobody works', () => {
    fc.assert(
      fc.property(receipt, timeZone, holidays, (at, zone, days) => {
        const due = dueAt(at, DUE_MONTHS, { timeZone: zone, holidays: days });
        const after = (due.getTime() - at.getTime()) / DAY;
        // A day of 23 hours may be among them.
        assert.ok(after >= 28 - 1 / 24, `${after} days`);
        assert.ok(after <= 31 + 1 + 6 + 1 / 24, `${after} days`);
      }),
    );
  });

  it('is the last moment of a day, and never of one on which nobody works', () => {
    fc.assert(
      fc.property(receipt, months, timeZone, holidays, (at, count, zone, days) => {
        const due = dueAt(at, count, { timeZone: zone, holidays: days });
        const { day, weekday, time } = shownIn(zone, due);
        assert.equal(time, '23:59:59');
        assert.ok(!['Sat', 'Sun'].includes(weekday), weekday);
        assert.ok(!days.includes(day), day);
        assert.notEqual(shownIn(zone, new Date(due.getTime() + 1)).day, day);
      }),
    );
  });

  it('is never earlier for what came later, and later with an extension', () => {
    fc.assert(
      fc.property(receipt, receipt, timeZone, holidays, (one, other, zone, days) => {
        const options = { timeZone: zone, holidays: days };
        const [first, second] = one < other ? [one, other] : [other, one];
        assert.ok(dueAt(first, DUE_MONTHS, options) <= dueAt(second, DUE_MONTHS, options));
        const extended = dueAt(first, DUE_MONTHS + EXTENSION_MONTHS, options);
        assert.ok(extended.getTime() - dueAt(first, DUE_MONTHS, options).getTime() > 48 * DAY);
      }),
    );
  });

  it('does not depend on the time of day at which it came', () => {
    fc.assert(
      fc.property(receipt, months, fc.nat(DAY - 1), (at, count, time) => {
        const midnight = new Date(Math.floor(at.getTime() / DAY) * DAY);
        const later = new Date(midnight.getTime() + time);
        assert.deepEqual(dueAt(midnight, count), dueAt(later, count));
      }),
    );
  });
});

describe('When an erasure is purged (000-23)', () => {
  const executed = new Date('2026-11-25T12:00:00Z');

  it('is 30 days after it was executed', () => {
    const due = new Date('2027-02-01T00:00:00Z');
    assert.equal(purgeAt(executed, due).toISOString(), '2026-12-25T12:00:00.000Z');
  });

  it('is when it is due, where that is earlier', () => {
    const due = new Date('2026-12-22T23:59:59.999Z');
    assert.deepEqual(purgeAt(executed, due), due);
  });

  it('is at once, where it was due before', () => {
    assert.deepEqual(purgeAt(executed, new Date('2026-11-25T11:59:59Z')), executed);
  });

  it('is never before the execution, never after 30 days, and after the due date only at once', () => {
    fc.assert(
      fc.property(receipt, receipt, (at, due) => {
        const purge = purgeAt(at, due).getTime();
        assert.ok(purge >= at.getTime());
        assert.ok(purge <= at.getTime() + PURGE_DAYS * DAY);
        assert.ok(purge <= due.getTime() || purge === at.getTime());
      }),
    );
  });
});
