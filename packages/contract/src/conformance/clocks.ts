import { expiryOf } from '../decision.js';
import { expect } from './assert.js';
import type { Bench, Group } from './bench.js';

const DAY = 86_400_000;

/** Times that cannot be true are kept and do no harm (002-09, DP-21). */
export const clocks: Group = {
  title: 'clocks',
  needs: 'consents',
  promises: [
    [
      'a choice ends the months promised after the decision, to the day, in UTC (002-09)',
      async (bench) => {
        for (const [at, months, end] of [
          ['2024-01-31T23:59:59Z', 1, '2024-02-29T23:59:59Z'],
          ['2023-01-31T10:00:00Z', 13, '2024-02-29T10:00:00Z'],
          ['2022-12-31T00:00:00Z', 2, '2023-02-28T00:00:00Z'],
          ['2024-02-29T12:30:00Z', 12, '2025-02-28T12:30:00Z'],
          ['2024-06-15T08:00:00Z', 6, '2024-12-15T08:00:00Z'],
        ] as const)
          await expectEnd(bench, at, months, new Date(end));
      },
    ],
    [
      'a clock that is behind is no reason to refuse, and its choice ends by the decision’s time',
      async (bench) => {
        const now = await registerTime(bench);
        for (const days of [1, 400, 9000]) {
          const at = new Date(now - days * DAY).toISOString();
          await expectEnd(bench, at, 13, expiryOf({ at, months: 13 }));
        }
      },
    ],
    [
      'a clock that is ahead is no reason to refuse, and never lengthens a choice (DP-21)',
      async (bench) => {
        const now = await registerTime(bench);
        for (const days of [2, 365, 9000]) {
          const at = new Date(now + days * DAY).toISOString();
          await expectEnd(bench, at, 13);
          await expectEnd(bench, at, 1);
        }
        await expectEnd(bench, '9999-12-31T23:59:59Z', 13);
      },
    ],
    [
      'sending a choice again later never prolongs it',
      async (bench) => {
        const now = await registerTime(bench);
        const { record, receipt } = await bench.take({ at: new Date(now - DAY).toISOString() });
        await bench.take();
        const again = await bench.consents.record(record);
        expect(
          again.expires === receipt.expires && again.receivedAt === receipt.receivedAt,
          'A repetition moves neither the time of receipt nor the end.',
        );
      },
    ],
  ],
};

/** What the register takes for now, in milliseconds. */
async function registerTime(bench: Bench): Promise<number> {
  return Date.parse((await bench.take()).receipt.receivedAt);
}

/** Fails unless the choice ends when it must: at `end`, or by the register's clock; fractions of a second may be left out. */
async function expectEnd(bench: Bench, at: string, months: number, end?: Date): Promise<void> {
  const { record, receipt } = await bench.take({ at, months });
  const must = (end ?? expiryOf({ at: receipt.receivedAt, months })).getTime();
  const late = Date.parse(receipt.expires) - must;
  expect(
    late <= 0 && late > -1000,
    `A choice of ${at} for ${months} months, received ${receipt.receivedAt}, ends ${new Date(must).toISOString()}, not ${receipt.expires}.`,
  );
  await bench.expectStored(record, receipt, 'A wrong clock is no reason to drop a decision.');
}
