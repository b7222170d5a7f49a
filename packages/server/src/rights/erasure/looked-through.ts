import { localText, type PreviewedSystem } from '@placet/contract';
import { isConnected, type System } from '../../systems/system.js';
import { systemsOf, type RightsParts } from '../parts.js';

/** The systems of a site that people look through: what they find stands in no database. */
export function lookedThrough(
  parts: RightsParts,
  site: string,
  language: string,
): PreviewedSystem[] {
  return systemsOf(parts, site)
    .filter((system) => !isConnected(system))
    .map((system) => uncounted(system, language, 'manual'));
}

/** A system of which nobody knows yet what there is to delete. */
export function uncounted(
  system: System,
  language: string,
  status: 'manual' | 'unavailable',
): PreviewedSystem {
  const name = localText(system.describe().name, language) ?? system.id;
  return { system: system.id, name, status, deleted: [], kept: [] };
}
