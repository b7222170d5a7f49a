import { join } from 'node:path';
import { PlacetError } from '@placet/contract';
import type { Files } from './files.js';

/** Puts on disk what PGlite, which never does, only handed to the operating system. */
export interface Wal {
  /** How many segments of 16 MiB were written to since the last checkpoint. */
  readonly segments: number;
  /** Resolves once everything written so far is on disk. */
  flush(): Promise<void>;
  /** Counts from zero again. */
  checkpointed(): void;
}

const SEGMENT = /^[0-9A-F]{24}$/;

/** Milliseconds by which a file's time of change may lag behind the clock: it moves in ticks. */
export const TICK = 50;

/**
 * Watches the write-ahead log in `<database>/pg_wal` by its files' times.
 *
 * Once a flush has failed, nothing can be known about what it was to write
 * (the system may drop it and report success next time): all later ones fail.
 *
 * @throws {PlacetError} `server/unavailable` from {@link Wal.flush}
 */
export function createWal(folder: string, files: Files, now = Date.now): Wal {
  const flushed = new Map<string, { changed: number; seenAt: number }>();
  const written = new Set<string>();
  let failure: PlacetError | undefined;

  async function flushSegments() {
    let isNew = false;
    const names = (await files.list(folder)).filter((name) => SEGMENT.test(name));
    for (const name of flushed.keys()) if (!names.includes(name)) flushed.delete(name);
    for (const name of names) {
      const path = join(folder, name);
      const seenAt = now();
      const changed = await files.changed(path);
      const before = flushed.get(name);
      // A change within the tick of the last look has the same time as the one seen then.
      if (changed === undefined) continue;
      if (before?.changed === changed && changed < before.seenAt - TICK) continue;
      await files.flush(path);
      if (before?.changed !== changed) written.add(name);
      isNew ||= !before;
      flushed.set(name, { changed, seenAt });
    }
    // A new file is found again only if its folder is on disk too.
    if (isNew) await files.flush(folder);
  }

  return {
    get segments() {
      return written.size;
    },
    async flush() {
      if (failure) throw failure;
      try {
        await flushSegments();
      } catch (cause) {
        failure = new PlacetError(
          'server/unavailable',
          'The embedded database could not be written to disk. Check the disk, then start again.',
          { cause },
        );
        throw failure;
      }
    },
    checkpointed() {
      written.clear();
    },
  };
}
