import assert from 'node:assert/strict';
import type { Page } from '../driver/types.js';
import type { Proxy } from '../proxy/proxy.js';
import { eachEngine } from '../support/each-engine.js';
import {
  answer,
  gotoAgain,
  gotoFirst,
  onBanner,
  onPanel,
  serveSalon,
  settle,
} from '../support/salon.js';

const GTAG = 'https://www.googletagmanager.com/gtag/js?id=G-XXXXXXXXXX';
const GTM = 'https://www.googletagmanager.com/gtm.js?id=GTM-XXXXXXX';
const MATOMO = 'https://matomo.maison-tilleul.example/matomo.js';
const HOTJAR = 'https://static.hotjar.com/c/hotjar-1234567.js?sv=6';
const META = 'https://connect.facebook.net/en_US/fbevents.js';
const FONTS = 'https://fonts.googleapis.com/css2?';
const ANALYTICS = [GTAG, MATOMO, HOTJAR];
const EVERYWHERE = [...ANALYTICS, GTM, META, FONTS];

const SIGNALS = [
  'functionality_storage',
  'personalization_storage',
  'security_storage',
  'analytics_storage',
  'ad_storage',
  'ad_user_data',
  'ad_personalization',
];

/** Waits until all of these were asked for; answers every request to others. */
async function thirdParties(proxy: Proxy, page: Page, expected: readonly string[]) {
  for (const url of expected) await proxy.log.waitFor((request) => request.url.startsWith(url));
  await settle(page);
  return proxy.thirdParty().map(({ url }) => url);
}

/** Each of the expected once, and nobody else. */
function assertExactly(seen: readonly string[], expected: readonly string[], where: string): void {
  const extra = seen.filter((url) => !expected.some((start) => url.startsWith(start)));
  assert.deepEqual(extra, [], where);
  for (const start of expected)
    assert.equal(seen.filter((url) => url.startsWith(start)).length, 1, `${where}: ${start}`);
}

/** The data layer as plain arrays, dates and numbers of events left out. */
const layer = (page: Page): Promise<unknown[]> =>
  page.evaluate(() =>
    (window.dataLayer ?? []).map((entry) =>
      Object.prototype.toString.call(entry) === '[object Arguments]'
        ? Array.from(entry as ArrayLike<unknown>)
        : Object.keys(entry as object).sort(),
    ),
  );

const all = (value: string, except: Readonly<Record<string, string>> = {}) => ({
  ...Object.fromEntries(SIGNALS.map((name) => [name, value])),
  ...except,
});

/** Where the entries of one kind stand in the data layer. */
function positions(entries: readonly unknown[], ...start: readonly string[]): number[] {
  return entries.flatMap((entry, index) =>
    Array.isArray(entry) && start.every((word, at) => entry[at] === word) ? [index] : [],
  );
}

