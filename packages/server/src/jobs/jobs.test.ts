import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import type { KyselyPlugin } from 'kysely';
import type { Database } from '../database/database.js';
import { openDatabase } from '../database/open.js';
import { deriveKeys } from '../keys.js';
import type { LogEntry } from '../log/entry.js';
import { describeOnBoth, describeWithPostgres } from '../testing/both.js';
import { NOW, testTimers } from '../testing/register.js';
import { backoff } from './backoff.js';
import { createJobs, type JobsOptions } from './create-jobs.js';
import { GiveUp, type Job, type Jobs, type NewJob } from './jobs.js';

const keys = deriveKeys('a secret for tests');
const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** A worker whose clock the test moves; its jobs are those of the queue `mail`. */
function worker(database: Database, options: Partial<JobsOptions> = {}) {
  const timers = testTimers();
  const logged: LogEntry[] = [];
  const clock = { now: NOW };
  const ran: Job[] = [];
  const jobs = createJobs({
    database,
    keys,
    handlers: { mail: { run: async (job) => void ran.push(job) } },
    now: () => clock.now,
    after: timers.after,
    random: () => 0,
    log: (entry) => logged.push(entry),
    ...options,
  });
  const pass = (milliseconds: number) => (clock.now = new Date(clock.now.getTime() + milliseconds));
  return { jobs, timers, logged, clock, ran, pass };
}

const add = (database: Database, jobs: Jobs, job: Partial<NewJob> = {}) =>
  database.sql
    .transaction()
    .execute((transaction) =>
      jobs.add(transaction, { site: 'default', queue: 'mail', payload: { n: 1 }, ...job }),
    );

const rows = ({ sql }: Database) => sql.selectFrom('job').selectAll().orderBy('id').execute();

