import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, readlink, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PlacetError } from '@placet/contract';

/** A folder that no other process uses until it is released. */
export interface FolderLock {
  /** True once the lock was taken over by a machine that thought this one gone. */
  readonly isLost: boolean;
  release(): Promise<void>;
}

/** Milliseconds between signs of life, for processes that cannot see this one. */
const BEAT = 10_000;

/** Milliseconds without one after which the process on another machine counts as gone. */
const SILENCE = 60_000;

/** Milliseconds to wait for another process that is trying too, and how often. */
const PAUSE = 25;
const ATTEMPTS = 80;

const HELD = 'held';

/**
 * Takes a folder for this process.
 *
 * Each process that wants it puts a file of its own into `locks/` and only then
 * looks for others: of any two, the later one sees the earlier one. Names are
 * never used twice, so the file of a dead process can be removed by anyone
 * without harm to whoever takes over at the same time. Who is trying at the
 * same moment gives way to the smaller name.
 *
 * @throws {PlacetError} `server/unavailable`, with the process that has the folder.
 */
export async function lockFolder(folder: string, now = Date.now): Promise<FolderLock> {
  const locks = join(folder, 'locks');
  await mkdir(locks, { recursive: true, mode: 0o700 });
  const here = await thisProcess();
  const name = [here.machine, here.pid, here.started, randomUUID()].join('.');
  const own = join(locks, name);
  let found = await compete();
  for (let attempt = 1; found; attempt += 1) {
    const givesWay = found.isHeld || found.name < name || attempt === ATTEMPTS;
    if (givesWay) await rm(own, { force: true });
    if (found.isHeld || attempt === ATTEMPTS) throw inUse(folder, found.name, here.machine);
    // Not all at the same moment, or they would go on meeting each other.
    await wait(PAUSE * (0.5 + Math.random()));
    found = await compete();
  }
  await writeFile(own, HELD);

  let isLost = false;
  const beat = setInterval(() => {
    utimes(own, new Date(), new Date()).catch((error: unknown) => {
      if (isMissing(error)) isLost = true;
    });
  }, BEAT).unref();
  return {
    get isLost() {
      return isLost;
    },
    async release() {
      clearInterval(beat);
      await rm(own, { force: true });
    },
  };

  /** Says that this process wants the folder; answers with who stands in its way. */
  async function compete(): Promise<{ name: string; isHeld: boolean } | undefined> {
    await writeFile(own, '', { mode: 0o600 });
    const others = [];
    for (const other of await readdir(locks)) {
      if (other === name) continue;
      const file = join(locks, other);
      if (await isAlive(other, file, here.machine, now())) {
        others.push({
          name: other,
          isHeld: (await readFile(file, 'utf8').catch(() => '')) === HELD,
        });
      } else {
        await rm(file, { force: true });
      }
    }
    return (
      others.find(({ isHeld }) => isHeld) ?? others.sort((a, b) => (a.name < b.name ? -1 : 1))[0]
    );
  }
}

async function isAlive(name: string, file: string, here: string, now: number): Promise<boolean> {
  const [machine, pid = '', started = ''] = name.split('.');
  if (machine === here) return (await startedAt(Number(pid))) === started;
  const seen = await stat(file).catch(() => undefined);
  return seen !== undefined && now - seen.mtimeMs < SILENCE;
}

async function thisProcess() {
  // Process numbers mean something within one machine and one container of it.
  const space = await readlink('/proc/self/ns/pid').catch(() => '');
  const machine = createHash('sha256').update(`${hostname()}\n${space}`).digest('hex').slice(0, 8);
  return { machine, pid: process.pid, started: await startedAt(process.pid) };
}

/** When a process began, in the system's own words; `gone` without one, `unknown` if not told. */
async function startedAt(pid: number): Promise<string> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return 'gone';
  }
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The command's name, in brackets, may itself contain brackets and spaces.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  // Killed and not yet waited for: it does nothing any more.
  if (fields[0] === 'Z') return 'gone';
  return fields[19] ?? 'unknown';
}

function inUse(folder: string, name: string, here: string): PlacetError {
  const [machine, pid] = name.split('.');
  const who =
    machine === here ? `process ${pid}` : `process ${pid} of another machine or container`;
  return new PlacetError(
    'server/unavailable',
    `The folder ${folder} is in use by ${who}. Stop it first; ` +
      'for several processes, use PostgreSQL (DATABASE_URL).',
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
