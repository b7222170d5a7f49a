import { localText, type PreviewedSystem } from '@placet/contract';
import { afterTimeout, type After } from '../../log/entry.js';
import {
  isConnected,
  type Check,
  type ConnectedSystem,
  type System,
} from '../../systems/system.js';
import { inTime } from '../in-time.js';
import { scopeOf, systemsOf, type RightsParts } from '../parts.js';
import type { Person } from '../rights.js';
import { uncounted } from './looked-through.js';
import { outcomeOf, shownOutcome } from './outcome.js';
import { lookFor } from '../requests/whom.js';

/** See `Erasure.preview`. */
export async function preview(
  parts: RightsParts,
  site: string,
  person: Person,
  language: string,
  after: After = afterTimeout,
): Promise<PreviewedSystem[]> {
  if (await isHidden(parts, site, person)) return [];
  const lines = await Promise.all(
    systemsOf(parts, site).map((system) =>
      previewOne(parts, site, { person, system, language }, after),
    ),
  );
  return lines.flatMap((line) => line ?? []);
}

/** See `Erasure.checks`: for the person to know of; the checklist asks the systems itself. */
export async function checks(
  parts: RightsParts,
  site: string,
  person: Person,
  language: string,
  after: After = afterTimeout,
): Promise<{ system: string; id: string; label: string; count: number }[]> {
  if (await isHidden(parts, site, person)) return [];
  const asked = systemsOf(parts, site).map(async (system) => {
    const found = isConnected(system)
      ? await inTime(after, (late) => checksIn(parts, site, { person, system }, late)).catch(
          () => [],
        )
      : [];
    return found.map(({ id, label, count }) => ({
      system: system.id,
      id,
      label: localText(label, language) ?? id,
      count,
    }));
  });
  return (await Promise.all(asked)).flat();
}

async function checksIn(
  parts: RightsParts,
  site: string,
  { person, system }: { person: Person; system: ConnectedSystem },
  late: AbortSignal,
): Promise<Check[]> {
  if (!system.checks) return [];
  const { refs, isClear } = await findRefs(parts, site, person, system);
  late.throwIfAborted();
  const isOne = isClear && refs.length > 0;
  const found = isOne ? await system.checks(refs) : [];
  return found.filter(({ count }) => count > 0);
}

/** Who in a system has one of the person's contacts, and whether it is clear that it is they. */
export async function findRefs(
  parts: RightsParts,
  site: string,
  { contacts }: Pick<Person, 'contacts'>,
  system: ConnectedSystem,
): Promise<{ refs: string[]; isClear: boolean }> {
  const scope = scopeOf(parts, site).kind;
  const { matches, isClear } = await lookFor(system, { contacts, site, scope });
  return { refs: matches.map(({ ref }) => ref), isClear };
}

async function isHidden(parts: RightsParts, site: string, { contacts }: Person): Promise<boolean> {
  for (const address of Object.values(contacts))
    if ((await parts.rights().person.restrictionOf(site, address)) === 'hidden') return true;
  return false;
}

async function previewOne(
  parts: RightsParts,
  site: string,
  { person, system, language }: { person: Person; system: System; language: string },
  after: After,
): Promise<PreviewedSystem | undefined> {
  const byPeople = uncounted(system, language, 'manual');
  if (!isConnected(system)) return byPeople;
  try {
    return await inTime(after, async (late) => {
      const { refs, isClear } = await findRefs(parts, site, person, system);
      // Several people share the address: which of them it is, people find out.
      if (!isClear) return byPeople;
      late.throwIfAborted();
      const surveys = refs.length > 0 ? await system.survey(refs) : [];
      const found = shownOutcome(outcomeOf(system, surveys), language);
      return found.deleted.length + found.kept.length > 0 ? found : undefined;
    });
  } catch {
    // Whoever wants to go is not held up by a system that is away.
    return uncounted(system, language, 'unavailable');
  }
}