describeOnBoth('jobs', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());
  beforeEach(() => database.sql.deleteFrom('job').execute());

  it('are done once their transaction has committed, and leave nothing', async () => {
    const { jobs, ran } = worker(database);
    await add(database, jobs, { payload: { to: 'claire@example.org' } });
    await assert.rejects(
      database.sql.transaction().execute(async (transaction) => {
        await jobs.add(transaction, { site: 'default', queue: 'mail', payload: 'undone' });
        throw new Error('Something else failed.');
      }),
    );
    jobs.wake();
    await jobs.idle();
    assert.deepEqual(
      ran.map(({ site, payload, attempt, createdAt }) => ({ site, payload, attempt, createdAt })),
      [{ site: 'default', payload: { to: 'claire@example.org' }, attempt: 1, createdAt: NOW }],
    );
    assert.deepEqual(await rows(database), []);
    await jobs.close();
  });

  it('say nothing in the table of whom they are about', async () => {
    const { jobs } = worker(database);
    await add(database, jobs, { payload: { to: 'claire@example.org' } });
    const [row] = await rows(database);
    assert.doesNotMatch(Buffer.from(row!.payload).toString('latin1'), /claire|example/);
    await jobs.close();
  });

  it('put down under another secret are given up, and name what the matter is', async () => {
    const other = worker(database, { keys: deriveKeys('another secret for tests') });
    await add(database, other.jobs);
    const { jobs, ran, logged } = worker(database);
    await jobs.idle();
    assert.deepEqual(ran, []);
    assert.deepEqual(
      logged.map(({ event }) => event),
      ['job/given-up'],
    );
    await Promise.all([jobs.close(), other.jobs.close()]);
  });

  it('that wait under the same name are one; others are not', async () => {
    const { jobs, ran } = worker(database);
    for (const site of ['default', 'default', 'other'])
      await add(database, jobs, { site, dedupe: 'link/1' });
    await add(database, jobs);
    await add(database, jobs);
    await jobs.idle();
    assert.equal(ran.length, 4);
    await add(database, jobs, { dedupe: 'link/1' });
    await jobs.idle();
    assert.equal(ran.length, 5, 'what was done stands for nothing');
    await jobs.close();
  });

  it('wait until they are due', async () => {
    const { jobs, ran, pass } = worker(database);
    await add(database, jobs, { dueAt: new Date(NOW.getTime() + HOUR) });
    await jobs.idle();
    assert.equal(ran.length, 0);
    pass(HOUR);
    await jobs.idle();
    assert.equal(ran.length, 1);
    await jobs.close();
  });

  it('are found by looking, whoever put them down', async () => {
    const { jobs, ran, timers } = worker(database);
    timers.run(0);
    await jobs.idle();
    await add(database, jobs);
    timers.run(30 * SECOND);
    await jobs.idle();
    assert.equal(ran.length, 1);
    await jobs.close();
    assert.deepEqual(timers.waiting(), []);
  });

  it('of a queue that nobody here knows are left alone', async () => {
    const { jobs, ran } = worker(database);
    await add(database, jobs, { queue: 'unknown' });
    await jobs.idle();
    assert.deepEqual(ran, []);
    assert.equal((await rows(database)).length, 1);
    await jobs.close();
  });

  it('that fail are tried again after 2, 4, 8… seconds, then given up', async () => {
    let gaveUp: Job | undefined;
    const { jobs, pass, logged, timers } = worker(database, {
      handlers: {
        mail: {
          attempts: 4,
          async run() {
            throw Object.assign(new Error('to claire@example.org'), { code: 'ECONNREFUSED' });
          },
          gaveUp: async (job) => void (gaveUp = job),
        },
      },
    });
    await add(database, jobs);
    for (const seconds of [2, 4, 8]) {
      await jobs.idle();
      assert.ok(timers.waiting().includes(seconds * SECOND));
      pass(seconds * SECOND - 1);
      await jobs.idle();
      const [row] = await rows(database);
      assert.equal(row!.attempts, Math.log2(seconds), 'not a moment before');
      pass(1);
    }
    await jobs.idle();
    assert.equal(gaveUp?.attempt, 4);
    const [row] = await rows(database);
    assert.deepEqual(
      [row!.failed_at, row!.last_error],
      [new Date(NOW.getTime() + 14_000), 'ECONNREFUSED'],
    );
    assert.deepEqual(
      logged.map(({ event, attempts }) => [event, attempts]),
      [
        ['job/failed', 1],
        ['job/failed', 2],
        ['job/failed', 3],
        ['job/given-up', 4],
      ],
    );
    assert.ok(!JSON.stringify(logged).includes('claire'), 'the log names nobody');
    pass(24 * HOUR);
    await jobs.idle();
    assert.equal((await rows(database))[0]!.attempts, 4);
    await jobs.close();
  });

  it('that cannot succeed are given up at once, kept for 30 days and forgotten', async () => {
    const { jobs, pass, timers, logged } = worker(database, {
      handlers: {
        mail: {
          async run() {
            throw new GiveUp('Refused for good.', { cause: new RangeError('550') });
          },
        },
      },
    });
    await add(database, jobs, { dedupe: 'link/1' });
    await jobs.idle();
    assert.deepEqual(logged, [
      {
        level: 'error',
        event: 'job/given-up',
        site: 'default',
        queue: 'mail',
        attempts: 1,
        cause: 'RangeError',
      },
    ]);
    await add(database, jobs, { queue: 'tool/gone' });
    await add(database, jobs, { queue: 'tool/gone', dueAt: new Date(NOW.getTime() + HOUR) });
    pass(30 * 24 * HOUR + 1);
    timers.run(0);
    await jobs.close();
    assert.deepEqual(
      (await rows(database)).map(({ queue, attempts }) => [queue, attempts]),
      [['tool/gone', 0]],
      'nobody takes it, but it is not due for as long',
    );
  });

  it('that were given up keep nobody from asking again', async () => {
    const { jobs, ran } = worker(database);
    await add(database, jobs, { dedupe: 'link/1' });
    await database.sql.updateTable('job').set({ failed_at: NOW }).execute();
    await add(database, jobs, { dedupe: 'link/1' });
    await jobs.idle();
    assert.equal(ran.length, 1);
    await jobs.close();
  });

  it('run no more at once than they may, and all of them in the end', async () => {
    let [running, most, done] = [0, 0, 0];
    const { jobs } = worker(database, {
      concurrency: 3,
      handlers: {
        mail: {
          async run() {
            most = Math.max(most, ++running);
            await new Promise((resolve) => setImmediate(resolve));
            running -= 1;
            done += 1;
          },
        },
      },
    });
    for (let count = 0; count < 10; count += 1) await add(database, jobs);
    await jobs.idle();
    assert.deepEqual([most, done], [3, 10]);
    await jobs.close();
  });

  it('of a queue that hangs hold up no other', async () => {
    let finish = () => {};
    const hanging = new Promise<void>((resolve) => (finish = resolve));
    let isSent = () => {};
    const sent = new Promise<void>((resolve) => (isSent = resolve));
    const { jobs } = worker(database, {
      concurrency: 2,
      handlers: {
        'tool/crm': { run: () => hanging },
        mail: { run: async () => isSent() },
      },
    });
    for (let count = 0; count < 5; count += 1) await add(database, jobs, { queue: 'tool/crm' });
    await add(database, jobs);
    jobs.wake();
    await sent;
    finish();
    await jobs.idle();
    assert.deepEqual(await rows(database), []);
    await jobs.close();
  });

  it('under way are waited for at the end, and none is taken after', async () => {
    let finish = () => {};
    let isStarted = () => {};
    const started = new Promise<void>((resolve) => (isStarted = resolve));
    const { jobs } = worker(database, {
      concurrency: 1,
      handlers: {
        mail: {
          run() {
            isStarted();
            return new Promise((resolve) => (finish = resolve));
          },
        },
      },
    });
    await add(database, jobs);
    await add(database, jobs);
    jobs.wake();
    await started;
    const closed = jobs.close();
    finish();
    await closed;
    assert.equal((await rows(database)).length, 1);
  });

  it('whose process never came back are another one’s after the lease, and end at their last attempt', async () => {
    let isStarted = () => {};
    const started = new Promise<void>((resolve) => (isStarted = resolve));
    const dead = worker(database, {
      handlers: {
        mail: {
          run() {
            isStarted();
            return new Promise(() => {});
          },
        },
      },
    });
    await add(database, dead.jobs);
    dead.jobs.wake();
    await started;

    const { jobs, ran, pass } = worker(database);
    pass(299 * SECOND);
    await jobs.idle();
    assert.deepEqual(ran, [], 'it may still be at work');
    pass(SECOND);
    await jobs.idle();
    assert.deepEqual(
      ran.map(({ attempt }) => attempt),
      [2],
    );

    await add(database, jobs);
    await database.sql.updateTable('job').set({ attempts: 36 }).execute();
    await jobs.idle();
    assert.equal(ran.length, 1);
    assert.equal((await rows(database))[0]!.last_error, 'GiveUp');
    await jobs.close();
  });

  it('that are long stay with the process that is at them, for as long as it lives', async () => {
    let finish = () => {};
    let isStarted = () => {};
    const started = new Promise<void>((resolve) => (isStarted = resolve));
    const slow = worker(database, {
      handlers: {
        mail: {
          isLong: true,
          run() {
            isStarted();
            return new Promise((resolve) => (finish = resolve));
          },
        },
      },
    });
    const leaseEnds = async () => (await rows(database))[0]!.lease_until?.getTime();
    const passed = async (milliseconds: number) => {
      const before = await leaseEnds();
      slow.pass(milliseconds);
      slow.timers.run(100 * SECOND);
      for (;;) {
        const ends = await leaseEnds();
        if (ends !== before) return ends;
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await add(database, slow.jobs);
    slow.jobs.wake();
    await started;
    for (let beat = 1; beat <= 4; beat += 1)
      assert.equal(await passed(100 * SECOND), NOW.getTime() + beat * 100_000 + 300_000);

    const other = worker(database);
    other.pass(699 * SECOND);
    await other.jobs.idle();
    assert.deepEqual(other.ran, [], 'long past the first lease');
    other.pass(SECOND);
    await other.jobs.idle();
    assert.equal(other.ran.length, 1, 'a process that no longer says so is gone');

    await add(database, other.jobs, { dueAt: new Date(NOW.getTime() + HOUR) });
    finish();
    await Promise.all([slow.jobs.close(), other.jobs.close()]);
    assert.deepEqual(slow.timers.waiting(), []);
    assert.equal((await rows(database))[0]!.lease_until, null);
  });

  it('that are long and were taken over are not prolonged by the one that lost them', async () => {
    let finish = () => {};
    let isStarted = () => {};
    const started = new Promise<void>((resolve) => (isStarted = resolve));
    const slow = worker(database, {
      handlers: {
        mail: {
          isLong: true,
          run() {
            isStarted();
            return new Promise((resolve) => (finish = resolve));
          },
        },
      },
    });
    await add(database, slow.jobs);
    slow.jobs.wake();
    await started;
    const lease = new Date(NOW.getTime() + HOUR);
    await database.sql.updateTable('job').set({ attempts: 2, lease_until: lease }).execute();
    slow.pass(100 * SECOND);
    slow.timers.run(100 * SECOND);
    finish();
    await slow.jobs.close();
    const [row] = await rows(database);
    assert.deepEqual([row!.attempts, row!.lease_until], [2, lease]);
  });

  it('that another process took over are not ended by the one that lost them', async () => {
    let fail = () => {};
    let isStarted = () => {};
    const started = new Promise<void>((resolve) => (isStarted = resolve));
    const slow = worker(database, {
      handlers: {
        mail: {
          run() {
            isStarted();
            return new Promise((_, reject) => (fail = () => reject(new Error('late'))));
          },
        },
      },
    });
    await add(database, slow.jobs);
    slow.jobs.wake();
    await started;
    await database.sql.updateTable('job').set({ attempts: 2, lease_until: NOW }).execute();
    fail();
    await slow.jobs.close();
    const [row] = await rows(database);
    assert.deepEqual([row!.attempts, row!.last_error, row!.lease_until], [2, null, NOW]);
  });
});

