import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Database } from '../../database/database.js';
import { deriveKeys } from '../../keys.js';
import { settleOptions } from '../../settle.js';
import { testDatabase } from '../../testing/database.js';
import { RIGHTS_CONFIG, rightsServer, signIn, startIdentity } from '../../testing/rights.js';
import { createRights } from '../create-rights.js';
import { rightsOptionsOf } from '../offered.js';

const GROUP = [
  { ...RIGHTS_CONFIG, site: 'lyon' },
  { ...RIGHTS_CONFIG, site: 'paris' },
];
const SECRET = 'a secret of tests, long enough to be taken';

/** What was asked for, by the parts of rights that a test of sessions does not come to. */
function unasked(): never {
  throw new Error('A test of sessions does not come here.');
}

describe('sessions', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  const opened: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const server of opened.splice(0)) await server.close();
  });

  async function setup(sharedCustomers: boolean) {
    const bench = await rightsServer(database, { config: GROUP, sharedCustomers, secret: SECRET });
    opened.push(bench.server);
    const { identity } = createRights({
      ...rightsOptionsOf(settleOptions({ config: GROUP, sharedCustomers })),
      database,
      keys: deriveKeys(SECRET),
      register: bench.server.register,
      now: () => bench.clock.now,
      log: () => {},
      subscriptions: unasked,
      jobs: unasked,
    });
    const isIn = async (cookie: string, site: string) => {
      const path = `/identity?site=${site}`;
      const response = await bench.ask('GET', path, undefined, { cookie });
      return 'session' in ((await response.json()) as object);
    };
    return { ...bench, identity, isIn };
  }

  it('end, all of a person and of nobody else, once they are erased', async () => {
    const bench = await setup(true);
    const theirs = [
      { site: 'lyon', cookie: await signIn(bench, 'gone@example.org', 'lyon') },
      { site: 'paris', cookie: await signIn(bench, 'gone@example.org', 'paris') },
    ];
    const asked = await startIdentity(bench, 'gone@example.org', 'lyon');
    const others = await signIn(bench, 'stays@example.org', 'lyon');
    await bench.identity.endAll('lyon', { email: 'gone@example.org' });
    for (const { site, cookie } of theirs) assert.equal(await bench.isIn(cookie, site), false);
    const late = await bench.ask('POST', '/identity/verify?site=lyon', { token: asked.token });
    assert.equal(late.status, 404);
    assert.equal(await bench.isIn(others, 'lyon'), true);
  });

  it('of another shop stay where customers are not shared (000-33)', async () => {
    const bench = await setup(false);
    const lyon = await signIn(bench, 'both@example.org', 'lyon');
    const paris = await signIn(bench, 'both@example.org', 'paris');
    await bench.identity.endAll('lyon', { email: 'both@example.org' });
    assert.equal(await bench.isIn(lyon, 'lyon'), false);
    assert.equal(await bench.isIn(paris, 'paris'), true);
  });

  it('leave nothing behind once their time is over, nor does what was asked for', async () => {
    const bench = await setup(false);
    await signIn(bench, 'tidy@example.org', 'lyon');
    await startIdentity(bench, 'tidy@example.org', 'lyon');
    const left = async () => {
      const sessions = await database.sql.selectFrom('identity_session').select('hash').execute();
      const asked = await database.sql.selectFrom('identity_challenge').select('id').execute();
      return [sessions.length > 0, asked.length > 0];
    };
    await bench.identity.tidy();
    assert.deepEqual(await left(), [true, true]);
    bench.clock.now = new Date(bench.clock.now.getTime() + 15 * 60_000);
    await bench.identity.tidy();
    assert.deepEqual(await left(), [true, false]);
    bench.clock.now = new Date(bench.clock.now.getTime() + 15 * 60_000);
    await bench.identity.tidy();
    assert.deepEqual(await left(), [false, false]);
  });
});
