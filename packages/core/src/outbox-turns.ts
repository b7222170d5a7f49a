import { OUTBOX } from './outbox-key.js';

/** What {@link createTurns} works with. */
export interface TurnsOptions {
  area: () => Storage;
  /** `undefined` where the browser has none, as on plain http. */
  locks: Pick<LockManager, 'request'> | undefined;
  now(): Date;
}

/** Does something while no other tab does; answers `wait` milliseconds where another one is at it. */
export type Turns = <Result>(act: () => Promise<Result>) => Promise<Result | { wait: number }>;

const LEASE = `${OUTBOX}-lease`;

/** When to ask again while another tab is at it, in milliseconds; its records tell, too, as they go. */
const BUSY = 1000;

/** For how long a tab may be at it before another one takes over, in milliseconds: longer than any request. */
export const LEASE_TIME = 45_000;

/**
 * Lets one tab at a time send, by the browser's locks, which end with the tab. Without locks, by a
 * lease in storage: two tabs might still take it in the same instant, and the backend then gets
 * the same record twice, which changes nothing.
 */
export function createTurns({ area, locks, now }: TurnsOptions): Turns {
  const own = String(Math.random());

  return async (act) => {
    let isTurn = false;
    const take = (lock: unknown) => {
      isTurn = !!lock;
      return lock ? act() : { wait: BUSY };
    };
    try {
      // Nobody stands in line: Chromium never hands on a lock that falls to a page that has left.
      if (locks) return await locks.request(OUTBOX, { ifAvailable: true }, take);
    } catch (error) {
      // Some browsers have locks and refuse them where they block storage.
      if (isTurn) throw error;
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
