import assert from 'node:assert/strict';
import { after, before, beforeEach, it } from 'node:test';
import { sql } from 'kysely';
import type { Database } from '../../database/database.js';
import { describeOnBoth } from '../../testing/both.js';
import { memorySystem } from '../../testing/memory-system.js';
import {
  camille,
  categoriesOf,
  clearRequests,
  generator,
  packageShop,
  partsOf,
  visits,
} from '../../testing/package-shop.js';
import { NOW } from '../../testing/register.js';

const DAY = 86_400_000;

describeOnBoth('packages that are collected', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());
  beforeEach(() => clearRequests(database));

  it('say on the way how far they are, and in the tables nothing of whom they are', async () => {
    const seen: number[] = [];
    const door = generator('door', async function* () {
      for await (const visit of visits(1100)) {
        if (visit.record === 'v500' || visit.record === 'v1000') {
          const step = await database.sql
            .selectFrom('request_step')
            .select('report')
            .where('system', '=', 'door')
            .where('step', '=', 'collect')
            .executeTakeFirst();
          seen.push((JSON.parse(step!.report!) as { records: number }).records);
        }
        yield visit;
      }
    });
    const { server, ask } = await packageShop(database, { systems: [memorySystem(), door] });
    await ask();
    assert.deepEqual(seen, [500, 1000]);
    const steps = await database.sql
      .selectFrom('request_step')
      .select(['system', 'report'])
      .where('step', '=', 'collect')
      .where('system', 'in', ['bookings', 'door'])
      .orderBy('system')
      .execute();
    assert.deepEqual(
      steps.map(({ report }) => JSON.parse(report!) as unknown),
      [
        { records: 4, categories: { customers: 1, appointments: 2, orders: 1 } },
        { records: 1100, categories: { visits: 1100 } },
      ],
    );
    const { rows } = await sql<{ text: string }>`
      select encode(data, 'escape') as text from package_part`.execute(database.sql);
    assert.ok(rows.length >= 4);
    for (const { text } of rows) assert.doesNotMatch(text, /camille|Massage|front/i);
    await server.close();
  });

  it('begin anew where a system fails in the middle, and double nothing', async () => {
    let fails = 2;
    const door = generator('door', async function* () {
      for await (const visit of visits(700)) {
        yield visit;
        if (visit.record === 'v600' && fails-- > 0) throw new Error('The system went away.');
      }
    });
    const { server, ask, json, state, pass } = await packageShop(database, { systems: [door] });
    const id = await ask();
    assert.deepEqual(await partsOf(database), ['door', 'placet'], 'one piece was stored before');
    for (let round = 0; round < 3; round += 1) {
      pass(DAY);
      await server.jobs.idle();
    }
    assert.equal(await state(id), 'completed');
    assert.equal(categoriesOf(await json(id), 'door')[0]!.records.length, 700);
    assert.deepEqual(await partsOf(database), ['door', 'door', 'placet']);
    await server.close();
  });

  it('leave out the half of what a system gave before it was given up, and say that people look', async () => {
    const door = generator('door', async function* () {
      yield* visits(600);
      throw new Error('The system went away.');
    });
    const { server, site, ask, json, state, pass } = await packageShop(database, {
      systems: [memorySystem(), door],
    });
    const id = await ask();
    for (let round = 0; round < 16; round += 1) {
      pass(3_600_000);
      await server.jobs.idle();
    }
    assert.notEqual(await state(id), 'completed');
    await server.rights.staff.settle(site, id, 'door/collect', {
      ...{ actor: 'nora', status: 'done', note: 'Handed over on paper.' },
    });
    await server.jobs.idle();
    const document = await json(id);
    const { status, categories } = document.systems.find((system) => system.id === 'door')!;
    assert.deepEqual([status, categories], ['manual', []]);
    assert.equal(categoriesOf(document, 'bookings').length, 3);
    await server.close();
  });

  it('are left at once when the request is taken back, and nothing of them stays', async () => {
    let isEnded = false;
    let takeBack = async () => {};
    const door = generator('door', async function* () {
      try {
        for await (const visit of visits(5000)) {
          if (visit.record === 'v1700') await takeBack();
          assert.notEqual(visit.record, 'v2600', 'nobody waits for more');
          yield visit;
        }
      } finally {
        isEnded = true;
      }
    });
    const { server, site, rights, ask, state } = await packageShop(database, { systems: [door] });
    takeBack = async () => {
      const [request] = await rights.list(site, camille);
      assert.ok((await partsOf(database)).filter((system) => system === 'door').length >= 3);
      await rights.cancel(site, camille, request!.id);
    };
    const id = await ask();
    assert.equal(await state(id), 'cancelled');
    assert.ok(isEnded, 'the system is told, too');
    assert.deepEqual(await partsOf(database), []);
    for (const format of ['json', 'csv', 'zip'] as const)
      await assert.rejects(rights.open(site, camille, id, format), { code: 'rights/unknown' });
    await server.close();
  });

  it('are whole where two processes collect at once: the later one alone counts', async () => {
    let round = 0;
    let overtake = async () => {};
    const door = generator('door', async function* () {
      const name = `run ${(round += 1)}`;
      for await (const visit of visits(1200)) {
        if (name === 'run 1' && visit.record === 'v700') await overtake();
        yield { ...visit, fields: { name } };
      }
    });
    const [slow, quick] = [
      await packageShop(database, { systems: [door] }),
      await packageShop(database, { systems: [door] }),
    ];
    // Its look at what waits, when it starts, must not find what is asked for here.
    await quick.server.jobs.idle();
    overtake = async () => {
      // As if the first process had been taken for dead.
      await database.sql.updateTable('job').set({ lease_until: NOW }).execute();
      await quick.server.jobs.idle();
    };
    const document = await slow.json(await slow.ask());
    const { records } = categoriesOf(document, 'door')[0]!;
    assert.deepEqual(
      records.map(({ record, fields }) => [record, fields['name']]),
      Array.from({ length: 1200 }, (_, n) => [`v${n}`, 'run 2']),
    );
    assert.equal(round, 2);
    assert.equal((await partsOf(database)).filter((system) => system === 'door').length, 3);
    await Promise.all([slow.server.close(), quick.server.close()]);
  });
});
