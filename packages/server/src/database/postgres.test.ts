import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import { describeOnPostgres, startPostgres, type TestPostgres } from '../testing/postgres.js';
import { openPostgres } from './postgres.js';

describeOnPostgres('PostgreSQL', () => {
  let server: TestPostgres;
  before(async () => {
    server = await startPostgres();
  });
  after(() => server.stop());

  it('goes on with new connections after the server was killed and started again', async () => {
    const database = await openPostgres(server.url);
    const ask = () => sql<{ n: number }>`select 1 as n`.execute(database.sql);
    await Promise.all([ask(), ask(), ask()]);
    await server.kill();
    await assert.rejects(ask(), { code: 'server/unavailable' });
    await server.restart();
    assert.deepEqual((await ask()).rows, [{ n: 1 }]);
    await database.close();
  });

  it('answers server/unavailable while a statement waits and the server dies', async () => {
    const database = await openPostgres(server.url);
    const waiting = assert.rejects(sql`select pg_sleep(600)`.execute(database.sql), {
      code: 'server/unavailable',
    });
    await sql`select 1`.execute(database.sql);
    await server.kill();
    await waiting;
    await server.restart();
    await database.close();
  });

  it('answers server/unavailable where there is no server', async () => {
    await assert.rejects(openPostgres('postgres://x@127.0.0.1:1/x'), {
      code: 'server/unavailable',
    });
  });

  it('keeps the role on every connection of the pool', async () => {
    const database = await openPostgres(server.url);
    const roles = await Promise.all(
      Array.from({ length: 20 }, () =>
        sql<{ role: string }>`select current_user as role, pg_sleep(0.01)`.execute(database.sql),
      ),
    );
    assert.deepEqual(new Set(roles.map(({ rows }) => rows[0]?.role)), new Set(['placet_app']));
    await database.close();
  });
});
