import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Page } from '../driver/types.js';
import { poll } from '../driver/poll.js';
import type { FullReply, SeenRequest } from '../proxy/messages.js';
import { acknowledged, startBackend, type Backend } from '../support/backend.js';
import { eachEngine } from '../support/each-engine.js';
import {
  answer,
  choiceCookie,
  gotoAgain,
  gotoFirst,
  onBanner,
  SALON,
  settle,
} from '../support/salon.js';

const CONSENTS = `${SALON}/placet/consents`;

/** The choice in force, as a page that loads may not say yet. */
const idOf = (page: Page, other?: string): Promise<string> =>
  page.waitFor((former) => {
    const id = window.placet?.decision?.id;
    return id !== former && id;
  }, other) as Promise<string>;

/** Adds a button that takes back what is allowed, or allows everything. */
const addButton = (page: Page): Promise<unknown> =>
  page.waitFor(() => {
    const { placet } = window;
    if (!placet?.config) return false;
    const button = document.createElement('button');
    button.id = 'turn';
    button.textContent = 'Change my mind';
    button.style.cssText = 'position:fixed;z-index:2147483647;inset:40% auto auto 40%;padding:2em';
    button.onclick = () => {
      const isAllowed = placet.allows('analytics');
      void (isAllowed ? placet.refuseAll() : placet.acceptAll());
    };
    document.body.append(button);
    return true;
  });

