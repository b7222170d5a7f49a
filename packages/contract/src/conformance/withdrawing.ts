import { expect, expectRefusal, expectSame } from './assert.js';
import type { Bench, Group } from './bench.js';
import { createSubscriber, statusOf, tickedOf } from './subscriber.js';

/** Ways to withdraw everything that somebody asked for. */
const WAYS = ['unsubscribeAll', 'update'] as const;

/** The way out (001-24, 001-35, 002-35). Checked where the suite sees what is sent. */
export const withdrawing: Group = {
  title: 'withdrawing',
  needs: 'subscriptions',
  promises: [
    [
      'it stops everything, at once (002-35)',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        if (!subscriber.has('email')) return;
        const choices = subscriber.choices(({ channel }) => channel === 'email');
        const { optIn, confirmed } = await subscriber.subscribe({ choices });
        const state = await subscriber.group.unsubscribeAll({ token: confirmed.access });
        await subscriber.expectMaySend(optIn, false, 'Everything is stopped.');
        const read = await subscriber.group.read({ token: confirmed.access });
        for (const { items } of [state, read])
          expect(
            items.every(({ status }) => status === 'withdrawn' || status === 'none'),
            'The preference centre says so.',
          );
        for (const choice of tickedOf(optIn))
          expectSame(statusOf(read, choice), 'withdrawn', 'What was there is withdrawn.');
        const again = await subscriber.group.unsubscribeAll({ token: confirmed.access });
        expectSame(again.items, read.items, 'Stopping again changes nothing.');
        const now = await subscriber.group.read({ token: confirmed.access });
        expectSame(again, now, 'The answer is how everything stands.');
      },
    ],
    [
      'one thing can be withdrawn alone, without a gesture',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        if (!subscriber.has('email')) return;
        const choices = subscriber.choices(({ channel }) => channel === 'email');
        const { optIn, confirmed } = await subscriber.subscribe({ choices });
        const [first, ...others] = tickedOf(optIn);
        const change = await subscriber.change({
          choices: [{ ...first!, granted: false }],
          gesture: { control: 'save', trusted: false },
        });
        const state = await subscriber.group.update({ token: confirmed.access }, change);
        expectSame(statusOf(state, first!), 'withdrawn', 'It is withdrawn.');
        const only = { ...optIn, choices: [first!] };
        await subscriber.expectMaySend(only, false, 'It is withdrawn.');
        await subscriber.expectMaySend({ ...optIn, choices: others }, true, 'The others stay.');
        for (const other of others)
          expectSame(statusOf(state, other), 'active', 'The others stay.');
      },
    ],
    ...WAYS.map(
      (way) =>
        [
          `what was asked for before a withdrawal cannot be confirmed after it: ${way} (001-24)`,
          async (bench: Bench) => {
            const subscriber = createSubscriber(bench);
            if (!subscriber.has('email')) return;
            const { optIn, confirmed } = await subscriber.subscribe();
            const { contacts } = optIn;
            await subscriber.ask({ contacts });
            const { token = '' } = await subscriber.last(contacts.email);
            const access = { token: confirmed.access };
            if (way === 'unsubscribeAll') await subscriber.group.unsubscribeAll(access);
            else {
              const choices = tickedOf(optIn).map((each) => ({ ...each, granted: false }));
              await subscriber.group.update(access, await subscriber.change({ choices }));
            }
            await expectRefusal(
              () => subscriber.group.confirm({ token }),
              'token/unknown',
              'The withdrawal came later.',
            );
            await subscriber.expectMaySend(optIn, false, 'It stays withdrawn.');
            await subscriber.subscribe({ contacts });
            await subscriber.expectMaySend(optIn, true, 'What is asked for anew holds again.');
          },
        ] as const,
    ),
    [
      'a confirmation and a withdrawal at the same time end withdrawn',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        if (!subscriber.has('email')) return;
        for (const isFirst of [true, false]) {
          const { optIn, confirmed } = await subscriber.subscribe();
          await subscriber.ask({ contacts: optIn.contacts });
          const { token = '' } = await subscriber.last(optIn.contacts.email);
          const confirm = () => subscriber.group.confirm({ token });
          const stop = () => subscriber.group.unsubscribeAll({ token: confirmed.access });
          await Promise.allSettled((isFirst ? [confirm, stop] : [stop, confirm]).map((go) => go()));
          await subscriber.expectMaySend(optIn, false, 'Withdrawal wins.');
          const state = await subscriber.group.read({ token: confirmed.access });
          for (const choice of tickedOf(optIn))
            expectSame(statusOf(state, choice), 'withdrawn', 'Withdrawal wins.');
        }
      },
    ],
  ],
};
