import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SIGNALS, type Purpose, type Signal } from '@placet/contract';
import fc from 'fast-check';
import { signalValue, signalValues } from './signals.js';

const USUAL = Object.entries(DEFAULT_SIGNALS).flatMap(([id, signals]) =>
  signals.map((signal) => [signal, id] as const),
);
const arbitraryPurpose = fc.record(
  {
    id: fc.constantFrom(...Object.keys(DEFAULT_SIGNALS), 'chat'),
    signals: fc.subarray(USUAL.map(([signal]): Signal => signal)),
  },
  { requiredKeys: ['id'] },
);

describe('the value of one signal', () => {
  it('is the one that it has among all, whatever the purposes say of theirs (rules §3.1, §3.2)', () => {
    fc.assert(
      fc.property(fc.array(arbitraryPurpose), (open: Purpose[]) => {
        const all = signalValues(open);
        for (const [signal, usual] of USUAL)
          assert.equal(signalValue(signal, usual, open), all[signal], signal);
      }),
      { seed: 20261122 },
    );
  });
});
