import { choiceKey } from '../opt-in/boxes.js';
import { expectRefusal, expectSame } from './assert.js';
import type { Group } from './bench.js';
import { freshContacts } from './sample-opt-in.js';
import { createSubscriber, tickedOf } from './subscriber.js';

/** What holds for the young. Checked where the suite sees what is sent. */
export const children: Group = {
  title: 'opt-ins of children',
  needs: 'subscriptions',
  promises: [
    [
      'a parent agrees for a child first, and then the child’s own contact is confirmed (GDPR art. 8)',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        if (!subscriber.has('email')) return;
        const guardian = { email: freshContacts().email };
        const { optIn, result } = await subscriber.ask({ guardian });
        expectSame(result.confirm, ['email'], 'The parent confirms by e-mail.');
        expectSame(await subscriber.mailbox(optIn.contacts.email), [], 'The child gets nothing.');
        const { token = '' } = await subscriber.last(guardian.email);
        await subscriber.expectMaySend(optIn, false, 'The parent has not agreed.');
        const agreed = await subscriber.group.confirm({ token });
        expectSame(agreed, { choices: [], confirm: ['email'] }, 'The parent gets no access.');
        await subscriber.expectMaySend(optIn, false, 'A parent cannot vouch for an address.');
        const own = await subscriber.last(optIn.contacts.email);
        await subscriber.group.confirm({ token: own.token ?? '' });
        await subscriber.expectMaySend(optIn, true, 'Both have agreed.');
      },
    ],
    [
      'where the site asks the age, no consent is taken without it (GDPR art. 8)',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        if (!subscriber.has('email') || bench.config.marketing?.minimumAge === undefined) return;
        const { age: _, ...silent } = await subscriber.optIn();
        const child = { ...silent, age: 'under' as const };
        const parent = {
          ...(await subscriber.optIn()),
          guardian: { email: freshContacts().email },
        };
        for (const optIn of [silent, child, parent])
          await expectRefusal(
            () => subscriber.group.submit(optIn),
            'request/invalid',
            'An age is told, and a parent where it is too low.',
          );
        for (const { contacts } of [silent, child, parent])
          expectSame(await subscriber.mailbox(contacts.email), [], 'Nobody is written to.');
      },
    ],
    [
      'a child adds nothing without a parent, and can leave what a parent agreed to (GDPR art. 8)',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        if (!subscriber.has('email') || bench.config.marketing?.minimumAge === undefined) return;
        const guardian = { email: freshContacts().email };
        const { optIn } = await subscriber.ask({ guardian });
        const { token = '' } = await subscriber.last(guardian.email);
        await subscriber.group.confirm({ token });
        const own = await subscriber.last(optIn.contacts.email);
        const { access } = await subscriber.group.confirm({ token: own.token ?? '' });
        const state = await subscriber.group.read({ token: access });
        expectSame(state.formOnly, true, 'It says that nothing can be added.');
        expectSame(
          state.items.map(choiceKey),
          tickedOf(optIn).map(choiceKey),
          'What is offered is what can be left.',
        );
        const email = subscriber.choices(() => true).filter(({ channel }) => channel === 'email');
        const more = await subscriber.change({ choices: email });
        await expectRefusal(
          () => subscriber.group.update({ token: access }, more),
          'opt-in/unknown-choice',
          'A parent has to be asked.',
        );
        const choices = tickedOf(optIn).map((choice) => ({ ...choice, granted: false }));
        await subscriber.group.update({ token: access }, await subscriber.change({ choices }));
        await subscriber.expectMaySend(optIn, false, 'Leaving is always possible.');
      },
    ],
  ],
};
