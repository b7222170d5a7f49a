import { PlacetError } from '@placet/contract';

/** What the shop's own backend says, in Placet's words. */
const CODES = {
  malformed: 'request/invalid',
  'other-choice': 'consent/conflict',
  'unknown-topic': 'consent/unknown-purpose',
  'unknown-text': 'notice/unknown',
  'wrong-text': 'notice/mismatch',
};

/** Joins Placet's widgets to the shop's own backend. */
export function shopAdapter({ url, fetch = globalThis.fetch }) {
  async function record({ id, ...choice }, { signal } = {}) {
    const body = JSON.stringify(choice);
    const response = await fetch(`${url}/choices/${id}`, { method: 'PUT', body, signal }).catch(
      () => {
        throw new PlacetError(signal?.aborted ? 'adapter/aborted' : 'adapter/unreachable');
      },
    );
    if (response.status >= 500) throw new PlacetError('adapter/unreachable');
    const { reason, stored } = await response.json();
    if (!response.ok) throw new PlacetError(CODES[reason] ?? 'adapter/rejected', reason);
    return { id, ...stored };
  }
  return {
    name: 'shop',
    capabilities: async () => ({ consents: { receipts: false } }),
    consents: { record },
  };
}
