import { expect, expectRefusal, failureOf } from './assert.js';
import type { Bench, Group } from './bench.js';

type Call = (signal?: AbortSignal) => Promise<unknown>;

/** Ways in which every method fails, and the only ways. */
export const calls: Group = {
  title: 'how its methods fail',
  needs: 'consents',
  promises: [
    [
      'every method rejects with a PlacetError and nothing else, whatever it is asked for',
      async (bench) => {
        for (const id of ['', '..', '../..', '%', '\ud800', '\0', 'a'.repeat(2000)]) {
          const given = await bench.sample({ id });
          const all: [string, () => Promise<unknown>][] = [
            ['record', () => bench.consents.record(given)],
            ...readersOf(bench, id).map(([name, read]): [string, () => Promise<unknown>] => [
              name,
              () => read(),
            ]),
          ];
          for (const [name, call] of all) {
            const sentence = `${name} rejects ${JSON.stringify(id.slice(0, 9))} with a PlacetError.`;
            const failure = await failureOf(call, sentence);
            expect(failure || name === 'list', `${sentence} It did not reject.`);
          }
        }
      },
    ],
    [
      'a call that was given up before it began rejects with `adapter/aborted` and does nothing',
      async (bench) => {
        const { record } = await bench.take();
        const given = await bench.sample();
        const signal = AbortSignal.abort();
        for (const [name, call] of [
          ['record', () => bench.consents.record(given, { signal })] as const,
          ...readersOf(bench, record.id).map(([each, read]) => [each, () => read(signal)] as const),
        ])
          await expectRefusal(call, 'adapter/aborted', `${name} was given up.`);
        await bench.expectNothing([given.id], 'A call given up before it began does nothing.');
      },
    ],
    [
      'a call that is given up under way rejects with `adapter/aborted`, or was faster; the same again is stored once',
      async (bench) => {
        const record = await bench.sample();
        const controller = new AbortController();
        const pending = bench.consents.record(record, { signal: controller.signal });
        controller.abort();
        const failure = await failureOf(() => pending, 'A call was given up.');
        expect(
          !failure || failure.code === 'adapter/aborted',
          `A call given up is \`adapter/aborted\`, not ${failure?.code}.`,
        );
        const receipt = await bench.consents.record(record);
        await bench.expectStored(record, receipt, 'After a call given up, the next one counts.');
      },
    ],
    [
      'a call with a signal that stays quiet succeeds',
      async (bench) => {
        const { signal } = new AbortController();
        const record = await bench.sample();
        const receipt = await bench.consents.record(record, { signal });
        for (const [name, read] of readersOf(bench, record.id))
          expect((await read(signal)) instanceof Object, `${name} answers.`);
        await bench.expectStored(record, receipt, 'A call with a signal is a call.');
      },
    ],
    [
      'a backend that cannot be reached is `adapter/unreachable`, and calling again later succeeds',
      async (bench) => {
        const { setup } = bench;
        const { record } = await bench.take();
        const later = await bench.sample();
        await setup.setReachable?.(false);
        if (setup.setReachable)
          for (const [name, call] of [
            ['record', () => bench.consents.record(later)] as const,
            ...readersOf(bench, record.id),
          ])
            await expectRefusal(() => call(), 'adapter/unreachable', `${name} reached nothing.`);
        await setup.setReachable?.(true);
        const receipt = await bench.consents.record(later);
        await bench.expectStored(later, receipt, 'Calling again later succeeds.');
      },
    ],
  ],
};

/** Every method that there is and that only reads, as it is meant to be called. */
function readersOf(bench: Bench, id: string): [name: string, call: Call][] {
  const { consents } = bench;
  const all: [string, Call][] = [];
  if (consents.receipt) all.push(['receipt', (signal) => consents.receipt!(id, { signal })]);
  if (bench.has('register'))
    all.push(
      ['read', (signal) => bench.register.read(id, { signal })],
      ['list', (signal) => bench.register.list({}, { signal })],
    );
  return all;
}
