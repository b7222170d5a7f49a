import assert from 'node:assert/strict';
import type { Page, Target } from '../driver/types.js';
import { eachEngine } from '../support/each-engine.js';
import {
  answer,
  gotoAgain,
  gotoFirst,
  onPanel,
  PANEL,
  SALON_PATHS,
  serveSalon,
  settle,
} from '../support/salon.js';

/** What reopens the choice on a page: the page's own control, else Placet's button. */
const opener = (page: Page): Promise<Target> =>
  page.evaluate(() =>
    document.querySelector('[data-placet-open]')
      ? 'footer [data-placet-open]'
      : 'placet-reopen >>> button',
  );

async function open(page: Page): Promise<void> {
  await page.click(await opener(page));
  await page.waitForTarget(`${PANEL} h2`);
}

/** Two cookies like those that trackers set, and how many the page still sees. */
const trackers = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document.cookie
      .split('; ')
      .filter((pair) => pair && !pair.startsWith('placet='))
      .map((pair) => pair.split('=')[0]!)
      .sort(),
  );

const setTrackers = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const cookie of [
      '_ga=1;path=/',
      '_ga_ABC123=1;path=/;domain=shop.salon.test',
      '_ga=2;path=/;domain=.salon.test',
      '_pk_id.1.ab=1;path=/soins',
      '_pk_ses.1.ab=1;path=/soins/;domain=salon.test',
      '_hjSession_1=1;path=/;secure;samesite=none',
      '_gcl_au=1;path=/;domain=salon.test',
      '_fbp=1;path=/',
      'basket=3;path=/',
      '_gauge=1;path=/;domain=salon.test',
    ])
      document.cookie = `${cookie};max-age=86400`;
  });

/** Counts the documents loaded, over reloads. */
const COUNT_LOADS = "sessionStorage.setItem('loads', 1 + Number(sessionStorage.getItem('loads')));";
const loads = (page: Page): Promise<number> =>
  page.evaluate(() => Number(sessionStorage.getItem('loads')));

/** Waits until the page has been loaded again and knows of the choice. */
const reloaded = (page: Page, before: number): Promise<unknown> =>
  page.waitFor(
    (count) =>
      Number(sessionStorage.getItem('loads')) > count &&
      document.readyState === 'complete' &&
      window.placet?.decision,
    before,
  );

