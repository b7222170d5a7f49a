import { PlacetError, type Contacts } from '@placet/contract';
import { isConnected, type ConnectedSystem } from '../../systems/system.js';
import type { RightsParts } from '../parts.js';
import { plainContacts } from '../requests/people.js';
import { readErased, type ErasedPeople } from './erased-people.js';
import type { JournalEntry, Replayed, ReplayOptions } from './erasure.js';
import { keeper } from './keep.js';
import { replayOwn } from './replay-own.js';

/** See `Erasure.replay`: again does no harm. */
export async function replay(parts: RightsParts, { since }: ReplayOptions = {}): Promise<Replayed> {
  const { journal, database, keys, now } = parts;
  if (!journal)
    throw new PlacetError(
      'config/invalid',
      'There is no erasure journal to replay; set erasureJournal (PLACET_ERASURE_JOURNAL).',
    );
  const own = await replayOwn(database, { keys, now, people: await readErased(keys, journal) });
  const people = await readErased(keys, journal, since);
  let erased = own;
  const unsure: { system: string; ref: string }[] = [];
  for (const system of parts.systems) {
    if (!isConnected(system) || !system.subjects) continue;
    const { again, doubtful } = await findAgain(parts, system, people);
    for (const { ref, entry } of again) {
      const about = { site: entry.sites[0]!, request: entry.request, system: system.id };
      await system.erase([ref], keeper(parts, about));
    }
    erased += again.length;
    unsure.push(...doubtful.map((ref) => ({ system: system.id, ref })));
  }
  return { entries: people.count, erased, unsure };
}

/** Who is in a system and should not be. Gone through before anything is deleted from under it. */
async function findAgain(
  parts: RightsParts,
  system: ConnectedSystem,
  people: ErasedPeople,
): Promise<{ again: { ref: string; entry: JournalEntry }[]; doubtful: string[] }> {
  const sites = system.sites ?? [...parts.sites.keys()];
  const again: { ref: string; entry: JournalEntry }[] = [];
  const doubtful: string[] = [];
  for await (const { ref, contacts } of system.subjects!()) {
    const entry = people.byRef(system.id, ref);
    if (entry) again.push({ ref, entry });
    else if (valuesOf(parts, sites, contacts).some((value) => people.byContact(value, { sites })))
      doubtful.push(ref);
  }
  return { again, doubtful };
}

/** As the journal has them, in whatever way a system writes them. */
function valuesOf(parts: RightsParts, sites: readonly string[], contacts: Contacts): string[] {
  return [...new Set(sites.flatMap((site) => Object.values(plainContacts(parts, site, contacts))))];
}
