import type { ConsentStorage } from '../cookie-storage.js';

/** Storage that several engines can share and a test can look into. */
export interface MemoryStorage extends ConsentStorage {
  values: string[];
  /** Everything that was ever written, with the end date it was given. */
  readonly writes: { value: string; expires: Date }[];
}

/** Keeps a choice as a cookie jar without paths would: one copy, replaced by the next. */
export function memoryStorage(...values: string[]): MemoryStorage {
  const storage: MemoryStorage = {
    values,
    writes: [],
    read: () => [...storage.values],
    write(value, expires) {
      storage.writes.push({ value, expires });
      // A jar replaces the copy at the same place; copies at other places stay.
      storage.values = [...storage.values.slice(1), value];
    },
    clear() {
      storage.values = [];
    },
  };
  return storage;
}

/** Storage as a browser with cookies blocked has it. */
export function blockedStorage(): ConsentStorage {
  return { read: () => [], write() {}, clear() {} };
}
