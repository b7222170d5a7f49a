import { sitesOf, type RightsParts } from '../parts.js';
import { contactHash, refHash } from './journal-hash.js';
import type { ErasureTask } from './task.js';

/**
 * Before anything is hidden or deleted in a system: if the database is lost on the way, it is known
 * who is not to come back.
 */
export async function writeJournal(
  parts: RightsParts,
  { row, contacts, system, refs }: ErasureTask & { refs: readonly string[] },
): Promise<void> {
  await parts.journal?.append({
    v: 1,
    at: parts.now().toISOString(),
    request: row.id,
    sites: sitesOf(parts, row.site),
    lookups: Object.values(contacts).map((value) => contactHash(parts.keys, value)),
    refs: refs.map((ref) => refHash(parts.keys, system.id, ref)),
  });
}
