import { constants } from 'node:fs';
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PlacetError } from '@placet/contract';
import type { Kysely } from 'kysely';
import type { Database } from './database.js';
import { onPglite } from './embedded.js';
import { diskFiles, type Files } from './files.js';
import { lockFolder } from './lock.js';
import type { OpenOptions } from './open.js';
import { SET_ROLE } from './role.js';
import { takeSnapshot } from './snapshots.js';
import type { Tables } from './tables.js';
import { createTurns } from './turns.js';
import { createWal, TICK } from './wal.js';

export interface FolderOptions extends OpenOptions {
  /** @default the disk's */
  files?: Files;
  /** A dumped database to begin with, where the folder has none. */
  seed?: Blob;
  /**
   * Segments of 16 MiB of log after which there is a checkpoint: PGlite alone makes none.
   *
   * @default 4
   */
  checkpointAfter?: number;
  /** Calls a task again and again until the function it returns is called. @default setInterval */
  repeat?: (task: () => void, milliseconds: number) => () => void;
}

function onTimer(task: () => void, milliseconds: number): () => void {
  const timer = setInterval(task, milliseconds).unref();
  return () => clearInterval(timer);
}

/** Milliseconds between snapshots. */
const HOUR = 3_600_000;

const NOTICE =
  'The database is embedded: one process, for small sites, safe against a crash of the process ' +
  'but not in every case against a loss of power. For production, use PostgreSQL (DATABASE_URL).';

/**
 * A database in a folder, for one process: PGlite with what it lacks.
 *
 * `database/` is PGlite's own, `locks/` keeps other processes out, `snapshots/`
 * has packed copies of `database/`, made hourly and at the end if anything changed.
 *
 * @throws {PlacetError} `server/unavailable` if another process has the folder.
 */
export async function openFolder(folder: string, options: FolderOptions = {}): Promise<Database> {
  const { notify = () => {}, now = () => new Date() } = options;
  const { files = diskFiles(), repeat = onTimer, checkpointAfter = 4 } = options;
  const root = resolve(folder);
  const data = join(root, 'database');
  const snapshots = join(root, 'snapshots');
  await mkdir(root, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(root);
  const wal = createWal(join(data, 'pg_wal'), files);
  const turns = createTurns();
  let syncedAt = 0;
  let isUnsaved = false;
  // Not while it is being opened.
  let isMarking = true;
  let work: Promise<void> = Promise.resolve();

  const { pglite, sql } = await open().catch(async (error: unknown) => {
    await lock.release();
    throw error;
  });
  const stopSaving = repeat(() => later(saveCopy), HOUR);
  notify(NOTICE);

  return {
    kind: 'embedded',
    sql,
    async close() {
      stopSaving();
      await work;
      await sql.destroy();
      const leave = await turns.take();
      isUnsaved ||= wal.segments > 0;
      await pglite.close();
      await flushFolder();
      if (isUnsaved) await reported(async () => void (await save(data)));
      await lock.release();
      leave();
    },
  };

  async function open(): Promise<{ pglite: PGlite; sql: Kysely<Tables> }> {
    await makeFirst(data, options.seed);
    const pglite = await openPglite(data);
    const sql = await onPglite(pglite, { ...options, turns, flush });
    await flush();
    wal.checkpointed();
    isMarking = false;
    return { pglite, sql };
  }

  async function flush(): Promise<void> {
    if (lock.isLost) {
      throw new PlacetError('server/unavailable', `Another process has taken over ${root}.`);
    }
    await wal.flush();
    if (wal.segments < checkpointAfter || isMarking) return;
    isMarking = true;
    later(() => inTurn(checkpoint));
  }

  /** Runs when what was asked for before is done; failures are told, and tried again another time. */
  function later(task: () => Promise<void>): void {
    work = work.then(() => reported(task));
  }

  async function reported(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      notify(`The embedded database could not be saved: ${String(error)}`);
    }
  }

  async function inTurn(task: () => Promise<void>): Promise<void> {
    const leave = await turns.take();
    try {
      await task();
    } finally {
      leave();
    }
  }

  async function checkpoint(): Promise<void> {
    await pglite.exec('reset role');
    try {
      // PGlite has no processes that would do this by themselves.
      await pglite.exec('vacuum (analyze)');
      await pglite.exec('checkpoint');
    } finally {
      await pglite.exec(SET_ROLE);
      isMarking = false;
    }
    await flushFolder();
    isUnsaved ||= wal.segments > 0;
    await wal.flush();
    wal.checkpointed();
  }

  /** The pages too: after a checkpoint, the log no longer makes up for lost ones. */
  async function flushFolder(): Promise<void> {
    const since = syncedAt;
    syncedAt = Date.now();
    const paths = await files.tree(data);
    // Each waits for the disk, so several go at once.
    const flushNext = async (): Promise<void> => {
      for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
        const changed = await files.changed(path);
        if (changed !== undefined && changed >= since - TICK) await files.flush(path);
      }
    };
    await Promise.all(Array.from({ length: 8 }, flushNext));
  }

  /** Others wait only while the files are copied, not while the copy is packed. */
  async function saveCopy(): Promise<void> {
    if (!isUnsaved && wal.segments === 0) return;
    const copy = join(root, 'snapshot.tmp');
    try {
      await inTurn(async () => {
        await checkpoint();
        await rm(copy, { recursive: true, force: true });
        await cp(data, copy, { recursive: true, mode: constants.COPYFILE_FICLONE });
      });
      await save(copy);
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
  }

  async function save(source: string): Promise<void> {
    await takeSnapshot({ of: source, into: snapshots, now: now() });
    isUnsaved = false;
  }
}

/** Makes the database under another name, so that one half made is never taken for whole. */
async function makeFirst(data: string, seed: Blob | undefined): Promise<void> {
  if (await isThere(data)) return;
  const unfinished = `${data}.tmp`;
  await rm(unfinished, { recursive: true, force: true });
  const pglite = await openPglite(unfinished, seed);
  await pglite.close();
  await rename(unfinished, data);
}

async function openPglite(folder: string, seed?: Blob): Promise<PGlite> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return await PGlite.create({
      dataDir: `file://${folder}`,
      // Fewer segments wait to be used again: 32 MiB instead of 80.
      startParams: [...PGlite.defaultStartParams, '-c', 'min_wal_size=32MB'],
      ...(seed && { loadDataDir: seed }),
    });
  } catch (cause) {
    throw new PlacetError(
      'server/unavailable',
      `The embedded database in ${folder} cannot be opened. ` +
        'Look at the cause, or unpack the newest of snapshots/ in its place.',
      { cause },
    );
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
