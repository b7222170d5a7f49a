import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createCustomers } from './customers.mjs';
import { makePeople } from './people.mjs';
import { customerSystems } from './system.mjs';

const NOW = new Date('2026-11-22T12:00:00Z');

describe('The salon’s customers', () => {
  const customers = createCustomers({ now: () => NOW, count: 60 });
  after(() => customers.close());

  it('are a few thousand rows, the same at every call, with two of one name (004-07)', () => {
    const people = makePeople(NOW);
    assert.deepEqual(people, makePeople(NOW));
    const rows = Object.values(people).reduce((sum, { length }) => sum + length, 0);
    assert.ok(rows > 5000, String(rows));
    const [one, other] = people.customer;
    assert.deepEqual([one.first_name, one.last_name], [other.first_name, other.last_name]);
    assert.notEqual(one.email, other.email);
    const emails = people.customer.map(({ email }) => email);
    assert.equal(new Set(emails).size, emails.length);
  });

  it('gain a booking under the file that is there, or a new one', async () => {
    const count = async () =>
      (await customers.query('select count(*)::int from customer'))[0].count;
    const before = await count();
    const booking = { name: 'Camille Roy', phone: '', treatment: 'tilleul', date: '2026-12-05' };
    await customers.book({ ...booking, email: ' Camille.Roy@example.org' });
    assert.equal(await count(), before);
    await customers.book({ ...booking, name: 'Ana de Sousa', email: 'ana@example.org' });
    assert.equal(await count(), before + 1);
    const [ana] = await customers.search('Ana de Sousa');
    assert.equal(ana.email, 'ana@example.org');
  });

  it('leave their invoices behind with the name that belongs on them, and nothing else of theirs (000-21)', async () => {
    const [bookings] = await customerSystems(customers);
    const [{ id, ...names }] = await customers.query(
      `select id, first_name, last_name, town from customer
      where id in (select customer_id from purchase where ordered_on > '2020-01-01') and id > 2
      order by id limit 1`,
    );
    const kept = [];
    await bookings.erase([String(id)], async (record) => void kept.push(record));
    assert.ok(kept.length > 0);
    for (const { category, person } of kept)
      assert.deepEqual([category, person], ['purchases', names]);
    assert.deepEqual(await customers.query('select 1 from customer where id = $1', [id]), []);
  });

  it('are found and exported no more once they are hidden (000-22, 000-32)', async () => {
    await customers.query('update customer set hidden_at = $1 where id = 1', [NOW]);
    const found = await customers.search('Camille Roy');
    assert.ok(found.every(({ id }) => id !== 1));
    assert.ok(
      found.some(({ id }) => id === 2),
      'the other one of that name is',
    );
    const exported = await customers.exportAll();
    assert.ok(!exported.some(({ email }) => email === 'camille.roy@example.org'));
  });
});
