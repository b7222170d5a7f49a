import { OUTBOX } from './outbox-key.js';

/** What {@link createTurns} works with. */
export interface TurnsOptions {
  area: () => Storage;
  /** `undefined` where the browser has none, as on plain http. */
  locks: Pick<LockManager, 'request'> | undefined;
  now(): Date;
  signal?: AbortSignal | undefined;
}

/** Does something while no other tab does; answers `wait` milliseconds where another one is at it. */
export type Turns = <Result>(act: () => Promise<Result>) => Promise<Result | { wait: number }>;

const LEASE = `${OUTBOX}-lease`;

/** For how long a tab may be at it before another one takes over, in milliseconds: longer than any request. */
export const LEASE_TIME = 45_000;

/**
 * Lets one tab at a time send, by the browser's locks, which end with the tab. Without locks, by a
 * lease in storage: two tabs might still take it in the same instant, and the backend then gets
 * the same record twice, which changes nothing.
 */
export function createTurns({
  area,
  locks,
  now,
  signal = new AbortController().signal,
}: TurnsOptions): Turns {
  const own = String(Math.random());

  return async (act) => {
    let isTurn = false;
    try {
      const take = () => {
        isTurn = true;
        return act();
      };
      if (locks) return await locks.request(OUTBOX, { signal }, take);
    } catch (error) {
      // Some browsers have locks and refuse them where they block storage.
      if (isTurn || signal.aborted) throw error;
    }
    const time = now().getTime();
    try {
      const [owner, until] = (area().getItem(LEASE) ?? '').split(' ');
      const wait = Number(until) - time;
      // A lease that seems to last longer was taken by another clock.
      if (owner !== own && wait > 0 && wait <= LEASE_TIME) return { wait };
      area().setItem(LEASE, `${own} ${time + LEASE_TIME}`);
    } catch {
      // Blocked: then no other tab knows of these records.
    }
    try {
      return await act();
    } finally {
      try {
        if (area().getItem(LEASE)?.startsWith(own)) area().removeItem(LEASE);
      } catch {
        // Blocked still.
      }
    }
  };
}
