import type { SubscriptionsGroup } from '../adapter.js';
import type { SiteConfig } from '../config.js';
import type { SignedReceipt } from '../consent-record.js';
import { PlacetError } from '../errors.js';
import { ageProblem, isOfAge } from '../opt-in/age.js';
import { boxesOf, choiceKey, contactKindOf } from '../opt-in/boxes.js';
import { boxesOfNotice } from '../opt-in/notice-boxes.js';
import type {
  Access,
  Choosable,
  Confirmed,
  OptIn,
  OptInChoice,
  OptInResult,
  SubscriptionEvent,
  Subscriptions,
} from '../opt-in/opt-in.js';
import { canonicalOptIn, missingContacts, neededContacts } from '../opt-in/rules.js';
import type { SentMessage } from '../opt-in/sent-message.js';
import { createAsking, servedBy } from './memory-asking.js';
import { checked, hashedNotice, heed, plain } from './memory-parts.js';
import { bare, createPeople, normalized, shown, type Contact } from './memory-people.js';

/** What {@link memorySubscriptions} is made of. */
export interface MemorySubscriptionsOptions {
  config: SiteConfig | undefined;
  now: () => Date;
  /** Texts of notices by their hash, shared with the register of decisions. */
  notices: Map<string, string>;
  /** Takes what goes to people. */
  sent: SentMessage[];
}

/** Opt-ins in memory, and what a server has besides. */
export interface MemorySubscriptions {
  /** The group, as a browser sees it; `signedIn` is the address of whoever is signed in there. */
  groupFor(signedIn: () => string | undefined): Required<SubscriptionsGroup>;
  /** Stops everything for an address, and for whatever else is known to be the same person's. */
  withdraw(address: string): void;
  /** Whether a message may go now. */
  maySend(message: Choosable & { contact: string }): boolean;
}

/** A year ahead, whatever year: in milliseconds. */
const LONGEST_PAUSE = 366 * 86_400_000;

