import { canonicalJson } from '../canonical-json.js';
import { DEFAULT_SITE } from '../record-rules.js';
import { choiceKey, contactKindOf } from './boxes.js';
import type { ContactKind, OptIn } from './opt-in.js';

/** An opt-in whose notice is known by its hash, as a register compares it. */
export type HashedOptIn = Omit<OptIn, 'notice'> & { notice: { version: string; hash: string } };

const KINDS = ['email', 'phone'] as const satisfies readonly ContactKind[];

/**
 * Which contacts an opt-in is about, e-mail first: those of ticked boxes. An objection is about a
 * contact, too, so with `soft-opt-in` and `b2b` every box counts.
 */
export function neededContacts({
  choices,
  basis = 'consent',
}: Pick<OptIn, 'choices' | 'basis'>): readonly ContactKind[] {
  return KINDS.filter((kind) =>
    choices.some(
      ({ channel, granted }) => contactKindOf(channel) === kind && (granted || basis !== 'consent'),
    ),
  );
}

/** Which of them are not there: without any the opt-in is complete. */
export function missingContacts(
  optIn: Pick<OptIn, 'choices' | 'basis' | 'contacts'>,
): readonly ContactKind[] {
  return neededContacts(optIn).filter((kind) => !optIn.contacts[kind]?.trim());
}

/**
 * Whether two opt-ins say the same, so that the later one is a repetition: the times as instants,
 * the choices in any order, the notice by version and hash whether or not its text came along.
 */
export function sameOptIn(one: HashedOptIn, other: HashedOptIn): boolean {
  return canonicalOptIn(one) === canonicalOptIn(other);
}

/**
 * What of an opt-in counts when it comes again, as text: for a register that keeps a keyed hash
 * of it instead of the addresses. What can be told from the rest (`missing`) does not count.
 */
export function canonicalOptIn(optIn: HashedOptIn): string {
  const { id, at, choices, basis = 'consent', contacts, frequency, age, guardian, sale } = optIn;
  const { profession, conditions, notice, gesture, language, page, site = DEFAULT_SITE } = optIn;
  return canonicalJson({
    id,
    at: Date.parse(at),
    choices: choices.map((each) => `${choiceKey(each)} ${each.granted}`).sort(),
    basis,
    contacts: { email: contacts.email, phone: contacts.phone },
    frequency,
    age: age ?? (guardian && 'under'),
    guardian: guardian?.email,
    sale: sale && { id: sale.id, at: sale.at && Date.parse(sale.at) },
    profession: profession && { role: profession.role, source: profession.source },
    conditions: conditions && [...conditions].sort(),
    version: notice.version,
    hash: notice.hash,
    control: gesture.control,
    trusted: gesture.trusted,
    language,
    page,
    site,
  });
}
