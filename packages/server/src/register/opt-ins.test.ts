import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import type { Database } from '../database/database.js';
import { verifyDatabase } from '../log/verify.js';
import { describeOnBoth } from '../testing/both.js';
import { testRecord, testRegister } from '../testing/register.js';
import type { OptInEntry } from './register.js';

const entry = (changed: Partial<OptInEntry> = {}): OptInEntry => ({
  site: 'default',
  act: 'withdrawn',
  how: 'one-click',
  at: '2026-11-22T11:59:58.000Z',
  choices: [{ topic: 'news', channel: 'email', controller: 'default', granted: false }],
  language: 'en',
  about: { email: 'camille@example.org' },
  ...changed,
});

describeOnBoth('entries about opt-ins', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());

  it('stand in the same log as decisions, and not among the decisions (001-33)', async () => {
    const { register, keys } = await testRegister(database);
    const record = testRecord();
    await register.add(record);
    const id = randomUUID();
    const known = await database.sql
      .transaction()
      .execute((transaction) => register.enter(transaction, entry({ id })));
    register.sealSoon('default');
    const { records } = await register.list('default', { limit: 10 });
    assert.deepEqual(
      records.map((each) => each.id),
      [record.id],
    );
    await assert.rejects(register.entry('default', id), /record\/unknown/);
    assert.equal(await register.optIn('default', { id: record.id }), undefined);
    await register.close();
    const { leaf, proof } = (await register.optIn('default', { id }))!;
    assert.deepEqual([leaf.id, proof!.size], [known, 2]);
    for await (const fault of verifyDatabase(database, keys)) assert.fail(fault.detail);
  });

  it('are there if, and only if, their transaction commits, and once an id', async () => {
    const { register } = await testRegister(database);
    const [id, other] = [randomUUID(), randomUUID()];
    await assert.rejects(
      database.sql.transaction().execute(async (transaction) => {
        await register.enter(transaction, entry({ id }));
        throw new Error('It went wrong later on.');
      }),
    );
    assert.equal(await register.optIn('default', { id }), undefined);
    const entries = [entry({ id }), entry({ id: other }), entry()];
    const first = await database.sql
      .transaction()
      .execute((transaction) => register.enterAll(transaction, entries));
    const again = await database.sql
      .transaction()
      .execute((transaction) => register.enterAll(transaction, entries));
    assert.deepEqual(
      [first, again].map((all) => all.map((each) => each !== undefined)),
      [
        [true, true, true],
        [false, false, true],
      ],
    );
    await register.close();
  });
});
