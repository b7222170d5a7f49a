import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Database } from '../database/database.js';
import { closedAfterEach } from '../testing/closing.js';
import { testDatabase } from '../testing/database.js';
import { optInServer, ORIGIN, tokenOf } from '../testing/opt-in-server.js';
import { NEWSLETTER, testOptIn } from '../testing/subscriptions.js';

describe('The link in an old message', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  const opened = closedAfterEach(optInServer);

  it('stops what its address is sent by now, also if it was erased and came back (001-35, E-06)', async () => {
    const bench = await opened(database);
    const email = `${randomUUID()}@example.org`;
    const subscribe = async () => {
      const optIn = testOptIn([NEWSLETTER], { contacts: { email } });
      await bench.ask('POST', '/subscriptions', optIn);
      await bench.ask('POST', '/subscriptions/confirm', { token: tokenOf(await bench.lastLink()) });
    };
    const maySend = async () => {
      const said = await bench.askHost('/may-send', { contact: email, ...NEWSLETTER });
      return (await said.json()) as { send: boolean; unsubscribe?: { url: string } };
    };
    await subscribe();
    const { url } = (await maySend()).unsubscribe!;
    const path = url.slice(ORIGIN.length);
    await bench.server.subscriptions.erase('default', email);
    assert.equal((await bench.ask('POST', path)).status, 200);
    await subscribe();
    assert.equal((await maySend()).send, true);
    assert.equal((await bench.ask('GET', path)).status, 200);
    assert.equal((await maySend()).send, true, 'Opening it changes nothing.');
    const stopped = await bench.ask('POST', path, 'List-Unsubscribe=One-Click', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    assert.equal(stopped.status, 200);
    assert.equal((await maySend()).send, false);
  });
});
