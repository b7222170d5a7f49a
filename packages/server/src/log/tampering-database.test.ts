import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { Database } from '../database/database.js';
import { testDatabase } from '../testing/database.js';
import { testRecord, testRegister } from '../testing/register.js';
import { proveLeaf } from './proof.js';
import type { Fault } from './fault.js';
import { createSealer } from './sealer.js';
import { verifyDatabase } from './verify.js';

const TABLES = [
  'config_version',
  'record',
  'evidence',
  'notice',
  'log_head',
  'log_node',
  'log_checkpoint',
  'log_witnessed',
] as const;

/** SQL that the owner of the database could run, with the place that it touches: record or range. */
const EDITS: Record<string, { sql: (index: number) => string; from?: number; to?: number }> = {
  'body altered': {
    sql: (at) => `update record set body = replace(body, 'save', 'SAVE') where leaf_index = ${at}`,
  },
  'body and leaf hash altered': {
    sql: (at) =>
      `update record set body = body || ' ', leaf_hash = sha256(decode('00', 'hex') || convert_to(body || ' ', 'UTF8')) where leaf_index = ${at}`,
  },
  'leaf hash altered': {
    sql: (at) => `update record set leaf_hash = sha256(leaf_hash) where leaf_index = ${at}`,
  },
  'leaf hash cut': {
    sql: (at) =>
      `update record set leaf_hash = substring(leaf_hash from 1 for 5) where leaf_index = ${at}`,
  },
  'body no longer JSON': { sql: (at) => `update record set body = 'x' where leaf_index = ${at}` },
  'record dropped': { sql: (at) => `delete from record where leaf_index = ${at}` },
  'record taken out of the log': {
    sql: (at) => `update record set leaf_index = null where leaf_index = ${at}`,
  },
  'record moved beyond the end': {
    sql: (at) => `update record set leaf_index = 5000 where leaf_index = ${at}`,
  },
  'record inserted twice': {
    sql: (at) =>
      `drop index if exists record_leaf; insert into record select site, gen_random_uuid(), kind, received_at, body, leaf_hash, leaf_index from record where leaf_index = ${at}`,
  },
  'time of receipt altered': {
    sql: (at) => `update record set received_at = now() where leaf_index = ${at}`,
  },
  'id altered': {
    sql: (at) => `update record set id = gen_random_uuid() where leaf_index = ${at}`,
  },
  'evidence altered': {
    sql: (at) =>
      `update evidence set data = sha256(data) where record = (select id from record where leaf_index = ${at})`,
  },
  'evidence made impossible to find': {
    sql: (at) =>
      `update evidence set lookup = sha256(lookup) where record = (select id from record where leaf_index = ${at})`,
  },
  'evidence key altered': {
    sql: (at) =>
      `update evidence set key = sha256(key) where record = (select id from record where leaf_index = ${at})`,
  },
  'checkpoint dropped': {
    sql: () => 'delete from log_checkpoint where size = 310',
    from: 300,
    to: 310,
  },
  'root altered': {
    sql: () => 'update log_checkpoint set root = sha256(root) where size = 310',
    from: 300,
    to: 310,
  },
  'note altered': {
    sql: () => `update log_checkpoint set note = replace(note, '310', '311') where size = 310`,
    from: 300,
    to: 310,
  },
  'leaves altered': {
    sql: () => 'update log_checkpoint set leaves = sha256(leaves) where size = 310',
    from: 300,
    to: 310,
  },
  'frontier altered': {
    sql: () => `update log_checkpoint set frontier = '' where size = 310`,
    from: 300,
    to: 310,
  },
  'stored subtree altered': {
    sql: () => 'update log_node set hash = sha256(hash)',
    from: 0,
    to: 256,
  },
  'stored subtree dropped': { sql: () => 'delete from log_node', from: 0, to: 256 },
  'head altered': {
    sql: () => 'update log_head set frontier = sha256(frontier)',
    from: 321,
    to: 321,
  },
  'head dropped': { sql: () => 'delete from log_head', from: 0, to: 321 },
  'end cut off, with the head': {
    sql: () =>
      `delete from record where leaf_index >= 310; delete from log_checkpoint where size > 310;
       update log_head set size = 310, frontier = (select frontier from log_checkpoint where size = 310)`,
    from: 310,
    to: 321,
  },
};

const isAt = ({ index, from = index, to = (index ?? -1) + 1 }: Fault, first: number, end: number) =>
  from !== undefined && from <= Math.max(first, end - 1) && to >= Math.min(first + 1, end);

