import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { isConnected, type ConnectedSystem } from '../../systems/system.js';
import { OWN_SYSTEM } from '../erasure/execute.js';
import { sitesOf, systemsOf, type RightsParts } from '../parts.js';
import { addItem } from './items.js';
import { labelOf } from './labels.js';
import { isMarketing, refsIn, type RequestRow } from './row.js';

/** Whether Placet itself ends the advertising: then it has ended already, on every site concerned. */
export function isEndedHere(parts: RightsParts, site: string): boolean {
  return sitesOf(parts, site).every((each) => parts.sites.get(each)?.marketing);
}

/** The systems in which a request looks for the person. */
export function searched(parts: RightsParts, row: RequestRow): ConnectedSystem[] {
  const systems = systemsOf(parts, row.site).filter(isConnected);
  if (!isMarketing(parts.keys, row)) return systems;
  const isEnded = isEndedHere(parts, row.site);
  return systems.filter((system) => system.id !== OWN_SYSTEM && (!isEnded || mayAdvertise(system)));
}

/**
 * Puts onto the checklist what is asked for in systems that no program can do it in, where the
 * person was found: nothing is called done that nobody did.
 */
export async function addByHand(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
): Promise<void> {
  for (const system of searched(parts, row)) {
    const what = byHandIn(parts, row, system);
    // Placet's own part is done with the request itself.
    if (!what || system.id === OWN_SYSTEM) continue;
    const refs = (await refsIn(transaction, parts.keys, row, system.id)) ?? [];
    if (refs.length > 0)
      await addItem(transaction, row, {
        item: `${system.id}/${what}`,
        label: labelOf(what, system),
      });
  }
}

function byHandIn(
  { keys }: RightsParts,
  row: RequestRow,
  system: ConnectedSystem,
): 'advertising' | 'rectify' | 'restrict' | undefined {
  if (isMarketing(keys, row)) return 'advertising';
  if (row.type === 'rectification') return system.rectify ? undefined : 'rectify';
  if (row.type !== 'restriction' && row.type !== 'objection') return undefined;
  return system.restrict ? undefined : 'restrict';
}

/** Advertising rests on consent or on a legitimate interest, and on nothing else. */
function mayAdvertise(system: ConnectedSystem): boolean {
  const { categories } = system.describe();
  return categories.some(({ basis }) => basis === 'consent' || basis === 'legitimate-interest');
}

/** The checklist's line for a system that cannot hide whoever is erased until it deletes them. */
export const stopUsingItem = (system: string) => `${system}/stop-using`;