eachEngine('The salon’s outbox', ({ test }) => {
  let backend: Backend;
  before(async () => {
    backend = await startBackend();
  });
  after(() => backend.close());

  /** Takes a record in and lets the answer be lost on its way. */
  async function takeIn(request: SeenRequest): Promise<FullReply> {
    await backend.pass(request);
    return { status: 502, body: '<h1>Bad gateway</h1>' };
  }

  /**
   * Waits until these decisions are registered, each once. What a page hands over as it goes may
   * arrive in another order than it was decided in: each record says its time.
   */
  async function assertRegistered(...ids: readonly string[]): Promise<void> {
    let found: string[] = [];
    const look = async () => {
      found = (await backend.records()).map(({ id }) => id).filter((id) => ids.includes(id));
      return found.length >= ids.length || undefined;
    };
    await poll(look, () => `${found.length} of ${ids.length} decisions were registered`);
    assert.deepEqual([...found].sort(), [...ids].sort());
  }

  test('20 decisions while the backend is down, slow and flapping, on several pages, all arrive once (001-31)', async ({
    page,
    proxy,
  }) => {
    backend.serve(proxy, { config: (config) => ({ ...config, onWithdraw: 'keep' }) });
    const html: FullReply = {
      headers: { 'content-type': 'text/html' },
      body: '<title>Welcome to our Wi-Fi</title>',
    };
    const busy: FullReply = { status: 429, headers: { 'retry-after': '1' }, body: '' };
    const faults = [
      () => proxy.rules.fail(CONSENTS),
      () => proxy.rules.fail(CONSENTS, 500),
      () => proxy.rules.hang(CONSENTS),
      () => proxy.rules.answer(CONSENTS, html),
      () => proxy.rules.answer(CONSENTS, takeIn),
      () => () => undefined,
      () => proxy.rules.answer(CONSENTS, busy),
    ];
    const made: string[] = [];
    for (let count = 0; count < 20; count++) {
      const undo = faults[count % faults.length]!();
      if (count % 5 === 0) {
        await page.goto(`${SALON}/?${count}`);
        await addButton(page);
      }
      await page.click('#turn');
      made.push(await idOf(page, made.at(-1)));
      if (count % 4 === 0) await proxy.log.waitFor(CONSENTS);
      undo();
    }
    await gotoAgain(page, '/soins/');
    await assertRegistered(...made);
    await acknowledged(page, made.at(-1)!);
    assert.match((await choiceCookie(page)).value, RegExp(made.at(-1)!));
  });

  test('a page loaded anew in the moment of the choice loses nothing of it', async ({
    page,
    proxy,
  }) => {
    backend.serve(proxy);
    await gotoFirst(page);
    await page.evaluate(() => {
      Object.assign(window, { isOld: true });
      document.addEventListener('placet-consent-change', () => location.reload(), { once: true });
    });
    await page.click(onBanner('accept'));
    await page.waitFor(() => !('isOld' in window) && window.placet?.decision?.granted.length);
    const id = await idOf(page);
    await assertRegistered(id);
    await acknowledged(page, id);
  });

  test('a withdrawal works at once, reload included, while the backend hangs, and arrives when it is back (DP-23)', async ({
    page,
    proxy,
  }) => {
    backend.serve(proxy);
    await gotoFirst(page);
    await answer(page, 'accept');
    const accepted = await idOf(page);
    await acknowledged(page, accepted);
    const undo = proxy.rules.hang(/\/placet\/(?!.*\.js$)/);
    await gotoAgain(page);
    await page.waitFor(() => document.cookie.includes('_ga') || window.__ran?.length);
    await addButton(page);
    await page.evaluate('window.isOld = true');
    await page.click('#turn');
    await page.waitFor(() => !('isOld' in window) && window.placet?.decision?.granted.length === 0);
    const refused = await idOf(page, accepted);
    await proxy.log.waitFor((request) => request.url === CONSENTS);
    assert.equal(await page.evaluate(() => window.__ran?.length ?? 0), 0);
    undo();
    await gotoAgain(page);
    await assertRegistered(accepted, refused);
    await acknowledged(page, refused);
    assert.match((await choiceCookie(page)).value, RegExp(refused));
  });

  test('two tabs that choose differently while the backend hangs: both choices arrive once, and the later one holds in both', async ({
    page,
    proxy,
  }) => {
    backend.serve(proxy, { config: (config) => ({ ...config, onWithdraw: 'keep' }) });
    const undo = proxy.rules.hang(CONSENTS);
    await gotoFirst(page);
    const tab = await page.openTab();
    await gotoFirst(tab, '/soins/');
    await addButton(tab);
    await page.bringToFront();
    await page.click(onBanner('accept'));
    const accepted = await idOf(page);
    await tab.bringToFront();
    await tab.click('#turn');
    const refused = await idOf(tab, accepted);
    await page.waitFor((id) => window.placet?.decision?.id === id, refused);
    undo();
    await gotoAgain(tab, '/contact/');
    await assertRegistered(accepted, refused);
    await acknowledged(tab, refused);
    assert.match((await choiceCookie(tab)).value, RegExp(refused));
  });

  test('what a storage holds that is blocked, full or of somebody else breaks no page and loses no choice', async ({
    page,
    proxy,
  }) => {
    const script = () => `
      for (const key of ['placet-outbox', 'placet-outbox:x', 'placet-outbox-lease'])
        localStorage[key] = '{"record":{"id":"x","notice":{"version":1}},"order":"first"}';
      Storage.prototype.setItem = () => {
        throw new DOMException('Full', 'QuotaExceededError');
      };`;
    backend.serve(proxy, { script });
    await gotoFirst(page);
    await answer(page, 'refuse');
    await assertRegistered(await idOf(page));
    const uncaught = (await page.console()).filter(({ level }) => level === 'uncaught');
    assert.deepEqual(uncaught, []);
  });

  test('an answer that comes after its page has gone does not bring the older choice back (C-10)', async ({
    page,
    proxy,
  }) => {
    backend.serve(proxy, { config: (config) => ({ ...config, onWithdraw: 'keep' }) });
    let release!: () => void;
    const released = new Promise<void>((resolve) => (release = resolve));
    const undo = proxy.rules.answer(CONSENTS, async (request) => {
      const answered = await backend.pass(request);
      await released;
      return answered;
    });
    await gotoFirst(page);
    await answer(page, 'accept');
    const accepted = await idOf(page);
    await assertRegistered(accepted);
    undo();
    await gotoAgain(page, '/soins/');
    await addButton(page);
    await page.click('#turn');
    const refused = await idOf(page, accepted);
    await acknowledged(page, refused);
    release();
    await gotoAgain(page, '/contact/');
    await settle(page);
    assert.match((await choiceCookie(page)).value, RegExp(refused));
  });
});
