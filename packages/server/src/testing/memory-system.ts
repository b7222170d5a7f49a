import type { Contacts, Correction } from '@placet/contract';
import type {
  CategoryDescription,
  Check,
  CollectedRecord,
  ConnectedSystem,
  Erased,
  Kept,
  Restriction,
  Survey,
  Value,
} from '../systems/system.js';

/** Somebody whom a {@link memorySystem} knows. */
export interface MemoryPerson {
  ref: string;
  label: string;
  contacts: Contacts;
  records: readonly CollectedRecord[];
  /** What must be settled before an erasure. */
  checks?: readonly Check[];
}

/** What can be made to fail. */
export type MemoryMethod =
  'find' | 'survey' | 'collect' | 'checks' | 'rectify' | 'restrict' | 'erase' | 'subjects';

/** A system whose insides a test sees. */
export interface MemorySystem extends Required<Omit<ConnectedSystem, 'sites' | 'ready'>> {
  readonly sites?: readonly string[];
  /** As it is now; who was erased holds no records. */
  readonly people: ReadonlyMap<string, MemoryPerson>;
  /** What was asked of it, in order. */
  readonly calls: readonly { method: MemoryMethod; refs: readonly string[] }[];
  restrictionOf(ref: string): Restriction;
  /** Puts another record there, as if the person had come again. */
  add(ref: string, record: CollectedRecord): void;
  /**
   * Makes the next calls throw: `collect` and `erase` in the middle, after their first record, all
   * others at once.
   */
  failNext(method: MemoryMethod, times?: number): void;
}

export const CAMILLE: Contacts = { email: 'camille@example.org', phone: '+33612345678' };
/** Of the same name, and somebody else. */
export const NAMESAKE: Contacts = { email: 'camille.roy@example.net' };

const TAX: Kept = {
  ground: { en: 'Tax law (10 years)', fr: 'Droit fiscal (10 ans)' },
  until: new Date('2036-12-31T23:59:59.999Z'),
};

const record = (
  category: string,
  name: string,
  fields: Record<string, Value>,
  kept?: Kept,
): CollectedRecord => ({ category, record: name, fields, ...(kept && { kept }) });

/** Two people of the same name. */
export const PEOPLE: readonly MemoryPerson[] = [
  {
    ref: '1001',
    label: 'Camille Roy, customer since 2019',
    contacts: CAMILLE,
    records: [
      record('customers', '1001', { name: 'Camille Roy', email: CAMILLE.email!, born: 1988 }),
      record('appointments', 'a1', { day: '2026-03-02', service: 'Massage', paid: true }),
      record('appointments', 'a2', { day: '2026-09-14', service: 'Facial', paid: false }),
      record('orders', 'o1', { day: '2026-03-02', amount: 85.5, note: null }, TAX),
    ],
  },
  {
    ref: '1002',
    label: 'Camille Roy, customer since 2024',
    contacts: NAMESAKE,
    records: [
      record('customers', '1002', { name: 'Camille Roy', email: NAMESAKE.email!, born: 1971 }),
      record('appointments', 'b1', { day: '2026-10-05', service: 'Hammam', paid: true }),
    ],
  },
];

const CATEGORIES: readonly CategoryDescription[] = [
  {
    id: 'customers',
    label: { en: 'Your details', fr: 'Vos coordonnées' },
    purpose: { en: 'To know who comes', fr: 'Savoir qui vient' },
    basis: 'contract',
    retention: { en: '3 years after the last visit', fr: '3 ans après la dernière visite' },
    provided: true,
    fields: [
      { id: 'name', label: { en: 'Name', fr: 'Nom' }, rectifiable: true },
      { id: 'email', label: { en: 'E-mail', fr: 'E-mail' } },
      { id: 'born', label: { en: 'Year of birth', fr: 'Année de naissance' }, rectifiable: true },
    ],
  },
  {
    id: 'appointments',
    label: { en: 'Appointments', fr: 'Rendez-vous' },
    purpose: { en: 'To keep a place for you', fr: 'Vous réserver une place' },
    basis: 'contract',
    retention: { en: '3 years', fr: '3 ans' },
    recipients: ['Agenda SARL'],
    provided: true,
  },
  {
    id: 'orders',
    label: { en: 'Orders', fr: 'Commandes' },
    purpose: { en: 'Accounts', fr: 'Comptabilité' },
    basis: 'legal-obligation',
    retention: { en: '10 years', fr: '10 ans' },
    source: { en: 'The till', fr: 'La caisse' },
  },
];

