import type { Access, ContactKind, SubscriptionItem, Subscriptions } from '../opt-in/opt-in.js';
import type {
  Age,
  SubscriptionEvent,
  Frequency,
  Choosable,
  OptInChoice,
} from '../opt-in/opt-in.js';
import type { Box } from '../opt-in/boxes.js';
import { choiceKey, contactKindOf } from '../opt-in/boxes.js';
import { PlacetError } from '../errors.js';

/** A way to reach somebody, and how everything stands for it. */
export interface Contact {
  kind: ContactKind;
  value: string;
  /** Contacts that were confirmed under one opt-in are one person's. */
  person: string;
  isConfirmed: boolean;
  /** Moves with every withdrawal: what was asked for before cannot be confirmed after. */
  epoch: number;
  items: Map<string, SubscriptionItem>;
  history: SubscriptionEvent[];
  frequency?: Frequency | undefined;
  age?: Age | undefined;
  pausedUntil?: string | undefined;
}

/** The contacts of a register in memory. */
export interface People {
  /** The contact, made where there is none. */
  contact(kind: ContactKind, value: string): Contact;
  find(kind: ContactKind, value: string): Contact | undefined;
  /** From now on both are one person's. */
  join(one: Contact, other: Contact): void;
  /**
   * All contacts of the person that the token is for, or, without one, of whoever is signed in;
   * `token/unknown` without a right to know.
   *
   * @param signedIn their address, if anybody is
   */
  behind(access: Access | null | undefined, signedIn?: string): readonly Contact[];
  /** A new token for the preference centre. */
  giveAccess(contact: Contact): string;
}

/** Keeps contacts apart and together. */
export function createPeople(): People {
  const contacts = new Map<string, Contact>();
  const access = new Map<string, Contact>();

  function contactOf(kind: ContactKind, value: string): Contact {
    const known = contacts.get(`${kind}:${value}`);
    if (known) return known;
    const contact: Contact = {
      kind,
      value,
      person: crypto.randomUUID(),
      isConfirmed: false,
      epoch: 0,
      items: new Map(),
      history: [],
    };
    contacts.set(`${kind}:${value}`, contact);
    return contact;
  }

  return {
    find: (kind, value) => contacts.get(`${kind}:${value}`),
    contact: contactOf,
    join(one, other) {
      const { person } = other;
      for (const each of contacts.values()) if (each.person === person) each.person = one.person;
    },
    behind(given, signedIn) {
      const { token } = given ?? {};
      const isBySession = token === undefined && signedIn !== undefined;
      const found = isBySession ? contactOf('email', signedIn) : access.get(token ?? '');
      if (!found) throw new PlacetError('token/unknown');
      return [...contacts.values()].filter(({ person }) => person === found.person);
    },
    giveAccess(contact) {
      const token = crypto.randomUUID();
      access.set(token, contact);
      return token;
    },
  };
}

const ADDRESS = /^[^\s@<>"',;:\\]+@[^\s@<>"',;:\\]+\.[^\s@<>"',;:\\]{2,}$/;
const NUMBER = /^\+[1-9]\d{6,14}$/;

/**
 * A contact as it is compared and written to. Lighter rules than a server's: numbers are written
 * with the country code.
 *
 * @throws {PlacetError} `contact/invalid`
 */
export function normalized(kind: ContactKind, value: string): string {
  const text =
    kind === 'email' ? value.trim().normalize().toLowerCase() : value.replace(/[\s().-]/g, '');
  if (!(kind === 'email' ? ADDRESS : NUMBER).test(text)) throw new PlacetError('contact/invalid');
  return text;
}

/** Not to be read by others: `c•••@example.org`, `+33•••78`. */
export function masked({ kind, value }: Pick<Contact, 'kind' | 'value'>): string {
  return kind === 'email'
    ? value.replace(/^(.)[^@]*/u, '$1•••')
    : `${value.slice(0, 3)}•••${value.slice(-2)}`;
}

const ORDER = ['active', 'pending', 'withdrawn', 'none'] as const;

/** What the preference centre shows of a person. */
export function shown(
  person: readonly Contact[],
  boxes: readonly Box[],
  isPending: (contact: Contact, choice: Choosable) => boolean,
): Subscriptions {
  const stand = (contact: Contact, { topic, channel, controller }: Box): SubscriptionItem => {
    const choice = { topic, channel, controller };
    const item = contact.items.get(choiceKey(choice));
    if (item?.status !== 'active' && isPending(contact, choice))
      return { ...choice, status: 'pending' };
    return item ?? { ...choice, status: 'none' };
  };
  const { frequency } = person.find((each) => each.frequency) ?? {};
  const { pausedUntil } = person.find((each) => each.pausedUntil) ?? {};
  const events = new Map(
    person
      .flatMap(({ history }) => history)
      .map((event) => [`${event.record} ${event.act}`, event]),
  );
  return {
    contacts: person.map((contact) => ({ kind: contact.kind, shown: masked(contact) })),
    items: boxes.flatMap((box) =>
      person
        .filter(({ kind }) => kind === contactKindOf(box.channel))
        .map((contact) => stand(contact, box))
        .sort((one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status))
        .slice(0, 1),
    ),
    ...(frequency && { frequency }),
    ...(pausedUntil && { pausedUntil }),
    history: [...events.values()]
      .reverse()
      .sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0)),
  };
}

/** Without anything else that the object carries. */
export function bare({ topic, channel, controller, granted }: OptInChoice): OptInChoice {
  return { topic, channel, controller, granted };
}
