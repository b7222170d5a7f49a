import assert from 'node:assert/strict';
import { afterEach, beforeEach, it } from 'node:test';
import type { NewRequest } from '@placet/contract';
import type { Database } from '../../database/database.js';
import { describeOnBoth } from '../../testing/both.js';
import { passHours } from '../../testing/erasing.js';
import type { MemoryMethod } from '../../testing/memory-system.js';
import { CAMILLE_SIGNED_IN, testRequest } from '../../testing/requests.js';
import { rightsServer } from '../../testing/rights.js';

const SITE = 'default';
const BY = { actor: 'Alix' };
const DOUBT = { ...BY, reason: 'Another voice.', question: 'In which month were you here last?' };
const SETTLED = { ...BY, status: 'done', note: 'The month was right.' } as const;
const NAME = { category: 'customers', record: '1001', field: 'name', value: 'Camille Le Roy' };
/** What is asked, and what is done for it in a system. */
const ASKED: readonly [MemoryMethod, Partial<NewRequest>][] = [
  ['rectify', { type: 'rectification', corrections: [{ system: 'bookings', ...NAME }] }],
  ['restrict', { type: 'restriction' }],
  ['collect', { type: 'access' }],
];

describeOnBoth('what was put down before a doubt', (open) => {
  let database: Database;
  beforeEach(async () => void (database = await open()));
  afterEach(() => database.close());

  /** A request of which a step has failed once, and is doubted before it is tried again. */
  async function doubted(method: MemoryMethod, asked: Partial<NewRequest>) {
    const given = await rightsServer(database);
    const { server, system } = given;
    const { person, staff } = server.rights;
    system.failNext(method);
    const { id } = (await person.submit(SITE, CAMILLE_SIGNED_IN, testRequest(asked))).status;
    await server.jobs.idle();
    const calls = () => system.calls.filter((call) => call.method === method).length;
    assert.equal(calls(), 1);
    await staff.doubt(SITE, id, DOUBT);
    const settle = () => staff.settle(SITE, id, 'identity/doubt', SETTLED);
    const stateOf = async () => (await staff.view(SITE, id)).state;
    return { ...given, staff, id, calls, settle, stateOf };
  }

  for (const [method, asked] of ASKED) {
    it(`waits until it is settled, however long, then is done once: ${method} (R-07)`, async () => {
      const given = await doubted(method, asked);
      const { server, staff, id, calls, settle, stateOf } = given;
      await passHours(given, 6, 20);
      assert.equal(calls(), 1, 'nothing is done meanwhile');
      const { items } = await staff.view(SITE, id);
      assert.ok(
        items.every(({ item }) => item.startsWith('identity/')),
        'nothing is given up for it',
      );
      await settle();
      await server.jobs.idle();
      assert.deepEqual([calls(), await stateOf()], [2, 'completed']);
      await passHours(given, 6, 4);
      assert.equal(calls(), 2);
    });
  }

  it('is done once if the doubt is settled while it is tried again (R-07)', async () => {
    const given = await doubted(...ASKED[0]!);
    const { server, clock, calls, settle, stateOf } = given;
    clock.now = new Date(clock.now.getTime() + 3_600_000);
    await Promise.all([server.jobs.idle(), settle()]);
    await server.jobs.idle();
    assert.deepEqual([calls(), await stateOf()], [2, 'completed']);
  });

  it('is not done if it is refused instead (R-07)', async () => {
    const given = await doubted(...ASKED[0]!);
    await passHours(given, 6, 2);
    await given.staff.refuse(SITE, given.id, { ...BY, reason: 'Nobody answers.' });
    await passHours(given, 6, 2);
    assert.deepEqual([given.calls(), await given.stateOf()], [1, 'refused']);
  });
});
