import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeShop, shopOptions, type Shop } from '../../testing/shop.js';
import type { SqlSystemOptions, SqlTable } from './sql-options.js';
import { sqlSystem } from './sql-system.js';

const refused = (options: SqlSystemOptions, message: RegExp) =>
  assert.throws(() => sqlSystem(options), { code: 'config/invalid', message });

const HOSTILE = [
  'customers; drop table customers',
  'id" = 1 or "1" = "1',
  `name'--`,
  'a.b.c',
  '',
  'x y',
  'é',
  'a'.repeat(64),
];

describe('A declaration', () => {
  const shop: Shop = {
    schema: 'shop',
    query: async () => assert.fail(),
    transaction: async () => assert.fail(),
    exec: async () => assert.fail(),
    rowsOf: async () => assert.fail(),
  };
  const options = shopOptions(shop);
  const [first, orders, lines, guests] = options.tables!;
  const withTable = (changed: Partial<SqlTable>) => ({
    ...options,
    tables: [{ ...orders!, ...changed }],
  });
  const withPeople = (changed: Partial<SqlSystemOptions['people']>) => ({
    ...options,
    people: { ...options.people, ...changed },
  });

  it('may name a table or column by its name alone, in every place, so that nothing else gets into a statement', () => {
    for (const evil of HOSTILE) {
      const names = /is no name of a (table|column)/;
      for (const people of [
        { table: evil },
        { key: evil },
        { email: evil },
        { phone: evil },
        { knownBy: [evil] },
        { omit: [evil] },
        { restricted: evil },
        { hidden: evil },
      ])
        refused(withPeople(people), names);
      const path = { column: 'id', table: 'guests', key: 'party', person: 'customer_id' };
      for (const table of [
        { table: evil },
        { key: ['id', evil] },
        { person: evil },
        { person: { ...path, column: evil } },
        { person: { ...path, table: evil } },
        { person: { ...path, key: evil } },
        { person: { ...path, person: evil } },
        { columns: [{ column: evil, label: 'X' }] },
        { erase: { set: { customer_id: null, [evil]: null } } },
        { keep: { ground: 'Law', years: 10, from: evil } },
        { keep: { ground: 'Law', years: 10, from: 'paid_on', withPerson: ['name', evil] } },
        { keep: { ground: 'Law', years: 10, from: 'paid_on', where: { [evil]: 1 } } },
      ])
        refused(withTable(table), names);
      const [check] = options.checks!;
      refused({ ...options, checks: [{ ...check!, where: { [evil]: null } }] }, names);
      refused({ ...options, checks: [{ ...check!, table: evil }] }, names);
    }
  });

  it('is refused with what to write instead', () => {
    const { email: _, phone: __, ...nobody } = options.people;
    refused({ ...options, people: nobody }, /nobody could be found/);
    const { hidden: ___, ...visible } = options.people;
    refused({ ...options, people: visible }, /both are needed/);
    refused({ ...options, query: undefined! }, /has no "query"/);
    refused(withTable({ keep: { ground: 'Law', years: 0, from: 'paid_on' } }), /write 1 to 100/);
    refused(withTable({ keep: { ground: 'Law', years: 1.5, from: 'paid_on' } }), /write 1 to 100/);
    refused(
      withTable({
        keep: { ground: 'Law', years: 1, from: 'paid_on', withPerson: ['password'] },
      }),
      /"shop.orders" is kept with "password", which "people" omits/,
    );
    refused(withTable({ erase: { set: { note: null } } }), /does not set "customer_id"/);
    refused(withTable({ erase: { set: {} } }), /neither "delete" nor/);
    refused(withPeople({ erase: { set: { email: null } } }), /does not set "phone"/);
    refused(withTable({ key: [] }), /has no "key"/);
    refused(withTable({ omit: ['note'] }), /"note" of "shop.orders" stands there twice/);
    refused({ ...options, tables: [lines!, orders!] }, /must stand before it/);
    refused(
      withTable({
        person: { column: 'email', table: 'shop.customers', key: 'email', person: 'id' },
      }),
      /which no two people share/,
    );
    for (const where of [{}, { status: [] }, { status: {} }, { status: { after: '2026' } }])
      refused(
        withTable({ keep: { ground: 'Law', years: 1, from: 'paid_on', where: where as never } }),
        /is empty|says nothing of "status"/,
      );
    assert.ok(sqlSystem({ ...options, tables: [first!, orders!, lines!, guests!] }));
  });

  it('without columns for it offers no restriction', () => {
    const { hidden: _, restricted: __, ...people } = options.people;
    assert.equal(sqlSystem({ ...options, people }).restrict, undefined);
  });
});

describeShop('A declaration, when the server starts', (open) => {
  it('is refused, naming the table or column, where the database has no such thing', async () => {
    const options = shopOptions(await open());
    const [, orders] = options.tables!;
    const refusedLater = (changed: Partial<SqlTable>, message: RegExp) =>
      assert.rejects(sqlSystem({ ...options, tables: [{ ...orders!, ...changed }] }).ready!(), {
        code: 'config/invalid',
        message,
      });
    await sqlSystem(options).ready!();
    await refusedLater({ table: 'elsewhere.orders' }, /names the table "elsewhere.orders"/);
    await refusedLater({ person: 'buyer' }, /names the column "buyer"/);
    await refusedLater({ omit: ['Total'] }, /names the column "Total"/);
    await refusedLater({ key: 'customer_id' }, /"customer_id" is the key .* name its primary key/);
    await refusedLater(
      { keep: { ground: 'Law', years: 10, from: 'total' } },
      /"total" .* must be a date/,
    );
    await refusedLater(
      { keep: { ground: 'Law', years: 10, from: 'paid_on', withPerson: ['street'] } },
      /names the column "street", which "shop_\d+.customers" does not have/,
    );
    const people = { ...options.people, hidden: 'newsletter' };
    await assert.rejects(sqlSystem({ ...options, people }).ready!(), {
      code: 'config/invalid',
      message: /"newsletter" .* must be of type timestamptz/,
    });
  });

  it('is looked up again once the database answers', async () => {
    const options = shopOptions(await open());
    let isThere = false;
    const system = sqlSystem({
      ...options,
      query: async (text, values) => {
        if (!isThere) throw new Error('not yet');
        return options.query(text, values);
      },
    });
    await assert.rejects(system.ready!(), /not yet/);
    isThere = true;
    await system.ready!();
  });
});
