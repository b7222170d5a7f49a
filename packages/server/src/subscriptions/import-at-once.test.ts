import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import type { Database } from '../database/database.js';
import { SET_ROLE } from '../database/role.js';
import { importFile } from '../import/import.js';
import { createJobs } from '../jobs/create-jobs.js';
import type { Job } from '../jobs/jobs.js';
import { describeOnBoth } from '../testing/both.js';
import { NOW, testTimers } from '../testing/register.js';
import {
  later,
  MARKETING_CONFIG,
  NEWSLETTER,
  testSubscriptions,
} from '../testing/subscriptions.js';
import { IMPORT_QUEUE } from './import-at-once.js';
import type { SubscriptionService } from './subscriptions.js';

type Taker = SubscriptionService['importAtOnce'];

const HEADER = 'email,topic,consented_at,wording,source,reference,language\n';
/** Of which the database takes no contact, in a test that says so. */
const REFUSED = 'tlh';

describeOnBoth('contacts that are imported at once', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());

  const nameOf = (at: number) => `p${at}.${randomUUID().slice(0, 8)}@example.org`;
  const row = (email: string, language = 'en') =>
    `${email},newsletter,2024-05-31,I would like it,web,form 12,${language}\n`;
  async function* fileOf(rows: readonly string[]): AsyncGenerator<Uint8Array> {
    yield Buffer.from(HEADER);
    for (const each of rows) yield Buffer.from(each);
  }
  async function setup() {
    const opened = await testSubscriptions(database);
    const { service } = opened;
    const take = (
      rows: readonly string[],
      allOrNothing = true,
      importAtOnce: Taker = (...given) => service.importAtOnce(...given),
    ) =>
      importFile(
        () => fileOf(rows),
        { site: 'default', config: MARKETING_CONFIG, allOrNothing },
        { service: { ...service, importAtOnce }, now: () => NOW },
      );
    return { ...opened, take };
  }
  async function counted() {
    const tables = [
      'contact',
      'subscription',
      'contact_entry',
      'record',
      'evidence',
      'job',
    ] as const;
    const count = async (table: (typeof tables)[number]) => {
      const all = database.sql.selectFrom(table).select((of) => of.fn.countAll().as('all'));
      return Number((await all.executeTakeFirstOrThrow()).all);
    };
    const counts: Record<string, number> = {};
    for (const table of tables) counts[table] = await count(table);
    return counts;
  }
  /** As the owner of the tables. */
  const alter = (statement: string) =>
    database.sql.connection().execute(async (connection) => {
      await sql`reset role`.execute(connection);
      await sql.raw(statement).execute(connection);
      await sql.raw(SET_ROLE).execute(connection);
    });

  it('are all there or none of them, also where the database fails half-way (001-09)', async () => {
    const { take } = await setup();
    const rows = Array.from({ length: 900 }, (_, at) =>
      row(nameOf(at), at === 700 ? REFUSED : 'en'),
    );
    const before = await counted();
    await alter(`alter table contact add constraint refusing check (language <> '${REFUSED}')`);
    await assert.rejects(take(rows, false), { code: 'server/unavailable' });
    const part = await counted();
    assert.ok(part['contact']! > before['contact']!, 'batch by batch, what came before stays');
    await alter('alter table contact drop constraint refusing');

    const long = rows.map((each, at) =>
      at < 700 ? each : each.replace('web', `web,"${'x'.repeat(3_000)}"`).replace(',form 12', ''),
    );
    await alter('alter table job add constraint refusing check (octet_length(payload) < 300000)');
    await assert.rejects(take(long), { code: 'server/unavailable' });
    assert.deepEqual(await counted(), part, 'nothing, since it was not put down whole');
    await alter('alter table job drop constraint refusing');
    const { granted, unchanged, stored } = await take(rows);
    assert.deepEqual([granted + unchanged, stored], [900, true]);
    const after = await counted();
    assert.deepEqual([after['contact'], after['job']], [before['contact']! + 900, 0]);
  });

  it('are carried out by a worker, once, where the import was broken off (001-09)', async () => {
    const { service, clock, take, keys } = await setup();
    const worker = () =>
      createJobs({
        database,
        keys,
        handlers: { [IMPORT_QUEUE]: { run: ({ id }: Job) => service.finishImport(id) } },
        now: () => clock.now,
        after: testTimers().after,
      });
    const rows = Array.from({ length: 900 }, (_, at) => row(nameOf(at)));
    const before = await counted();
    const killed: Taker = (batches) =>
      service.importAtOnce(batches, () => Promise.reject(new Error('killed')));
    await assert.rejects(take(rows, true, killed));
    const part = await counted();
    assert.deepEqual([part['contact']! - before['contact']!, part['job']], [200, 4]);

    const first = worker();
    await first.idle();
    assert.deepEqual(await counted(), part, 'they are left to the process that put them down');
    clock.now = later(6);
    const workers = [first, worker()];
    for (const each of workers) each.wake();
    for (const each of workers) await each.idle();
    const whole = await counted();
    for (const table of ['contact', 'subscription', 'contact_entry', 'record'])
      assert.equal(whole[table], before[table]! + 900, table);
    assert.equal(whole['job'], 0);
    for (const each of workers) await each.close();

    const again = await take(rows);
    assert.deepEqual([again.unchanged, again.granted], [900, 0]);
    assert.deepEqual(await counted(), whole);
  });

  it('come in once if a worker takes over from a process that is still there', async () => {
    const { service, take } = await setup();
    const rows = Array.from({ length: 500 }, (_, at) => row(nameOf(at)));
    const before = await counted();
    const overtaken: Taker = (batches, tell) =>
      service.importAtOnce(batches, async (outcomes) => {
        for (const { id } of await database.sql.selectFrom('job').select('id').execute())
          await service.finishImport(id);
        await tell(outcomes);
      });
    const { rows: count, granted, unchanged } = await take(rows, true, overtaken);
    assert.deepEqual([count, granted, unchanged], [500, 200, 300]);
    assert.equal((await counted())['record'], before['record']! + 500);
  });

  it('are none of them if the file is not the same any more when it is read again', async () => {
    const { service } = await setup();
    const before = await counted();
    let times = 0;
    const changing = () => fileOf([row(nameOf(0)), ...(times++ === 0 ? [] : ['nobody\n'])]);
    await assert.rejects(
      importFile(
        changing,
        { site: 'default', config: MARKETING_CONFIG, allOrNothing: true },
        { service, now: () => NOW },
      ),
      { code: 'import/refused' },
    );
    assert.deepEqual(await counted(), before);
  });

  it('are answered when they withdraw meanwhile, and are out (001-24)', async () => {
    const { service, may, take } = await setup();
    const names = Array.from({ length: 900 }, (_, at) => nameOf(at));
    // Of each batch, more than there are connections; some are stored by then, some are not.
    const leaving = names.filter((_, at) => at % 200 < 5);
    let isHeld = false;
    const held: Taker = (batches, tell) =>
      service.importAtOnce(batches, async (outcomes) => {
        await tell(outcomes);
        if (isHeld) return;
        isHeld = true;
        await Promise.all(
          leaving.map((contact) =>
            service.withdraw({ site: 'default', who: { contact }, how: 'staff' }),
          ),
        );
      });
    const report = await take(
      names.map((email) => row(email)),
      true,
      held,
    );
    assert.deepEqual([report.granted, report.suppressed], [880, 20]);
    for (const email of leaving)
      assert.match(String(await may(NEWSLETTER, email)), /^(withdrawn|suppressed)$/);
    assert.equal(await may(NEWSLETTER, names[899]), true);
  });

  it('are out if they withdraw while their own batch is stored (001-24)', async () => {
    const { service, may, take } = await setup();
    const names = Array.from({ length: 30 }, (_, at) => nameOf(at));
    const [done] = await Promise.all([
      take(names.map((email) => row(email))),
      ...names.map((contact) =>
        service.withdraw({ site: 'default', who: { contact }, how: 'staff' }),
      ),
    ]);
    assert.equal(done.granted + done.suppressed, 30);
    for (const email of names)
      assert.match(String(await may(NEWSLETTER, email)), /^(withdrawn|suppressed)$/);
  });
});
