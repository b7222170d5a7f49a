import { PlacetError } from '../errors.js';
import { ageOf } from '../opt-in/age.js';
import { choiceKey, contactKindOf } from '../opt-in/boxes.js';
import type { Age, Choosable, Confirmation, OptIn, OptInChoice } from '../opt-in/opt-in.js';
import type { SentMessage } from '../opt-in/sent-message.js';
import type { Contact } from './memory-people.js';

/** An opt-in that waits for contacts to be confirmed. */
export interface Pending {
  record: string;
  /** What each contact was asked for, and its epoch then. */
  asked: readonly { contact: Contact; epoch: number; choices: readonly OptInChoice[] }[];
  frequency: OptIn['frequency'];
  age: Age | undefined;
  expires: number;
  code?: { digits: string; expires: number; attempts: number };
  /** There until the parent has agreed, who then has the opt-in's own contacts asked. */
  agree?: () => void;
  isUsed: boolean;
}

/** What waits for a confirmation. */
export interface Asking {
  /** Puts it down, and sends what confirms it: to the parent first, if there is one, then to each contact. */
  ask(optIn: OptIn, contacts: readonly Contact[], guardian: string | undefined): void;
  isPending(contact: Contact, choice: Choosable): boolean;
  /** What is confirmed, once; `token/unknown` for what is wrong, used, expired or overtaken. */
  take(proof: Confirmation): Pending;
  /** Contacts that were confirmed under the same opt-in. */
  confirmedUnder(record: string): readonly Contact[];
}

const DAY = 86_400_000;

/** The choices that a contact serves. */
export function servedBy<Choice extends Choosable>(
  { kind }: Pick<Contact, 'kind'>,
  choices: readonly Choice[],
): Choice[] {
  return choices.filter(({ channel }) => contactKindOf(channel) === kind);
}

/** Keeps what was asked for and is not confirmed yet. */
export function createAsking({ now, sent }: { now: () => Date; sent: SentMessage[] }): Asking {
  const waiting: Pending[] = [];
  const tokens = new Map<string, Pending>();
  const isLive = ({ isUsed, expires, asked }: Pending) =>
    !isUsed &&
    expires > now().getTime() &&
    asked.every(({ contact, epoch }) => contact.epoch === epoch);

  function waitFor(contacts: readonly Contact[], optIn: OptIn): Pending {
    const { id, choices, frequency } = optIn;
    const pending: Pending = {
      record: id,
      asked: contacts.map((contact) => ({
        contact,
        epoch: contact.epoch,
        choices: servedBy(contact, choices).filter(({ granted }) => granted),
      })),
      frequency,
      age: ageOf(optIn),
      expires: now().getTime() + 7 * DAY,
      isUsed: false,
    };
    waiting.push(pending);
    return pending;
  }

  function mail(to: string, pending: Pending): void {
    const token = crypto.randomUUID();
    tokens.set(token, pending);
    sent.push({ to, token });
  }

  /** @param isLater the page that could take a code is gone: the number gets a link, too */
  function askEach(optIn: OptIn, contacts: readonly Contact[], isLater = false): void {
    for (const contact of contacts) {
      const pending = waitFor([contact], optIn);
      if (contact.kind === 'email' || isLater) {
        mail(contact.value, pending);
        continue;
      }
      const [random] = crypto.getRandomValues(new Uint32Array(1));
      const digits = String(random! % 1_000_000).padStart(6, '0');
      pending.code = { digits, expires: now().getTime() + 600_000, attempts: 0 };
      sent.push({ to: contact.value, code: digits });
    }
  }

  /** What a proof is for. A code takes five attempts, ten minutes long. */
  function provenBy(proof: Confirmation): Pending | undefined {
    if ('token' in proof) return tokens.get(proof.token);
    const pending = waiting.find(({ record, code }) => code && record === proof.id);
    const { code } = pending ?? {};
    if (!code || ++code.attempts > 5 || code.expires <= now().getTime()) return undefined;
    return proof.code.replace(/\D/g, '') === code.digits ? pending : undefined;
  }

  return {
    ask(optIn, contacts, guardian) {
      if (contacts.length === 0) return;
      if (guardian === undefined) return askEach(optIn, contacts);
      const pending = waitFor(contacts, optIn);
      pending.agree = () => askEach(optIn, contacts, true);
      mail(guardian, pending);
    },
    isPending: (contact, choice) =>
      waiting.some(
        (pending) =>
          isLive(pending) &&
          pending.asked.some(
            (each) =>
              each.contact === contact &&
              each.choices.some((one) => choiceKey(one) === choiceKey(choice)),
          ),
      ),
    take(proof) {
      const pending = provenBy(proof);
      if (!pending || !isLive(pending)) throw new PlacetError('token/unknown');
      pending.isUsed = true;
      return pending;
    },
    confirmedUnder: (id) =>
      waiting
        .filter(({ record, isUsed, agree }) => isUsed && !agree && record === id)
        .flatMap(({ asked }) => asked.map(({ contact }) => contact)),
  };
}
