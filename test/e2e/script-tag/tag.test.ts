import assert from 'node:assert/strict';
import type { Page } from '../driver/types.js';
import { eachEngine } from '../support/each-engine.js';
import { CONFIG } from './support/config.js';
import { TAG, SITE, configElement, held, pageOf, placetFile, serve } from './support/site.js';
import { ACCEPT, accept, ran, uncaught, waitForRuns } from './support/visitor.js';

/** Where and how owners paste the tag. */
const PLACES: Readonly<Record<string, { tag?: string; end?: string; config?: null }>> = {
  'first and sync in the head': {},
  'with defer': { tag: '<script defer src="/placet/placet.js"></script>' },
  'with async': { tag: '<script async src="/placet/placet.js"></script>' },
  'at the end of the body': { tag: '', end: TAG },
  'from any folder, with a query': { tag: '<script src="/a/b.c/d/placet.js?v=3"></script>' },
  'from another host': { tag: '<script src="https://cdn.test/lib/placet.js"></script>' },
  'with a config by address': {
    tag: '<script src="/placet/placet.js" data-config="/config.json"></script>',
    config: null,
  },
  'with window.placetConfig': {
    tag: `<script>window.placetConfig = ${JSON.stringify(CONFIG)}</script>${TAG}`,
    config: null,
  },
  'above its config': { end: configElement(), config: null },
  'twice, one address': { end: TAG },
  'twice, two addresses': { end: '<script src="/other/placet.js"></script>' },
  'beside an element with id="placet"': { end: '<div id="placet">a fair</div>' },
};

/** A first visit, acceptance, and the visit after that. */
async function goesThrough(page: Page, count = 1): Promise<void> {
  await page.goto(SITE);
  await page.waitForTarget(ACCEPT);
  assert.equal(await page.evaluate(`document.querySelectorAll('placet-banner').length`), 1);
  assert.deepEqual(await ran(page), []);
  assert.equal(await page.evaluate('document.cookie'), '');
  await accept(page);
  await waitForRuns(page, count);
  assert.equal((await ran(page)).length, count);
  await page.reload();
  await page.waitForTarget('placet-reopen >>> button');
  await waitForRuns(page, count);
  assert.equal((await ran(page)).length, count);
  assert.equal(await page.evaluate(`document.querySelectorAll('placet-reopen').length`), 1);
  assert.equal(await page.evaluate(`document.querySelector('placet-banner')`), null);
  assert.deepEqual(await uncaught(page), []);
}

eachEngine('the script tag', ({ test }) => {
  for (const [name, { tag, end = '', config }] of Object.entries(PLACES))
    test(`works ${name}`, async ({ page, proxy }) => {
      const body = `<h1>Site</h1>${held('a')}${end}`;
      serve(proxy, { '/': { ...(tag !== undefined && { tag }), config, body } });
      proxy.site('cdn.test', ({ path }) => placetFile(path));
      proxy.rules.answer(`${SITE}config.json`, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(CONFIG),
      });
      await goesThrough(page);
    });

  test('loads its modules from its own folder whatever <base> says', async ({ page, proxy }) => {
    const tag = `<script src="${SITE}placet/placet.js"></script>`;
    serve(proxy, {
      '/': { before: '<base href="https://elsewhere.test/x/">', tag, body: held('a') },
    });
    await goesThrough(page);
    // A held address means what it would have meant unheld.
    assert.deepEqual(await ran(page), ['https://elsewhere.test/run/a.js']);
    assert.equal(proxy.log.list(/elsewhere\.test(?!\/run)/).length, 0);
  });

  test('works on plain http, where crypto lacks its better half', async ({ page, proxy }) => {
    serve(proxy, { '/': { body: held('a') } }, 'plain.test');
    await page.goto('http://plain.test/');
    assert.equal(await page.evaluate('!crypto.subtle && !crypto.randomUUID'), true);
    await accept(page);
    await waitForRuns(page, 1);
    await page.reload();
    await waitForRuns(page, 1);
    const [cookie] = await page.cookies();
    assert.equal(cookie?.name, 'placet');
    assert.equal(cookie?.secure, false);
  });

  test('works in a frame of the same site', async ({ page, proxy }) => {
    serve(proxy, {
      '/': '<!doctype html><title>outer</title><iframe id="f" src="/in" width="600" height="600"></iframe>',
      '/in': { body: held('a') },
    });
    await page.goto(SITE);
    const inner = `document.querySelector('#f').contentWindow`;
    await page.waitFor(
      `${inner}.document.querySelector('placet-banner')?.shadowRoot?.querySelector('[data-choice]')`,
    );
    await page.evaluate(`${inner}.placet.refuseAll()`);
    assert.equal(await page.evaluate(`${inner}.placet.decision.denied.length`), 2);
    assert.deepEqual(await uncaught(page), []);
  });

  test('holds, and does not throw, in a sandboxed frame without an origin', async ({
    page,
    proxy,
  }) => {
    // Cookies, storage and the parent are all out of reach there, so it tells by message.
    const tell = `<script>
      const errors = [];
      addEventListener('error', (event) => errors.push(event.message));
      addEventListener('unhandledrejection', (event) => errors.push(String(event.reason)));
      addEventListener('message', async () => {
        await placet.ready;
        await placet.refuseAll();
        parent.postMessage({ errors, denied: placet.decision.denied, ran: window.__ran ?? [] }, '*');
      });
    </script>`;
    serve(proxy, {
      '/': `<!doctype html><title>outer</title><script>addEventListener('message', ({ data }) => (window.told = data))</script>
        <iframe id="f" sandbox="allow-scripts" src="/in"></iframe>`,
      '/in': { before: tell, body: held('a') },
    });
    await page.goto(SITE);
    await page.evaluate(`document.querySelector('#f').contentWindow.postMessage(0, '*')`);
    assert.deepEqual(await page.waitFor('window.told'), {
      errors: [],
      denied: ['analytics', 'marketing'],
      ran: [],
    });
  });

  test('uses a <placet-banner> of the page’s own instead of a second one', async ({
    page,
    proxy,
  }) => {
    serve(proxy, {
      '/': pageOf({ body: `<main><placet-banner id="own"></placet-banner></main>${held('a')}` }),
    });
    await page.goto(SITE);
    await page.waitForTarget('#own >>> [data-choice=accept]');
    assert.equal(await page.evaluate(`document.querySelectorAll('placet-banner').length`), 1);
    await accept(page);
    await waitForRuns(page, 1);
  });
});
