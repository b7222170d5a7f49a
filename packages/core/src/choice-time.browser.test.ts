import { expect } from '@open-wc/testing';
import { lapseReason } from './choosing.js';
import { clicked } from './testing/activation.js';
import { CONFIG, decision, stored } from './testing/config.js';
import { engines } from './testing/engines.js';
import { memoryStorage } from './testing/memory-storage.js';

describe('how long a choice lasts (002-09)', () => {
  const setup = engines();
  const second = 1000;
  const at = (time: string, offset = 0) => new Date(Date.parse(time) + offset);

  const rows: readonly (readonly [string, unknown, string])[] = [
    ['2027-01-31T12:00:00Z', undefined, '2028-02-29T12:00:00Z'],
    ['2026-12-31T23:59:59Z', 13, '2028-01-31T23:59:59Z'],
    ['2026-11-22T12:00:00Z', 6, '2027-05-22T12:00:00Z'],
    ['2026-11-22T12:00:00Z', 1, '2026-12-22T12:00:00Z'],
    ['2026-11-22T12:00:00Z', 14, '2027-12-22T12:00:00Z'],
    ['2026-11-22T12:00:00Z', 1200, '2027-12-22T12:00:00Z'],
    ['2026-11-22T12:00:00Z', Infinity, '2027-12-22T12:00:00Z'],
    ['2026-11-22T12:00:00Z', 'for ever', '2027-12-22T12:00:00Z'],
    ['2026-11-22T12:00:00Z', null, '2026-12-22T12:00:00Z'],
    ['2026-11-22T12:00:00Z', -3, '2026-12-22T12:00:00Z'],
    ['2026-11-22T12:00:00Z', 6.9, '2027-05-22T12:00:00Z'],
  ];
  for (const [taken, months, end] of rows) {
    it(`with months: ${String(months)}, taken on ${taken}, ends on ${end}, accepted or refused`, async () => {
      for (const method of ['acceptAll', 'refuseAll'] as const) {
        const { privacy, storage, clock } = setup({ ...CONFIG, months: months as number });
        clock.now = at(taken);
        await clicked(() => privacy[method]());
        expect(storage.writes.map(({ expires }) => expires.getTime())).to.deep.equal([
          at(end).getTime(),
        ]);
        clock.now = at(end, -second);
        expect(privacy.decision, 'one second before').to.exist;
        expect(setupAt(end, -second, storage.values).decision, 'on a page opened then').to.exist;
        clock.now = at(end);
        expect(privacy.decision, 'at the end').to.equal(undefined);
        expect(privacy.allows('analytics')).to.equal(false);
        expect(setupAt(end, 0, storage.values).decision, 'on a page opened then').to.equal(
          undefined,
        );
      }
    });
  }
  function setupAt(time: string, offset: number, values: string[]) {
    return setup(undefined, {
      storage: memoryStorage(...values),
      now: () => at(time, offset),
    }).privacy;
  }

  it('is not moved by a second, a tenth or a rewritten visit (DP-21)', async () => {
    const value = stored({ granted: ['analytics'] });
    const storage = memoryStorage(value);
    for (let visit = 1; visit <= 10; visit++) {
      const { privacy } = setup(undefined, {
        storage,
        now: () => at('2026-11-22T12:00:00Z', visit * 864e5),
      });
      await privacy.ready;
      document.dispatchEvent(new Event('visibilitychange'));
    }
    expect(storage.writes).to.deep.equal([]);
    // A stray copy makes a visit write the choice anew: with the date that was promised.
    storage.values = [value, stored({ at: '2026-01-01T00:00:00.000Z' })];
    const written = new Promise((resolve) => {
      const { write } = storage;
      storage.write = (...what) => resolve(write(...what));
    });
    setup(undefined, { storage });
    await written;
    expect(storage.read()).to.deep.equal([value]);
    for (const { value: rewritten, expires } of storage.writes) {
      expect(rewritten).to.equal(value);
      expect(expires.toISOString()).to.equal('2027-06-22T12:00:00.000Z');
    }
  });

  it('stays as promised when the config changes from 6 to 13 months, or back', () => {
    for (const [promised, configured, end] of [
      [6, 13, '2026-11-22T12:00:00Z'],
      [13, 6, '2027-06-22T12:00:00Z'],
    ] as const) {
      const storage = memoryStorage(stored({ months: promised }));
      const on = (offset: number) =>
        setup({ ...CONFIG, months: configured }, { storage, now: () => at(end, offset) }).privacy;
      expect(on(-second).decision?.months).to.equal(promised);
      expect(on(0).decision).to.equal(undefined);
      expect(storage.writes).to.deep.equal([]);
    }
  });

  it('starts anew with a new choice by the visitor', async () => {
    const { privacy, storage } = setup(undefined, {
      storage: memoryStorage(stored({ granted: ['analytics'] })),
    });
    await clicked(() => privacy.decide({ analytics: true }));
    expect(storage.writes.map(({ expires }) => expires.toISOString())).to.deep.equal([
      '2027-12-22T12:00:00.000Z',
    ]);
  });

  it('asks again once it has ended, and the next choice says so (G-12)', async () => {
    const value = stored({ at: '2025-10-22T12:00:00.000Z' });
    const { privacy } = setup(undefined, { storage: memoryStorage(value) });
    expect(privacy.decision).to.equal(undefined);
    expect(lapseReason(privacy.latest!, CONFIG)).to.equal('expired');
    await clicked(() => privacy.acceptAll());
    expect(privacy.decision!.replaces).to.deep.equal({
      id: decision().id,
      notice: '2026-11',
      reason: 'expired',
    });
  });

  it('asks again when the notice is another one, keeps why, and the next choice says so (G-12)', async () => {
    const value = stored({ notice: '2025-01', granted: ['analytics'] });
    const { privacy, storage } = setup(undefined, { storage: memoryStorage(value) });
    expect(privacy.decision).to.equal(undefined);
    expect(privacy.allows('analytics')).to.equal(false);
    expect(lapseReason(privacy.latest!, CONFIG)).to.equal('notice');
    expect(privacy.latest!.granted).to.deep.equal(['analytics']);
    expect(storage.values, 'the former choice stays as proof').to.deep.equal([value]);
    await clicked(() => privacy.refuseAll());
    expect(privacy.decision!.notice).to.equal('2026-11');
    expect(privacy.decision!.replaces).to.deep.equal({
      id: decision().id,
      notice: '2025-01',
      reason: 'notice',
    });
  });
});
