import type { CategoryDescription } from '../../systems/system.js';

/** What can be taken elsewhere: what the person provided, on consent or for a contract. */
export function isPortable({ provided, basis }: CategoryDescription): boolean {
  return provided === true && (basis === 'consent' || basis === 'contract');
}