/** A connected system in memory, for tests: everything a connector can do, and it can be made to fail. */
export function memorySystem(
  given: readonly MemoryPerson[] = PEOPLE,
  { id = 'bookings', sites }: { id?: string; sites?: readonly string[] } = {},
): MemorySystem {
  const people = new Map(given.map((person) => [person.ref, person]));
  const restrictions = new Map<string, Restriction>();
  const calls: { method: MemoryMethod; refs: readonly string[] }[] = [];
  const failures = new Map<MemoryMethod, number>();

  function isToFail(method: MemoryMethod): boolean {
    const left = failures.get(method) ?? 0;
    if (left > 0) failures.set(method, left - 1);
    return left > 0;
  }
  function called(method: MemoryMethod, refs: readonly string[]): void {
    calls.push({ method, refs });
    if (isToFail(method)) throw new Error('The system is away.');
  }
  const recordsOf = (refs: readonly string[]) =>
    CATEGORIES.flatMap((category) =>
      refs.flatMap((ref) =>
        (people.get(ref)?.records ?? [])
          .filter((each) => each.category === category.id)
          .map((each) => ({ ref, each })),
      ),
    );
  function change(ref: string, records: readonly CollectedRecord[]): void {
    const person = people.get(ref);
    if (person) people.set(ref, { ...person, records });
  }

  return {
    id,
    ...(sites && { sites }),
    people,
    calls,
    restrictionOf: (ref) => restrictions.get(ref) ?? 'none',
    add(ref, added) {
      change(ref, [...(people.get(ref)?.records ?? []), added]);
    },
    failNext(method, times = 1) {
      failures.set(method, times);
    },
    describe: () => ({
      name: { en: 'Bookings', fr: 'Réservations' },
      kind: 'database',
      categories: CATEGORIES,
    }),
    async find({ contacts }) {
      called('find', []);
      return [...people.values()]
        .filter(({ records }) => records.length > 0)
        .filter(
          (person) =>
            (contacts.email !== undefined && person.contacts.email === contacts.email) ||
            (contacts.phone !== undefined && person.contacts.phone === contacts.phone),
        )
        .map(({ ref, label }) => ({ ref, label }));
    },
    async survey(refs) {
      called('survey', refs);
      return CATEGORIES.map((category): Survey => {
        const own = recordsOf(refs).filter(({ each }) => each.category === category.id);
        const kept = own.flatMap(({ each }) => (each.kept ? [each.kept] : []));
        return {
          category: category.id,
          count: own.length,
          kept: kept.length > 0 ? [{ ...kept[0]!, count: kept.length }] : [],
        };
      });
    },
    async *collect(refs) {
      calls.push({ method: 'collect', refs });
      const fails = isToFail('collect');
      for (const { each } of recordsOf(refs)) {
        yield each;
        if (fails) throw new Error('The system went away.');
      }
    },
    async checks(refs) {
      called('checks', refs);
      return refs.flatMap((ref) => people.get(ref)?.checks ?? []);
    },
    async rectify(refs, corrections) {
      called('rectify', refs);
      for (const correction of corrections) rectifyOne(refs, correction);
    },
    async restrict(refs, restriction) {
      called('restrict', refs);
      for (const ref of refs) restrictions.set(ref, restriction);
    },
    async erase(refs, keep) {
      calls.push({ method: 'erase', refs });
      const fails = isToFail('erase');
      const done = new Map<string, Erased>();
      for (const { ref, each } of recordsOf(refs)) {
        const { category, kept } = each;
        if (kept) await keep({ ...each, kept });
        change(
          ref,
          people.get(ref)!.records.filter((one) => one !== each),
        );
        const so = done.get(category) ?? { category, deleted: 0, kept: 0 };
        done.set(category, {
          category,
          deleted: so.deleted + (kept ? 0 : 1),
          kept: so.kept + (kept ? 1 : 0),
        });
        if (fails) throw new Error('The system went away.');
      }
      return [...done.values()];
    },
    async *subjects() {
      called('subjects', []);
      for (const { ref, contacts, records } of people.values())
        if (records.length > 0) yield { ref, contacts };
    },
  };

  function rectifyOne(refs: readonly string[], given: Correction): void {
    const { category, field, value } = given;
    const found = recordsOf(refs).find(
      ({ each }) => each.category === category && each.record === given.record,
    );
    const fields = CATEGORIES.find((each) => each.id === category)?.fields ?? [];
    if (!found || !fields.some((each) => each.id === field && each.rectifiable))
      throw new Error('There is no such field to put right.');
    const { ref, each } = found;
    change(
      ref,
      people
        .get(ref)!
        .records.map((one) =>
          one === each ? { ...one, fields: { ...one.fields, [field]: value } } : one,
        ),
    );
  }
}
