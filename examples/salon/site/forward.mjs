/**
 * Hands the form entry `placet-opt-in` on to Placet's backend, as a site's own server does it.
 *
 * @param {object} options
 * @param {(path: string, init: RequestInit) => Promise<Response>} options.call the backend, by a path under its endpoint
 * @param {string} options.apiKey
 * @param {(event: object) => void} [options.log]
 * @returns {(entry: string) => Promise<import('./bookings.mjs').OptInAnswer>} it never rejects: a booking does not depend on it
 */
export function createForward({ call, apiKey, log = () => undefined }) {
  return async (entry) => {
    const ticked = tickedIn(entry);
    if (ticked.length === 0) return { state: 'none' };
    try {
      const response = await call('/subscriptions', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
        body: entry,
      });
      const answer = await response.json();
      if (!response.ok) throw new Error(answer.code);
      const { confirm, missing } = answer;
      return { state: 'taken', id: answer.id, confirm, open: openOf(ticked, missing) };
    } catch (error) {
      // A real site keeps the entry and tries again: it is safe to send it twice.
      log({ event: 'opt-in', problem: error.message });
      return { state: 'failed', open: openOf(ticked, ['email', 'phone']) };
    }
  };
}

/** The boxes that the person ticked; none if there is no opt-in, or none that can be read. */
function tickedIn(entry) {
  try {
    return JSON.parse(entry).choices.filter(({ granted }) => granted);
  } catch {
    return [];
  }
}

/** Topics and channels of what was ticked and cannot reach the person yet. */
function openOf(ticked, missing) {
  const kindOf = (channel) => (channel === 'email' ? 'email' : 'phone');
  const open = ticked.filter(({ channel }) => missing.includes(kindOf(channel)));
  const names = (name) => [...new Set(open.map((choice) => choice[name]))];
  return { topics: names('topic'), channels: names('channel') };
}
