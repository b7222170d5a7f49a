import { expect, expectSame } from './assert.js';
import type { Group } from './bench.js';

/** What a decision becomes in the register. */
export const recording: Group = {
  title: 'adding a decision',
  needs: 'consents',
  promises: [
    [
      'a decision is in the register by the time it is acknowledged (001-31, G-02)',
      async (bench) => {
        const { record, receipt } = await bench.take();
        // Looked at before anything else is sent, which might help a lazy backend along.
        const held = (await bench.stored())?.filter(({ id }) => id === record.id);
        expect(
          !held || held.length === 1,
          'A decision is stored, once, before it is acknowledged.',
        );
        await bench.consents.receipt?.(record.id);
        await bench.expectStored(record, receipt, 'A decision that is acknowledged is stored.');
      },
    ],
    [
      'the receipt names the decision’s id and notice, and its leaf in the log, if there is one (001-32)',
      async (bench) => {
        const { record, receipt } = await bench.take();
        const { version, hash } = record.notice;
        expectSame(receipt.id, record.id, 'The receipt names the decision.');
        expectSame(receipt.notice, { version, hash }, 'The receipt names the notice.');
        const { leaf = '0'.repeat(64) } = receipt;
        expect(/^[\da-f]{64}$/.test(leaf), 'The leaf is a SHA-256 in lower-case hex.');
        for (const time of [receipt.receivedAt, receipt.expires])
          expect(
            /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(time),
            `Times are ISO 8601 in UTC, not ${time}.`,
          );
      },
    ],
    [
      'every detail is kept: refusals, services, all controls and regimes, what was replaced',
      async (bench) => {
        const { granted, denied } = await bench.sample();
        const all = [...granted, ...denied];
        const services = bench.config.purposes.flatMap(({ id, services = [] }) =>
          all.includes(id) ? services.map((each) => `${id}/${each.id}`) : [],
        );
        const { record: former } = await bench.take({ granted: [], denied: all });
        for (const overrides of [
          { granted: all, denied: services },
          { granted: services, denied: all, regime: 'opt-out' as const, language: 'pt-BR' },
          { granted: [], denied: [], regime: 'notice' as const },
          { gesture: { control: 'embed', trusted: false }, page: 'http://localhost:8080/' },
          ...(['changed', 'expired', 'notice'] as const).map((reason) => ({
            replaces: { id: former.id, notice: former.notice.version, reason },
          })),
        ]) {
          const { record, receipt } = await bench.take(overrides);
          const sentence = `Every detail is kept: ${JSON.stringify(overrides)}.`;
          await bench.expectStored(record, receipt, sentence);
        }
      },
    ],
    [
      'many decisions at the same time are each kept once and told apart',
      async (bench) => {
        const taken = await Promise.all(Array.from({ length: 25 }, () => bench.take()));
        for (const { record, receipt } of taken) {
          expectSame(receipt.id, record.id, 'The receipt names its own decision.');
          await bench.expectStored(record, receipt, 'Each of many decisions is kept.');
        }
        const leaves = taken.flatMap(({ receipt: { leaf } }) => (leaf ? [leaf] : []));
        expect(
          new Set(leaves).size === leaves.length && [0, taken.length].includes(leaves.length),
          'Each decision has a leaf of its own.',
        );
        const all = await bench.stored();
        expect(!all || all.length === taken.length, 'Nothing else is in the register.');
      },
    ],
    [
      'decisions are kept in the order in which they were acknowledged',
      async (bench) => {
        const rounds: string[][] = [];
        for (const size of [1, 1, 1, 5, 1, 5, 1, 1]) {
          const round = await Promise.all(Array.from({ length: size }, () => bench.take()));
          rounds.push(round.map(({ record }) => record.id));
        }
        // Within a round, whose calls were made at the same time, any order will do.
        const stored = (await bench.stored())?.map(({ id }) =>
          rounds.findIndex((round) => round.includes(id)),
        );
        const expected = rounds.flatMap((round, index) => round.map(() => index));
        expectSame(stored ?? expected, expected, 'Decisions are kept in their order.');
      },
    ],
  ],
};
