import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Subscriptions } from '@placet/contract';
import type { Database } from '../database/database.js';
import { testDatabase } from '../testing/database.js';
import { rightsServer, signIn } from '../testing/rights.js';

describe('The preference centre of somebody who showed who they are', () => {
  let database: Database;
  let open: Awaited<ReturnType<typeof rightsServer>>;
  before(async () => void (database = await testDatabase()));
  afterEach(() => open.server.close());
  after(() => database.close());

  it('is open to them without a link from a message, and everything can be stopped (002-33)', async () => {
    open = await rightsServer(database);
    const cookie = await signIn(open);
    const read = await open.ask('GET', '/subscriptions', undefined, { cookie });
    assert.equal(read.status, 200);
    const { contacts } = (await read.json()) as Subscriptions;
    assert.deepEqual(contacts, [{ kind: 'email', shown: 'c•••@example.org' }]);
    const stopped = await open.ask('DELETE', '/subscriptions', undefined, { cookie });
    assert.equal(stopped.status, 200);
  });

  it('is not open to pages of others, nor to nobody', async () => {
    open = await rightsServer(database);
    const cookie = await signIn(open, 'other@example.org');
    const strangers: Record<string, string>[] = [
      { cookie, origin: 'https://evil.example' },
      { cookie, 'sec-fetch-site': 'cross-site' },
      { cookie: 'placet-me=wrong' },
    ];
    for (const headers of strangers) {
      const response = await open.ask('DELETE', '/subscriptions', undefined, headers);
      assert.ok([403, 404].includes(response.status), String(response.status));
    }
    // What comes with no origin at all comes from no page.
    const bare = await open.server.request('https://shop.example/placet/subscriptions', {
      method: 'DELETE',
      headers: { host: 'shop.example', cookie },
    });
    assert.equal(bare.status, 404);
  });
});
