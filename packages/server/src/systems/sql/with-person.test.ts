import assert from 'node:assert/strict';
import { it } from 'node:test';
import { describeShop, shopOptions, type Shop } from '../../testing/shop.js';
import type { KeptRecord } from '../system.js';
import type { SqlTable } from './sql-options.js';
import { sqlSystem } from './sql-system.js';

const CAMILLE = { name: 'Camille Roy', city: 'Lyon' };
const OTHER = { name: 'C. Roy', city: 'Nantes' };

describeShop('What the law keeps of a person', (open) => {
  /** What an erasure hands over, by record. */
  async function keptOf(
    shop: Shop,
    refs: readonly string[],
    changed?: (table: SqlTable) => SqlTable,
  ) {
    const options = shopOptions(shop);
    const tables = options.tables!.map((table) => changed?.(table) ?? table);
    const kept: KeptRecord[] = [];
    await sqlSystem({ ...options, tables }).erase(refs, async (record) => void kept.push(record));
    return kept.map(({ category, record, person }) => ({ name: `${category} ${record}`, person }));
  }

  it('has the columns of the person that were named, and no others (000-21)', async () => {
    const shop = await open();
    assert.deepEqual(await keptOf(shop, ['1']), [
      { name: 'orders 9007199254740993', person: CAMILLE },
    ]);
  });

  it('has them of whichever of two files a row belongs to, also over other tables', async () => {
    const shop = await open();
    const { schema } = shop;
    await shop.exec(`update ${schema}.customers set name = 'C. Roy', city = 'Nantes' where id = 2;
      alter table ${schema}.lines add sold_on date default '2026-01-01'`);
    const keep = { ground: 'Tax law', years: 10, from: 'sold_on', withPerson: ['name', 'city'] };
    const kept = await keptOf(shop, ['2', '1'], (table) =>
      table.category === 'lines' ? { ...table, keep } : table,
    );
    assert.deepEqual(
      kept.filter(({ name }) => name.startsWith('lines')),
      [
        { name: 'lines 11/1', person: CAMILLE },
        { name: 'lines 12/1', person: CAMILLE },
        { name: 'lines 20/1', person: OTHER },
        { name: 'lines 9007199254740993/1', person: CAMILLE },
        { name: 'lines 9007199254740993/2', person: CAMILLE },
      ],
    );
    assert.deepEqual(kept.at(-1), { name: 'orders 9007199254740993', person: CAMILLE });
  });

  it('tells of nobody where no column was named, or the person is not there any more', async () => {
    const shop = await open();
    const bare = ({ keep, ...table }: SqlTable): SqlTable => {
      const { withPerson: _, ...rest } = keep ?? { ground: '', years: 1, from: '' };
      return keep ? { ...table, keep: rest } : table;
    };
    assert.deepEqual(await keptOf(shop, ['2'], bare), [{ name: 'orders 20', person: undefined }]);
    await shop.exec(`alter table ${shop.schema}.orders drop constraint orders_customer_id_fkey;
      insert into ${shop.schema}.orders values (30, 7, '2026-01-01', 5, null, 'paid')`);
    assert.deepEqual(await keptOf(shop, ['7']), [{ name: 'orders 30', person: undefined }]);
  });
});
