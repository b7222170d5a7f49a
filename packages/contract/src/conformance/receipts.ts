import { expect, expectRefusal } from './assert.js';
import type { Bench, Group } from './bench.js';

/** The copy that the person keeps (001-34, G-03). */
export const receipts: Group = {
  title: 'the person’s own copy',
  needs: 'receipts',
  promises: [
    [
      'it tells of that decision (001-34)',
      async (bench) => {
        const { granted, denied } = await bench.sample();
        const pages = { granted: [], denied: [...granted, ...denied] };
        for (const overrides of [{}, pages]) {
          const { record } = await bench.take(overrides);
          const copy = await copyOf(bench, record.id);
          for (const part of [
            record.id,
            record.notice.version,
            ...record.granted,
            ...record.denied,
          ])
            expect(copy.includes(part), `The copy of ${record.id} says ${part}.`);
        }
      },
    ],
    [
      'it tells of no other decision',
      async (bench) => {
        const taken = [];
        for (const page of ['first', 'second', 'third'])
          taken.push((await bench.take({ page: `https://shop.example/only-the-${page}` })).record);
        for (const own of taken) {
          const copy = await copyOf(bench, own.id);
          expect(copy.includes(own.id), 'The copy is that of the decision asked for.');
          for (const other of taken.filter((each) => each !== own))
            for (const foreign of [other.id, other.page])
              expect(!copy.includes(foreign), `The copy of ${own.id} tells of another decision.`);
        }
      },
    ],
    [
      'an id that the register does not know is refused with `receipt/unknown`',
      async (bench) => {
        const { record } = await bench.take();
        const { id } = record;
        const near = id.slice(0, -1) + (id.endsWith('0') ? '1' : '0');
        for (const unknown of [crypto.randomUUID(), near, id.slice(0, -1), 'no-such-decision'])
          await expectRefusal(
            async () => bench.consents.receipt?.(unknown),
            'receipt/unknown',
            `There is no copy under ${unknown}.`,
          );
      },
    ],
  ],
};

async function copyOf(bench: Bench, id: string): Promise<string> {
  const copy = await bench.consents.receipt?.(id);
  expect(copy?.receipt instanceof Object, 'The copy holds a receipt.');
  return JSON.stringify(copy);
}
