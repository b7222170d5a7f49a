import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Page } from '../driver/types.js';
import { linkIn, startDemo, type RunningDemo } from '../support/demo.js';
import { eachEngine } from '../support/each-engine.js';
import { SALON, settle } from '../support/salon.js';
import {
  askIn,
  button,
  CAMILLE,
  DATA,
  enter,
  gotoData,
  NAMESAKE,
  openRequest,
  read,
  visible,
  waitForHoldings,
} from './support/visitor.js';

const MARKUP = '<img src=x onerror="window.__ran=1"><script>window.__ran=2</script>';

const STRICT =
  "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'; require-trusted-types-for 'script'";
const META = `<meta http-equiv="content-security-policy" content="${STRICT}">`;
const SPY = `window.__refused = [];
document.addEventListener('securitypolicyviolation', (event) =>
  __refused.push(event.effectiveDirective + ' ' + event.sourceFile + ' ' + event.sample));`;

const isSignedIn = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    const response = await fetch('/placet/identity');
    return 'session' in ((await response.json()) as object);
  });

eachEngine('One’s data on a hard page', ({ test }) => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo({ people: 20 });
  });
  after(() => demo.close());

  test('shows stored markup as the text that it is, and works under a strict policy with Trusted Types', async ({
    page,
    proxy,
  }) => {
    await demo.customers.query('update customer set town = $1 where email = $2', [MARKUP, CAMILLE]);
    demo.serve(proxy, {
      edit: (html) => html.replace('<head>', `<head><script src="/spy.js"></script>${META}`),
    });
    proxy.rules.answer(`${SALON}/spy.js`, {
      headers: { 'content-type': 'text/javascript' },
      body: SPY,
    });
    await enter(page, demo);
    assert.ok((await read(page)).includes(MARKUP));
    await page.click(button('delete'));
    await page.waitForTarget(`${DATA}#preview`);
    await settle(page);
    assert.equal(await visible(page, 'img, script'), false);
    assert.equal(await page.evaluate(() => '__ran' in window), false);
    const refused: string[] = await page.evaluate('window.__refused');
    // What the driver itself evaluates has no file of the page's.
    assert.deepEqual(
      refused.filter((each) => each.includes(SALON)),
      [],
    );
  });

  test('signs nobody in for a scanner that runs the mailed page, and the person still can, once (A-09)', async ({
    page,
    proxy,
  }) => {
    demo.serve(proxy);
    await gotoData(page);
    const link = linkIn(await askIn(page, demo, NAMESAKE));
    const before = await demo.placet.fetch(new Request(link.replace(/#.*/, '')));
    assert.ok(before.status < 500);
    for (let visit = 0; visit < 2; visit++) {
      await page.clearCookies();
      await page.goto(`${SALON}/en/`);
      await page.goto(link);
      await page.waitForTarget(button('continue'));
      assert.equal(await isSignedIn(page), false);
    }
    await page.click(button('continue'));
    await waitForHoldings(page);
    assert.equal(await isSignedIn(page), true);

    await page.clearCookies();
    await page.goto(`${SALON}/en/`);
    await page.goto(link);
    await page.click(button('continue'));
    await page.waitForTarget(`${DATA}#address`);
    assert.match(await read(page), /Ce lien a déjà servi|This link was used before/);
    assert.equal(await isSignedIn(page), false);
  });

  test('keeps what was typed when the connection is gone, says so, and sends it once it is back', async ({
    page,
    proxy,
  }) => {
    demo.serve(proxy);
    await enter(page, demo);
    const undo = proxy.rules.fail(`${SALON}/placet/requests`);
    await page.click(`${DATA}#reason`);
    await page.type('Do not analyse my visits.');
    await page.click(button('object'));
    await page.waitFor(() =>
      document
        .querySelector('placet-my-data')!
        .shadowRoot!.querySelector('#said-object')!
        .textContent.includes('There is no connection'),
    );
    const typed = () =>
      page.evaluate(
        () =>
          document
            .querySelector('placet-my-data')!
            .shadowRoot!.querySelector<HTMLTextAreaElement>('#reason')!.value,
      );
    assert.equal(await typed(), 'Do not analyse my visits.');
    undo();
    await page.click(button('object'));
    const { type, note } = await openRequest(demo);
    assert.deepEqual([type, note], ['objection', 'Do not analyse my visits.']);
    await page.waitForTarget(`${DATA}[part=request]`);
    assert.equal(await typed(), '');
  });

  test('lets no page of another site act in somebody’s name, though they are signed in', async ({
    page,
    proxy,
  }) => {
    demo.serve(proxy);
    await enter(page, demo, NAMESAKE);
    const before = (await demo.placet.rights.staff.due('default')).length;
    proxy.site('evil.test', () => ({
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: '<!doctype html><title>evil</title><p>evil',
    }));
    await page.goto('https://evil.test/');
    const answers = await page.evaluate(async (base: string) => {
      const calls: RequestInit[] = [
        { method: 'GET' },
        { method: 'POST', body: '{"type":"erasure"}' },
      ];
      return Promise.all(
        calls.map((call) =>
          fetch(`${base}/requests`, { ...call, credentials: 'include' }).then(
            () => 'read',
            () => 'refused',
          ),
        ),
      );
    }, `${SALON}/placet`);
    assert.deepEqual(answers, ['refused', 'refused']);
    assert.equal((await demo.placet.rights.staff.due('default')).length, before);
  });
});
