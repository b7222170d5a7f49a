import { CLOSED, UNDO_HOURS, canonicalJson, dueAt, stateAfter } from '@placet/contract';
import { newRequestSchema } from '@placet/contract/schema';

const TAKEN = ['access', 'erasure'];
const HOUR = 3_600_000;

/**
 * What people ask of the shop: kept in its own list, and mailed to the shop, which answers within a
 * month. Each method gets the address of who is signed in, as the shop's own session knows it.
 *
 * @param {object} options
 * @param {string} options.shop its name
 * @param {(subject: string) => void} options.mail tells the shop
 */
export function createDesk({ shop, mail, now = () => new Date() }) {
  const requests = new Map();
  const scope = { kind: 'site', controllers: [shop] };
  const ownOf = (email, id) => {
    const request = requests.get(id);
    return request?.email === email ? request : undefined;
  };
  /** Asking for erasure twice is one request. */
  const openErasureOf = (address) =>
    [...requests.values()].find(
      ({ email, status: { type, state } }) =>
        email === address && type === 'erasure' && !CLOSED.includes(state),
    );

  return {
    session: (email) => ({
      session: email && {
        contacts: [{ kind: 'email', shown: email.replace(/^(.).*@/, '$1•••@') }],
        by: 'host',
        scope,
      },
    }),

    /** Keeps a request, or says in a word why not. */
    put(email, id, body) {
      const { data: said } = newRequestSchema.safeParse(body);
      if (!said || said.id !== id) return { reason: 'malformed' };
      if (!TAKEN.includes(said.type)) return { reason: 'not-by-ourselves' };
      const text = canonicalJson(said);
      const before = requests.get(id);
      if (before) {
        if (before.email !== email || before.text !== text) return { reason: 'other-request' };
        return before.status;
      }
      const open = said.type === 'erasure' && openErasureOf(email);
      if (open) return open.status;
      const at = now();
      const status = {
        id,
        type: said.type,
        state: 'open',
        scope,
        receivedAt: at.toISOString(),
        due: dueAt(at, 1).toISOString(),
        ...(said.type === 'erasure' && {
          cancellableUntil: new Date(at.getTime() + UNDO_HOURS * HOUR).toISOString(),
        }),
        timeline: [{ at: at.toISOString(), act: 'receive' }],
      };
      requests.set(id, { email, text, status });
      mail(`A request (${said.type}), to be answered by ${status.due.slice(0, 10)}: ${id}`);
      return status;
    },

    list: (email) => ({
      requests: [...requests.values()]
        .filter((each) => each.email === email)
        .map(({ status }) => status)
        .reverse(),
    }),

    read: (email, id) => ownOf(email, id)?.status ?? { reason: 'no-such-request' },

    cancel(email, id) {
      const request = ownOf(email, id);
      if (!request) return { reason: 'no-such-request' };
      const { status } = request;
      if (status.state === 'cancelled') return status;
      const state = stateAfter(status.state, 'cancel', status.type);
      if (!state || CLOSED.includes(status.state)) return { reason: 'too-late' };
      const { cancellableUntil: _, ...rest } = status;
      const timeline = [...status.timeline, { at: now().toISOString(), act: 'cancel' }];
      request.status = { ...rest, state, timeline };
      return request.status;
    },
  };
}
