import type { OptIn } from '../opt-in/opt-in.js';
import { boxesOf, choiceKey } from '../opt-in/boxes.js';
import { expect, expectRefusal, expectSame } from './assert.js';
import type { Bench, Group } from './bench.js';
import { malformedOptIns } from './malformed-opt-ins.js';
import { freshContacts } from './sample-opt-in.js';
import { createSubscriber, tickedOf, type Subscriber } from './subscriber.js';

/** What comes of an opt-in before it is confirmed (001-25…33). */
export const asking: Group = {
  title: 'taking an opt-in',
  needs: 'subscriptions',
  promises: [
    [
      'the answer names the opt-in’s id and notice, and what has to be confirmed',
      async (bench) => {
        const { optIn, result } = await createSubscriber(bench).ask();
        const { version, hash } = optIn.notice;
        expectSame(result.id, optIn.id, 'The answer names the opt-in.');
        expectSame(result.notice, { version, hash }, 'The answer names the notice.');
        expectSame(result.confirm, ['email'], 'The address has to be confirmed.');
        expectSame(result.missing, [], 'Nothing is missing.');
        expect(!Number.isNaN(Date.parse(result.receivedAt)), 'The answer says when it came.');
      },
    ],
    [
      'the answer, and what is sent, do not tell whether the contact is known (001-06)',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const { contacts, ...shown } = (await subscriber.ask()).optIn;
        if (subscriber.has('email')) await confirmLast(subscriber, contacts.email);
        const known = await subscriber.ask({ ...shown, id: crypto.randomUUID(), contacts });
        const fresh = await subscriber.ask({ ...shown, id: crypto.randomUUID() });
        expectSame(
          { ...known.result, id: '', receivedAt: '' },
          { ...fresh.result, id: '', receivedAt: '' },
          'Both are answered alike.',
        );
        if (!subscriber.has('email')) return;
        const both = [known, fresh].map(async ({ optIn }) =>
          Object.keys(await subscriber.last(optIn.contacts.email)).sort(),
        );
        const [toKnown, toFresh] = await Promise.all(both);
        expectSame(toKnown, toFresh, 'Both are sent alike.');
      },
    ],
    [
      'the same opt-in again stores nothing and sends nothing, and gets the same answer',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const { optIn, result } = await subscriber.ask();
        const before = await subscriber.mailbox(optIn.contacts.email);
        for (let time = 0; time < 3; time++)
          expectSame(await subscriber.group.submit(optIn), result, 'It gets the same answer.');
        const { text: _text, ...notice } = optIn.notice;
        const short = await subscriber.group.submit({ ...optIn, notice });
        expectSame(short, result, 'Without the notice’s text it is the same.');
        const after = await subscriber.mailbox(optIn.contacts.email);
        expectSame(after, before, 'A repetition sends nothing.');
      },
    ],
    [
      'the same opt-in ten times at the same time is taken once',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const optIn = await subscriber.optIn();
        const results = await Promise.all(
          Array.from({ length: 10 }, () => subscriber.group.submit(structuredClone(optIn))),
        );
        for (const result of results) expectSame(result, results[0], 'All get the same answer.');
        const messages = await subscriber.mailbox(optIn.contacts.email);
        expect(!messages || messages.length === 1, 'One message is sent.');
      },
    ],
    [
      'another opt-in under the same id is refused with `opt-in/conflict`; the first one stays',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const { optIn, result } = await subscriber.ask();
        const { choices, gesture, page } = optIn;
        const others: readonly Partial<OptIn>[] = [
          { contacts: { email: freshContacts().email } },
          { choices: choices.map((each) => ({ ...each, granted: !each.granted })) },
          { choices: choices.map((each) => ({ ...each, granted: false })) },
          { at: new Date(Date.parse(optIn.at) - 1000).toISOString() },
          { page: `${page}/other` },
          { language: 'de' },
          { gesture: { ...gesture, control: 'other' } },
          { notice: await subscriber.freshNotice() },
          { frequency: 'monthly' },
        ];
        for (const other of others) {
          const sentence = `Another opt-in (${Object.keys(other).join()}) is refused.`;
          const given = { ...optIn, ...other };
          await expectRefusal(() => subscriber.group.submit(given), 'opt-in/conflict', sentence);
          const sent = await subscriber.mailbox(given.contacts.email);
          if (other.contacts) expectSame(sent ?? [], [], 'What is refused sends nothing.');
        }
        expectSame(await subscriber.group.submit(optIn), result, 'The first one stays.');
        if (subscriber.has('email')) await confirmLast(subscriber, optIn.contacts.email);
      },
    ],
    [
      'a choice that the site does not offer is refused with `opt-in/unknown-choice`',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const [first] = subscriber.choices(() => true);
        const offered = bench.config.marketing?.channels ?? [];
        const foreign = (['email', 'sms', 'phone'] as const).find(
          (each) => !offered.includes(each),
        );
        const strangers = [
          { ...first!, topic: 'no-such-topic' },
          { ...first!, topic: 'constructor' },
          { ...first!, controller: 'somebody-else' },
          ...(foreign ? [{ ...first!, channel: foreign }] : []),
        ];
        for (const stranger of strangers)
          for (const granted of [true, false]) {
            const choices = [first!, { ...stranger, granted }];
            await refused(bench, { choices, contacts: freshContacts() }, 'opt-in/unknown-choice');
          }
      },
    ],
    [
      'a choice that the notice did not show, or showed as an objection, is refused with `opt-in/unknown-choice` (001-27)',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const objection = await subscriber.freshNotice('soft-opt-in');
        const cookies = await bench.freshNotice();
        const { text, version } = await subscriber.freshNotice();
        const [first = ''] = subscriber.choices(() => true).map(choiceKey);
        const others = text.split('\n').filter((line) => !line.startsWith(`box\t${first}\t`));
        const without = { version, text: others.join('\n') };
        for (const notice of [objection, cookies, without])
          await refused(bench, { notice }, 'opt-in/unknown-choice', true, 'on another notice');
      },
    ],
    [
      'a consent without a gesture that the browser vouches for is refused with `consent/no-gesture` (001-29)',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const gesture = { control: 'submit', trusted: false };
        await refused(bench, { gesture }, 'consent/no-gesture');
        const { result } = await subscriber.ask({
          gesture,
          choices: subscriber.choices(() => false),
        });
        expectSame(result.confirm, [], 'Saying nothing needs no gesture, and no confirmation.');
      },
    ],
    [
      '`soft-opt-in` and `b2b` are refused from a browser with `request/unauthorized` (E-05)',
      async (bench) => {
        const sale = { id: 'order-1', at: new Date().toISOString() };
        await refused(bench, { basis: 'soft-opt-in', sale }, 'request/unauthorized');
        await refused(bench, { basis: 'b2b' }, 'request/unauthorized');
      },
    ],
    [
      'what cannot be an address or a number is refused with `contact/invalid`',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        for (const email of ['nobody', 'a@', '@example.org', 'a b@example.org', 'a@b@example.org'])
          await refused(bench, { contacts: { email } }, 'contact/invalid');
        const choices = subscriber.choices(({ channel }) => channel !== 'email');
        if (tickedOf({ choices }).length > 0)
          for (const phone of ['12', '+1', 'call me', '+33612345678901234'])
            await refused(bench, { choices, contacts: { phone } }, 'contact/invalid');
      },
    ],
    [
      'a ticked box without a contact is told as `missing`; the others are taken all the same',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const { result: none } = await subscriber.ask({ contacts: {}, missing: ['email'] });
        expectSame([none.confirm, none.missing], [[], ['email']], 'There is no address.');
        const choices = subscriber.choices(() => true);
        if (choices.every(({ channel }) => channel === 'email')) return;
        const { optIn, result } = await subscriber.ask({ choices, missing: ['phone'] });
        expectSame([result.confirm, result.missing], [['email'], ['phone']], 'There is no number.');
        if (!subscriber.has('email')) return;
        const { choices: confirmed } = await confirmLast(subscriber, optIn.contacts.email);
        expectSame(
          confirmed,
          choices.filter(({ channel }) => channel === 'email'),
          'What has a contact is taken.',
        );
      },
    ],
    [
      'a notice is known once its text was sent along, and unknown or wrong ones are refused (001-32)',
      async (bench) => {
        const subscriber = createSubscriber(bench);
        const { version, hash, text } = await subscriber.freshNotice();
        const other = await subscriber.freshNotice();
        await refused(bench, { notice: { version, hash } }, 'notice/unknown', true);
        await refused(bench, { notice: { version, hash, text: other.text } }, 'notice/mismatch');
        await subscriber.ask({ notice: { version, text } });
        const { result } = await subscriber.ask({ notice: { version, hash } });
        expectSame(result.notice, { version, hash }, 'From then on the hash is enough.');
      },
    ],
    [
      'what is malformed is refused with `request/invalid`, and nothing is sent',
      async (bench) => {
        for (const [what, members] of malformedOptIns(boxesOf(bench.config)))
          await refused(bench, members, 'request/invalid', true, what);
      },
    ],
  ],
};

async function confirmLast(subscriber: Subscriber, contact: string | undefined) {
  const { token = '' } = await subscriber.last(contact);
  return subscriber.group.confirm({ token });
}

/** Fails unless an opt-in is refused, sends nothing, and leaves its id free. */
async function refused(
  bench: Bench,
  overrides: Partial<OptIn>,
  code: Parameters<typeof expectRefusal>[1],
  isFree = true,
  what = JSON.stringify(overrides).slice(0, 80),
): Promise<void> {
  const subscriber = createSubscriber(bench);
  const optIn = await subscriber.optIn();
  const given = { ...optIn, ...overrides };
  const sentence = `An opt-in (${what}) is refused.`;
  await expectRefusal(() => subscriber.group.submit(given), code, sentence);
  for (const contact of Object.values(given.contacts ?? {}))
    expectSame((await subscriber.mailbox(contact)) ?? [], [], `${sentence} It sends nothing.`);
  if (isFree)
    expectSame((await subscriber.group.submit(optIn)).id, optIn.id, `${sentence} The id is free.`);
}
