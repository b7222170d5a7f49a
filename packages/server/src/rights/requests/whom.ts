import { OWN_SYSTEM } from '../erasure/execute.js';
import type { ConnectedSystem, Match, Subject } from '../../systems/system.js';

/** Who in a system may be a person. */
export interface Whom {
  matches: readonly Match[];
  /** Whether there is nothing for staff to tell apart. */
  isClear: boolean;
}

/**
 * Looks for a person in a system. It is not clear who they are where several fit, nor where one does
 * by the telephone alone although an address is known, too: people share telephones (004-07).
 */
export async function lookFor(system: ConnectedSystem, subject: Subject): Promise<Whom> {
  const matches = await system.find(subject);
  const { email, phone } = subject.contacts;
  const [only] = matches;
  if (matches.length > 1 || !only) return { matches, isClear: matches.length === 0 };
  // Placet's own data is told apart by address anyway.
  if (email === undefined || phone === undefined || system.id === OWN_SYSTEM)
    return { matches, isClear: true };
  const byAddress = await system.find({ ...subject, contacts: { email } });
  return { matches, isClear: byAddress.some(({ ref }) => ref === only.ref) };
}
