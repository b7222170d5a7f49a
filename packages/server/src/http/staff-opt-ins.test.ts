import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { verifyReceipt } from '@placet/contract';
import type { Database } from '../database/database.js';
import { hex, sha256 } from '../log/hash.js';
import type { OptInProof } from '../subscriptions/subscriptions.js';
import { closedAfterEach } from '../testing/closing.js';
import { commandsFor } from '../testing/commands.js';
import { testDatabase } from '../testing/database.js';
import { API_KEY, optInServer, tokenOf } from '../testing/opt-in-server.js';
import { NOW } from '../testing/register.js';
import { STAFF_KEY } from '../testing/server.js';
import { NEWSLETTER, testOptIn } from '../testing/subscriptions.js';

describe('The proof of an opt-in', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  const opened = closedAfterEach(optInServer);
  type Bench = Awaited<ReturnType<typeof opened>>;
  const ask = (bench: Bench, proof: string, key = STAFF_KEY) =>
    bench.ask('GET', `/staff/opt-ins/${proof}`, undefined, { authorization: `Bearer ${key}` });

  async function confirm(bench: Bench): Promise<void> {
    const token = tokenOf(await bench.lastLink());
    const { status } = await bench.ask('POST', '/subscriptions/confirm', { token });
    assert.equal(status, 200);
  }

  /** A child’s opt-in that a parent agreed to, and what may-send calls its proof. */
  async function agreed(bench: Bench) {
    const email = `${randomUUID().slice(0, 8)}@example.org`;
    const guardian = { email: `${randomUUID().slice(0, 8)}@parents.example` };
    const optIn = testOptIn([NEWSLETTER], { contacts: { email }, guardian, age: 'under' });
    assert.equal((await bench.ask('POST', '/subscriptions', optIn)).status, 202);
    await confirm(bench);
    await confirm(bench);
    const said = await bench.askHost('/may-send', { contact: email, ...NEWSLETTER });
    const { send, proof } = (await said.json()) as { send: boolean; proof: string };
    assert.ok(send);
    return { email, guardian, optIn, proof };
  }

  it('is who said what, when and how, the parent’s word, the notice as shown, and the log’s own proof (002-25, 001-31…34)', async () => {
    const bench = await opened(database);
    const { email, guardian, optIn, proof } = await agreed(bench);
    // Seals what waits.
    await bench.server.register.close();
    const response = await ask(bench, proof);
    assert.equal(response.status, 200);
    const { erased, entries } = (await response.json()) as OptInProof;
    assert.equal(erased, false);
    assert.deepEqual(
      entries.map(({ leaf: { act, age } }) => [act, age]),
      [
        ['asked', 'under'],
        ['agreed', 'under'],
        ['confirmed', 'under'],
      ],
    );
    const [asked] = entries;
    assert.deepEqual(asked!.about, { email, guardian: guardian.email });
    assert.deepEqual([asked!.leaf.at, asked!.leaf.receivedAt], [optIn.at, NOW.toISOString()]);
    assert.deepEqual(asked!.leaf.gesture, optIn.gesture);
    assert.equal(asked!.page, optIn.page);
    for (const { leaf, notice, receipt } of entries) {
      assert.equal(notice, optIn.notice.text);
      assert.equal(hex(sha256(notice!)), leaf.notice!.hash);
      const { ok } = await verifyReceipt(receipt, { keys: receipt.keys });
      assert.equal(ok, true);
    }
    for (const wrong of [randomUUID(), optIn.id, 'x'])
      assert.equal((await ask(bench, wrong)).status, 404);
    assert.equal((await ask(bench, proof, API_KEY)).status, 401);
  });

  it('is gone once the person is erased, and says so (002-25, 002-32)', async () => {
    const bench = await opened(database);
    const { email, proof } = await agreed(bench);
    await bench.server.subscriptions.erase('default', email);
    const response = await ask(bench, proof);
    assert.deepEqual(
      [response.status, await response.json()],
      [200, { erased: true, entries: [] }],
    );
  });

  it('is written by a command (002-25)', async () => {
    const bench = await opened(database);
    const { email, proof } = await agreed(bench);
    const commands = await commandsFor(bench.server);
    try {
      const written = await commands.run(['proof', proof]);
      assert.deepEqual([written.code, written.err], [0, '']);
      assert.equal((JSON.parse(written.out) as OptInProof).entries.length, 3);
      await bench.server.subscriptions.erase('default', email);
      const gone = await commands.run(['proof', proof]);
      assert.deepEqual([gone.code, gone.out], [1, '']);
      assert.match(gone.err, /It is erased/);
    } finally {
      commands.close();
    }
  });
});
