import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { KyselyPlugin } from 'kysely';
import type { Database } from '../database/database.js';
import { describeOnBoth } from '../testing/both.js';
import { CONFIG, NOW, testRecord, testRegister, testTimers } from '../testing/register.js';
import { deriveKeys } from '../keys.js';
import type { LogEntry } from './entry.js';
import { createSealer, type SealerOptions } from './sealer.js';
import { exportLog } from './export.js';
import { verifyDatabase, verifyExport } from './verify.js';

const keys = deriveKeys('a secret for tests');

/** A database whose queries are counted, and fail from the nth on, as when the process dies. */
function dyingAfter(database: Database, queries: number) {
  const count = { queries: 0 };
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      count.queries += 1;
      if (count.queries > queries) throw new Error('The process died.');
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return { count, database: { ...database, sql: database.sql.withPlugin(plugin) } };
}

describeOnBoth('sealing (001-33)', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());

  /** A register with records that wait, whose own sealer never runs. */
  async function waiting(count: number, own = database) {
    const { register } = await testRegister(own);
    await Promise.all(Array.from({ length: count }, () => register.add(testRecord())));
    return register;
  }

  function setup(options: Partial<SealerOptions> = {}) {
    const timers = testTimers();
    const logged: LogEntry[] = [];
    const sealer = createSealer({
      database,
      site: 'default',
      origin: 'maison-tilleul.example/default',
      signing: keys.signing,
      now: () => NOW,
      after: timers.after,
      log: (entry) => logged.push(entry),
      ...options,
    });
    return { sealer, timers, logged };
  }

  const checkpoints = async (own = database) => {
    const rows = await own.sql
      .selectFrom('log_checkpoint')
      .select('size')
      .where('site', '=', 'default')
      .orderBy('size')
      .execute();
    return rows.map(({ size }) => size);
  };
  const unsealed = async (own = database) => {
    const rows = await own.sql
      .selectFrom('record')
      .select('id')
      .where('leaf_index', 'is', null)
      .execute();
    return rows.length;
  };
  const faults = async (own = database) => {
    const found = [];
    for await (const fault of verifyDatabase(own, keys)) found.push(fault);
    return found;
  };

  it('signs nothing when nothing waits', async () => {
    const { sealer } = setup();
    await sealer.seal();
    await sealer.close();
    assert.deepEqual(await checkpoints(), []);
    assert.deepEqual(await faults(), []);
  });

  it('seals all that waits a second after the first of it came, once', async () => {
    await waiting(7);
    const { sealer, timers, logged } = setup();
    timers.run(0);
    await sealer.seal();
    assert.deepEqual(await checkpoints(), [7], 'what an earlier process left');
    await waiting(5);
    for (let record = 0; record < 5; record += 1) sealer.wake();
    assert.deepEqual(timers.waiting(), [1_000, 30_000]);
    timers.run(1_000);
    await sealer.close();
    assert.deepEqual(await checkpoints(), [7, 12]);
    assert.deepEqual(
      logged.map(({ event, size, count }) => [event, size, count]),
      [
        ['log/sealed', 7, 7],
        ['log/sealed', 12, 5],
      ],
    );
    assert.deepEqual(timers.waiting(), []);
    assert.deepEqual(await faults(), []);
  });

  it('seals a backlog in the order of its ids, a checkpoint for each batch', async () => {
    const own = await open();
    await waiting(10, own);
    const { sealer } = setup({ database: own, batch: 4 });
    await sealer.close();
    assert.deepEqual(await checkpoints(own), [4, 8, 10]);
    const rows = await own.sql.selectFrom('record').select('leaf_index').orderBy('id').execute();
    assert.deepEqual(
      rows.map(({ leaf_index }) => leaf_index),
      [...rows.keys()],
    );
    assert.deepEqual(await faults(own), []);
    await own.close();
  });

  it('leaves no trace when the process dies, wherever that is, and goes on afterwards', async () => {
    const own = await open();
    await (await waiting(300, own)).close();
    const whole = dyingAfter(own, Infinity);
    await waiting(260, own);
    await setup({ database: whole.database }).sealer.seal();
    const steps = whole.count.queries;
    assert.ok(steps >= 5, `${steps} queries`);
    for (let dies = 0; dies < steps; dies += 1) {
      const register = await waiting(260, own);
      const before = await checkpoints(own);
      const { sealer } = setup({ database: dyingAfter(own, dies).database });
      await assert.rejects(sealer.seal());
      assert.deepEqual(await checkpoints(own), before);
      assert.equal(await unsealed(own), 260);
      assert.deepEqual(await faults(own), []);
      await register.close();
      assert.deepEqual(await faults(own), []);
    }
    await own.close();
  });

  it('tries again when it failed, and says so', async () => {
    const own = await open();
    await waiting(3, own);
    const { sealer, timers, logged } = setup({ database: dyingAfter(own, 1).database });
    timers.run(0);
    await sealer.seal().catch(() => {});
    assert.equal(logged[0]?.event, 'log/not-sealed');
    assert.deepEqual(timers.waiting(), [30_000]);
    await own.close();
  });

  it('never numbers a record twice when many sealers run at once', async () => {
    const own = await open();
    const registers = [await waiting(50, own), await waiting(50, own), await waiting(50, own)];
    const sealers = Array.from({ length: 6 }, () => setup({ database: own, batch: 7 }).sealer);
    const more = registers.map((register) =>
      Promise.all(Array.from({ length: 60 }, () => register.add(testRecord()))),
    );
    await Promise.all([...sealers.map((sealer) => sealer.seal()), ...more]);
    await Promise.all([...sealers, ...registers].map((each) => each.close()));
    assert.equal((await checkpoints(own)).at(-1), 330);
    assert.equal(await unsealed(own), 0);
    assert.deepEqual(await faults(own), []);
    await own.close();
  });

  it('stores each decision once when several processes are sent the same', async () => {
    const own = await open();
    const registers = await Promise.all(
      [1, 2, 3].map(async () => (await testRegister(own)).register),
    );
    const records = Array.from({ length: 120 }, () => testRecord());
    const answers = await Promise.all(
      registers.flatMap((register, at) =>
        // Each in another order, as retries come.
        [...records.slice(at * 40), ...records.slice(0, at * 40)].map((record) =>
          register.add(record),
        ),
      ),
    );
    assert.equal(answers.filter(({ isNew }) => isNew).length, 120);
    const receipts = new Set(answers.map(({ receipt }) => JSON.stringify(receipt)));
    assert.equal(receipts.size, 120, 'repetitions get the first receipt');
    const conflicts = await Promise.allSettled(
      records.map((record, at) => registers[at % 3]!.add({ ...record, months: 1 })),
    );
    for (const conflict of conflicts)
      assert.equal(conflict.status === 'rejected' && conflict.reason.code, 'consent/conflict');
    await Promise.all(registers.map((register) => register.close()));
    assert.equal((await checkpoints(own)).at(-1), 120);
    assert.deepEqual(await faults(own), []);
    await own.close();
  });

  it('keeps a log of its own for each site of a group', async () => {
    const own = await open();
    const sites = ['paris', 'lyon'];
    const { register } = await testRegister(own, {
      configs: sites.map((site) => ({ ...CONFIG, site })),
    });
    const record = testRecord({ site: 'paris' });
    await register.add(record);
    await register.add({ ...record, site: 'lyon' });
    await register.add(testRecord({ site: 'lyon' }));
    await register.close();
    const rows = await own.sql
      .selectFrom('log_checkpoint')
      .select(['site', 'size', 'note'])
      .orderBy('site')
      .execute();
    assert.deepEqual(
      rows.map(({ site, size, note }) => [site, size, note.split('\n')[0]]),
      [
        ['lyon', 2, 'maison-tilleul.example/lyon'],
        ['paris', 1, 'maison-tilleul.example/paris'],
      ],
    );
    assert.deepEqual(await faults(own), []);
    const lines = [];
    for await (const line of exportLog(own, keys)) lines.push(line);
    const witness = rows.map(({ note }) => note);
    for await (const fault of verifyExport(lines, { keys: [keys.signing.jwk], witness }))
      assert.fail(JSON.stringify(fault));
    const [, only] = lines.join('\n').split(/(?=\{"type":"log","site":"paris")/);
    const gone = [];
    for await (const fault of verifyExport(only!.split('\n'), { witness })) gone.push(fault.what);
    assert.deepEqual(gone, ['truncated']);
    await own.close();
  });
});
