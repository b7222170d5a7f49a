import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { lockFolder } from './lock.js';

/** Takes the folder, says so, and keeps it. */
const HOLD = `
  import { lockFolder } from ${JSON.stringify(new URL('./lock.ts', import.meta.url).href)};
  try { await lockFolder(process.argv[1]); console.log('taken'); }
  catch (error) { console.log(error.message); process.exit(); }
  setInterval(() => {}, 1e6);`;

describe('the lock of a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'placet-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Another process that wants the folder, and the first thing it says. */
  async function other() {
    const options = ['--import', 'tsx', '--conditions=source', '--input-type=module', '-e', HOLD];
    const child = spawn(process.execPath, [...options, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(createInterface(child.stdout), 'line')) as [string];
    const kill = async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    };
    return { said, pid: child.pid!, kill };
  }

  it('keeps another process out, naming the one that has it', async () => {
    const lock = await lockFolder(folder);
    const { said } = await other();
    assert.match(said, new RegExp(`in use by process ${process.pid}\\. .*PostgreSQL`));
    await lock.release();
  });

  it('keeps the same process out too', async () => {
    const lock = await lockFolder(folder);
    await assert.rejects(lockFolder(folder), { code: 'server/unavailable' });
    await lock.release();
    await (await lockFolder(folder)).release();
  });

  it('is taken over from a process that was killed', async () => {
    const first = await other();
    assert.equal(first.said, 'taken');
    await assert.rejects(lockFolder(folder), new RegExp(`in use by process ${first.pid}\\.`));
    await first.kill();
    const lock = await lockFolder(folder);
    assert.equal((await readdir(join(folder, 'locks'))).length, 1);
    await lock.release();
    assert.deepEqual(await readdir(join(folder, 'locks')), []);
  });

  it('is taken over by exactly one of several that start at once', async () => {
    await (await other()).kill();
    const all = await Promise.all([other(), other(), other()]);
    try {
      assert.equal(all.filter(({ said }) => said === 'taken').length, 1, JSON.stringify(all));
    } finally {
      await Promise.all(all.map(({ kill }) => kill()));
    }
  });

  it('goes to exactly one of many in one process', async () => {
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => lockFolder(folder)));
    const taken = results.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []));
    assert.equal(taken.length, 1);
    await taken[0]?.release();
  });

  it('believes a process of another machine while it gives signs of life', async () => {
    const file = join(folder, 'locks', 'ffffffff.1.1.some-name');
    await (await lockFolder(folder)).release();
    await writeFile(file, 'held');
    await assert.rejects(lockFolder(folder), /process 1 of another machine or container/);
    const past = new Date(Date.now() - 61_000);
    await utimes(file, past, past);
    await (await lockFolder(folder)).release();
  });

  it('does not take another process with the same number for the one that died', async () => {
    const lock = await lockFolder(folder);
    const [name = ''] = await readdir(join(folder, 'locks'));
    await lock.release();
    const [machine, pid] = name.split('.');
    await writeFile(join(folder, 'locks', `${machine}.${pid}.1.some-name`), 'held');
    await (await lockFolder(folder)).release();
  });
});
