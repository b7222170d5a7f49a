import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { describeShop, shopOptions, type Shop } from '../../testing/shop.js';
import type { Query } from './sql-options.js';
import { sqlSystem } from './sql-system.js';

const TABLES = ['customers', 'appointments', 'orders', 'lines', 'guests', 'parties'];
const NOW = '2026-11-22';

/** Gives the first customer so many orders with a line each. */
async function addOrders({ exec, schema }: Shop, count: number): Promise<void> {
  await exec(`
    insert into ${schema}.orders select n, 1, case when n % 10 = 0 then date '2024-02-29' else '2000-01-01' end, n, null, 'paid'
      from generate_series(1000, ${999 + count}) n;
    insert into ${schema}.lines select n, 1, 'soap' from generate_series(1000, ${999 + count}) n;`);
}

/** Counts the rows of each answer, and can break off before a statement. */
function watched(query: Query) {
  const pages: number[] = [];
  const watch = {
    pages,
    breaksAt: Infinity,
    asked: 0,
    query: (async (text, values) => {
      watch.asked += 1;
      if (watch.asked === watch.breaksAt) throw new Error('The connection broke.');
      const rows = await query(text, values);
      pages.push(rows.length);
      return rows;
    }) satisfies Query,
  };
  return watch;
}

describeShop('A large database', (open) => {
  it('is read page by page, whole and without repetition, while no more than a page is held', async () => {
    const shop = await open();
    await addOrders(shop, 20_000);
    const watch = watched(shop.query);
    const system = sqlSystem({ ...shopOptions(shop), query: watch.query });
    const seen = new Set<string>();
    for await (const { category, record } of system.collect(['1'])) {
      assert.ok(!seen.has(`${category} ${record}`));
      seen.add(`${category} ${record}`);
    }
    assert.equal(seen.size, 1 + 2 + 20_003 + 20_004 + 2 + 2);
    assert.equal(Math.max(...watch.pages), 1000);
    assert.equal(watch.pages.filter((rows) => rows === 1000).length, 40);
  });

  it('is read no further than whoever reads it goes', async () => {
    const shop = await open();
    await addOrders(shop, 5_000);
    const watch = watched(shop.query);
    const system = sqlSystem({ ...shopOptions(shop), query: watch.query });
    for await (const { category } of system.collect(['1'])) if (category === 'orders') break;
    assert.equal(watch.pages.filter((rows) => rows === 1000).length, 1);
  });

  it('is erased by a page at a time, wherever it was broken off and run again, and hands over all that is kept', async () => {
    const shop = await open();
    await addOrders(shop, 2_500);
    const others = await rowsOfNamesake(shop);
    const watch = watched(shop.query);
    const system = sqlSystem({ ...shopOptions(shop), query: watch.query });
    const kept = new Set<string>();
    let [runs, deleted, isFull] = [0, 0, true];
    for (;;) {
      runs += 1;
      watch.asked = 0;
      // Each run goes a little further than the one before.
      watch.breaksAt = runs === 1 ? 12 : runs * 5;
      try {
        const erased = await system.erase(['1'], async ({ record }) => {
          if (isFull && kept.size === 120) {
            isFull = false;
            throw new Error('The archive is full.');
          }
          kept.add(record);
        });
        deleted += erased.length;
        break;
      } catch (error) {
        assert.match(String(error), /broke|full/);
      }
    }
    assert.ok(runs > 2);
    assert.equal(deleted, TABLES.length);
    assert.equal(kept.size, 251);
    assert.deepEqual(await rowsOfNamesake(shop), others);
    for (const table of TABLES)
      assert.ok((await shop.rowsOf(table)).length <= 2, `${table} has more than the namesake’s`);
  });

  it('is not reported as erased where the database keeps a row', async () => {
    const shop = await open();
    await shop.exec(
      `create rule stays as on delete to ${shop.schema}.appointments do instead nothing`,
    );
    await assert.rejects(
      sqlSystem(shopOptions(shop)).erase(['1'], async () => {}),
      { code: 'server/unavailable' },
    );
    assert.equal((await shop.rowsOf('customers')).length, 2);
  });
});

