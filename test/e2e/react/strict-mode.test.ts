import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { before } from 'node:test';
import { build } from 'esbuild';
import { html } from '../proxy/messages.js';
import { eachEngine, type Fixture } from '../support/each-engine.js';

const SITE = 'https://react.test/';
const REFUSE = 'placet-banner >>> [data-choice=refuse]';
const ACCEPT = 'placet-banner >>> [data-choice=accept]';

/** A held script that says, by a class, that it ran. */
const HELD =
  '<script type="text/plain" data-placet="analytics">document.body.classList.add("ran")</script>';

let app = '';
before(async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('app.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    conditions: ['source'],
    // StrictMode mounts twice in development alone.
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'error',
  });
  app = outputFiles[0]!.text;
});

const PAGE = `<!doctype html><html lang="en"><head><title>App</title></head><body>
<div id="app"></div>${HELD}<script src="/app.js"></script></body></html>`;

async function open({ page, proxy }: Fixture): Promise<void> {
  proxy.site('react.test', ({ path }) =>
    path === '/app.js'
      ? { headers: { 'content-type': 'text/javascript; charset=utf-8' }, body: app }
      : html(PAGE),
  );
  await page.goto(SITE);
  await page.waitForTarget(REFUSE);
}

/** Everything that went wrong, as the console tells it. */
const faults = async ({ page }: Fixture) =>
  (await page.console()).filter(({ level }) => level !== 'log');

const state = ({ page }: Fixture) =>
  page.evaluate(() => ({
    banners: document.querySelectorAll('placet-banner').length,
    reopen: document.querySelectorAll('placet-reopen').length,
    engines: window.engines.length,
    changes: window.changes.length,
    granted: window.engines.at(-1)!.decision?.granted,
    denied: window.engines.at(-1)!.decision?.denied,
    cookies: document.cookie.split('; ').filter((each) => each.startsWith('placet=')).length,
    ran: document.body.classList.contains('ran'),
  }));

eachEngine('React 19 StrictMode', ({ test }) => {
  test('starts twice, and shows one banner that makes one choice (“Robust”)', async (fixture) => {
    await open(fixture);
    const before = { banners: 1, reopen: 0, engines: 2, changes: 0, cookies: 0, ran: false };
    assert.deepEqual(await state(fixture), before);
    await fixture.page.click(REFUSE);
    await fixture.page.waitFor(() => window.changes.length > 0);
    assert.deepEqual(await state(fixture), {
      ...{ banners: 1, reopen: 1, engines: 2, changes: 1, cookies: 1, ran: false },
      ...{ granted: [], denied: ['analytics', 'marketing'] },
    });
    assert.deepEqual(await faults(fixture), []);
  });

  test('lets held scripts of the page run once the visitor accepts', async (fixture) => {
    await open(fixture);
    await fixture.page.click(ACCEPT);
    await fixture.page.waitFor(() => document.body.classList.contains('ran'));
    const { granted, changes, cookies } = await state(fixture);
    assert.deepEqual(granted, ['analytics', 'marketing']);
    assert.deepEqual([changes, cookies], [1, 1]);
    assert.deepEqual(await faults(fixture), []);
  });

  test('opens the panel that the engine now in charge asks for', async (fixture) => {
    await open(fixture);
    await fixture.page.click('placet-banner >>> [data-choice=choose]');
    await fixture.page.waitForTarget('placet-preferences >>> dialog[open]');
    await fixture.page.click('placet-preferences >>> [data-choice=refuse]');
    await fixture.page.waitFor(() => !!window.engines.at(-1)!.decision);
    assert.deepEqual(await faults(fixture), []);
  });

  test('can be unmounted and mounted again, before and after the choice', async (fixture) => {
    await open(fixture);
    const { page } = fixture;
    for (let time = 0; time < 3; time++) {
      await page.evaluate(() => window.unmount());
      await page.waitFor(() => !document.querySelector('placet-banner'));
      assert.equal(await page.evaluate(() => document.documentElement.style.cssText), '');
      await page.evaluate(() => window.mount());
      await page.waitForTarget(REFUSE);
    }
    await page.click(REFUSE);
    await page.waitFor(() => window.changes.length > 0);
    await page.evaluate(() => window.unmount());
    await page.waitFor(() => !document.querySelector('placet-reopen'));
    await page.evaluate(() => window.mount());
    await page.waitForTarget('placet-reopen >>> button');
    const { banners, reopen, changes, cookies, denied } = await state(fixture);
    assert.deepEqual([banners, reopen, changes, cookies], [1, 1, 1, 1]);
    assert.deepEqual(denied, ['analytics', 'marketing']);
    assert.deepEqual(await faults(fixture), []);
  });
});
