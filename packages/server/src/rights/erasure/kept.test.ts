import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import type { Database } from '../../database/database.js';
import { sqlSystem } from '../../systems/sql/sql-system.js';
import { describeOnBoth } from '../../testing/both.js';
import { testDatabase } from '../../testing/database.js';
import { executeErasure, passHours } from '../../testing/erasing.js';
import { everythingIn } from '../../testing/everything.js';
import { memorySystem, PEOPLE } from '../../testing/memory-system.js';
import { API_KEY } from '../../testing/opt-in-server.js';
import { CAMILLE_SIGNED_IN, testRequest } from '../../testing/requests.js';
import { rightsServer, signIn, type RightsServer } from '../../testing/rights.js';
import { STAFF_KEY } from '../../testing/server.js';
import { describeShop, shopOptions, type Shop } from '../../testing/shop.js';
import { forgetKept } from './keep.js';
import type { KeptBatch } from './kept.js';

const DAY = 24;
const KEY = { authorization: `Bearer ${STAFF_KEY}` };
const BY = { by: 'Nadia', purpose: 'audit' };

async function listed({ ask }: RightsServer, query = '') {
  const response = await ask('GET', `/staff/kept-records${query}`, undefined, KEY);
  assert.equal(response.status, 200);
  return (await response.json()) as { batches: KeptBatch[]; next?: string };
}

/** The lines of an answer, which must have come whole. */
async function linesIn(response: Response): Promise<unknown[]> {
  assert.equal(response.status, 200);
  const lines = (await response.text()).trim().split('\n');
  assert.equal(lines.pop(), '{"end":true}');
  return lines.map((line) => JSON.parse(line) as unknown);
}

describeShop('An invoice that the law keeps', (open) => {
  let database: Database;
  let shop: Shop;
  let given: RightsServer;
  beforeEach(async () => {
    [database, shop] = await Promise.all([testDatabase(), open()]);
    given = await rightsServer(database, { systems: [sqlSystem(shopOptions(shop))] });
  });
  afterEach(async () => {
    await given.server.close();
    await database.close();
  });

  async function eraseCamille(): Promise<string> {
    const { server } = given;
    const { status } = await server.rights.person.submit(
      'default',
      CAMILLE_SIGNED_IN,
      testRequest({ type: 'erasure' }),
    );
    await server.jobs.idle();
    const how = { actor: 'Ada', status: 'done', note: 'Done by telephone.' } as const;
    for (const { item } of (await server.rights.staff.view('default', status.id)).items)
      await server.rights.staff.settle('default', status.id, item, how);
    await passHours(given, 73);
    await server.rights.staff.execute('default', status.id, { actor: 'Ada' });
    await passHours(given, 31 * DAY);
    return status.id;
  }

  it('is opened by staff after the erasure, with the name that belongs on it, and with who did it and what for (000-21)', async () => {
    const request = await eraseCamille();
    const [batch, ...more] = (await listed(given)).batches;
    assert.equal(more.length, 0);
    const { id, ...about } = batch!;
    assert.deepEqual(about, {
      request,
      system: 'shop',
      category: 'orders',
      ground: 'Tax law',
      until: '2034-02-28T00:00:00.000Z',
      count: 1,
      openings: [],
    });
    const opened = await given.ask('POST', `/staff/kept-records/${id}`, BY, KEY);
    assert.deepEqual(await linesIn(opened), [
      {
        record: '9007199254740993',
        until: '2034-02-28T00:00:00.000Z',
        fields: {
          note: 'gift',
          id: '9007199254740993',
          customer_id: 1,
          paid_on: '2024-02-29',
          total: '12.50',
          status: 'paid',
        },
        person: { name: 'Camille Roy', city: 'Lyon' },
      },
    ]);
    const at = given.clock.now.toISOString();
    const [after] = (await listed(given)).batches;
    assert.deepEqual(after!.openings, [{ at, actor: 'Nadia', purpose: 'audit' }]);
  });

  it('is opened by nobody else’s key, and shown on no other way (000-21)', async () => {
    const request = await eraseCamille();
    const { id } = (await listed(given)).batches[0]!;
    const { ask } = given;
    const path = `/staff/kept-records/${id}`;
    const cookie = await signIn(given);
    const others: Record<string, string>[] = [
      {},
      { cookie },
      { authorization: `Bearer ${API_KEY}` },
    ];
    for (const headers of others)
      for (const [method, where] of [
        ['POST', path],
        ['GET', '/staff/kept-records'],
      ] as const) {
        const body = method === 'POST' ? BY : undefined;
        assert.equal((await ask(method, where, body, headers)).status, 401);
      }
    assert.equal((await ask('GET', path, undefined, KEY)).status, 405, 'nothing opens on GET');
    for (const said of [{ by: 'Nadia' }, { purpose: 'audit' }, { ...BY, purpose: 'Curious' }])
      assert.equal((await ask('POST', path, said, KEY)).status, 400);
    for (const other of [randomUUID(), request, 'x'])
      assert.equal((await ask('POST', `/staff/kept-records/${other}`, BY, KEY)).status, 404);
    assert.deepEqual((await listed(given)).batches[0]!.openings, []);

    const shown = await Promise.all(
      ['/holdings', '/requests', '/requests/preview?type=erasure']
        .map((where) => ask('GET', where, undefined, { cookie }))
        .concat(
          ['/staff/requests', `/staff/requests/${request}`, '/staff/kept-records'].map((where) =>
            ask('GET', where, undefined, KEY),
          ),
        )
        .map(async (response) => (await response).text()),
    );
    assert.doesNotMatch(shown.join('\n'), /\b(Roy|Lyon|gift)\b/);
    assert.doesNotMatch(await everythingIn(database), /\b(Roy|Lyon|gift)\b/);
  });

  it('cannot be opened from its day on, and is destroyed; who had opened it stays (000-21)', async () => {
    await eraseCamille();
    const { id } = (await listed(given)).batches[0]!;
    await linesIn(await given.ask('POST', `/staff/kept-records/${id}`, BY, KEY));
    given.clock.now = new Date('2034-02-28T00:00:00Z');
    assert.deepEqual(await listed(given), { batches: [] });
    const late = await given.ask('POST', `/staff/kept-records/${id}`, BY, KEY);
    assert.equal(late.status, 404);
    // As it is done every few hours.
    await forgetKept({ database, now: () => given.clock.now });
    assert.deepEqual(await database.sql.selectFrom('kept_record').select('record').execute(), []);
    const openings = await database.sql.selectFrom('kept_opening').selectAll().execute();
    assert.deepEqual(
      openings.map(({ batch, actor, purpose }) => ({ batch, actor, purpose })),
      [{ batch: id, actor: 'Nadia', purpose: 'audit' }],
    );
  });
});