eachEngine('after accepting', ({ test }) => {
  test('every held tag of the salon runs, once, on this page and the next ones', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    await gotoFirst(page);
    await answer(page, 'accept');
    assertExactly(await thirdParties(proxy, page, EVERYWHERE), EVERYWHERE, 'at once');
    for (const [path, more] of [
      ['/soins/', ['https://www.youtube-nocookie.com/embed/']],
      ['/contact/', ['https://www.google.com/maps/embed']],
      [
        '/en/book/',
        ['https://calendly.com/maison-tilleul-demo', 'https://www.facebook.com/tr?id='],
      ],
      ['/en/journal/three-minutes/', []],
    ] as const) {
      proxy.log.clear();
      await gotoAgain(page, path);
      if (path.includes('journal')) {
        await page.evaluate(() => document.querySelector('placet-embed')!.scrollIntoView());
        await proxy.log.waitFor(/youtube-nocookie/);
      }
      const expected = path.includes('journal')
        ? [...EVERYWHERE, 'https://www.youtube-nocookie.com/embed/']
        : [...EVERYWHERE, ...more];
      assertExactly(await thirdParties(proxy, page, expected), expected, path);
    }
  });

  test('tags open in document order: Google before Matomo before Hotjar, then marketing', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    await gotoFirst(page);
    await answer(page, 'accept');
    await thirdParties(proxy, page, EVERYWHERE);
    await page.waitFor(() => window.__ran?.length === 5);
    // Every stub notes that it ran; what the inline snippets queue shows their own order.
    const entries = await layer(page);
    const [js] = positions(entries, 'js');
    const [config] = positions(entries, 'config', 'G-XXXXXXXXXX');
    const gtm = entries.findIndex((entry) => String(entry) === 'event,gtm.start');
    assert.ok(js! < config! && config! < gtm, JSON.stringify(entries));
    assert.deepEqual(await page.evaluate('_paq.length > 2 && typeof hj === "function"'), true);
    assert.deepEqual(await page.evaluate('fbq.queue.map((one) => one[0])'), ['init', 'track']);
    const ran = await page.evaluate(() => [...(window.__ran ?? [])].sort());
    assert.deepEqual(ran, [GTAG, GTM, HOTJAR, MATOMO, META].sort());
  });

  test('a returning visitor loads nothing of ours but placet.js, and sees no banner', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    const ours = (): string[] =>
      proxy.log
        .list((request) => request.host === 'salon.test' && request.path.startsWith('/placet/'))
        .map(({ path }) => path);
    for (const choice of ['accept', 'refuse'] as const) {
      await gotoFirst(page);
      assert.equal(ours()[0], '/placet/placet.js');
      // What the browser still holds from the first round it may not ask for again.
      if (choice === 'accept') assert.equal(ours().length, 3, `loads ${ours().join(', ')}`);
      await answer(page, choice);
      for (const path of ['/', '/soins/', '/en/contact/']) {
        proxy.log.clear();
        await gotoAgain(page, path);
        await settle(page);
        assert.deepEqual(ours(), ['/placet/placet.js'], `${choice}, ${path}`);
        assert.equal(await page.evaluate(() => document.querySelector('placet-banner')), null);
      }
      await page.clearCookies();
      proxy.log.clear();
    }
  });

  test('Consent Mode hears "denied" before any tag and the choice after it, on every page (rules §3.1)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    await gotoFirst(page);
    assert.deepEqual(await layer(page), [
      ['consent', 'default', all('denied')],
      ['set', 'ads_data_redaction', true],
    ]);
    await answer(page, 'accept');
    await thirdParties(proxy, page, EVERYWHERE);
    for (const path of ['', '/soins/', '/en/contact/']) {
      if (path) {
        proxy.log.clear();
        await gotoAgain(page, path);
        await thirdParties(proxy, page, EVERYWHERE);
      }
      const entries = await layer(page);
      assert.deepEqual(entries.slice(0, 4), [
        ['consent', 'default', all('denied')],
        ['set', 'ads_data_redaction', true],
        ['consent', 'update', all('granted')],
        ['event', 'placet'],
      ]);
      assert.equal(positions(entries, 'consent', 'update').length, 1, path);
      assert.ok(positions(entries, 'js')[0]! > 3, path);
      assert.ok(positions(entries, 'config')[0]! > 3, path);
    }
  });

  test('one purpose alone opens its own tags and signals alone', async ({ page, proxy }) => {
    serveSalon(proxy);
    await gotoFirst(page);
    await page.click(onBanner('choose'));
    await page.click('placet-preferences >>> [data-purpose=analytics]');
    await page.click(onPanel('save'));
    assertExactly(await thirdParties(proxy, page, ANALYTICS), ANALYTICS, 'at once');
    for (const path of ['', '/soins/']) {
      if (path) {
        proxy.log.clear();
        await gotoAgain(page, path);
        assertExactly(await thirdParties(proxy, page, ANALYTICS), ANALYTICS, path);
      }
      const entries = await layer(page);
      const [update] = positions(entries, 'consent', 'update');
      assert.deepEqual(
        (entries[update!] as unknown[])[2],
        all('denied', { analytics_storage: 'granted', security_storage: 'granted' }),
      );
    }
  });
});
