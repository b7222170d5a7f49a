import assert from 'node:assert/strict';
import { it } from 'node:test';
import { describeShop, shopOptions } from '../../testing/shop.js';
import type { KeptRecord } from '../system.js';
import { sqlSystem } from './sql-system.js';

const CAMILLE = {
  site: 'default',
  scope: 'site',
  contacts: { email: 'camille@example.org' },
} as const;

async function allOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describeShop('A database that was declared', (open) => {
  it('finds a person by address or telephone number however it is written, and never by name (004-07)', async () => {
    const system = sqlSystem(shopOptions(await open()));
    const camille = [{ ref: '1', label: 'Camille Roy 2019-02-28' }];
    const namesake = [{ ref: '2', label: 'Camille Roy 2020-02-29' }];
    const find = (contacts: { email?: string; phone?: string }) =>
      system.find({ ...CAMILLE, contacts });
    assert.deepEqual(await find({ email: 'camille@example.org' }), camille);
    assert.deepEqual(await find({ phone: '+33612345678' }), camille);
    assert.deepEqual(await find({ phone: '+33712345678' }), namesake);
    assert.deepEqual(await find({ email: 'camille@example.org', phone: '+33712345678' }), [
      ...camille,
      ...namesake,
    ]);
    // The same last digits, in another country.
    assert.deepEqual(await find({ phone: '+44712345678' }), []);
    assert.deepEqual(await find({ email: 'Camille Roy' }), []);
    assert.deepEqual(await find({ email: '%' }), []);
    assert.deepEqual(await find({}), []);
  });

  it('reads every row and column of the person and of nobody else, as values of JSON (R-08, 004-07)', async () => {
    const system = sqlSystem(shopOptions(await open()));
    const records = await allOf(system.collect(['1']));
    const [customer] = records;
    assert.deepEqual(customer, {
      category: 'customers',
      record: '1',
      fields: {
        name: 'Camille Roy',
        city: 'Lyon',
        joined: '2019-02-28',
        email: ' Camille@Example.org',
        id: 1,
        phone: '06 12 34 56 78',
        newsletter: true,
        restricted_at: null,
        hidden_at: null,
      },
    });
    const of = (category: string) => records.filter((record) => record.category === category);
    assert.deepEqual(
      of('appointments')
        .map(({ fields }) => fields['starts_at'])
        .sort(),
      ['2026-11-02T09:00:00.000Z', '2026-12-24T09:30:00.000Z'],
    );
    assert.deepEqual(
      of('orders').map(({ record, fields: { id, total } }) => ({ record, id, total })),
      [
        { record: '11', id: 11, total: '3.00' },
        { record: '12', id: 12, total: '7.00' },
        { record: '9007199254740993', id: '9007199254740993', total: '12.50' },
      ],
    );
    assert.deepEqual(
      of('lines').map(({ record }) => record),
      ['11/1', '12/1', '9007199254740993/1', '9007199254740993/2'],
    );
    assert.deepEqual(
      of('parties').map(({ fields }) => fields),
      [
        { id: 1, held_at: '2026-10-01T20:00:00.000', menu: '{"cake": true}', photo: 'AP8=' },
        { id: 2, held_at: 'infinity', menu: null, photo: null },
      ],
    );
    assert.deepEqual(
      [...new Set(records.map(({ category }) => category))],
      system.describe().categories.map(({ id }) => id),
    );
  });

  it('says what an erasure leaves, on which ground and until when, leap years included (000-21)', async () => {
    const system = sqlSystem(shopOptions(await open()));
    const surveys = await system.survey(['1']);
    assert.deepEqual(
      surveys.find(({ category }) => category === 'orders'),
      {
        category: 'orders',
        count: 3,
        // 2015 is over, and what is open is no invoice yet.
        kept: [{ ground: 'Tax law', until: new Date('2034-02-28T00:00:00Z'), count: 1 }],
      },
    );
    assert.deepEqual(
      surveys.map(({ category, count, shared = 0 }) => [category, count, shared]),
      [
        ['customers', 1, 0],
        ['appointments', 2, 0],
        ['orders', 3, 0],
        ['lines', 4, 0],
        ['guests', 2, 0],
        // Of the other party, the namesake was a guest.
        ['parties', 2, 1],
      ],
    );
  });

  it('counts what must be settled before (000-18…20)', async () => {
    const system = sqlSystem(shopOptions(await open()));
    const checks = async (ref: string) =>
      (await system.checks!([ref])).map(({ id, count }) => [id, count]);
    assert.deepEqual(await checks('1'), [
      ['future-appointments', 1],
      ['open-orders', 1],
    ]);
    assert.deepEqual(await checks('2'), [
      ['future-appointments', 1],
      ['open-orders', 0],
    ]);
    assert.deepEqual(await checks('3'), [
      ['future-appointments', 0],
      ['open-orders', 0],
    ]);
  });

  it('puts right what may be, in the person’s own rows (R-14)', async () => {
    const shop = await open();
    const system = sqlSystem(shopOptions(shop));
    const others = (await shop.rowsOf('customers')).filter((row) => row.startsWith('(2,'));
    const to = (category: string, record: string, field: string, value: string) => ({
      system: 'shop',
      category,
      record,
      field,
      value,
    });
    const corrections = [
      to('customers', '1', 'city', ''),
      to('customers', '1', 'joined', '2018-02-28'),
      to('lines', '9007199254740993/2', 'item', `'; drop table lines; --`),
    ];
    await system.rectify!(['1'], corrections);
    await system.rectify!(['1'], corrections);
    const records = await allOf(system.collect(['1']));
    assert.equal(records[0]?.fields['city'], null);
    assert.equal(records[0]?.fields['joined'], '2018-02-28');
    assert.equal(
      records.find(({ record }) => record === '9007199254740993/2')?.fields['item'],
      `'; drop table lines; --`,
    );
    assert.deepEqual(
      (await shop.rowsOf('customers')).filter((row) => row.startsWith('(2,')),
      others,
    );
  });

  it('refuses to change what is another person’s, not to be put right, or not to be read as such, and then changes nothing', async () => {
    const shop = await open();
    const system = sqlSystem(shopOptions(shop));
    const tables = ['customers', 'orders', 'lines', 'parties'];
    const before = await Promise.all(tables.map((table) => shop.rowsOf(table)));
    const right = { system: 'shop', category: 'customers', record: '1', field: 'city', value: 'X' };
    for (const wrong of [
      { category: 'customers', record: '2', field: 'city' },
      { category: 'orders', record: '20', field: 'note' },
      { category: 'lines', record: '20/1', field: 'item' },
      { category: 'customers', record: '1', field: 'email' },
      { category: 'customers', record: '1', field: 'password' },
      { category: 'customers', record: '1', field: 'city" = null, "name' },
      { category: 'orders', record: '11', field: 'customer_id' },
      { category: 'orders', record: '11', field: 'city' },
      { category: 'secrets', record: '1', field: 'city' },
      { category: 'customers', record: `1' or '1'='1`, field: 'city' },
      { category: 'customers', record: '1', field: 'joined', value: 'the other day' },
      { category: 'customers', record: '1', field: 'joined', value: '01/02/2019' },
      { category: 'customers', record: '1', field: 'joined', value: '2019-02-30' },
    ])
      await assert.rejects(
        system.rectify!(['1'], [right, { system: 'shop', value: 'X', ...wrong }]),
        { code: 'request/invalid' },
        JSON.stringify(wrong),
      );
    assert.deepEqual(await Promise.all(tables.map((table) => shop.rowsOf(table))), before);
  });

  it('restricts and hides since the first time it was said, and lifts both (R-17, 000-22)', async () => {
    const shop = await open();
    let now = new Date('2026-11-22T12:00:00Z');
    const system = sqlSystem({ ...shopOptions(shop), now: () => now });
    const since = async (ref: string) => {
      const [record] = await allOf(system.collect([ref]));
      return [record?.fields['restricted_at'], record?.fields['hidden_at']];
    };
    await system.restrict!(['1'], 'restricted');
    now = new Date('2026-11-23T12:00:00Z');
    await system.restrict!(['1'], 'restricted');
    assert.deepEqual(await since('1'), ['2026-11-22T12:00:00.000Z', null]);
    await system.restrict!(['1'], 'hidden');
    assert.deepEqual(await since('1'), ['2026-11-22T12:00:00.000Z', '2026-11-23T12:00:00.000Z']);
    assert.deepEqual(await since('2'), [null, null]);
    assert.equal((await system.find(CAMILLE)).length, 1);
    await system.restrict!(['1'], 'none');
    assert.deepEqual(await since('1'), [null, null]);
  });

  it('tells everybody whom it knows as Placet writes their addresses, so that a restore can look', async () => {
    const system = sqlSystem(shopOptions(await open()));
    assert.deepEqual(await allOf(system.subjects!()), [
      { ref: '1', contacts: { email: 'camille@example.org', phone: '+33612345678' } },
      { ref: '2', contacts: { email: 'camille.roy@example.net', phone: '+33712345678' } },
    ]);
  });

  it('gives two people who share an address apart, and erases the one that is meant (004-07)', async () => {
    const shop = await open();
    await shop.exec(
      `update ${shop.schema}.customers set email = 'camille@example.org' where id = 2`,
    );
    const system = sqlSystem(shopOptions(shop));
    const found = await system.find(CAMILLE);
    assert.deepEqual(
      found.map(({ ref }) => ref),
      ['1', '2'],
    );
    const namesakes = await allOf(system.collect(['2']));
    await system.erase(['1'], async () => {});
    assert.deepEqual(await allOf(system.collect(['1'])), []);
    assert.deepEqual(await allOf(system.collect(['2'])), namesakes);
  });

  it('hands over what the law keeps before it deletes, and leaves a row that is another person’s, too (000-21)', async () => {
    const shop = await open();
    const system = sqlSystem(shopOptions(shop));
    const kept: KeptRecord[] = [];
    const erased = await system.erase(['1'], async (record) => {
      const rows = await shop.rowsOf('orders');
      assert.ok(rows.some((row) => row.startsWith(`(${record.record},`)));
      kept.push(record);
    });
    assert.deepEqual(
      kept.map(({ record, kept: { until } }) => [record, until.toISOString()]),
      [['9007199254740993', '2034-02-28T00:00:00.000Z']],
    );
    assert.deepEqual(erased, [
      { category: 'customers', deleted: 1, kept: 0 },
      { category: 'appointments', deleted: 2, kept: 0 },
      { category: 'orders', deleted: 2, kept: 1 },
      { category: 'lines', deleted: 4, kept: 0 },
      { category: 'guests', deleted: 2, kept: 0 },
      { category: 'parties', deleted: 1, kept: 0 },
    ]);
    assert.deepEqual(await system.find(CAMILLE), []);
    assert.equal((await shop.rowsOf('parties')).length, 2);
    assert.deepEqual(await shop.rowsOf('guests'), ['(1,2)', '(3,2)']);
    // Once more does no harm.
    const again = await system.erase(['1'], async () => assert.fail());
    assert.ok(again.every(({ deleted, kept: left }) => deleted + left === 0));
  });

  it('sets what is not to be deleted so that it leads to nobody', async () => {
    const shop = await open();
    const options = shopOptions(shop);
    const system = sqlSystem({
      ...options,
      people: {
        ...options.people,
        erase: {
          set: { email: null, phone: null, name: `O'Nobody`, city: null, newsletter: false },
        },
      },
      tables: options.tables!.map((table) =>
        table.category === 'orders'
          ? { ...table, erase: { set: { customer_id: null, note: null } } }
          : table,
      ),
    });
    await system.erase(['1'], async () => {});
    assert.deepEqual(await system.find(CAMILLE), []);
    assert.deepEqual(
      (await shop.rowsOf('orders')).filter((row) => !row.startsWith('(20,')),
      [
        '(11,,2015-01-31,3.00,,paid)',
        '(12,,,7.00,,open)',
        '(9007199254740993,,2024-02-29,12.50,,paid)',
      ],
    );
    assert.match((await shop.rowsOf('customers'))[0]!, /^\(1,O'Nobody,,,,hash,f,/);
  });
});