describeOnBoth('jobs while the database is away', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());
  beforeEach(() => database.sql.deleteFrom('job').execute());

  /** A database that fails while it is told to. */
  function failing() {
    const state = { isAway: false };
    const plugin: KyselyPlugin = {
      transformQuery({ node }) {
        if (state.isAway) throw Object.assign(new Error('Gone.'), { code: 'ECONNRESET' });
        return node;
      },
      transformResult: async ({ result }) => result,
    };
    return { state, database: { ...database, sql: database.sql.withPlugin(plugin) } };
  }

  it('wait for it, and harm nobody', async () => {
    const { state, database: own } = failing();
    const { jobs, ran, logged } = worker(own);
    await add(database, jobs);
    state.isAway = true;
    await jobs.idle();
    assert.deepEqual(
      logged.map(({ event, cause }) => [event, cause]),
      [['job/not-taken', 'ECONNRESET']],
    );
    state.isAway = false;
    await jobs.idle();
    assert.equal(ran.length, 1);
    await jobs.close();
  });

  it('are done again after their lease if nobody could note that they were done, or that they failed', async () => {
    for (const fails of [false, true]) {
      const { state, database: own } = failing();
      let runs = 0;
      const { jobs, logged, pass } = worker(own, {
        handlers: {
          mail: {
            async run() {
              runs += 1;
              if (runs > 1) return;
              state.isAway = true;
              if (fails) throw new Error('Failed.');
            },
          },
        },
      });
      await add(database, jobs);
      await jobs.idle();
      assert.ok(
        logged.some(({ event }) => event === (fails ? 'job/not-released' : 'job/not-finished')),
      );
      state.isAway = false;
      await jobs.idle();
      assert.equal(runs, 1);
      pass(300 * SECOND);
      await jobs.idle();
      assert.deepEqual([runs, await rows(database)], [2, []]);
      await jobs.close();
    }
  });
});