eachEngine('reopen', ({ test }) => {
  test('on every page, return visits included, the choice is one click away (C-07, DP-22)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    await gotoFirst(page);
    await answer(page, 'refuse');
    for (const path of SALON_PATHS) {
      await gotoAgain(page, path);
      const count = await page.evaluate(
        () => document.querySelectorAll('footer [data-placet-open], placet-reopen').length,
      );
      assert.equal(count, 1, path);
      await open(page);
      assert.equal(await page.evaluate(() => window.placet!.allows('analytics')), false, path);
    }
  });

  test("Placet's own button is seen, named, big enough and in the page's language (A-05, DP-27)", async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    for (const [path, name] of [
      ['/journal/trois-minutes/', 'Mes choix de cookies'],
      ['/en/journal/three-minutes/', 'Cookie choices'],
    ] as const) {
      await gotoFirst(page, path);
      assert.equal(await page.evaluate(() => document.querySelector('placet-reopen')), null);
      await answer(page, 'refuse');
      await page.waitForTarget('placet-reopen >>> button');
      const shown = await page.evaluate(() => {
        const host = document.querySelector('placet-reopen')!;
        const button = host.shadowRoot!.querySelector('button')!;
        const { left, bottom, width, height } = button.getBoundingClientRect();
        return {
          texts: [button.textContent, host.getAttribute('aria-label')],
          isInView: left >= 0 && bottom <= innerHeight && width >= 24 && height >= 24,
        };
      });
      assert.deepEqual(shown, { texts: [name, name], isInView: true });
      await page.clearCookies();
    }
  });

  test('withdrawing takes no more clicks than granting, from the same place (DP-22, C-07)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy, { script: () => COUNT_LOADS });
    await gotoFirst(page);
    await answer(page, 'refuse');
    for (const path of ['/soins/', '/en/journal/three-minutes/']) {
      await gotoAgain(page, path);
      // Two clicks grant …
      await open(page);
      await page.click(onPanel('accept'));
      await page.waitFor(() => window.placet?.allows('analytics'));
      // … and the same two withdraw.
      await open(page);
      const before = await loads(page);
      await page.click(onPanel('refuse'));
      await reloaded(page, before);
      assert.equal(await page.evaluate(() => window.placet!.allows('analytics')), false);
    }
  });

  test('withdrawing deletes the cookies of what was withdrawn, reloads once and stops everything (C-14, DP-23, DP-24)', async ({
    page,
    proxy,
  }) => {
    const host = 'shop.salon.test';
    serveSalon(proxy, { host, script: () => COUNT_LOADS });
    const site = `https://${host}`;
    await page.goto(`${site}/soins/`);
    await answer(page, 'accept');
    await proxy.log.waitFor(/hotjar/);
    await setTrackers(page);
    assert.equal((await trackers(page)).length, 10);
    await open(page);
    const before = await loads(page);
    proxy.log.clear();
    await page.click(onPanel('refuse'));
    await reloaded(page, before);
    await settle(page);
    assert.equal(await loads(page), before + 1);
    assert.deepEqual(await trackers(page), ['_gauge', 'basket']);
    for (const path of ['', '/soins/', '/', '/en/contact/']) {
      if (path) await page.goto(site + path);
      await page.waitFor(() => window.placet?.decision);
      await settle(page);
      assert.deepEqual(
        proxy.thirdParty().map(({ url }) => url),
        [],
        path,
      );
      assert.equal(await page.evaluate(() => window.__ran), undefined);
      assert.deepEqual(await trackers(page), ['_gauge', 'basket'], path);
    }
    const sent = proxy.log
      .list((request) => request.host === host && request.path === '/')
      .map(({ headers }) => headers['cookie'] ?? '');
    assert.ok(
      sent.every((cookie) => !/_ga=|_pk_|_fbp/.test(cookie)),
      sent.join(),
    );
    const signals = await page.evaluate(() =>
      window.dataLayer!.map((entry) => Array.from(entry as ArrayLike<unknown>)).slice(-2),
    );
    assert.equal((signals[0] as unknown[])[1], 'update');
    assert.equal(
      ((signals[0] as unknown[])[2] as Record<string, string>)['analytics_storage'],
      'denied',
    );
  });

  test('going back to a page from before the withdrawal brings nothing back (C-14, DP-24)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy, { script: () => COUNT_LOADS });
    await gotoFirst(page, '/soins/');
    await answer(page, 'accept');
    await proxy.log.waitFor(/youtube-nocookie/);
    await gotoAgain(page, '/en/privacy/');
    await open(page);
    const before = await loads(page);
    await page.click(onPanel('refuse'));
    await reloaded(page, before);
    await settle(page);
    proxy.log.clear();
    await page.back();
    await page.waitFor(
      () =>
        location.pathname === '/soins/' &&
        document.readyState === 'complete' &&
        window.placet?.decision &&
        !window.placet.allows('marketing') &&
        !document.querySelector('iframe')!.hasAttribute('src'),
    );
    await settle(page);
    assert.deepEqual(
      proxy.thirdParty().map(({ url }) => url),
      [],
    );
    assert.equal(await page.evaluate(() => window.__ran), undefined);
  });

  test('saving the panel untouched on a return visit keeps what was chosen', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    await gotoFirst(page);
    await answer(page, 'accept');
    await gotoAgain(page, '/');
    await open(page);
    const checked = await page.evaluate(
      () =>
        document.querySelector('placet-preferences')!.shadowRoot!.querySelectorAll('input:checked')
          .length,
    );
    assert.equal(checked, 3);
    await page.click('placet-preferences >>> [data-purpose=marketing]');
    await page.click(onPanel('save'));
    await page.waitFor(
      () => window.placet?.allows('analytics') && !window.placet.allows('marketing'),
    );
  });
});
