import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, it } from 'node:test';
import type { KyselyPlugin } from 'kysely';
import type { Database } from '../database/database.js';
import { leafHash } from '../log/hash.js';
import { describeOnBoth } from '../testing/both.js';
import { NOW } from '../testing/register.js';
import { createIds } from './uuid.js';
import { createWriter, type WaitingRecord } from './writer.js';

const newId = createIds(() => NOW);

function waiting(changed: Partial<WaitingRecord> = {}): WaitingRecord {
  const id = newId();
  const body = `{"id":"${id}","text":"\\"{},é\\\\"}`;
  return {
    site: 'default',
    kind: 'consent',
    id,
    lookup: randomBytes(32),
    key: randomBytes(32),
    data: randomBytes(80),
    receivedAt: NOW.toISOString(),
    body,
    leaf: leafHash(body),
    ...changed,
  };
}

describeOnBoth('group commit', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());

  /** The database, with its statements counted. */
  function setup(limits: { batch?: number; limit?: number } = {}) {
    const count = { statements: 0 };
    const plugin: KyselyPlugin = {
      transformQuery({ node }) {
        count.statements += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    };
    const counted = { ...database, sql: database.sql.withPlugin(plugin) };
    return { writer: createWriter({ database: counted, ...limits }), count };
  }

  const stored = (id: string) =>
    database.sql.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirst();

  it('stores a record with its evidence, byte for byte', async () => {
    const { writer } = setup();
    const record = waiting();
    assert.equal(await writer.write(record), true);
    const row = (await stored(record.id))!;
    assert.equal(row.body, record.body);
    assert.deepEqual(Buffer.from(row.leaf_hash), record.leaf);
    assert.deepEqual(row.received_at, NOW);
    assert.deepEqual([row.site, row.kind, row.leaf_index], ['default', 'consent', null]);
    const evidence = await database.sql
      .selectFrom('evidence')
      .selectAll()
      .where('record', '=', record.id)
      .executeTakeFirstOrThrow();
    for (const name of ['lookup', 'key', 'data'] as const)
      assert.deepEqual(Buffer.from(evidence[name]), record[name]);
  });

  it('stores what comes together in few statements', async () => {
    const { writer, count } = setup({ batch: 50 });
    const answers = await Promise.all(Array.from({ length: 200 }, () => writer.write(waiting())));
    assert.ok(answers.every(Boolean));
    assert.equal(count.statements, 4);
    await writer.idle();
  });

  it('stores the first of several with the same lookup, in a batch and after it', async () => {
    const { writer } = setup();
    const lookup = randomBytes(32);
    const records = [waiting({ lookup }), waiting({ lookup }), waiting()];
    assert.deepEqual(await Promise.all(records.map((each) => writer.write(each))), [
      true,
      false,
      true,
    ]);
    assert.equal(await writer.write(waiting({ lookup })), false);
    assert.equal(await stored(records[1]!.id), undefined);
  });

  it('lets a record that the database refuses fail alone', async () => {
    const { writer } = setup();
    const good = [waiting(), waiting()];
    const bad = waiting({ body: 'zero \u0000' });
    const late = waiting({ receivedAt: 'yesterday, perhaps' });
    const results = await Promise.allSettled(
      [good[0]!, bad, late, good[1]!].map((each) => writer.write(each)),
    );
    assert.deepEqual(
      results.map((result) =>
        result.status === 'fulfilled' ? result.value : (result.reason as { code: string }).code,
      ),
      [true, 'request/invalid', 'request/invalid', true],
    );
    assert.ok((await stored(good[0]!.id)) && (await stored(good[1]!.id)));
    assert.equal(await stored(bad.id), undefined);
  });

  it('refuses more than it can hold, with a time to try again', async () => {
    const { writer } = setup({ batch: 2, limit: 6 });
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => writer.write(waiting())),
    );
    const refused = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    assert.equal(refused.length, 4);
    for (const { code, retryAfter } of refused as { code: string; retryAfter: number }[])
      assert.deepEqual([code, retryAfter], ['server/unavailable', 1]);
    assert.equal(await writer.write(waiting()), true);
  });

  it('says to all that wait that the database is gone', async () => {
    const own = await open();
    const writer = createWriter({ database: own });
    await own.close();
    const results = await Promise.allSettled(
      [waiting(), waiting()].map((each) => writer.write(each)),
    );
    for (const result of results)
      assert.equal(result.status === 'rejected' && result.reason.code, 'server/unavailable');
  });
});