describeWithPostgres('jobs of several processes', (make) => {
  it('are done once each, in whichever of them', async () => {
    const { url } = await make();
    const databases = await Promise.all([openDatabase({ url }), openDatabase({ url })]);
    const workers = databases.map((database) => worker(database));
    const [first] = workers;
    for (let n = 0; n < 60; n += 1) await add(databases[0]!, first!.jobs, { payload: n });
    await Promise.all(workers.map(({ jobs }) => jobs.idle()));
    const done = workers.flatMap(({ ran }) => ran.map(({ payload }) => payload as number));
    assert.deepEqual(
      done.sort((one, other) => one - other),
      Array.from({ length: 60 }, (_, n) => n),
    );
    for (const { jobs } of workers) await jobs.close();
    for (const database of databases) await database.close();
  });

  it('survive kill -9 in the middle', async () => {
    const { url } = await make();
    const database = await openDatabase({ url });
    const { jobs, ran, pass } = worker(database);
    await add(database, jobs, { payload: 'precious' });
    const at = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
    const program = `
      const { createJobs } = await import(${at('create-jobs.ts')});
      const { openDatabase } = await import(${at('../database/open.ts')});
      const { deriveKeys } = await import(${at('../keys.ts')});
      createJobs({
        database: await openDatabase({ url: ${JSON.stringify(url)} }),
        keys: deriveKeys('a secret for tests'),
        now: () => new Date(${NOW.getTime()}),
        handlers: { mail: { run: (job) => new Promise(() => console.log(job.payload)) } },
      });`;
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--conditions=source', '--input-type=module', '-e', program],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    assert.equal(said.toString(), 'precious\n');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await jobs.idle();
    assert.deepEqual(ran, []);
    pass(300 * SECOND);
    await jobs.idle();
    assert.deepEqual(
      ran.map(({ payload, attempt }) => [payload, attempt]),
      [['precious', 2]],
    );
    await jobs.close();
    await database.close();
  });
});

describe('backoff', () => {
  it('grows, stays within the hour, and never is nothing', () => {
    assert.deepEqual(
      [1, 2, 3, 11, 12, 40].map((attempt) => backoff(attempt, 0) / SECOND),
      [2, 4, 8, 2048, 3600, 3600],
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, random) => {
          const wait = backoff(attempt, random);
          assert.ok(wait >= SECOND && wait <= HOUR);
          assert.ok(wait >= backoff(attempt, 0) / 2);
        },
      ),
    );
  });
});
