import type { Keys } from '../../keys.js';
import type { ErasureJournal, JournalEntry } from './erasure.js';
import { contactHash, refHash } from './journal-hash.js';

/** Who the journal says was erased. */
export interface ErasedPeople {
  /** How many erasures. */
  count: number;
  /** The erasure of a request, by its id. */
  byRequest(id: string): JournalEntry | undefined;
  /** Whoever was reached by that contact, on one of the sites; `seen`: not erased before that. */
  byContact(
    value: string,
    about: { sites: readonly string[]; seen?: Date },
  ): JournalEntry | undefined;
  /** Whoever a system knew by that name. */
  byRef(system: string, ref: string): JournalEntry | undefined;
}

/** Reads a journal, whose entries for one request are parts of one erasure; as of its last. */
export async function readErased(
  keys: Pick<Keys, 'erasure'>,
  journal: ErasureJournal,
  since?: Date,
): Promise<ErasedPeople> {
  const all = new Map<string, JournalEntry>();
  for await (const entry of journal.read()) {
    const before = all.get(entry.request);
    all.set(entry.request, before ? together(before, entry) : entry);
  }
  const byHash = new Map<string, JournalEntry[]>();
  let count = 0;
  for (const entry of all.values()) {
    if (since && new Date(entry.at) < since) continue;
    count += 1;
    for (const hash of new Set([...entry.lookups, ...entry.refs]))
      byHash.set(hash, [...(byHash.get(hash) ?? []), entry]);
  }
  return {
    count,
    byRequest: (id) => all.get(id),
    byContact: (value, { sites, seen }) =>
      byHash
        .get(contactHash(keys, value))
        ?.find(
          (entry) =>
            entry.sites.some((site) => sites.includes(site)) &&
            (!seen || seen <= new Date(entry.at)),
        ),
    byRef: (system, ref) => byHash.get(refHash(keys, system, ref))?.[0],
  };
}

function together(one: JournalEntry, other: JournalEntry): JournalEntry {
  return {
    ...one,
    at: one.at > other.at ? one.at : other.at,
    sites: [...new Set([...one.sites, ...other.sites])],
    lookups: [...new Set([...one.lookups, ...other.lookups])],
    refs: [...new Set([...one.refs, ...other.refs])],
  };
}
