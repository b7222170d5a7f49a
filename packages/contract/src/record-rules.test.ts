import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addMonths } from './decision.js';
import { RESTORED, expiryOfRecord, sameRecord, skewOf, type HashedRecord } from './record-rules.js';

const RECORD: HashedRecord = {
  id: '3f0c1a52-8f5e-4f0e-9d1b-0a1b2c3d4e5f',
  at: '2026-11-22T10:00:00Z',
  notice: { version: '2026-11', hash: 'a'.repeat(64) },
  months: 13,
  granted: ['analytics', 'marketing/youtube'],
  denied: ['marketing'],
  gesture: { control: 'save', trusted: true },
  regime: 'opt-in',
  language: 'fr',
  page: 'https://shop.example/',
};

const times = () =>
  fc.date({ min: new Date('1971-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

describe('expiryOfRecord', () => {
  it('counts the months from the earlier of the two times, in UTC (002-09)', () => {
    const { at } = RECORD;
    const end = '2027-12-22T10:00:00.000Z';
    assert.equal(expiryOfRecord({ at, months: 13 }, '2026-11-22T10:00:05Z').toISOString(), end);
    const early = expiryOfRecord({ at, months: 13 }, new Date('2026-01-31T10:00:00Z'));
    assert.equal(early.toISOString(), '2027-02-28T10:00:00.000Z');
  });

  it('is never later than either clock allows (DP-21)', () => {
    fc.assert(
      fc.property(times(), times(), fc.integer({ min: 1, max: 13 }), (at, received, months) => {
        const end = expiryOfRecord({ at: at.toISOString(), months }, received);
        return end <= addMonths(at, months) && end <= addMonths(received, months);
      }),
    );
  });
});

describe('skewOf', () => {
  it('counts whole seconds, positive when the visitor’s clock is ahead', () => {
    assert.equal(skewOf('2026-11-22T10:00:10.900Z', '2026-11-22T10:00:00Z'), 10);
    assert.equal(skewOf('2026-11-22T09:00:00Z', new Date('2026-11-22T10:00:00Z')), -3600);
    assert.ok(Object.is(skewOf('2026-11-22T09:59:59.500Z', '2026-11-22T10:00:00Z'), 0));
  });
});

describe('sameRecord', () => {
  it('takes times as instants, entries in any order, the default site and a text for nothing new', () => {
    const other = {
      ...RECORD,
      at: '2026-11-22T10:00:00.000Z',
      granted: [...RECORD.granted].reverse(),
      site: 'default',
      notice: { ...RECORD.notice, text: 'placet-notice/1\n' },
      receivedAt: '2026-11-22T10:00:05.000Z',
      skew: -5,
    };
    assert.ok(sameRecord(RECORD, other));
    assert.ok(sameRecord(other, RECORD));
  });

  it('tells records apart by everything else that they say', () => {
    const others: Partial<HashedRecord>[] = [
      { id: RECORD.id.replace('3', '4') },
      { at: '2026-11-22T10:00:00.001Z' },
      { months: 12 },
      { granted: ['analytics'] },
      { denied: [] },
      { granted: RECORD.denied, denied: RECORD.granted },
      { gesture: { control: 'save', trusted: false } },
      { gesture: { control: 'accept', trusted: true } },
      { regime: 'notice' },
      { language: 'en' },
      { page: 'https://shop.example/a' },
      { site: 'other' },
      { notice: { version: '2026-12', hash: RECORD.notice.hash } },
      { notice: { version: '2026-11', hash: 'b'.repeat(64) } },
      { replaces: { id: RECORD.id, notice: '2026-10', reason: 'notice' } },
    ];
    for (const change of others)
      assert.ok(!sameRecord(RECORD, { ...RECORD, ...change }), JSON.stringify(change));
  });

  it('compares one that was rebuilt from the choice cookie by what the cookie carries', () => {
    const rebuilt: HashedRecord = {
      ...RECORD,
      at: '2026-11-22T10:00:00.000Z',
      gesture: { control: RESTORED, trusted: false },
      page: 'https://shop.example/later',
      language: 'en',
      notice: { version: '2026-11', hash: 'b'.repeat(64) },
    };
    const exact = { ...RECORD, at: '2026-11-22T10:00:00.250Z' };
    for (const one of [RECORD, exact]) {
      assert.ok(sameRecord(one, rebuilt));
      assert.ok(sameRecord(rebuilt, one));
    }
    const others: Partial<HashedRecord>[] = [
      { months: 12 },
      { granted: [] },
      { at: '2026-11-22T10:00:01Z' },
      { notice: { version: '2026-12', hash: RECORD.notice.hash } },
    ];
    for (const change of others) assert.ok(!sameRecord(RECORD, { ...rebuilt, ...change }));
  });
});
