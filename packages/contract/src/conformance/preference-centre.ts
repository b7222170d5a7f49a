import type { SubscriptionChange } from '../opt-in/opt-in.js';
import { expect, expectRefusal, expectSame } from './assert.js';
import type { Group } from './bench.js';
import { freshContacts } from './sample-opt-in.js';
import { createSubscriber, statusOf, tickedOf } from './subscriber.js';

const DAY = 86_400_000;

/** What the person sees and sets (002-27, 001-34). Checked where the suite sees what is sent. */
export const preferenceCentre: Group = {
  title: 'the preference centre',
  needs: 'subscriptions',
  promises: [
    [
      'it is closed with `token/unknown` to everybody else',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const { group } = subscriber;
        const change = await subscriber.change();
        const tokens = ['', 'x', crypto.randomUUID(), 'a'.repeat(86)];
        if (subscriber.has('email')) {
          const { token, confirmed } = await subscriber.subscribe();
          tokens.push(token, confirmed.access.slice(0, -3), `${confirmed.access}A`);
        }
        for (const token of tokens)
          for (const call of [
            () => group.read({ token }),
            () => group.update({ token }, change),
            () => group.unsubscribeAll({ token }),
            ...(group.receipt ? [() => group.receipt!({ token }, change.id)] : []),
          ])
            await expectRefusal(call, 'token/unknown', `${token} opens nothing.`);
      },
    ],
    [
      'it shows whose it is without saying it, and how everything stands',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        if (!subscriber.has('email')) return;
        await subscriber.subscribe();
        const { optIn, confirmed } = await subscriber.subscribe({ frequency: 'quarterly' });
        const state = await subscriber.group.read({ token: confirmed.access });
        const { email = '' } = optIn.contacts;
        expectSame(state.contacts.length, 1, 'It is about one person.');
        const [{ kind, shown }] = state.contacts as [(typeof state.contacts)[0]];
        expectSame(kind, 'email', 'It says which contact.');
        expect(shown !== '' && !JSON.stringify(state).includes(email), 'The address is masked.');
        expectSame(state.frequency, 'quarterly', 'What was wished is kept.');
        const offered = subscriber.choices(() => true).filter(({ channel }) => channel === 'email');
        for (const choice of offered)
          expect(statusOf(state, choice) !== undefined, 'All that the site offers is there.');
        expectSame(
          state.history.map(({ act }) => act),
          ['confirmed', 'asked'],
          'The history has what happened, newest first.',
        );
      },
    ],
    [
      'granting needs a gesture and holds at once; the same change again changes nothing',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        if (!subscriber.has('email')) return;
        const { confirmed } = await subscriber.subscribe();
        const access = { token: confirmed.access };
        const update = (change: SubscriptionChange) => subscriber.group.update(access, change);
        const choices = subscriber.choices(() => true).filter(({ channel }) => channel === 'email');
        const grant = await subscriber.change({ choices });
        const unvouched = { ...grant, gesture: { ...grant.gesture, trusted: false } };
        await expectRefusal(
          () => update(unvouched),
          'consent/no-gesture',
          'A script grants nothing.',
        );
        for (const choice of choices)
          expectSame(statusOf(await update(grant), choice), 'active', 'It holds at once.');
        const stopped = await subscriber.group.unsubscribeAll(access);
        const again = await update(grant);
        expectSame(again.items, stopped.items, 'What came before a withdrawal stays before it.');
        expectSame(again.history, stopped.history, 'Nothing happened.');
      },
    ],
    [
      'frequency and pause are kept, and taken back; what is left out stays',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        if (!subscriber.has('email')) return;
        const { optIn, confirmed } = await subscriber.subscribe();
        const access = { token: confirmed.access };
        const update = async (overrides: Partial<SubscriptionChange>) =>
          subscriber.group.update(access, await subscriber.change(overrides));
        const pausedUntil = new Date(Date.now() + 30 * DAY).toISOString();
        expectSame((await update({ frequency: 'monthly' })).frequency, 'monthly', 'It is kept.');
        const paused = await update({ pausedUntil });
        expectSame(Date.parse(paused.pausedUntil ?? ''), Date.parse(pausedUntil), 'It is kept.');
        expectSame(paused.frequency, 'monthly', 'What is left out stays.');
        for (const choice of tickedOf(optIn))
          expectSame(statusOf(paused, choice), 'active', 'A pause withdraws nothing.');
        await subscriber.expectMaySend(optIn, false, 'Nothing is sent during a pause.');
        const back = await update({ frequency: null, pausedUntil: null });
        expectSame([back.frequency, back.pausedUntil], [undefined, undefined], 'Both are gone.');
        await subscriber.expectMaySend(optIn, true, 'The pause is over.');
        const tooLong = new Date(Date.now() + 400 * DAY).toISOString();
        await expectRefusal(
          () => update({ pausedUntil: tooLong }),
          'request/invalid',
          'A pause lasts a year at most.',
        );
        await expectRefusal(
          () => update({ choices: [{ ...tickedOf(optIn)[0]!, topic: 'no-such-topic' }] }),
          'opt-in/unknown-choice',
          'What the site does not offer is refused.',
        );
      },
    ],
    [
      'the person’s own copy tells of an entry of their history, and of no other’s (001-34)',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const { group } = subscriber;
        if (!group.receipt || !subscriber.has('email')) return;
        const other = await subscriber.subscribe();
        const { confirmed } = await subscriber.subscribe();
        const access = { token: confirmed.access };
        await group.update(access, await subscriber.change({ frequency: 'monthly' }));
        const { history } = await group.read(access);
        for (const { record, choices } of history) {
          const { receipt } = await group.receipt(access, record);
          const copy = JSON.stringify(receipt);
          expect(copy.includes(record), 'The copy is that of the entry asked for.');
          for (const { topic } of choices)
            expect(copy.includes(topic), 'The copy says what was chosen.');
        }
        const foreign = (await group.read({ token: other.confirmed.access })).history[0]!.record;
        for (const record of [foreign, crypto.randomUUID(), 'x'])
          await expectRefusal(
            () => group.receipt!(access, record),
            'receipt/unknown',
            'There is no copy of anything else.',
          );
      },
    ],
    [
      'a fresh link goes to a contact that is known, and the answer does not tell',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const { group, has } = subscriber;
        const { subscriptions } = await bench.setup.adapter.capabilities();
        if (!group.sendLink || !subscriptions?.links) return;
        const { email } = freshContacts();
        expectSame(await group.sendLink({ email }), undefined, 'There is nothing to tell.');
        expectSame((await subscriber.mailbox(email)) ?? [], [], 'Nobody unknown is written to.');
        if (!has('email')) return;
        const { optIn } = await subscriber.subscribe();
        const { email: known = '' } = optIn.contacts;
        expectSame(await group.sendLink({ email: known }), undefined, 'Nothing is told here, too.');
        const { access = '' } = await subscriber.last(known);
        const state = await group.read({ token: access });
        for (const choice of tickedOf(optIn))
          expectSame(statusOf(state, choice), 'active', 'The link opens the person’s own.');
        await expectRefusal(
          () => group.confirm({ token: access }),
          'token/unknown',
          'A link to look at confirms nothing.',
        );
      },
    ],
  ],
};
