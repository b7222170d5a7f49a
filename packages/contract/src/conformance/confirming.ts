import { contactKindOf } from '../opt-in/boxes.js';
import { expect, expectRefusal, expectSame } from './assert.js';
import type { Group } from './bench.js';
import { freshContacts } from './sample-opt-in.js';
import { createSubscriber, statusOf, tickedOf } from './subscriber.js';

/** How a contact is shown to be the person's own. Checked where the suite sees what is sent. */
export const confirming: Group = {
  title: 'confirming an opt-in',
  needs: 'subscriptions',
  promises: [
    [
      'nothing may be sent before the contact is confirmed by the link mailed to it (001-22)',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const { optIn } = await subscriber.ask();
        await subscriber.expectMaySend(optIn, false, 'It is not confirmed.');
        if (!subscriber.has('email')) return;
        const messages = await subscriber.mailbox(optIn.contacts.email);
        expectSame(messages?.length, 1, 'One message goes out, which asks.');
        const { token = '' } = messages![0]!;
        const confirmed = await subscriber.group.confirm({ token });
        expectSame(confirmed.choices, tickedOf(optIn), 'What was ticked holds, and nothing else.');
        await subscriber.expectMaySend(optIn, true, 'It is confirmed.');
        const state = await subscriber.group.read({ token: confirmed.access });
        for (const choice of optIn.choices.filter(({ channel }) => channel === 'email'))
          expectSame(
            statusOf(state, choice),
            choice.granted ? 'active' : 'none',
            'The preference centre says so.',
          );
      },
    ],
    [
      'a link confirms once; what is wrong is refused with `token/unknown`',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const { group } = subscriber;
        const { optIn } = await subscriber.ask();
        for (const token of ['x', optIn.id, crypto.randomUUID(), 'a'.repeat(43)])
          await expectRefusal(
            () => group.confirm({ token }),
            'token/unknown',
            'Nobody guesses it.',
          );
        if (!subscriber.has('email')) return;
        const { token = '' } = await subscriber.last(optIn.contacts.email);
        const changed = token.slice(0, -2) + (token.endsWith('AA') ? 'BB' : 'AA');
        await expectRefusal(
          () => group.confirm({ token: changed }),
          'token/unknown',
          'Or bends it.',
        );
        await group.confirm({ token });
        await expectRefusal(() => group.confirm({ token }), 'token/unknown', 'It confirms once.');
      },
    ],
    [
      'a link used ten times at the same time confirms once',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        if (!subscriber.has('email')) return;
        const { optIn } = await subscriber.ask();
        const { token = '' } = await subscriber.last(optIn.contacts.email);
        const outcomes = await Promise.allSettled(
          Array.from({ length: 10 }, () => subscriber.group.confirm({ token })),
        );
        const won = outcomes.filter(({ status }) => status === 'fulfilled');
        expectSame(won.length, 1, 'One of them confirms.');
        for (const outcome of outcomes)
          if (outcome.status === 'rejected')
            await expectRefusal(
              async () => Promise.reject(outcome.reason as Error),
              'token/unknown',
              'The others are refused.',
            );
      },
    ],
    [
      'the code sent to a telephone confirms it, for its own opt-in and five attempts long',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const { group } = subscriber;
        if (!subscriber.has('sms')) return;
        const choices = subscriber.choices(({ channel }) => channel === 'sms');
        const askBySms = () =>
          subscriber.ask({ choices, contacts: { phone: freshContacts().phone } });
        const [first, second] = [await askBySms(), await askBySms()];
        expectSame(first.result.confirm, ['phone'], 'The number has to be confirmed.');
        const { code = '' } = await subscriber.last(first.optIn.contacts.phone);
        expect(/^\d{6,8}$/.test(code), 'The code is one to be typed.');
        const wrong = code.replace(/\d/g, (digit) => String((Number(digit) + 1) % 10));
        const refuse = (id: string, given: string, why: string) =>
          expectRefusal(() => group.confirm({ id, code: given }), 'token/unknown', why);
        await refuse(first.optIn.id, wrong, 'Another code is refused.');
        await refuse(crypto.randomUUID(), code, 'An unknown opt-in is refused alike.');
        const confirmed = await group.confirm({ id: first.optIn.id, code });
        expectSame(confirmed.choices, tickedOf(first.optIn), 'What was ticked holds.');
        await subscriber.expectMaySend(first.optIn, true, 'It is confirmed.');
        await refuse(first.optIn.id, code, 'A code confirms once.');
        const { code: other = '' } = await subscriber.last(second.optIn.contacts.phone);
        const miss = other === '000000' ? '111111' : '000000';
        for (let attempt = 0; attempt < 5; attempt++)
          await refuse(second.optIn.id, miss, 'Another code is refused.');
        await refuse(second.optIn.id, other, 'After five attempts the right one comes too late.');
      },
    ],
    [
      'each contact confirms its own choices alone',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        if (!subscriber.has('email') || !subscriber.has('sms')) return;
        const choices = subscriber.choices(({ channel }) => channel !== 'phone');
        const { optIn, result } = await subscriber.ask({ choices, contacts: freshContacts() });
        expectSame(result.confirm, ['email', 'phone'], 'Both have to be confirmed.');
        const { token = '' } = await subscriber.last(optIn.contacts.email);
        const confirmed = await subscriber.group.confirm({ token });
        const mailed = choices.filter(({ channel }) => contactKindOf(channel) === 'email');
        expectSame(
          confirmed.choices,
          mailed.filter(({ granted }) => granted),
          'E-mail alone.',
        );
        const isSms = { ...optIn, choices: choices.filter(({ channel }) => channel === 'sms') };
        await subscriber.expectMaySend(isSms, false, 'The number is not confirmed.');
        const { code = '' } = await subscriber.last(optIn.contacts.phone);
        const { access } = await subscriber.group.confirm({ id: optIn.id, code });
        await subscriber.expectMaySend(optIn, true, 'Both are confirmed.');
        const state = await subscriber.group.read({ token: access });
        expectSame(
          state.contacts.map(({ kind }) => kind).sort(),
          ['email', 'phone'],
          'Contacts confirmed under one opt-in are one person’s.',
        );
      },
    ],
    [
      'a box that is not ticked says nothing, and withdraws nothing',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        if (!subscriber.has('email')) return;
        const { optIn } = await subscriber.subscribe();
        const [ticked] = tickedOf(optIn);
        const choices = subscriber.choices(
          ({ topic, channel }) => channel === 'email' && topic !== ticked!.topic,
        );
        await subscriber.subscribe({ choices, contacts: optIn.contacts });
        await subscriber.expectMaySend(optIn, true, 'The first opt-in still holds.');
      },
    ],
  ],
};
