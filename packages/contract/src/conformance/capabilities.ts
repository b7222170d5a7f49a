import { PACKAGE_FORMATS, REQUEST_TYPES } from '../rights/words.js';
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
      '`capabilities()` says truly by which ways messages can be asked for, and whether links can',
      async ({ setup: { adapter }, config, has }) => {
        const { subscriptions } = (await adapter.capabilities()) ?? {};
        expectSame(
          subscriptions !== undefined,
          has('subscriptions'),
          '`capabilities()` names `subscriptions` if and only if there is something to subscribe to.',
        );
        for (const channel of subscriptions?.channels ?? [])
          expect(config.marketing?.channels.includes(channel), `The site offers ${channel}.`);
        if (subscriptions)
          expect(
            subscriptions.channels.length > 0 && typeof subscriptions.links === 'boolean',
            '`capabilities()` names channels, and says whether there are links.',
          );
        if (subscriptions?.links)
          expect(adapter.subscriptions?.sendLink, 'Links can be asked for where there are any.');
      },
    ],
    [
      '`capabilities()` says truly whether people can show who they are, see what is held, and which rights they can exercise',
      async ({ setup: { adapter }, has }) => {
        const said = (await adapter.capabilities()) ?? {};
        for (const group of ['identity', 'holdings', 'requests'] as const)
          expectSame(
            said[group] !== undefined,
            has(group),
            `\`capabilities()\` names \`${group}\` if and only if the adapter has it.`,
          );
        for (const kind of said.identity?.contacts ?? [])
          expect(['email', 'phone'].includes(kind), `${kind} is a kind of contact.`);
        if (!said.requests) return;
        const { types, formats, undoHours } = said.requests;
        expect(types.length > 0, 'Some right can be exercised.');
        expectSame([...new Set(types)], types, 'Each right is named once.');
        for (const type of types) expect(REQUEST_TYPES.includes(type), `${type} is a right.`);
        for (const format of formats)
          expect(PACKAGE_FORMATS.includes(format), `${format} is a format.`);
        const { download } = adapter.requests!;
        expectSame(formats.length > 0, download !== undefined, 'Formats are there to download.');
        expect(undoHours >= 0, 'It says how long an erasure can be taken back.');
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
