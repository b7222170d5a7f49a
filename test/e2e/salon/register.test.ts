import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { expiryOf, type Decision, type StoredRecord } from '@placet/contract';
import { poll } from '../driver/poll.js';
import type { CookieEntry, Page } from '../driver/types.js';
import { acknowledged, startBackend, type Backend } from '../support/backend.js';
import { eachEngine } from '../support/each-engine.js';
import { answer, choiceCookie, gotoAgain, gotoFirst, SALON } from '../support/salon.js';

const CONSENTS = `${SALON}/placet/consents`;

/** The choice in force. */
async function decisionOf(page: Page): Promise<Decision> {
  const decision = await page.waitFor(() => window.placet?.decision);
  assert.ok(decision);
  return decision;
}

/** Seconds that an answer may be on its way on a loaded machine: its cookie lives from when it arrives. */
const ON_THE_WAY = 60;

/** The cookie ends when the choice does; browsers count by the second, and may correct their clock by the server's. */
function assertEnds({ expires }: CookieEntry, decision: Decision): void {
  const end = expiryOf(decision).getTime() / 1000;
  assert.ok(Math.abs(expires! - end) <= ON_THE_WAY, `${expires} instead of ${end}`);
}

eachEngine('The salon with its backend', ({ test }) => {
  let backend: Backend;
  before(async () => {
    backend = await startBackend();
  });
  after(() => backend.close());

  /** Waits until the decision is registered, and answers its one record. */
  async function registered(id: string): Promise<StoredRecord> {
    const of = async () => (await backend.records()).filter((record) => record.id === id);
    await poll(
      async () => (await of())[0],
      () => `decision ${id} was never registered`,
    );
    const [record, ...more] = await of();
    assert.deepEqual(more, []);
    return record!;
  }

  test('registers a choice once, with what was shown and how it was made (001-31, 001-32, G-02)', async ({
    page,
    proxy,
  }) => {
    backend.serve(proxy);
    await gotoFirst(page);
    await answer(page, 'accept');
    const { id, at } = await decisionOf(page);
    const record = await registered(id);
    assert.equal(record.at, at);
    assert.deepEqual(record.gesture, { control: 'accept', trusted: true });
    assert.deepEqual(record.denied, []);
    assert.equal(record.page, `${SALON}/`);
    assert.equal(record.language, 'fr');
    const { text } = await backend.server.database.sql
      .selectFrom('notice')
      .select('text')
      .where('hash', '=', Buffer.from(record.notice.hash, 'hex'))
      .executeTakeFirstOrThrow();
    assert.match(text, /\nlayer\tbanner\n/);
    assert.match(text, /\tTout refuser\n/);
  });

  test('has the server set the choice cookie again, to the same date and for the whole site (002-09, C-10)', async ({
    page,
    proxy,
  }) => {
    backend.serve(proxy);
    await gotoFirst(page);
    await answer(page, 'refuse');
    const decision = await decisionOf(page);
    await registered(decision.id);
    await acknowledged(page, decision.id);
    assert.match(backend.cookies.at(-1) ?? '', RegExp(decision.id));
    const cookie = await choiceCookie(page);
    assert.equal(cookie.path, '/');
    assert.equal(cookie.httpOnly, false);
    assertEnds(cookie, decision);
    await gotoAgain(page);
    assert.equal((await decisionOf(page)).id, decision.id);
  });

  test('gives a cookie that the browser cut short its whole life back, and not a day more (002-09, C-10)', async ({
    page,
    proxy,
  }) => {
    backend.serve(proxy);
    await gotoFirst(page);
    await answer(page, 'accept');
    const decision = await decisionOf(page);
    await acknowledged(page, decision.id);
    // As Safari does with what scripts wrote: seven days for the cookie, and no other storage left.
    await page.evaluate(() => {
      localStorage.clear();
      document.cookie = `${document.cookie}; path=/; max-age=604800; secure; samesite=lax`;
    });
    await gotoAgain(page, '/soins/');
    await acknowledged(page, decision.id);
    const cookie = await choiceCookie(page);
    assertEnds(cookie, decision);
    await registered(decision.id);
  });

  test('keeps a choice that the backend could not take, and sends it on the next page, once', async ({
    page,
    proxy,
  }) => {
    backend.serve(proxy);
    const undo = proxy.rules.fail(CONSENTS);
    await gotoFirst(page);
    await answer(page, 'refuse');
    const { id } = await decisionOf(page);
    await proxy.log.waitFor(({ url }) => url === CONSENTS);
    undo();
    await gotoAgain(page, '/soins/');
    await registered(id);
  });

  test('asks nothing of the backend on the pages after the acknowledgement', async ({
    page,
    proxy,
  }) => {
    backend.serve(proxy);
    await gotoFirst(page);
    await answer(page, 'refuse');
    const { id } = await decisionOf(page);
    await acknowledged(page, id);
    const calls = () => proxy.log.list(CONSENTS).length;
    const sent = calls();
    await gotoAgain(page, '/soins/');
    await gotoAgain(page, '/contact/');
    assert.equal(calls(), sent);
  });
});
