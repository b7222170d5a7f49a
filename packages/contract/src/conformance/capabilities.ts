import { expect, expectSame } from './assert.js';
import type { Group } from './bench.js';

/** What adapters say about themselves. */
export const capabilities: Group = {
  title: 'what it says about itself',
  promises: [
    [
      'it has a name for error messages',
      async ({ setup: { adapter, staff } }) => {
        for (const { name } of staff ? [adapter, staff] : [adapter])
          expect(typeof name === 'string' && name.trim(), 'An adapter has a name.');
      },
    ],
    [
      '`capabilities()` says truly which groups are there',
      async ({ setup: { adapter } }) => {
        const { consents } = (await adapter.capabilities()) ?? {};
        expectSame(
          consents !== undefined,
          adapter.consents !== undefined,
          '`capabilities()` names `consents` if and only if the adapter has it.',
        );
        if (consents)
          expectSame(
            consents.receipts,
            adapter.consents?.receipt !== undefined,
            '`capabilities()` says whether there are receipts.',
          );
      },
    ],
    [
      '`capabilities()` of staff says truly which groups are there',
      async ({ setup: { staff } }) => {
        if (!staff) return;
        expectSame(
          (await staff.capabilities()).register !== undefined,
          staff.register !== undefined,
          '`capabilities()` names `register` if and only if the adapter has it.',
        );
      },
    ],
    [
      '`capabilities()` says the same each time',
      async (bench) => {
        const { adapter, staff } = bench.setup;
        const before = [await adapter.capabilities(), await staff?.capabilities()];
        if (adapter.consents) await bench.take();
        const after = [await adapter.capabilities(), await staff?.capabilities()];
        expectSame(after, before, '`capabilities()` says the same each time.');
      },
    ],
  ],
};
