import { expect, expectPlain } from './assert.js';
import type { Bench, Group } from './bench.js';

const SPOILED = 'spoiled-by-the-caller';

/** Data goes in and out by value. */
export const plainData: Group = {
  title: 'what it takes and returns',
  needs: 'consents',
  promises: [
    [
      'every method returns plain data that survives JSON',
      async (bench) => {
        const { record, receipt } = await bench.take();
        expectPlain(receipt, 'A receipt');
        for (const [what, data] of await answers(bench, record.id)) expectPlain(data, what);
      },
    ],
    [
      'every method takes plain data and leaves it as it is',
      async (bench) => {
        const record = frozen(await bench.sample());
        await bench.expectStored(
          record,
          await bench.consents.record(record, Object.freeze({})),
          'A record that cannot be changed is taken.',
        );
      },
    ],
    [
      'changing what was handed over, at once or later, changes nothing in the backend',
      async (bench) => {
        const sentence = 'What was handed over is copied before anything is waited for.';
        // A fresh notice, so that an adapter that has to ask again cannot look at the record again.
        const record = await bench.sample({ notice: await bench.freshNotice() });
        const before = structuredClone(record);
        const pending = bench.consents.record(record);
        spoil(record);
        const receipt = await pending;
        await bench.expectStored(before, receipt, sentence);
        const again = structuredClone(before);
        await bench.consents.record(again);
        spoil(again);
        await bench.expectStored(before, receipt, sentence);
      },
    ],
    [
      'changing what was received changes nothing in the backend',
      async (bench) => {
        const { record, receipt } = await bench.take();
        const before = structuredClone(receipt);
        spoil(receipt);
        for (const [, data] of await answers(bench, record.id)) spoil(data);
        spoil(await bench.consents.record(record));
        await bench.expectStored(record, before, 'A receipt is a copy.');
        for (const [what, data] of await answers(bench, record.id))
          expect(!JSON.stringify(data).includes(SPOILED), `${what} is a copy.`);
      },
    ],
  ],
};

/** What each method answers that only reads. */
async function answers(bench: Bench, id: string): Promise<[what: string, data: unknown][]> {
  const { adapter, staff } = bench.setup;
  const all: [string, unknown][] = [
    ['What `capabilities()` returns', await adapter.capabilities()],
  ];
  if (staff) all.push(['What `capabilities()` of staff returns', await staff.capabilities()]);
  if (bench.has('receipts')) all.push(["The person's copy", await bench.consents.receipt?.(id)]);
  if (bench.has('register'))
    all.push(
      ['A record', await bench.register.read(id)],
      ['A page of records', await bench.register.list()],
    );
  for (const [what, data] of all) expect(data instanceof Object, `${what} is an object.`);
  return all;
}

/** Overwrites everything that can be overwritten. */
function spoil(data: unknown): void {
  if (!(data instanceof Object)) return;
  for (const key of Object.keys(data)) {
    spoil(Reflect.get(data, key));
    Reflect.set(data, key, SPOILED);
  }
  Reflect.set(data, SPOILED, true);
}

function frozen<Data>(data: Data): Data {
  if (data instanceof Object) {
    Object.values(data).forEach(frozen);
    Object.freeze(data);
  }
  return data;
}
