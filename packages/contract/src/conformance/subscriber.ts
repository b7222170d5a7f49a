import type { SubscriptionsGroup } from '../adapter.js';
import { choiceKey, contactKindOf } from '../opt-in/boxes.js';
import type {
  Basis,
  Channel,
  Choosable,
  Confirmed,
  OptIn,
  OptInChoice,
  OptInResult,
  SubscriptionChange,
  Subscriptions,
} from '../opt-in/opt-in.js';
import type { SentMessage } from '../opt-in/sent-message.js';
import { expect, expectSame } from './assert.js';
import type { Bench } from './bench.js';
import { recordedNotice } from './sample.js';
import { sampleOptIn, sampleOptInNotice } from './sample-opt-in.js';

/** An adapter under test as somebody uses it who subscribes, and what the checks do again and again. */
export interface Subscriber {
  readonly group: SubscriptionsGroup;
  /** Whether messages can be asked for by this way, and reach somebody the suite can look at. */
  has(channel: Channel): boolean;
  optIn(overrides?: Partial<OptIn>): Promise<OptIn>;
  /** Sends an opt-in that has to be taken. */
  ask(overrides?: Partial<OptIn>): Promise<{ optIn: OptIn; result: OptInResult }>;
  /** Everything sent to a contact so far; `undefined` where there is no way to see it. */
  mailbox(contact: string | undefined): Promise<readonly SentMessage[] | undefined>;
  /** The last message to a contact, which there has to be. */
  last(contact: string | undefined): Promise<SentMessage>;
  /** Sends an opt-in by e-mail, and confirms it. */
  subscribe(
    overrides?: Partial<OptIn>,
  ): Promise<{ optIn: OptIn; token: string; confirmed: Confirmed & { access: string } }>;
  /** A notice of all boxes that the register cannot have seen. */
  freshNotice(basis?: Basis): Promise<{ version: string; hash: string; text: string }>;
  change(overrides?: Partial<SubscriptionChange>): Promise<SubscriptionChange>;
  /** Every box of the site, ticked by `isTicked`. */
  choices(isTicked: (choice: Choosable) => boolean): readonly OptInChoice[];
  /** Fails unless messages may go, or may not, for each ticked choice, where the suite can ask. */
  expectMaySend(optIn: OptIn, isAllowed: boolean, sentence: string): Promise<void>;
}

/** Makes the subscriber for one check; `undefined` where the suite cannot see what was sent. */
export function createSubscriber(bench: Bench): Subscriber {
  const { setup, config } = bench;
  const group = setup.adapter.subscriptions;
  expect(group, 'The adapter has no `subscriptions`.');

  const subscriber: Subscriber = {
    group,
    has: (channel) => config.marketing?.channels.includes(channel) === true && !!setup.sent,
    optIn: (overrides) => sampleOptIn(config, overrides),
    async ask(overrides) {
      const optIn = await subscriber.optIn(overrides);
      return { optIn, result: await group.submit(optIn) };
    },
    async mailbox(contact) {
      return (await setup.sent?.())?.filter(({ to }) => to === contact);
    },
    async last(contact) {
      const message = (await subscriber.mailbox(contact))?.at(-1);
      expect(message, 'Something was sent to the contact.');
      return message;
    },
    async subscribe(overrides) {
      const { optIn } = await subscriber.ask(overrides);
      const { token = '' } = await subscriber.last(optIn.contacts.email);
      const confirmed = await group.confirm({ token });
      return { optIn, token, confirmed: { ...confirmed, access: confirmed.access ?? '' } };
    },
    freshNotice: async (basis) =>
      recordedNotice(
        config.notice,
        sampleOptInNotice(config, basis).replace(/^title\t.*/m, `title\t${crypto.randomUUID()}`),
      ),
    change: async (overrides) => ({
      id: crypto.randomUUID(),
      at: new Date().toISOString(),
      gesture: { control: 'save', trusted: true },
      language: 'en',
      page: 'https://shop.example/messages',
      notice: await recordedNotice(config.notice, sampleOptInNotice(config)),
      ...overrides,
    }),
    choices: (isTicked) =>
      bench.boxes.map(({ topic, channel, controller }) => {
        const choice = { topic, channel, controller };
        return { ...choice, granted: isTicked(choice) };
      }),
    async expectMaySend({ choices, contacts }, isAllowed, sentence) {
      for (const { granted, ...choice } of choices) {
        const contact = contacts[contactKindOf(choice.channel)];
        if (!granted || contact === undefined || !setup.maySend) continue;
        const may = await setup.maySend({ ...choice, contact });
        expectSame(may, isAllowed, `${sentence} May ${choiceKey(choice)} be sent?`);
      }
    },
  };
  return subscriber;
}

/** How the preference centre says that a choice stands. */
export function statusOf({ items }: Subscriptions, choice: Choosable): string | undefined {
  return items.find((item) => choiceKey(item) === choiceKey(choice))?.status;
}

/** What was ticked, and nothing else. */
export function tickedOf({ choices }: Pick<OptIn, 'choices'>): readonly OptInChoice[] {
  return choices.filter(({ granted }) => granted);
}
