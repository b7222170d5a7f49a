import type { ConsentRecord } from '@placet/contract';
import { OUTBOX } from './outbox-key.js';

/** A record that the backend has not acknowledged. */
export interface Kept {
  record: ConsentRecord;
  /** Its place in line. */
  order: number;
  /** While its page may still add the notice's text: until when, in milliseconds since 1970. */
  draftUntil?: number;
  /** The backend will not have it as it is. */
  isRefused?: boolean;
  /** When it may be tried again, in milliseconds since 1970. */
  notBefore?: number;
}

/** Where records wait. */
export interface Shelf {
  /** Oldest first. */
  list(): Kept[];
  find(id: string): Kept | undefined;
  put(kept: Kept): void;
  remove(id: string): void;
  /** The decision that was acknowledged last. */
  acknowledged(): string | undefined;
  acknowledge(id: string): void;
}

const PREFIX = `${OUTBOX}:`;

/**
 * Keeps records in `localStorage`, each under a key of its own: tabs that read and write at the
 * same time cannot lose one another's. What storage does not take is held in memory, and nothing
 * here throws.
 *
 * @param area answers the storage; asking for it may throw where it is blocked
 */
export function createShelf(area: () => Storage): Shelf {
  const memory = new Map<string, string>();

  const attempt = <Result>(act: (storage: Storage) => Result): Result | undefined => {
    try {
      return act(area());
    } catch {
      return undefined;
    }
  };
  const read = (key: string) => memory.get(key) ?? attempt((storage) => storage.getItem(key));
  function write(key: string, value: string): void {
    memory.delete(key);
    attempt((storage) => storage.setItem(key, value));
    if (attempt((storage) => storage.getItem(key)) !== value) memory.set(key, value);
  }
  /** What someone else left under a key of ours may be anything. */
  function parse(key: string): Kept | undefined {
    try {
      const kept = JSON.parse(read(key)!) as Kept;
      return PREFIX + kept.record.id === key && kept.record.notice.version ? kept : undefined;
    } catch {
      return undefined;
    }
  }

  const shelf: Shelf = {
    list() {
      const keys = new Set([...(attempt(Object.keys) ?? []), ...memory.keys()]);
      return [...keys]
        .flatMap((key) => (key.startsWith(PREFIX) && parse(key)) || [])
        .sort((one, other) => one.order - other.order);
    },
    find: (id) => parse(PREFIX + id),
    put: (kept) => write(PREFIX + kept.record.id, JSON.stringify(kept)),
    remove(id) {
      memory.delete(PREFIX + id);
      attempt((storage) => storage.removeItem(PREFIX + id));
      const last = shelf.acknowledged();
      if (last) shelf.acknowledge(last);
    },
    acknowledged: () => read(OUTBOX)?.split('+')[0],
    // Longer than an id while something waits: a later page looks after it.
    acknowledge: (id) => write(OUTBOX, id + (shelf.list()[0] ? '+' : '')),
  };
  return shelf;
}
