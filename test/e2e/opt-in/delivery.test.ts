import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { poll } from '../driver/poll.js';
import type { Page } from '../driver/types.js';
import type { Proxy } from '../proxy/proxy.js';
import { box, gotoForm, startDemo, type RunningDemo } from '../support/demo.js';
import { eachEngine } from '../support/each-engine.js';
import { SALON } from '../support/salon.js';

const SUBMIT = '#reservation > p > button';
const BACKEND = `${SALON}/placet/subscriptions`;

/** The booking form of a host whose server forwards nothing, and whose next page has no opt-in form. */
function serveHost(demo: RunningDemo, proxy: Proxy): void {
  demo.serve(proxy, {
    edit: (html) => html.replace('<placet-opt-in ', '<placet-opt-in deliver="placet" '),
  });
  proxy.rules.answer(({ method, path }) => method === 'POST' && path.startsWith('/reserver/'), {
    status: 303,
    headers: { location: '/soins/' },
  });
}

/** Ticks the newsletter, types an address, and books: the browser leaves the page. */
async function book(page: Page, address: string): Promise<void> {
  await gotoForm(page, '/reserver/');
  await page.click(box('newsletter/email/default'));
  await page.evaluate(() => document.querySelector('#reservation')!.setAttribute('novalidate', ''));
  await page.click('#email');
  await page.type(address);
  await page.click(SUBMIT);
  await page.waitFor(() => location.pathname === '/soins/' && document.readyState === 'complete');
}

/** Waits until the tab has nothing left to send. */
const isSent = (page: Page) => page.waitFor(() => !('placet-outbox' in sessionStorage));

eachEngine('A booking form whose page sends the opt-in itself', ({ engine, test }) => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo();
  });
  after(() => demo.close());

  /** What the register holds of an address; the demo's mailbox says whose it is. */
  const reasonFor = (address: string) =>
    poll(
      async () => {
        const { reason } = await demo.maySend(address);
        return reason === 'no-consent' ? undefined : reason;
      },
      () => `nothing of ${address} is registered`,
    );

  test('hands it over although the page goes, on a first visit, before the next page does anything (001-31)', async ({
    page,
    proxy,
  }) => {
    const address = `leaving.${engine}@example.org`;
    serveHost(demo, proxy);
    // Without Placet on the next page, only the page that goes can have sent it.
    proxy.rules.answer(`${SALON}/soins/`, '<!doctype html><title>Thank you</title>');
    await book(page, address);
    assert.equal(await reasonFor(address), 'pending');
  });

  test('keeps it while the backend is down, and any later page of the site sends it, once (001-31)', async ({
    page,
    proxy,
  }) => {
    const address = `later.${engine}@example.org`;
    serveHost(demo, proxy);
    let isDown = true;
    proxy.rules.answer(({ url }) => isDown && url === BACKEND, { status: 503, body: '' });
    await book(page, address);
    assert.equal((await demo.maySend(address)).reason, 'no-consent');
    isDown = false;
    const before = (await demo.entries()).length;
    await page.goto(`${SALON}/`);
    await isSent(page);
    assert.equal(await reasonFor(address), 'pending');
    assert.equal((await demo.entries()).length, before + 1);
    await page.goto(`${SALON}/soins/`);
    await page.waitFor(() => window.placet?.decision !== undefined);
    assert.equal((await demo.entries()).length, before + 1);
    const left = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    );
    assert.ok(!left.includes(address), left);
  });
});
