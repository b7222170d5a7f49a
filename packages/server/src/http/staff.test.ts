import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { problemSchema, recordPageSchema, storedRecordSchema } from '@placet/contract/schema';
import type { Database } from '../database/database.js';
import { testDatabase } from '../testing/database.js';
import { CONFIG, testRecord } from '../testing/register.js';
import { STAFF_KEY, testServer } from '../testing/server.js';

const PATHS = ['/capabilities', '/consents', `/consents/${randomUUID()}`];

describe('/staff', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  async function setup(options: Parameters<typeof testServer>[1] = {}) {
    const { server, post } = await testServer(database, options);
    const ask = (path: string, authorization = `Bearer ${STAFF_KEY}`) =>
      server.request(`/placet/staff${path}`, { headers: authorization ? { authorization } : {} });
    return { ask, post };
  }

  it('lets nobody in without a key, and with none but the right one', async () => {
    const { ask } = await setup();
    for (const path of PATHS)
      for (const sent of [
        '',
        'Bearer',
        'Bearer ',
        'Bearer x',
        `Basic ${STAFF_KEY}`,
        STAFF_KEY,
        `Bearer ${STAFF_KEY}x`,
      ]) {
        const response = await ask(path, sent);
        assert.equal(response.status, 401, `${path} ${sent}`);
        assert.equal(response.headers.get('www-authenticate'), 'Bearer');
        assert.equal(problemSchema.parse(await response.json()).code, 'request/unauthorized');
      }
    assert.equal((await ask('/capabilities')).status, 200);
  });

  it('lets nobody in where there is no key, not even with an empty one', async () => {
    const empty = createHash('sha256').update('').digest('hex');
    for (const staffKeys of [[], [empty]]) {
      const { ask } = await setup({ staffKeys });
      assert.equal((await ask('/consents', 'Bearer ')).status, 401);
      assert.equal((await ask('/consents')).status, 401);
    }
  });

  it('takes any of several keys', async () => {
    const hash = (key: string) => createHash('sha256').update(key).digest('hex');
    const { ask } = await setup({ staffKeys: [hash('one'), hash('two')] });
    assert.equal((await ask('/capabilities', 'Bearer one')).status, 200);
    assert.equal((await ask('/capabilities', 'bearer two')).status, 200);
  });

  it('gives the records of a site page by page, each once (002-25, 002-47)', async () => {
    const config = [CONFIG, { ...CONFIG, site: 'paged' }];
    const { ask, post } = await setup({ config });
    const records = Array.from({ length: 7 }, () => testRecord({ site: 'paged' }));
    for (const record of records) await post(record);
    await post(testRecord());

    const ids: string[] = [];
    let path = '/consents?site=paged&limit=3';
    for (let pages = 1; ; pages += 1) {
      const page = recordPageSchema.parse(await (await ask(path)).json());
      ids.push(...page.records.map(({ id }) => id));
      if (page.next === undefined) {
        assert.equal(pages, 3);
        break;
      }
      path = `/consents?site=paged&limit=3&after=${encodeURIComponent(page.next)}`;
    }
    assert.deepEqual(
      ids,
      records.map(({ id }) => id),
    );
  });

  it('reads one record by the decision’s id, and none of another site', async () => {
    const { ask, post } = await setup({ config: [CONFIG, { ...CONFIG, site: 'other' }] });
    const record = testRecord();
    await post(record);
    const found = storedRecordSchema.parse(await (await ask(`/consents/${record.id}`)).json());
    assert.equal(found.id, record.id);
    assert.equal(found.page, record.page);
    for (const path of [`${record.id}?site=other`, randomUUID(), 'x', '%00']) {
      const response = await ask(`/consents/${path}`);
      assert.equal(response.status, 404, path);
      assert.equal(problemSchema.parse(await response.json()).code, 'record/unknown');
    }
  });

  it('refuses queries that make no sense', async () => {
    const { ask } = await setup();
    for (const query of [
      'limit=0',
      'limit=501',
      'limit=x',
      'limit=1.5',
      'limit=',
      'after=%00',
      'after=x',
      'after=',
      'site=x',
      'site=__proto__',
    ])
      assert.equal((await ask(`/consents?${query}`)).status, 400, query);
    assert.equal((await ask('/consents?limit=500')).status, 200);
  });
});
