import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { html } from './proxy/messages.js';
import { eachEngine } from './support/each-engine.js';
import { fakeClock, withScript } from './support/pages.js';

const PAGE = `<!doctype html><html><head><title>Salon</title>
<meta name="viewport" content="width=device-width">
<script>
  window.clicks = [];
  window.shows = [];
  addEventListener('click', (event) => clicks.push(event.isTrusted && navigator.userActivation.isActive));
  addEventListener('pageshow', (event) => shows.push(event.persisted));
  customElements.define('x-box', class extends HTMLElement {
    constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = '<button>in</button>'; }
  });
</script></head><body><x-box></x-box><button id="next">next</button><input id="name">
<a href="/second">second</a><div style="height: 3000px"></div></body></html>`;

const SITE = 'https://salon.test/';

eachEngine('the driver', ({ test }) => {
  test('reaches into shadow roots with real clicks and keys', async ({ page, proxy }) => {
    proxy.site('salon.test', () => PAGE);
    await page.goto(SITE);
    await page.click('x-box >>> button');
    await page.tapOrClick('#next');
    assert.deepEqual(await page.evaluate('clicks'), [true, true]);
    await page.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'name');
    await page.type('Zoé');
    assert.equal(await page.evaluate('document.activeElement.value'), 'Zoé');
    await page.press('Shift+Tab');
    await page.press('Space');
    // The click that a key makes may come a moment after the key.
    await page.waitFor('clicks.length === 3');
    assert.equal(await page.evaluate('document.activeElement.id'), 'next');
    await page.scroll(0, 300);
    await page.waitFor(() => scrollY > 0);
  });

  test('says why a target cannot be clicked', async ({ page, proxy }) => {
    const cover = '<div class="veil" style="position:fixed;inset:0"></div>';
    proxy.site('salon.test', () => `<button>ok</button>${cover}`);
    await page.goto(SITE);
    await assert.rejects(page.click('button', { patience: 300 }), /covered by <div class="veil">/);
  });

  test('shows a page at exactly the size asked for', async ({ page, proxy }) => {
    proxy.site('salon.test', () => PAGE);
    await page.goto(SITE);
    for (const [width, height] of [
      [320, 568],
      [640, 400],
      [320, 256],
    ] as const) {
      await page.setViewport({ width, height });
      assert.deepEqual(
        await page.evaluate('[innerWidth, innerHeight, document.documentElement.clientWidth]'),
        [width, height, width],
      );
    }
  });

  test('restores pages from the back/forward cache', async ({ page, proxy }) => {
    proxy.site('salon.test', () => PAGE);
    await page.goto(SITE);
    await page.click('a');
    await page.waitFor(() => location.pathname === '/second' && document.readyState === 'complete');
    await page.back();
    assert.deepEqual(await page.evaluate('shows'), [false, true]);
    await page.goto('https://elsewhere.test/');
    await page.back();
    assert.deepEqual(await page.evaluate('shows'), [false, true, true]);
  });

  test('reads, sets and clears cookies, and shares them between tabs', async ({ page, proxy }) => {
    proxy.site('salon.test', () => PAGE);
    await page.goto(SITE);
    const expires = Math.round(Date.now() / 1000) + 600;
    await page.setCookie({ name: 'placet', value: 'x', expires, secure: true, sameSite: 'Lax' });
    const [cookie] = await page.cookies();
    assert.ok(cookie);
    const { name, domain, path, secure, sameSite } = cookie;
    assert.deepEqual(
      { name, domain, path, secure, sameSite, expires: Math.round(cookie.expires ?? 0) },
      { name: 'placet', domain: 'salon.test', path: '/', secure: true, sameSite: 'Lax', expires },
    );
    const tab = await page.openTab();
    await tab.goto(SITE);
    assert.equal(await tab.evaluate('document.cookie'), 'placet=x');
    assert.equal(await tab.evaluate('document.visibilityState'), 'visible');
    await tab.close();
    await page.clearCookies();
    assert.deepEqual(await page.cookies(), []);
  });

  test('answers every host itself and keeps count of what was asked', async ({ page, proxy }) => {
    const tag = 'https://www.googletagmanager.com/gtag/js?id=1';
    proxy.site('salon.test', () => `<script src="${tag}"></script><p>ok`);
    await page.goto(SITE);
    assert.deepEqual(await page.evaluate('__ran'), [tag]);
    assert.deepEqual(
      proxy.thirdParty().map(({ url }) => url),
      [tag],
    );
    assert.equal(await page.evaluate('isSecureContext && !!crypto.subtle'), true);
    await page.goto('http://plain.test/');
    assert.equal(await page.evaluate('isSecureContext'), false);
    proxy.site('localhost', () => '<p>here');
    await page.goto('http://localhost:81/');
    assert.equal(await page.evaluate('document.body.textContent'), 'here');
  });

  test('can hang, cut, refuse and slow down any request', async ({ page, proxy }) => {
    proxy.site('salon.test', () => '<p>first<script src="https://a.test/hang.js"></script><p>last');
    const release = proxy.rules.hang(/hang\.js/);
    await page.goto(SITE, { until: 'commit' });
    await proxy.log.waitFor(/hang\.js/);
    assert.equal(await page.evaluate('document.readyState'), 'loading');
    release();
    const failed = (url: string): Promise<string> =>
      page.evaluate(
        (address: string) =>
          fetch(address).then(
            (response) => String(response.status),
            () => 'failed',
          ),
        url,
      );
    proxy.rules.fail('https://b.test/cut');
    proxy.site('b.test', () => ({ status: 200, headers: { 'access-control-allow-origin': '*' } }));
    assert.equal(await failed('https://b.test/cut'), 'failed');
    assert.equal(await failed('https://b.test/fine'), '200');
    const slow = proxy.rules.slow(SITE, { 'content-type': 'text/html' });
    slow.write('<!doctype html><p id="one">one</p>'.padEnd(4096));
    await page.goto(SITE, { until: 'commit' });
    await page.waitFor(() => document.querySelector('#one'));
    slow.write('<p id="two">two</p>');
    slow.end();
    await page.waitForTarget('#two');
  });

  test('collects console messages and uncaught errors', async ({ page, proxy }) => {
    const script = "console.warn('careful', 1); setTimeout(() => { throw new TypeError('oops') });";
    proxy.site('salon.test', () => `<script>${script}</script>`);
    await page.goto(SITE);
    await page.waitFor(() => new Promise((resolve) => setTimeout(() => resolve(true))));
    const entries = await page.console();
    assert.ok(entries.some(({ level, text }) => level === 'warn' && text === 'careful 1'));
    assert.ok(entries.some(({ level, text }) => level === 'uncaught' && text.includes('oops')));
  });

  test('runs a page at another time, under a strict content policy too', async ({
    page,
    proxy,
  }) => {
    proxy.site('salon.test', ({ path }) =>
      path === '/strict'
        ? html('<p>strict', { 'content-security-policy': "default-src 'none'" })
        : withScript(PAGE, fakeClock('2030-01-02T03:04:05Z')),
    );
    await page.goto(SITE);
    assert.match(await page.evaluate(() => new Date().toISOString()), /^2030-01-02T03:0[4-9]/);
    await page.waitFor((start) => Date.now() > start, await page.evaluate(() => Date.now()));
    assert.equal(await page.evaluate('new Date(0).getTime()'), 0);
    await page.goto(`${SITE}strict`);
    assert.equal(await page.evaluate('document.body.textContent'), 'strict');
  });

  test(
    'shows dark colours and reduced motion',
    {
      emulate: { colorScheme: 'dark', reducedMotion: true },
      viewport: { width: 320, height: 568 },
    },
    async ({ page, proxy }) => {
      proxy.site('salon.test', () => PAGE);
      await page.goto(SITE);
      const matching = (query: string): Promise<boolean> =>
        page.evaluate((text: string) => matchMedia(text).matches, query);
      assert.equal(await matching('(prefers-color-scheme: dark)'), true);
      assert.equal(await matching('(prefers-reduced-motion: reduce)'), true);
      assert.equal(await page.evaluate('innerWidth'), 320);
    },
  );

  test('shows forced colours', { emulate: { forcedColors: true } }, async ({ page, proxy }) => {
    proxy.site('salon.test', () => PAGE);
    await page.goto(SITE);
    assert.equal(await page.evaluate("matchMedia('(forced-colors: active)').matches"), true);
  });

  test('takes pictures', async ({ page, proxy }) => {
    proxy.site('salon.test', () => PAGE);
    await page.goto(SITE);
    const folder = await mkdtemp(join(tmpdir(), 'placet-picture-'));
    try {
      await page.screenshot(join(folder, 'page.png'));
      const picture = await readFile(join(folder, 'page.png'));
      assert.equal(picture.subarray(1, 4).toString(), 'PNG');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