describeOnBoth('kept records', (open) => {
  let database: Database;
  let given: RightsServer;
  before(async () => void (database = await open()));
  after(() => database.close());
  afterEach(() => given.server.close());

  it('come one after the other however many there are, once each, and are one batch wherever the erasure was broken off', async () => {
    const [camille] = PEOPLE;
    const order = camille!.records.find(({ kept }) => kept)!;
    const records = Array.from({ length: 45 }, (_, at) => ({ ...order, record: `o${at}` }));
    const system = memorySystem([{ ...camille!, records }]);
    given = await rightsServer(database, { systems: [system] });
    await executeErasure(given);
    system.failNext('erase', 2);
    await passHours(given, 31 * DAY);
    await passHours(given, 2, 3);
    const { batches, next } = await listed(given);
    assert.deepEqual(
      batches.map(({ count, ground }) => [count, ground]),
      [[45, 'Tax law (10 years)']],
    );
    assert.equal(next, undefined);
    const path = `/staff/kept-records/${batches[0]!.id}`;
    const lines = (await linesIn(await given.ask('POST', path, BY, KEY))) as { record: string }[];
    assert.deepEqual(
      lines.map(({ record }) => record).sort(),
      records.map(({ record }) => record).sort(),
    );
  });

  it('are listed page by page, each batch once, and of one site only', async () => {
    given = await rightsServer(database);
    const until = new Date('2040-01-01T00:00:00Z');
    const row = { system: 'till', category: 'bills', record: '1', ground: '"Tax law"', until };
    const sealed = { key: Buffer.alloc(32), data: Buffer.alloc(32) };
    const rows = Array.from({ length: 205 }, (_, at) => {
      const site = at < 200 ? 'default' : 'other';
      return { site, request: randomUUID(), batch: randomUUID(), ...row, ...sealed };
    });
    await database.sql.insertInto('kept_record').values(rows).execute();
    const seen: string[] = [];
    for (let after: string | undefined = ''; after !== undefined;) {
      const page = await listed(given, after && `?after=${after}`);
      assert.ok(page.batches.length <= 100);
      seen.push(...page.batches.flatMap(({ id, system }) => (system === 'till' ? [id] : [])));
      after = page.next;
    }
    const own = rows.flatMap(({ site, batch }) => (site === 'default' ? [batch] : []));
    assert.deepEqual(seen.sort(), own.sort());
    const [foreign] = rows.slice(200);
    const path = `/staff/kept-records/${foreign!.batch}`;
    assert.equal((await given.ask('POST', path, BY, KEY)).status, 404);
  });
});
