import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import { describeWithPostgres } from '../testing/both.js';
import { testSeed } from '../testing/database.js';
import { recordRow } from '../testing/rows.js';
import { onPglite } from './embedded.js';
import { migrationStatus } from './migrations.js';
import { openDatabase } from './open.js';

/** What a later release might bring: a change of a table that is in use, and a new one. */
const LATER = `-- A comment; with a semicolon.
alter table record add column note text not null default 'none';
update record set note = 'from before';
create table later (id text primary key);
grant select, insert on later to placet_app;
`;

const BROKEN = 'create table half (id text);\nselect nothing from nowhere;\n';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'placet-migrations-'));
  const packaged = fileURLToPath(new URL('../../migrations', import.meta.url));
  for (const name of ['later', 'broken']) {
    await cp(packaged, join(folder, name), { recursive: true });
  }
  await writeFile(join(folder, 'later', '0900_later.sql'), LATER);
  await writeFile(join(folder, 'broken', '0900_broken.sql'), BROKEN);
});
after(() => rm(folder, { recursive: true, force: true }));

describe('migrations, embedded', () => {
  it('keep what the previous release wrote, and refuse the previous release from then on', async () => {
    const pglite = await PGlite.create({ loadDataDir: await testSeed() });
    const previous = await onPglite(pglite, {});
    const row = recordRow();
    await previous.insertInto('record').values(row).execute();

    await sql`reset role`.execute(previous);
    const later = await onPglite(pglite, { migrations: { folder: join(folder, 'later') } });
    const { rows } = await sql`select id, body, note from record`.execute(later);
    assert.deepEqual(rows, [{ id: row.id, body: row.body, note: 'from before' }]);
    const { unknown } = await migrationStatus(later);
    assert.deepEqual(unknown, ['0900_later']);

    await sql`reset role`.execute(later);
    // Closes PGlite too.
    await assert.rejects(onPglite(pglite, {}), /server\/unavailable: .*newer release.*0900_later/);
  });
});

describeWithPostgres('migrations, PostgreSQL', (make) => {
  it('keep what the previous release wrote', async () => {
    const where = await make();
    const previous = await openDatabase(where);
    const row = recordRow();
    await previous.sql.insertInto('record').values(row).execute();
    await previous.close();

    const later = await openDatabase(where, { migrations: { folder: join(folder, 'later') } });
    const { rows } = await sql`select id, body, note from record`.execute(later.sql);
    assert.deepEqual(rows, [{ id: row.id, body: row.body, note: 'from before' }]);
    await sql`insert into later values ('a')`.execute(later.sql);
    await later.close();
  });

  it('refuse a database of a newer release, saying which', async () => {
    const where = await make();
    await (await openDatabase(where, { migrations: { folder: join(folder, 'later') } })).close();
    await assert.rejects(openDatabase(where), /server\/unavailable: .*newer release.*0900_later/);
  });

  it('leave nothing behind of one that fails', async () => {
    const where = await make();
    const broken = { migrations: { folder: join(folder, 'broken') } };
    await assert.rejects(openDatabase(where, broken), /nowhere/);
    const database = await openDatabase(where);
    const { rows } = await sql`select to_regclass('half') as half`.execute(database.sql);
    assert.deepEqual(rows, [{ half: null }]);
    await database.close();
  });

  it('run once where several processes start at the same time, on one database or on two', async () => {
    const [one, other] = [await make(), await make()];
    const options = ['--import', 'tsx', '--conditions=source', '--input-type=module', '-e', OPENER];
    const start = async ({ url }: { url: string }) => {
      const child = spawn(process.execPath, [...options, url], { stdio: 'inherit' });
      const [code] = (await once(child, 'exit')) as [number];
      return code;
    };
    assert.deepEqual(await Promise.all([one, one, other].map(start)), [0, 0, 0]);
    const database = await openDatabase(one);
    const { applied } = await migrationStatus(database.sql);
    assert.deepEqual(applied, [...new Set(applied)]);
    assert.equal((await database.sql.selectFrom('record').selectAll().execute()).length, 6 * 2);
    await database.close();
  });

  it('are not needed of a user who only may take the role', async () => {
    const where = await make();
    const owner = await openDatabase(where);
    await sql`reset role; create role app login; grant placet_app to app`.execute(owner.sql);
    await owner.close();
    const app = await openDatabase({ url: where.url.replace('placet@', 'app@') });
    await app.sql.insertInto('record').values(recordRow()).execute();
    await app.close();
  });

  it('tell a user who may not take the role what an administrator has to do', async () => {
    const where = await make();
    const owner = await openDatabase(where);
    await sql`reset role; create role stranger login`.execute(owner.sql);
    await owner.close();
    await assert.rejects(
      openDatabase({ url: where.url.replace('placet@', 'stranger@') }),
      /server\/unavailable: .*grant placet_app to/,
    );
  });
});

/** A server's start: several at once, each on connections of its own, then a write. */
const OPENER = `
  import { openDatabase } from ${JSON.stringify(new URL('./open.ts', import.meta.url).href)};
  import { recordRow } from ${JSON.stringify(new URL('../testing/rows.ts', import.meta.url).href)};
  const all = await Promise.all(Array.from({ length: 6 }, () => openDatabase({ url: process.argv[1] })));
  for (const database of all) {
    await database.sql.insertInto('record').values(recordRow()).execute();
    await database.close();
  }`;
