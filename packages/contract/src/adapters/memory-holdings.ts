import type { HoldingsGroup } from '../adapter.js';
import type { Contacts } from '../opt-in/opt-in.js';
import { PlacetError } from '../errors.js';
import type {
  Correction,
  ErasurePreview,
  Holding,
  HoldingField,
  PreviewedSystem,
} from '../rights/request.js';
import { heed, plain } from './memory-parts.js';
import { normalized } from './memory-people.js';

/** Somebody whom a backend in memory knows. Texts are in one language, whichever is asked for. */
export interface MemoryPerson {
  contacts: Contacts;
  /** What is held about them. */
  holdings: readonly Holding[];
  /** What an erasure would leave, of which all is deleted otherwise. @default nothing */
  kept?: readonly { system: string; category: string; ground: string; until: string }[];
  /** What must be settled before an erasure. @default nothing */
  checks?: ErasurePreview['checks'];
}

/** What is held about people, by their addresses. */
export interface MemoryHoldings {
  groupFor(signedIn: () => string | undefined): HoldingsGroup;
  /** Every system, with what it holds of that person: nothing, if it does not know them. */
  of(address: string): Holding[];
  checksOf(address: string): ErasurePreview['checks'];
  /** What an erasure would delete and keep. */
  preview(address: string): PreviewedSystem[];
  /** Who else gets something of it. */
  recipientsOf(address: string): string[];
  /** @throws {PlacetError} `request/invalid` where something cannot be put right */
  check(address: string, corrections: readonly Correction[]): void;
  rectify(address: string, corrections: readonly Correction[]): void;
  /** From now on nothing is known of that person. */
  hide(address: string): void;
}

/** How many records of a category are shown. */
const SHOWN = 50;

/** Holdings in memory, with every promise of {@link HoldingsGroup}. */
export function memoryHoldings(given: readonly MemoryPerson[]): MemoryHoldings {
  const people = new Map(
    plain(given).map((person) => [normalized('email', person.contacts.email ?? ''), person]),
  );
  const systems = new Map<string, Holding>();
  for (const { holdings } of people.values())
    for (const { system, name, kind, status } of holdings)
      systems.set(system, systems.get(system) ?? { system, name, kind, status, categories: [] });

  const of = (address: string): Holding[] =>
    [...systems.values()].map(
      (none) => people.get(address)?.holdings.find(({ system }) => system === none.system) ?? none,
    );

  function fieldOf(address: string, { system, category, record, field }: Correction) {
    const found = of(address)
      .find((each) => each.system === system)
      ?.categories.find((each) => each.category === category)
      ?.records.find((each) => each.record === record)
      ?.fields.find((each) => each.field === field);
    return found?.rectifiable ? found : undefined;
  }

  return {
    of,
    checksOf: (address) => people.get(address)?.checks ?? [],
    preview: (address) =>
      of(address).map(({ system, name, status, categories }) => {
        const kept = categories.flatMap(({ category, label, count }) => {
          const rule = people
            .get(address)
            ?.kept?.find((each) => each.system === system && each.category === category);
          return rule ? [{ category, label, count, ground: rule.ground, until: rule.until }] : [];
        });
        const deleted = categories
          .filter(({ category }) => !kept.some((each) => each.category === category))
          .map(({ category, label, count }) => ({ category, label, count }));
        return { system, name, status, deleted, kept };
      }),
    recipientsOf: (address) => [
      ...new Set(
        of(address).flatMap(({ categories }) => categories.flatMap((each) => each.recipients)),
      ),
    ],
    check(address, corrections) {
      const index = corrections.findIndex((each) => !fieldOf(address, each));
      if (index >= 0)
        throw new PlacetError('request/invalid', `corrections.${index}: nothing to put right`);
    },
    rectify(address, corrections) {
      for (const each of corrections) {
        const field: HoldingField | undefined = fieldOf(address, each);
        if (field) field.value = each.value;
      }
    },
    hide: (address) => void people.delete(address),
    groupFor: (signedIn) => ({
      async read(options) {
        heed(options);
        const address = signedIn();
        if (address === undefined) throw new PlacetError('identity/required');
        const cut = of(address).map((holding) => ({
          ...holding,
          categories: holding.categories.map((each) => ({
            ...each,
            records: each.records.slice(0, SHOWN),
          })),
        }));
        return plain(cut);
      },
    }),
  };
}
