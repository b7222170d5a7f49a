import assert from 'node:assert/strict';
import { after, before, beforeEach, it } from 'node:test';
import type { Database } from '../database/database.js';
import { deriveKeys } from '../keys.js';
import { describeOnBoth } from '../testing/both.js';
import { NOW, testTimers } from '../testing/register.js';
import { createJobs } from './create-jobs.js';
import { abandon, begin, createHold, prepare, takeOut } from './together.js';

const keys = deriveKeys('a secret for tests');
const HOUR = 3_600_000;

describeOnBoth('jobs that are there all at once', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());
  beforeEach(() => database.sql.deleteFrom('job').execute());

  function setup() {
    const clock = { now: NOW };
    const now = () => clock.now;
    const ran: unknown[] = [];
    const timers = testTimers();
    const jobs = createJobs({
      ...{ database, keys, now, after: timers.after },
      handlers: { many: { run: async ({ payload }) => void ran.push(payload) } },
    });
    const together = { database, keys, now };
    const put = (payload: unknown) =>
      prepare(together, { site: 'default', queue: 'many', payload });
    const pass = (milliseconds: number) =>
      (clock.now = new Date(clock.now.getTime() + milliseconds));
    const take = (id: string) =>
      database.sql.transaction().execute((transaction) => takeOut(transaction, keys, id));
    return { ran, timers, jobs, together, put, pass, take };
  }
  const left = async () =>
    (await database.sql.selectFrom('job').select('id').execute()).map(({ id }) => id);

  it('are nobody’s until all are there, and are forgotten in a day if that never comes', async () => {
    const { ran, timers, jobs, put, pass, take } = setup();
    const ids = [await put('one'), await put('two')];
    assert.equal(await take(ids[0]!), undefined);
    pass(23 * HOUR);
    timers.run(0);
    await jobs.idle();
    assert.deepEqual((await left()).sort(), [...ids].sort());
    pass(2 * HOUR);
    timers.run(30_000);
    await jobs.close();
    assert.deepEqual([await left(), ran], [[], []]);
  });

  it('are all abandoned, unless they have begun', async () => {
    const { jobs, together, put } = setup();
    const begun = await put('one');
    await begin(together, [begun]);
    await abandon(together, [begun, await put('two')]);
    assert.deepEqual(await left(), [begun]);
    const gone = '00000000-0000-4000-8000-000000000000';
    const kept = await put('three');
    await assert.rejects(begin(together, [kept, gone]));
    await abandon(together, [kept]);
    assert.deepEqual(await left(), [begun]);
    await jobs.close();
  });

  it('are left to who put them down for as long as that one goes on, and then to workers', async () => {
    const { ran, jobs, together, put, pass, take } = setup();
    const ids = [await put('one'), await put('two'), await put('three')];
    await begin(together, ids);
    const hold = createHold(together);
    for (let minutes = 0; minutes < 12; minutes += 2) {
      pass(HOUR / 30);
      await hold(() => ids);
      await jobs.idle();
    }
    assert.deepEqual(ran, []);
    assert.equal(await take(ids[0]!), 'one');
    assert.equal(await take(ids[0]!), undefined);
    pass(HOUR / 10);
    await jobs.idle();
    assert.deepEqual(ran.sort(), ['three', 'two']);
    assert.deepEqual(await left(), []);
    await jobs.close();
  });
});
