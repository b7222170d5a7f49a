import { PlacetError } from '@placet/contract';

/** What the shop's own backend says, in Placet's words. */
const CODES = {
  malformed: 'request/invalid',
  'other-choice': 'consent/conflict',
  'unknown-topic': 'consent/unknown-purpose',
  'unknown-text': 'notice/unknown',
  'wrong-text': 'notice/mismatch',
  'signed-out': 'identity/required',
  'no-such-request': 'rights/unknown',
  'other-request': 'rights/conflict',
  'not-by-ourselves': 'rights/unsupported',
  'too-late': 'rights/too-late',
};

/** Asks the shop's backend; whatever goes wrong becomes a `PlacetError`. */
export function createCall({ url, fetch }) {
  return async (method, path, body, { signal } = {}) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(url + path, { method, ...sent, signal }).catch(() => {
      throw new PlacetError(signal?.aborted ? 'adapter/aborted' : 'adapter/unreachable');
    });
    if (response.status >= 500) throw new PlacetError('adapter/unreachable');
    const { reason, ...answer } = await response.json();
    if (!response.ok) throw new PlacetError(CODES[reason] ?? 'adapter/rejected', reason);
    return answer;
  };
}
