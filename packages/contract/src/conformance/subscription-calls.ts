import { expect, expectPlain, expectRefusal, expectSame } from './assert.js';
import type { Group } from './bench.js';
import { createSubscriber, type Subscriber } from './subscriber.js';

type Call = readonly [name: string, call: (signal?: AbortSignal) => Promise<unknown>];

/** How the methods take data, return it, and fail. */
export const subscriptionCalls: Group = {
  title: 'how opt-ins are called',
  needs: 'subscriptions',
  promises: [
    [
      'every method of opt-ins returns plain data, and takes what cannot be changed',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const optIn = frozen(await subscriber.optIn());
        expectPlain(await subscriber.group.submit(optIn, Object.freeze({})), 'An answer');
        if (!subscriber.has('email')) return;
        const { token = '' } = await subscriber.last(optIn.contacts.email);
        const confirmed = await subscriber.group.confirm(frozen({ token }));
        expectPlain(confirmed, 'What was confirmed');
        const access = frozen({ token: confirmed.access });
        const change = frozen(await subscriber.change({ frequency: 'monthly' }));
        const { history } = await subscriber.group.read(access);
        for (const data of [
          await subscriber.group.read(access),
          await subscriber.group.update(access, change),
          await subscriber.group.receipt?.(access, history[0]!.record),
          await subscriber.group.unsubscribeAll(access),
        ])
          if (data) expectPlain(data, 'What is answered');
      },
    ],
    [
      'changing what was handed over or received changes nothing in the backend',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const optIn = await subscriber.optIn();
        const before = structuredClone(optIn);
        const pending = subscriber.group.submit(optIn);
        Object.assign(optIn, { page: 'https://shop.example/spoiled' });
        Object.assign(optIn.contacts, { email: 'spoiled@example.org' });
        const result = await pending;
        const kept = structuredClone(result);
        Object.assign(result, { id: 'spoiled', confirm: ['spoiled'] });
        expectSame(await subscriber.group.submit(before), kept, 'Both are copies.');
        if (!subscriber.has('email')) return;
        const { token = '' } = await subscriber.last(before.contacts.email);
        const { access } = await subscriber.group.confirm({ token });
        const change = await subscriber.change({ frequency: 'monthly' });
        await subscriber.group.update({ token: access }, change);
        const { history } = await subscriber.group.read({ token: access });
        const { record } = history[0]!;
        for (const call of [
          () => subscriber.group.read({ token: access }),
          () => subscriber.group.update({ token: access }, change),
          async () => subscriber.group.receipt?.({ token: access }, record),
        ]) {
          const answer = await call();
          const copy = structuredClone(answer);
          spoil(answer);
          expectSame(await call(), copy, 'An answer is a copy.');
        }
      },
    ],
    [
      'a call about opt-ins that was given up before it began rejects with `adapter/aborted` and does nothing',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const optIn = await subscriber.optIn();
        const { calls, check } = await everyCall(subscriber);
        const signal = AbortSignal.abort();
        await expectRefusal(
          () => subscriber.group.submit(optIn, { signal }),
          'adapter/aborted',
          'submit was given up.',
        );
        for (const [name, call] of calls)
          await expectRefusal(() => call(signal), 'adapter/aborted', `${name} was given up.`);
        const sent = (await subscriber.mailbox(optIn.contacts.email)) ?? [];
        expectSame(sent, [], 'Nothing was sent.');
        await check('A call that was given up does nothing.');
      },
    ],
    [
      'for opt-ins, too, a backend that cannot be reached is `adapter/unreachable`, and calling again later succeeds',
      async (bench) => {
        const { setReachable } = bench.setup;
        const subscriber = createSubscriber(bench);
        const optIn = await subscriber.optIn();
        const { calls } = await everyCall(subscriber);
        if (setReachable) {
          await setReachable(false);
          for (const [name, call] of [
            ['submit', () => subscriber.group.submit(optIn)] as const,
            ...calls,
          ])
            await expectRefusal(() => call(), 'adapter/unreachable', `${name} reached nothing.`);
          await setReachable(true);
        }
        expectSame((await subscriber.group.submit(optIn)).id, optIn.id, 'Later it succeeds.');
        for (const [name, call] of calls) {
          const { signal } = new AbortController();
          await call(signal).catch((error: Error) => expect(false, `${name}: ${error.message}`));
        }
      },
    ],
  ],
};

/** Every method that can be called for somebody who is subscribed, where the suite sees what is sent. */
async function everyCall(
  subscriber: Subscriber,
): Promise<{ calls: readonly Call[]; check(sentence: string): Promise<void> }> {
  const { group } = subscriber;
  if (!subscriber.has('email')) return { calls: [], check: async () => undefined };
  const { optIn, confirmed } = await subscriber.subscribe();
  const access = { token: confirmed.access };
  const again = await subscriber.ask({ contacts: optIn.contacts });
  const { token = '' } = await subscriber.last(again.optIn.contacts.email);
  const { history } = await group.read(access);
  const change = await subscriber.change({ frequency: 'monthly' });
  return {
    calls: [
      ['read', (signal) => group.read(access, { signal })],
      ['confirm', (signal) => group.confirm({ token }, { signal })],
      ['update', (signal) => group.update(access, change, { signal })],
      ...(group.receipt
        ? [['receipt', (signal) => group.receipt!(access, history[0]!.record, { signal })] as Call]
        : []),
      ...(group.sendLink
        ? [['sendLink', (signal) => group.sendLink!(optIn.contacts, { signal })] as Call]
        : []),
      ['unsubscribeAll', (signal) => group.unsubscribeAll(access, { signal })],
    ],
    async check(sentence) {
      await subscriber.expectMaySend(optIn, true, sentence);
      expectSame((await group.read(access)).history, history, sentence);
      const { access: other } = await group.confirm({ token });
      expect(other, sentence);
    },
  };
}

/** Overwrites everything that can be overwritten. */
function spoil(data: unknown): void {
  if (!(data instanceof Object)) return;
  for (const key of Object.keys(data)) {
    spoil(Reflect.get(data, key));
    Reflect.set(data, key, 'spoiled');
  }
}

function frozen<Data>(data: Data): Data {
  if (data instanceof Object) {
    Object.values(data).forEach(frozen);
    Object.freeze(data);
  }
  return data;
}
