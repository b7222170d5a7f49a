import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { createPlacetServer } from '../../packages/server/src/index.js';
import { openPostgres } from '../../packages/server/src/database/postgres.js';
import { MARKETING_CONFIG } from '../../packages/server/src/testing/marketing.js';
import {
  describeOnPostgres,
  startPostgres,
  type TestPostgres,
} from '../../packages/server/src/testing/postgres.js';
import type { Said } from './support/import-process.js';

const PROGRAM = fileURLToPath(new URL('support/import-process.ts', import.meta.url));
const MB = 1_000_000;
const NEWSLETTER = {
  ...{ site: 'default', topic: 'newsletter' },
  ...{ channel: 'email' as const, controller: 'default' },
};
const HEAP = ['--max-old-space-size=96', '--max-semi-space-size=2'];

describeOnPostgres('A contact file of 100,000 rows', () => {
  let server: TestPostgres;
  before(async () => void (server = await startPostgres()));
  after(() => server.stop());

  /** Imports so many rows in a process of its own. */
  async function run(rows: number) {
    const url = await server.createDatabase(`rows${rows}`);
    const child = spawn(
      process.execPath,
      [...HEAP, '--import', 'tsx', '--conditions=source', PROGRAM, url, String(rows)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const [code] = (await once(child, 'close')) as [number | null];
    assert.equal(code, 0);
    return { url, ...(JSON.parse(output) as Said) };
  }
  async function counts(url: string): Promise<unknown> {
    const database = await openPostgres(url);
    const { rows } = await sql`select (select count(*)::int from contact) contacts,
      (select count(*)::int from subscription where status = 'active') active,
      (select count(*)::int from record where leaf_index is not null) logged`.execute(database.sql);
    await database.close();
    return rows[0];
  }

  it('is taken in bounded memory, and each bad row is told by its line and the reason (001-09)', async () => {
    const few = await run(2_000);
    const { url, report, size, peak } = await run(100_000);

    assert.ok(size > 16 * MB, `${size} bytes`);
    const { faults, ...sums } = report;
    assert.deepEqual(sums, {
      ...{ rows: 100_000, granted: 99_600, refused: 400, stored: true },
      ...{ withoutConsent: 0, suppressed: 0, unchanged: 0 },
    });
    assert.deepEqual(
      faults.map(({ line }) => line),
      Array.from({ length: 400 }, (_, at) => (at + 1) * 250 + 1),
    );
    const reasons = [/"consented_at"/, /"topic"/, /columns/, /"email"/];
    for (const [at, { reason }] of faults.entries()) assert.match(reason, reasons[at % 4]!);

    assert.deepEqual(await counts(url), { contacts: 99_600, active: 99_600, logged: 99_600 });

    const more = peak - few.peak;
    assert.ok(more < 48 * MB, `${Math.round(more / MB)} MB more for fifty times the rows`);
  });

  it('is carried out once by whoever runs next, where its process is killed, and nobody waits (001-09, 001-24)', async () => {
    const url = await server.createDatabase('killed');
    const program = fileURLToPath(new URL('support/import-held.ts', import.meta.url));
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--conditions=source', program, url, '1000'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [said] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    assert.equal(String(said), 'held\n');

    const clock = { now: new Date() };
    const placet = await createPlacetServer({
      config: MARKETING_CONFIG,
      database: { url },
      secret: 'a secret of the tests, long enough',
      now: () => clock.now,
      log: () => undefined,
    });
    const leaving = Array.from({ length: 20 }, (_, at) => `p${at * 50}@example.org`);
    await Promise.all(
      leaving.map((contact) =>
        placet.subscriptions.withdraw({ site: 'default', who: { contact }, how: 'staff' }),
      ),
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    await placet.jobs.idle();
    const { rows: waiting } = await sql`select 1 from job`.execute(placet.database.sql);
    assert.equal(waiting.length, 4);

    clock.now = new Date(clock.now.getTime() + 3_600_000);
    await placet.jobs.idle();
    for (const contact of leaving)
      assert.equal((await placet.subscriptions.maySend({ ...NEWSLETTER, contact })).send, false);
    await placet.close();
    // Of those who left, four had been stored: their entry stays, and each one's withdrawal is another.
    assert.deepEqual(await counts(url), { contacts: 984, active: 980, logged: 1_004 });
  });
});