/** Opt-ins in memory, with every promise of {@link SubscriptionsGroup}. */
export function memorySubscriptions(options: MemorySubscriptionsOptions): MemorySubscriptions {
  const { config, now, notices, sent } = options;
  const boxes = config ? boxesOf(config) : [];
  const people = createPeople();
  const { ask, isPending, take, confirmedUnder } = createAsking({ now, sent });
  const optIns = new Map<string, { said: string; result: OptInResult }>();
  const changes = new Map<string, string>();
  const mayAdd = (person: readonly Contact[]) => !config || isOfAge(config, person);
  function stateOf(person: readonly Contact[]): Subscriptions {
    const state = shown(person, boxes, isPending);
    if (mayAdd(person)) return state;
    const canBeLeft = ['active', 'pending'];
    const items = state.items.filter(({ status }) => canBeLeft.includes(status));
    return { ...state, items, formOnly: true };
  }

  /** Fails for what the site does not offer, and for ticks that nobody made. */
  function check(choices: readonly OptInChoice[], { trusted }: OptIn['gesture']): void {
    const known = boxes.map(choiceKey);
    const stranger = choices.map(choiceKey).find((key) => !known.includes(key));
    if (stranger !== undefined) throw new PlacetError('opt-in/unknown-choice', stranger);
    if (!trusted && choices.some(({ granted }) => granted))
      throw new PlacetError('consent/no-gesture');
  }

  /** A notice's text; `notice/unknown` where there is none. */
  function textOf({ hash, text = notices.get(hash) }: { hash: string; text?: string }): string {
    if (text === undefined) throw new PlacetError('notice/unknown');
    return text;
  }

  function tell(contact: Contact, event: Omit<SubscriptionEvent, 'at'>): void {
    contact.history.push({ ...event, at: now().toISOString(), choices: event.choices.map(bare) });
  }

  function set(contact: Contact, choices: readonly OptInChoice[], record: string): void {
    // Withdrawal wins: what was asked for before cannot be confirmed any more.
    if (choices.some(({ granted }) => !granted)) contact.epoch++;
    for (const { topic, channel, controller, granted } of choices)
      contact.items.set(choiceKey({ topic, channel, controller }), {
        topic,
        channel,
        controller,
        status: granted ? 'active' : 'withdrawn',
        ...(granted && { basis: 'consent' as const }),
        since: now().toISOString(),
        record,
      });
  }

  async function submit(given: unknown): Promise<OptInResult> {
    const optIn = await checked(given, ({ optInSchema }) => optInSchema);
    const notice = await hashedNotice(optIn.notice);
    const { version, hash } = notice;
    const said = canonicalOptIn({ ...optIn, notice: { version, hash } });
    const former = optIns.get(optIn.id);
    if (former && former.said !== said) throw new PlacetError('opt-in/conflict');
    if (former) return former.result;
    const { basis = 'consent', choices, contacts, gesture } = optIn;
    if (basis !== 'consent') throw new PlacetError('request/unauthorized', 'For servers only.');
    check(choices, gesture);
    const problem = ageProblem(config ?? {}, optIn);
    if (problem !== undefined) throw new PlacetError('request/invalid', problem);
    const guardian = optIn.guardian && normalized('email', optIn.guardian.email);
    const [missing, needed] = [missingContacts(optIn), neededContacts(optIn)];
    const all = (['email', 'phone'] as const)
      .filter((kind) => contacts[kind]?.trim())
      .map((kind) => ({ kind, value: normalized(kind, contacts[kind]!) }));
    const reached = all.filter(({ kind }) => needed.includes(kind));
    const text = textOf(notice);
    const asked = boxesOfNotice(text);
    const unasked = choices.map(choiceKey).find((key) => !asked.has(key));
    if (unasked !== undefined) throw new PlacetError('opt-in/unknown-choice', unasked);
    notices.set(hash, text);

    const mailed = reached.map(({ kind }) => kind);
    const result: OptInResult = {
      id: optIn.id,
      receivedAt: now().toISOString(),
      notice: { version, hash },
      confirm: guardian !== undefined && mailed.length > 0 ? ['email'] : mailed,
      missing,
    };
    optIns.set(optIn.id, { said, result });
    const waiting = reached.map(({ kind, value }) => people.contact(kind, value));
    for (const contact of waiting) {
      const own = servedBy(contact, choices).filter(({ granted }) => granted);
      tell(contact, { record: optIn.id, act: 'asked', how: 'form', choices: own });
    }
    ask(optIn, waiting, guardian);
    return result;
  }

  async function confirm(given: unknown): Promise<Confirmed> {
    const proof = await checked(given, ({ confirmationSchema }) => confirmationSchema);
    const { record, asked, frequency, age, agree } = take(proof);
    const how = 'token' in proof ? 'link' : 'code';
    if (agree) {
      for (const { contact, choices } of asked)
        tell(contact, { record, act: 'agreed', how, choices });
      agree();
      return { choices: [], confirm: asked.map(({ contact }) => contact.kind) };
    }
    const [first] = confirmedUnder(record);
    for (const { contact, choices } of asked) {
      contact.isConfirmed = true;
      contact.frequency = frequency ?? contact.frequency;
      contact.age = age ?? contact.age;
      people.join(first!, contact);
      set(contact, choices, record);
      tell(contact, { record, act: 'confirmed', how, choices });
    }
    const choices = asked.flatMap((each) => each.choices.map(bare));
    return { choices, access: people.giveAccess(asked[0]!.contact) };
  }

  async function update(person: readonly Contact[], given: unknown): Promise<Subscriptions> {
    const change = await checked(given, ({ subscriptionChangeSchema }) => subscriptionChangeSchema);
    const notice = await hashedNotice(change.notice);
    const { version, hash } = notice;
    const said = JSON.stringify({ ...change, notice: { version, hash } });
    const { id: record, choices = [], frequency, pausedUntil } = change;
    const former = changes.get(record);
    if (former !== undefined && former !== said) throw new PlacetError('opt-in/conflict');
    if (former !== undefined) return stateOf(person);
    check(choices, change.gesture);
    if (pausedUntil && Date.parse(pausedUntil) > now().getTime() + LONGEST_PAUSE)
      throw new PlacetError('request/invalid', 'pausedUntil: a year ahead at most');
    const unserved = choices.find(
      ({ granted, channel }) =>
        granted && !person.some(({ kind }) => kind === contactKindOf(channel)),
    );
    if (choices.some(({ granted }) => granted) && !mayAdd(person))
      throw new PlacetError('opt-in/unknown-choice', 'Only the opt-in form asks the age.');
    if (unserved) throw new PlacetError('opt-in/unknown-choice', choiceKey(unserved));
    notices.set(hash, textOf(notice));

    changes.set(record, said);
    for (const contact of person) {
      // With two addresses of a kind, messages go to the first.
      const isFirst = person.find(({ kind }) => kind === contact.kind) === contact;
      const own = servedBy(contact, choices).filter(({ granted }) => !granted || isFirst);
      set(contact, own, record);
      if (frequency !== undefined) contact.frequency = frequency ?? undefined;
      if (pausedUntil !== undefined) contact.pausedUntil = pausedUntil ?? undefined;
      tell(contact, { record, act: 'changed', how: 'preferences', choices: own });
    }
    return stateOf(person);
  }

  function unsubscribeAll(person: readonly Contact[]): Subscriptions {
    const record = crypto.randomUUID();
    for (const contact of person) {
      const held = servedBy(contact, boxes)
        .filter(
          (box) =>
            isPending(contact, box) || contact.items.get(choiceKey(box))?.status === 'active',
        )
        .map((box) => bare({ ...box, granted: false }));
      set(contact, held, record);
      tell(contact, { record, act: 'withdrawn', how: 'preferences', choices: held });
    }
    return stateOf(person);
  }

  function receipt(person: readonly Contact[], record: string): SignedReceipt {
    const events = stateOf(person).history.filter((each) => each.record === record);
    if (events.length === 0) throw new PlacetError('receipt/unknown');
    return { receipt: { '@type': 'dpv:ConsentReceipt', 'dct:identifier': record, events } };
  }

  function groupFor(signedIn: () => string | undefined): Required<SubscriptionsGroup> {
    const personBehind = (access: Access) => people.behind(plain(access), signedIn());
    return {
      async submit(optIn, options) {
        heed(options);
        return plain(await submit(plain(optIn)));
      },
      async confirm(proof, options) {
        heed(options);
        return plain(await confirm(plain(proof)));
      },
      async read(access, options) {
        heed(options);
        return plain(stateOf(personBehind(access)));
      },
      async update(access, change, options) {
        heed(options);
        return plain(await update(personBehind(access), plain(change)));
      },
      async unsubscribeAll(access, options) {
        heed(options);
        return plain(unsubscribeAll(personBehind(access)));
      },
      async receipt(access, record, options) {
        heed(options);
        return plain(receipt(personBehind(access), record));
      },
      async sendLink(given, options) {
        heed(options);
        const contacts = await checked(plain(given), ({ contactsSchema }) => contactsSchema);
        for (const kind of ['email', 'phone'] as const) {
          if (!contacts[kind]?.trim()) continue;
          const to = normalized(kind, contacts[kind]);
          const known = people.find(kind, to);
          if (known?.isConfirmed) sent.push({ to, access: people.giveAccess(known) });
        }
      },
    };
  }

  return {
    groupFor,
    withdraw: (address) => void unsubscribeAll(people.behind({}, address)),
    maySend({ contact, ...choice }) {
      const kind = contactKindOf(choice.channel);
      const found = people.find(kind, normalized(kind, contact));
      const isPaused = Date.parse(found?.pausedUntil ?? '') > now().getTime();
      return found?.items.get(choiceKey(choice))?.status === 'active' && !isPaused;
    },
  };
}
