import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Database } from '../../database/database.js';
import { testDatabase } from '../../testing/database.js';
import { commandsFor } from '../../testing/commands.js';
import { memorySystem, PEOPLE, type MemoryPerson } from '../../testing/memory-system.js';
import { CAMILLE_SIGNED_IN, testRequest } from '../../testing/requests.js';
import { rightsServer, type RightsServer } from '../../testing/rights.js';
import { STAFF_KEY } from '../../testing/server.js';

const SITE = 'default';
const BY = { actor: 'Alix' };
const CHECKS = ['a', 'b', 'c', 'd'].map((id) => ({ id, label: `To settle: ${id}`, count: 1 }));

describe('a line of the checklist', () => {
  let database: Database;
  let shop: RightsServer;
  let id: string;
  let checks: NonNullable<MemoryPerson['checks']>[number][];
  before(async () => {
    database = await testDatabase();
    checks = [...CHECKS];
    const [camille, ...others] = PEOPLE;
    shop = await rightsServer(database, {
      systems: [memorySystem([{ ...camille!, checks }, ...others])],
    });
    const { status } = await shop.server.rights.person.submit(
      SITE,
      CAMILLE_SIGNED_IN,
      testRequest({ type: 'erasure' }),
    );
    id = status.id;
    await shop.server.jobs.idle();
  });
  after(async () => {
    await shop.server.close();
    await database.close();
  });

  const line = async (check: string) =>
    (await shop.server.rights.staff.view(SITE, id)).items.find(
      ({ item }) => item === `bookings/check/${check}`,
    );
  const settle = (
    check: string,
    how: Omit<Parameters<typeof shop.server.rights.staff.settle>[3], 'actor'>,
  ) => shop.server.rights.staff.settle(SITE, id, `bookings/check/${check}`, { ...BY, ...how });

  it('says how it was settled, in one of four ways, also where only a note says it (users-ask 37)', async () => {
    await settle('a', { status: 'done', how: 'kept-by-law' });
    await settle('b', { status: 'not-applicable', note: 'It was her sister’s.' });
    assert.deepEqual([(await line('a'))?.how, (await line('a'))?.note], ['kept-by-law', undefined]);
    assert.equal((await line('b'))?.how, 'not-needed');
  });

  it('is not settled in a way that says something else than its status, nor without a word', async () => {
    for (const how of [
      { status: 'done' },
      { status: 'done', how: 'not-needed' },
      { status: 'not-applicable', how: 'done-elsewhere' },
      { status: 'done', how: 'done-here', note: ' ' },
    ] as const)
      await assert.rejects(settle('c', how), { code: 'request/invalid' });
    assert.equal((await line('c'))?.status, 'open');
    const act = { act: 'settle', item: 'bookings/check/c', status: 'done', how: 'x', by: 'Alix' };
    const key = { authorization: `Bearer ${STAFF_KEY}` };
    assert.equal((await shop.ask('POST', `/staff/requests/${id}/act`, act, key)).status, 400);
  });

  it('that is open again says nothing of how it was settled before', async () => {
    await settle('c', { status: 'done', how: 'done-elsewhere', note: 'By telephone.' });
    checks[2] = { ...checks[2]!, count: 2 };
    shop.clock.now = new Date(shop.clock.now.getTime() + 73 * 3_600_000);
    await assert.rejects(shop.server.rights.staff.execute(SITE, id, BY), {
      code: 'rights/blocked',
    });
    const again = await line('c');
    assert.deepEqual(
      [again?.status, again?.how, again?.note, again?.label],
      ['open', undefined, undefined, 'To settle: c (2)'],
    );
  });

  it('is settled by command with how, and a note if there is one to make', async () => {
    const commands = await commandsFor(shop.server);
    try {
      const told = ['request', id, 'settle', 'bookings/check/d', '--by', 'Alix'];
      const silent = await commands.run(told);
      assert.deepEqual([silent.code, silent.out], [1, '']);
      assert.match(silent.err, /Say --how with "settle", or --note/);
      const settled = await commands.run([...told, '--how', 'not-needed']);
      assert.equal(settled.code, 0, settled.err);
      assert.match(settled.out, /\[x\] bookings\/check\/d .* — not-needed, Alix, \S+\n/);
      assert.equal((await line('d'))?.status, 'not-applicable');
    } finally {
      commands.close();
    }
  });
});
