import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { testSeed } from '../testing/database.js';
import { recordRow } from '../testing/rows.js';
import { diskFiles, type Files } from './files.js';
import { openFolder, type FolderOptions } from './folder.js';

describe('a database in a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'placet-folder-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const open = async (options: FolderOptions = {}) =>
    openFolder(folder, { seed: await testSeed(), ...options });

  it('has what was written when it is opened again, in files for its user alone', async () => {
    const row = recordRow();
    const said: string[] = [];
    const first = await open({ notify: (sentence) => said.push(sentence) });
    assert.equal(said.length, 1);
    assert.match(said[0]!, /embedded: one process, for small sites.*PostgreSQL \(DATABASE_URL\)/);
    await first.sql.insertInto('record').values(row).execute();
    await first.close();
    const second = await open();
    assert.deepEqual(await second.sql.selectFrom('record').select('id').execute(), [
      { id: row.id },
    ]);
    await second.close();
    for (const name of ['database', 'snapshots', 'locks']) {
      assert.equal((await stat(join(folder, name))).mode & 0o777, 0o700, name);
    }
  });

  it('flushes the log to disk before a statement or a transaction resolves', async () => {
    const flushed: string[] = [];
    const files: Files = {
      ...diskFiles(),
      async flush(path) {
        await diskFiles().flush(path);
        flushed.push(path);
      },
    };
    const database = await open({ files });
    const segments = () => flushed.splice(0).filter((path) => /pg_wal\/[0-9A-F]{24}$/.test(path));
    segments();
    await database.sql.insertInto('record').values(recordRow()).execute();
    assert.equal(segments().length, 1);
    await database.sql.transaction().execute(async (transaction) => {
      await transaction.insertInto('record').values(recordRow()).execute();
      await transaction.insertInto('record').values(recordRow()).execute();
      assert.equal(segments().length, 0);
    });
    assert.equal(segments().length, 1);
    await database.close();
  });

  it('acknowledges nothing that could not be flushed', async () => {
    let fails = false;
    const files: Files = {
      ...diskFiles(),
      flush: (path) => (fails ? Promise.reject(new Error('EIO')) : diskFiles().flush(path)),
    };
    const database = await open({ files });
    fails = true;
    await assert.rejects(database.sql.insertInto('record').values(recordRow()).execute(), {
      code: 'server/unavailable',
    });
    fails = false;
    await assert.rejects(database.sql.insertInto('record').values(recordRow()).execute(), {
      code: 'server/unavailable',
    });
    await database.close();
  });

  it('has every acknowledged row after kill -9, and lets the next process in', async () => {
    await (await open()).close();
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--conditions=source', '--input-type=module', '-e', WRITER, folder],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const acknowledged: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      acknowledged.push(line);
      if (acknowledged.length === 1) {
        await assert.rejects(open(), new RegExp(`in use by process ${child.pid}\\.`));
      }
      if (acknowledged.length === 300) child.kill('SIGKILL');
    }
    if (child.signalCode === null) await once(child, 'exit');
    const database = await open();
    const rows = await database.sql.selectFrom('record').select('id').execute();
    await database.close();
    const ids = new Set(rows.map(({ id }) => id));
    assert.equal(ids.size, rows.length);
    assert.deepEqual(
      acknowledged.filter((id) => !ids.has(id)),
      [],
    );
  });

  it('begins anew where making the database was interrupted', async () => {
    await mkdir(join(folder, 'database.tmp'));
    await writeFile(join(folder, 'database.tmp', 'PG_VERSION'), '18\n');
    const database = await open();
    await database.close();
    assert.deepEqual((await readdir(folder)).sort(), ['database', 'locks']);
  });

  it('says which folder cannot be opened and what to do', async () => {
    await (await open()).close();
    await writeFile(join(folder, 'database', 'global', 'pg_control'), 'nothing');
    await assert.rejects(open(), /database in .* cannot be opened.*snapshots/);
    // And lets go of the folder.
    assert.deepEqual(await readdir(join(folder, 'locks')), []);
  });

  it('keeps a snapshot at the end if anything changed, from which it can be had again', async () => {
    const row = recordRow();
    const first = await open();
    await first.sql.insertInto('record').values(row).execute();
    await first.close();
    const [name, ...others] = await readdir(join(folder, 'snapshots'));
    assert.deepEqual(others, []);

    const unchanged = await open();
    await unchanged.sql.selectFrom('record').selectAll().execute();
    await unchanged.close();

    await rm(join(folder, 'database'), { recursive: true });
    await mkdir(join(folder, 'database'));
    const archive = join(folder, 'snapshots', name!);
    execFileSync('tar', ['-xzf', archive, '-C', join(folder, 'database')]);
    const again = await open();
    assert.deepEqual(await again.sql.selectFrom('record').select('id').execute(), [{ id: row.id }]);
    await again.close();
  });

  it('takes a snapshot each hour if anything changed, while it goes on working', async () => {
    let save = () => {};
    let every = 0;
    const said: string[] = [];
    const snapshots = join(folder, 'snapshots');
    const database = await open({
      notify: (sentence) => said.push(sentence),
      repeat(task, milliseconds) {
        [save, every] = [task, milliseconds];
        return () => {};
      },
    });
    assert.equal(every, 60 * 60 * 1000);
    const write = () => database.sql.insertInto('record').values(recordRow()).execute();
    await write();
    save();
    // The first may come before the files are copied, the second waits for it.
    await write();
    await write();
    await database.close();
    assert.equal(said.length, 1, said.join());
    // That of the hour, and that of the end.
    assert.equal((await readdir(snapshots)).length, 2);
    assert.deepEqual((await readdir(folder)).sort(), ['database', 'locks', 'snapshots']);
  });

  it('checkpoints by itself, so that its log does not grow for ever', async () => {
    const database = await open({ checkpointAfter: 1 });
    const redo = async () => {
      const { rows } = await sql<{ redo: string }>`
        select redo_lsn::text as redo from pg_control_checkpoint()`.execute(database.sql);
      return rows[0]!.redo;
    };
    const before = await redo();
    for (let count = 0; count < 3; count += 1) {
      await database.sql.insertInto('record').values(recordRow()).execute();
    }
    assert.notEqual(await redo(), before);
    await database.close();
  });
});

/** Writes rows one after the other and says the id of each once it is acknowledged. */
const WRITER = `
  import { openFolder } from ${JSON.stringify(new URL('./folder.ts', import.meta.url).href)};
  import { recordRow } from ${JSON.stringify(new URL('../testing/rows.ts', import.meta.url).href)};
  const { sql } = await openFolder(process.argv[1]);
  for (;;) {
    const row = recordRow();
    await sql.insertInto('record').values(row).execute();
    console.log(row.id);
  }`;