const rowsOfNamesake = async (shop: Shop) => ({
  customers: (await shop.rowsOf('customers')).filter((row) => row.startsWith('(2,')),
  appointments: (await shop.rowsOf('appointments')).filter((row) => row.split(',')[1] === '2'),
  orders: (await shop.rowsOf('orders')).filter((row) => row.startsWith('(20,')),
  lines: (await shop.rowsOf('lines')).filter((row) => row.startsWith('(20,')),
  guests: (await shop.rowsOf('guests')).filter((row) => row.endsWith(',2)')),
  parties: (await shop.rowsOf('parties')).filter((row) => /^\([13],/.test(row)),
});

/** What people call themselves, and what attackers do. */
const name = fc.oneof(
  fc.constantFrom(
    'Camille Roy',
    `O'Hara`,
    `'; delete from customers; --`,
    '$1',
    '%',
    '{1,2}',
    '\\',
  ),
  fc.string({ maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
);
const person = fc.integer({ min: 1, max: 4 });
const people = fc.record({
  names: fc.array(name, { minLength: 4, maxLength: 4 }),
  sharing: fc.boolean(),
  orders: fc.array(
    fc.record({
      person,
      // Around ten years ago to the day, leap days among them.
      paidOn: fc.constantFrom(
        null,
        '2016-02-29',
        '2016-11-21',
        '2016-11-22',
        '2016-11-23',
        '2024-02-29',
      ),
      status: fc.constantFrom('paid', 'open', `paid' or true --`),
      note: name,
      lines: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 12 },
  ),
  guests: fc.uniqueArray(fc.record({ party: fc.integer({ min: 1, max: 3 }), person }), {
    selector: ({ party, person: who }) => `${party} ${who}`,
    maxLength: 12,
  }),
});

describeShop('Whatever the database holds', (open) => {
  it('an erasure leaves nothing of the person in any table but what is kept, and every row of others as it was', async () => {
    const shop = await open();
    const { schema, query, exec } = shop;
    const system = sqlSystem(shopOptions(shop));
    await fc.assert(
      fc.asyncProperty(people, person, async ({ names, sharing, orders, guests }, who) => {
        await exec(`truncate ${TABLES.map((table) => `${schema}.${table}`).join(', ')}`);
        for (const [at, each] of names.entries())
          await query(`insert into ${schema}.customers (id, name, email) values ($1, $2, $3)`, [
            at + 1,
            each,
            sharing ? 'family@example.org' : `p${at}@example.org`,
          ]);
        for (const [at, order] of orders.entries()) {
          await query(
            `insert into ${schema}.orders (id, customer_id, paid_on, status, note) values ($1, $2, $3, $4, $5)`,
            [at, order.person, order.paidOn, order.status, order.note],
          );
          for (let place = 0; place < order.lines; place += 1)
            await query(`insert into ${schema}.lines values ($1, $2, $3)`, [at, place, order.note]);
        }
        for (const party of [1, 2, 3])
          await query(`insert into ${schema}.parties (id) values ($1)`, [party]);
        for (const { party, person: guest } of guests)
          await query(`insert into ${schema}.guests values ($1, $2)`, [party, guest]);

        const ref = String(who);
        const isOthers = (party: number) =>
          guests.every(({ party: at }) => at !== party) ||
          guests.some(({ party: at, person: guest }) => at === party && guest !== who);
        const expected = {
          customers: await left(query, `${schema}.customers`, 'id <> $1', who),
          orders: await left(query, `${schema}.orders`, 'customer_id <> $1', who),
          lines: await left(
            query,
            `${schema}.lines`,
            `order_id in (select id from ${schema}.orders where customer_id <> $1)`,
            who,
          ),
          guests: await left(query, `${schema}.guests`, 'customer_id <> $1', who),
          parties: [1, 2, 3].filter(isOthers).map((party) => `(${party},,,)`),
        };
        const kept: string[] = [];
        await system.erase([ref], async ({ category, record }) => {
          kept.push(`${category} ${record}`);
        });
        for (const [table, rows] of Object.entries(expected))
          assert.deepEqual(await shop.rowsOf(table), rows, table);
        const lawful = orders.flatMap(({ person: buyer, paidOn, status }, at) => {
          const isOver = paidOn !== null && tenYearsOn(paidOn) <= NOW;
          return buyer === who && status === 'paid' && !isOver ? [`orders ${at}`] : [];
        });
        assert.deepEqual(kept.sort(), lawful.sort());
        for await (const record of system.collect([ref])) assert.fail(JSON.stringify(record));
      }),
      { numRuns: 40 },
    );
  });
});

/** By the calendar; no year in question lacks its 29 February but the one that is over. */
const tenYearsOn = (day: string) => `${Number(day.slice(0, 4)) + 10}${day.slice(4)}`;

async function left(query: Query, table: string, where: string, who: number): Promise<string[]> {
  const rows = await query(`select t::text as row from ${table} t where ${where} order by 1`, [
    who,
  ]);
  return rows.map(({ row }) => String(row));
}
