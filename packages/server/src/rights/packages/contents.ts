import { localText, PlacetError } from '@placet/contract';
import { sayParticulars } from '../../systems/say-particulars.js';
import type { CategoryDescription, System } from '../../systems/system.js';
import { systemsOf, type RightsParts } from '../parts.js';
import { openFor, type RequestRow } from '../requests/row.js';
import { stepsOf } from '../requests/steps.js';
import { aboutOf } from './about.js';
import type { PackageCategory, PackageContents, PackageRecord, PackageSystem } from './document.js';
import { countParts, readPart, type PartPlace, type StoredRecord } from './stored-part.js';
import type { CategorySummary, Summary } from './summary.js';
import { packageWords, type PackageWords } from './words.js';

/** What was collected for a request, to be written out, and how long it is. */
export async function contentsOf(
  parts: RightsParts,
  row: RequestRow,
): Promise<PackageContents & { words: PackageWords; characters: number }> {
  const words = packageWords(row.language);
  const counts = await countParts(parts.database.sql, row);
  const summaries = await summariesOf(parts, row);
  const named = (text: Parameters<typeof localText>[0]) => localText(text, row.language) ?? '';

  function systemPart(system: System): PackageSystem {
    const { id } = system;
    const { name, kind, categories } = system.describe();
    const summary = summaries.get(id);
    // Nothing of a system that could not be asked to the end is taken for the whole.
    const found = summary ? counts.filter((each) => each.system === id) : [];
    // As described; a system that gives what it did not describe leaves nothing out for that.
    const order = new Map(categories.map((each, n) => [each.id, n]));
    const place = (category: string) => order.get(category) ?? order.size;
    return {
      ...{ id, name: named(name), kind, status: summary ? 'collected' : 'manual' },
      categories: found
        .sort((one, other) => place(one.category) - place(other.category))
        .map((each) =>
          categoryPart(
            each,
            categories.find(({ id: known }) => known === each.category),
            summary?.categories.find(({ category }) => category === each.category),
          ),
        ),
    };
  }

  function categoryPart(
    { parts: stored, records, ...where }: PartPlace & { parts: number; records: number },
    described: CategoryDescription | undefined,
    summary: CategorySummary | undefined,
  ): PackageCategory {
    const known = described?.fields ?? [];
    const ids = summary?.fields && [
      ...known.map(({ id }) => id).filter((id) => summary.fields!.includes(id)),
      ...summary.fields.filter((id) => !known.some((each) => each.id === id)),
    ];
    return {
      id: where.category,
      label: described ? named(described.label) : where.category,
      ...(described && {
        purpose: named(described.purpose),
        basis: described.basis,
        retention: named(described.retention),
      }),
      recipients: [...(described?.recipients ?? [])],
      ...(described?.source !== undefined && { source: named(described.source) }),
      ...(described && sayParticulars(described, named)),
      labels: Object.fromEntries(known.map(({ id, label }) => [id, named(label)])),
      count: records,
      ...(ids && { fields: ids }),
      hasKept: summary?.hasKept ?? true,
      parts: stored,
      async *read(from = 0, to = stored) {
        for (let seq = from; seq < Math.min(to, stored); seq += 1) {
          const found = await readPart(parts.database.sql, parts.keys, row, where, seq);
          // It expired while it was read: nobody is to take what is there for the whole.
          if (!found) throw new PlacetError('rights/unknown', 'Nothing is left of it.');
          yield found.map((each) => recordPart(each, row.language));
        }
      },
    };
  }

  const isPart = ({ id }: System) => row.type === 'access' || summaries.has(id);
  return {
    about: aboutOf(parts, row, words),
    systems: systemsOf(parts, row.site).filter(isPart).map(systemPart),
    words,
    characters: [...summaries.values()].reduce((sum, each) => sum + each.characters, 0),
  };
}

function recordPart({ kept, ...record }: StoredRecord, language: string): PackageRecord {
  return {
    ...record,
    ...(kept && { kept: { ground: localText(kept.ground, language) ?? '', until: kept.until } }),
  };
}

/** What each system gave, by its id. */
async function summariesOf(
  { database, keys }: RightsParts,
  row: RequestRow,
): Promise<Map<string, Summary>> {
  const steps = await stepsOf(database.sql, row, 'collect');
  return new Map(
    steps.flatMap(({ system, status, data }) =>
      status === 'done' && data
        ? [[system, JSON.parse(openFor(keys, row, data)) as Summary] as const]
        : [],
    ),
  );
}
