import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { findPostgres } from '../../../../scripts/postgres.mjs';

/** A PostgreSQL server of a test's own, on this machine only. */
export interface TestPostgres {
  /** Of its owner, and of an empty database. */
  readonly url: string;
  /** Another empty database on the same server. */
  createDatabase(name: string): Promise<string>;
  /** Kills every process of it at once, as a loss of power would, keeping the data. */
  kill(): Promise<void>;
  /** Starts it again, at the same address, after {@link TestPostgres.kill}. */
  restart(): Promise<void>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

const OWNER = 'placet';
export function isPostgresHere(): boolean {
  return findPostgres() !== undefined;
}

/**
 * `describe` for tests that need a PostgreSQL server.
 *
 * Where there is none, one test says so instead; with `PLACET_POSTGRES=required`
 * (in `.ci/run`) it fails.
 */
export function describeOnPostgres(title: string, tests: () => void): void {
  if (isPostgresHere()) {
    describe(title, tests);
    return;
  }
  it(`${title}: not run, no PostgreSQL here (Debian: apt-get install postgresql)`, () => {
    if (process.env['PLACET_POSTGRES'] === 'required') throw new Error('PostgreSQL is required.');
  });
}

/** Starts one; `fsync` makes writes survive {@link TestPostgres.kill} as in production. */
export async function startPostgres({ fsync = false } = {}): Promise<TestPostgres> {
  const bin = findPostgres();
  if (!bin) throw new Error('There is no PostgreSQL here (Debian: apt-get install postgresql).');
  const folder = mkdtempSync(join(tmpdir(), 'placet-postgres-'));
  const user = unprivileged();
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const port = await freePort();
  const as = { ...user, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } };

  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', OWNER, '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    { ...as, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error}`);

  let server: ChildProcess | undefined;
  async function start(): Promise<void> {
    const settings = {
      listen_addresses: '127.0.0.1',
      port,
      unix_socket_directories: '',
      fsync: fsync ? 'on' : 'off',
      max_connections: 60,
      shared_buffers: '32MB',
      timezone: 'Asia/Kolkata',
    };
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const command = [join(bin!, 'postgres'), '-D', data, ...options];
    server = spawn('/bin/sh', ['-c', WATCHDOG, 'sh', folder, ...command], {
      ...as,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let log = '';
    server.stderr!.on('data', (text: Buffer) => (log += text.toString()));
    // The test's process may end without stopping the server.
    server.unref();
    for (const pipe of [server.stdin, server.stderr]) (pipe as unknown as Socket).unref();
    await answered(urlOf('postgres'), server, () => log);
  }
  const urlOf = (name: string) => `postgres://${OWNER}@127.0.0.1:${port}/${name}`;

  async function createDatabase(name: string): Promise<string> {
    await query(urlOf('postgres'), `create database "${name}"`);
    return urlOf(name);
  }

  async function kill(): Promise<void> {
    const ended = closed(server!);
    const [pid] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    for (const member of family(Number(pid))) signal(member, 'SIGKILL');
    await ended;
  }

  try {
    await start();
    return {
      url: await createDatabase('placet'),
      createDatabase,
      kill,
      restart: start,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }

  async function stop(): Promise<void> {
    if (server?.exitCode === null && server.signalCode === null) {
      const ended = closed(server);
      server.stdin!.end();
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs the server until its own input closes, as it does whatever ends the
 * test's process, kill -9 included; then stops the server and removes its data.
 */
const WATCHDOG = `
folder=$1; shift; exec 3<&0
"$@" </dev/null 3<&- & server=$!
(cat <&3; : >"$folder/over"; kill -QUIT $server) >/dev/null 2>&1 & watch=$!
exec 3<&-; wait $server; kill $watch 2>/dev/null
cd /; if [ -e "$folder/over" ]; then rm -rf "$folder"; fi`;

/** Resolves once a process and its pipes have ended; the test's process waits for it. */
async function closed(child: ChildProcess): Promise<void> {
  child.ref();
  (child.stderr as unknown as Socket).ref();
  await once(child, 'close');
}

/** Resolves once the server answers. */
async function answered(url: string, server: ChildProcess, log: () => string): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      return await query(url, 'select 1');
    } catch (error) {
      if (Date.now() > until || server.exitCode !== null)
        throw new Error(`PostgreSQL did not start: ${log()}`, { cause: error });
      await wait(50);
    }
  }
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** A process and all below it. */
function family(root: number): number[] {
  const { stdout } = spawnSync('ps', ['-e', '-o', 'pid=', '-o', 'ppid='], { encoding: 'utf8' });
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (pid: number): number[] =>
    pairs.flatMap(([child, parent]) => (parent === pid ? [child, ...below(child)] : []));
  return [root, ...below(root)];
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const [, , uid, gid] = users.find(([name]) => name === 'postgres') ?? [];
  return { uid: Number(uid ?? 65534), gid: Number(gid ?? 65534) };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
