import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sql } from 'kysely';
import type { Database } from './database.js';
import { describeOnBoth } from '../testing/both.js';
import { evidenceRow, recordRow } from '../testing/rows.js';

const DENIED = /permission denied|must be owner/;

describeOnBoth('database', (open) => {
  const withDatabase = (test: (database: Database) => Promise<void>) => async () => {
    const database = await open();
    try {
      await test(database);
    } finally {
      await database.close();
    }
  };

  it(
    'gives sizes as numbers, bytes as Uint8Array and times as Date',
    withDatabase(async ({ sql: db }) => {
      const at = new Date('2026-11-22T12:34:56.789Z');
      const row = {
        site: 'default',
        size: 2 ** 40 + 1,
        root: new Uint8Array([0, 1, 127, 128, 255]),
        leaves: new Uint8Array(0),
        frontier: new Uint8Array(32).fill(255),
        note: 'é\n"\\☃',
        at,
      };
      await db.insertInto('log_checkpoint').values(row).execute();
      const read = await db.selectFrom('log_checkpoint').selectAll().execute();
      assert.deepStrictEqual(read, [row]);
      const total = await db
        .selectFrom('log_checkpoint')
        .select(({ fn }) => fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      assert.deepStrictEqual(total, { count: 1 });
    }),
  );

  it(
    'finds rows by a list of hashes',
    withDatabase(async ({ sql: db }) => {
      const rows = [recordRow(), recordRow(), recordRow()];
      await db.insertInto('record').values(rows).execute();
      const wanted = rows.slice(1);
      const read = await db
        .selectFrom('record')
        .select('id')
        .where(
          'leaf_hash',
          'in',
          wanted.map((row) => row.leaf_hash),
        )
        .execute();
      assert.deepEqual(new Set(read.map(({ id }) => id)), new Set(wanted.map(({ id }) => id)));
    }),
  );

  it(
    'tells how many rows a statement changed',
    withDatabase(async ({ sql: db }) => {
      const insert = () =>
        db
          .insertInto('record')
          .values(row)
          .onConflict((on) => on.doNothing());
      const row = recordRow();
      assert.equal((await insert().executeTakeFirst()).numInsertedOrUpdatedRows, 1n);
      assert.equal((await insert().executeTakeFirst()).numInsertedOrUpdatedRows, 0n);
    }),
  );

  it(
    '001-33 lets the server add to the register and number its rows, and do nothing else to it',
    withDatabase(async ({ sql: db }) => {
      const row = recordRow();
      await db.insertInto('record').values(row).execute();
      await db.updateTable('record').set({ leaf_index: 7 }).where('id', '=', row.id).execute();
      for (const forbidden of [
        `update record set body = ''`,
        `update record set leaf_index = 1, received_at = now()`,
        `delete from record`,
        `truncate record`,
        `drop table record`,
        `alter table record add column x text`,
        `create table x (y text)`,
        `delete from notice`,
        `update notice set text = ''`,
        `delete from log_checkpoint`,
        `update log_checkpoint set note = ''`,
        `update log_node set hash = ''`,
        `delete from log_witnessed`,
        `delete from placet_migration`,
        `update evidence set data = ''`,
      ]) {
        await assert.rejects(sql.raw(forbidden).execute(db), DENIED, forbidden);
      }
      const read = await db.selectFrom('record').selectAll().execute();
      assert.deepStrictEqual(read, [{ ...row, leaf_index: 7 }]);
    }),
  );

  it(
    'lets evidence be destroyed while the record stays',
    withDatabase(async ({ sql: db }) => {
      const row = recordRow();
      await db.insertInto('record').values(row).execute();
      await db.insertInto('evidence').values(evidenceRow(row.id)).execute();
      await db.deleteFrom('evidence').where('record', '=', row.id).execute();
      assert.equal((await db.selectFrom('evidence').selectAll().execute()).length, 0);
      assert.equal((await db.selectFrom('record').selectAll().execute()).length, 1);
    }),
  );

  it(
    'leaves nothing of a transaction that fails',
    withDatabase(async ({ sql: db }) => {
      const failing = db.transaction().execute(async (transaction) => {
        await transaction.insertInto('record').values(recordRow()).execute();
        throw new Error('on purpose');
      });
      await assert.rejects(failing, /on purpose/);
      assert.equal((await db.selectFrom('record').selectAll().execute()).length, 0);
    }),
  );

  it(
    'never mixes a transaction with the statements of others',
    withDatabase(async ({ sql: db }) => {
      const half = async (fails: boolean) => {
        await db.transaction().execute(async (transaction) => {
          await transaction
            .insertInto('record')
            .values(recordRow({ body: 'in' }))
            .execute();
          await transaction.selectFrom('record').selectAll().execute();
          if (fails) throw new Error('on purpose');
        });
      };
      const alone = () =>
        db
          .insertInto('record')
          .values(recordRow({ body: 'alone' }))
          .execute();
      const results = await Promise.allSettled([
        ...[true, false, true, false, true].map(half),
        ...Array.from({ length: 10 }, alone),
      ]);
      assert.equal(results.filter(({ status }) => status === 'rejected').length, 3);
      const bodies = (await db.selectFrom('record').select('body').execute()).map((r) => r.body);
      assert.equal(bodies.filter((body) => body === 'in').length, 2);
      assert.equal(bodies.filter((body) => body === 'alone').length, 10);
    }),
  );

  it(
    'goes on after a statement with a mistake',
    withDatabase(async ({ sql: db }) => {
      await assert.rejects(sql`select nothing from nowhere`.execute(db), /nowhere/);
      assert.deepEqual((await sql`select 1 as n`.execute(db)).rows, [{ n: 1 }]);
    }),
  );
});