describe('a database that its owner tampered with (001-33, G-03)', () => {
  let database: Database;
  let setup: Awaited<ReturnType<typeof testRegister>>;

  const run = async (text: string) => {
    for (const statement of text.split(';')) await sql.raw(statement).execute(database.sql);
  };
  const faults = async (witness: readonly string[] = []) => {
    const found: Fault[] = [];
    for await (const fault of verifyDatabase(database, setup.keys, { witness })) found.push(fault);
    return found;
  };
  const restore = async () => {
    await run('drop index if exists record_leaf');
    for (const table of TABLES)
      await run(`truncate ${table}; insert into ${table} select * from saved.${table}`);
  };

  before(async () => {
    database = await testDatabase();
    setup = await testRegister(database);
    const { register, timers } = setup;
    for (const count of [300, 10, 11]) {
      await Promise.all(Array.from({ length: count }, () => register.add(testRecord())));
      timers.run(1_000);
      await register.entry('default', testRecord().id).catch(() => {});
    }
    await register.close();
    await register.add(testRecord());
    await run('reset role; create schema saved');
    await run(`insert into log_witnessed values ('default', 321, 'file:///away', now())`);
    for (const table of TABLES) await run(`create table saved.${table} as table ${table}`);
  });
  after(() => database.close());

  it('has no fault when nobody did', async () => {
    const sizes = await database.sql.selectFrom('log_checkpoint').select('size').execute();
    assert.deepEqual(sizes.map(({ size }) => size).sort(), [300, 310, 321]);
    assert.deepEqual(await faults(), []);
  });

  for (const [name, edit] of Object.entries(EDITS))
    it(`shows where: ${name}`, async () => {
      await restore();
      const index = 305;
      await run(edit.sql(index));
      const found = await faults();
      const { from = index, to = index + 1 } = edit;
      assert.ok(
        found.some((fault) => isAt(fault, from, to)),
        JSON.stringify(found),
      );
      // Of a record that is gone its evidence tells, too.
      const others = found.filter(({ what }) => what !== 'evidence');
      assert.ok(others.length <= 3, JSON.stringify(found));
    });

  it('shows the text of a notice that is altered or gone', async () => {
    for (const text of [`update notice set text = text || ' '`, 'delete from notice']) {
      await restore();
      await run(text);
      const found = await faults();
      assert.deepEqual(
        found.map(({ what }) => what),
        ['notice'],
      );
    }
  });

  it('shows a configuration that is altered or gone, which receipts are told from (G-14)', async () => {
    for (const text of [
      `update config_version set config = replace(config, 'Tilleul', 'Tilleuls')`,
      'delete from config_version',
    ]) {
      await restore();
      await run(text);
      const found = await faults();
      assert.deepEqual(
        found.map(({ what }) => what),
        ['config'],
      );
    }
  });

  it('shows evidence that was taken away from its record, which is no erasure', async () => {
    await restore();
    const stray = '0199a000-0000-7000-8000-000000000000';
    await run(
      `update evidence set record = '${stray}' where record = (select id from record where leaf_index = 7)`,
    );
    const found = await faults();
    assert.deepEqual(
      found.map(({ what, id }) => [what, id]),
      [['evidence', stray]],
    );
  });

  it('shows several edits at once', async () => {
    const onRecords = Object.entries(EDITS).filter(
      ([name, { from }]) => from === undefined && !name.includes('twice'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(fc.constantFrom(...onRecords), fc.integer({ min: 0, max: 320 })), {
          minLength: 2,
          maxLength: 4,
          selector: ([, index]) => index,
        }),
        async (edits) => {
          await restore();
          const moved = edits.filter(([[name]]) => name.includes('beyond')).length;
          if (moved > 1) return;
          for (const [[, edit], index] of edits) await run(edit.sql(index));
          const found = await faults();
          for (const [[name], index] of edits)
            assert.ok(
              found.some((fault) => isAt(fault, index, index + 1)),
              `${name} ${index} ${JSON.stringify(found)}`,
            );
        },
      ),
      { numRuns: 12 },
    );
  });

  it('gives no proof that does not hold', async () => {
    await restore();
    const row = await database.sql
      .selectFrom('record')
      .select(['leaf_hash', 'leaf_index'])
      .where('leaf_index', '=', 17)
      .executeTakeFirstOrThrow();
    const at = { index: row.leaf_index!, leaf: row.leaf_hash };
    assert.equal((await proveLeaf(database, 'default', at))?.size, 321);
    await run('update record set leaf_hash = sha256(leaf_hash) where leaf_index = 19');
    assert.equal(await proveLeaf(database, 'default', at), undefined);
    await restore();
    await run('delete from log_node');
    assert.notEqual(
      await proveLeaf(database, 'default', at),
      undefined,
      'its own block has leaves',
    );
    const last = { index: 320, leaf: Buffer.alloc(32) };
    assert.equal(await proveLeaf(database, 'default', last), undefined);
  });

  it('is not sealed on where its head was moved', async () => {
    await restore();
    await run(
      `update log_head set size = 310, frontier = (select frontier from log_checkpoint where size = 310)`,
    );
    const { signing } = setup.keys;
    const origin = 'maison-tilleul.example/default';
    const now = () => new Date();
    const sealer = createSealer({
      database,
      site: 'default',
      origin,
      signing,
      now,
      after: () => () => {},
    });
    await assert.rejects(sealer.seal(), /not where its last checkpoint is/);
    await restore();
    await sealer.seal();
    assert.deepEqual(await faults(), []);
  });

  it('is reported when a record was altered before it was sealed', async () => {
    await restore();
    await run(`update record set body = replace(body, 'save', 'SAVE') where leaf_index is null`);
    const logged: object[] = [];
    const { signing } = setup.keys;
    const sealer = createSealer({
      database,
      site: 'default',
      origin: 'maison-tilleul.example/default',
      signing,
      now: () => new Date(),
      after: () => () => {},
      log: (entry) => logged.push(entry),
    });
    await sealer.seal();
    const { id } = await database.sql
      .selectFrom('record')
      .select('id')
      .where('leaf_index', '=', 321)
      .executeTakeFirstOrThrow();
    assert.deepEqual(logged[0], {
      level: 'error',
      event: 'log/altered-before-sealing',
      site: 'default',
      id,
      index: 321,
    });
    const found = await faults();
    assert.ok(found.length > 0 && found.every((fault) => fault.id === id && fault.index === 321));
  });
});
