import assert from 'node:assert/strict';
import type { Page } from '../driver/types.js';
import type { Proxy } from '../proxy/proxy.js';
import { eachEngine } from '../support/each-engine.js';
import { fakeClock } from '../support/pages.js';
import {
  answer,
  BANNER,
  gotoAgain,
  gotoFirst,
  SALON,
  SALON_PATHS,
  serveSalon,
  settle,
  stored,
} from '../support/salon.js';

/** Nothing left on the device, nobody else asked, nothing decided, nothing granted (DP-01, DP-02). */
async function assertUntouched(page: Page, proxy: Proxy, when: string): Promise<void> {
  await settle(page);
  assert.deepEqual(await stored(page), [], `storage ${when}`);
  assert.deepEqual(await page.cookies(), [], `cookies ${when}`);
  assert.deepEqual(
    proxy.thirdParty().map(({ url }) => url),
    [],
    `third parties ${when}`,
  );
  assert.equal(await page.evaluate(() => window.placet?.decision), undefined, when);
  assert.equal(await page.evaluate(() => window.placet?.allows('analytics')), false, when);
  const commands = await page.evaluate(() =>
    (window.dataLayer ?? []).map((entry) => Array.from(entry as ArrayLike<string>).slice(0, 2)),
  );
  assert.deepEqual(
    commands,
    [
      ['consent', 'default'],
      ['set', 'ads_data_redaction'],
    ],
    `signals ${when}`,
  );
}

eachEngine('nothing before a choice', ({ test }) => {
  test('every page leaves nothing behind and asks nobody on load (DP-01, C-01, E-01)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    for (const path of SALON_PATHS) {
      await gotoFirst(page, path);
      await assertUntouched(page, proxy, `on ${path}`);
    }
  });

  test('scroll, Escape, an outside click and resizing decide nothing (DP-02, D-01)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    await gotoFirst(page, '/soins/');
    await page.scroll(0, 600);
    await page.waitFor(() => scrollY > 0);
    await assertUntouched(page, proxy, 'after scrolling');
    await page.press('Escape');
    await page.click('h1');
    await page.press('Escape');
    await assertUntouched(page, proxy, 'after Escape and a click beside the banner');
    await page.setViewport({ width: 400, height: 800 });
    await page.waitFor(() => innerWidth === 400);
    await assertUntouched(page, proxy, 'after resizing');
    await page.click(`${BANNER} h2`);
    await page.press('Enter');
    await assertUntouched(page, proxy, 'after Enter on nothing in particular');
    await page.waitForTarget(BANNER);
  });

  test('opening and leaving the panel decides nothing, whatever was switched (DP-02, DP-12)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    await gotoFirst(page);
    await page.click('placet-banner >>> [data-choice=choose]');
    await page.click('placet-preferences >>> [data-purpose=analytics]');
    await page.press('Escape');
    await page.waitFor(
      () =>
        !document.querySelector('placet-preferences')?.shadowRoot?.querySelector('dialog')?.open,
    );
    await assertUntouched(page, proxy, 'after Escape in the panel');
    await page.click('placet-banner >>> [data-choice=choose]');
    assert.equal(
      await page.evaluate(() => {
        const { shadowRoot } = document.querySelector('placet-preferences')!;
        return shadowRoot!.querySelectorAll('[part=switch]:checked').length;
      }),
      0,
    );
    await page.click('placet-preferences >>> [part=close-button]');
    await assertUntouched(page, proxy, 'after closing the panel');
  });

  test('internal navigation and going back decide nothing (DP-02, DP-26)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    await gotoFirst(page);
    await page.click('nav a[href="/soins/"]');
    await page.waitFor(() => location.pathname === '/soins/');
    await page.waitForTarget(BANNER);
    await assertUntouched(page, proxy, 'after following a link');
    await page.back();
    await page.waitFor(() => location.pathname === '/');
    await page.waitForTarget(BANNER);
    await assertUntouched(page, proxy, 'after going back');
    await page.reload();
    await page.waitForTarget(BANNER);
    await assertUntouched(page, proxy, 'after a reload');
  });

  test('time decides nothing: a minute, a day or a year later (DP-01, DP-26, A-08)', async ({
    page,
    proxy,
  }) => {
    // Timers that wait for less than an hour run at once, so nothing can hide behind one.
    // Save for WebKit's driver, whose scripts time out after 60,000 ms by a timer in the page.
    const impatient = `(() => {
      const real = setTimeout;
      const soon = (delay) => (delay < 3.6e6 && delay !== 60000 ? Math.min(delay, 1) : delay);
      window.setTimeout = (run, delay, ...args) => real(run, soon(delay), ...args);
      window.setInterval = (run, delay, ...args) => real(run, 1, ...args);
      window.requestIdleCallback = (run) => real(() => run({ didTimeout: true, timeRemaining: () => 0 }), 1);
    })();`;
    let moment = '2027-01-31T10:20:30Z';
    serveSalon(proxy, { script: () => fakeClock(moment) + impatient });
    await gotoFirst(page);
    await assertUntouched(page, proxy, 'after all timers of an hour');
    for (const later of ['2027-01-31T10:21:30Z', '2027-02-01T10:20:30Z', '2028-01-31T10:20:30Z']) {
      moment = later;
      await gotoFirst(page);
      await assertUntouched(page, proxy, `at ${later}`);
    }
  });

  test('after "refuse all" three more pages get only the choice cookie (DP-24, C-14)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    await gotoFirst(page);
    await answer(page, 'refuse');
    const assertOnlyChoice = async (when: string): Promise<void> => {
      await settle(page);
      const kept = await stored(page);
      assert.equal(kept.length, 1, `${when}: ${kept.join('; ')}`);
      assert.match(kept[0]!, /^placet=/, when);
      assert.deepEqual(
        (await page.cookies()).map(({ name }) => name),
        ['placet'],
        when,
      );
      assert.deepEqual(
        proxy.thirdParty().map(({ url }) => url),
        [],
        when,
      );
    };
    await assertOnlyChoice('at once');
    for (const path of ['/soins/', '/reserver/', '/en/journal/three-minutes/', '/contact/']) {
      await gotoAgain(page, path);
      await page.scroll(0, 600);
      await assertOnlyChoice(`on ${path}`);
      assert.equal(await page.evaluate(() => document.querySelector('placet-banner')), null, path);
    }
    await page.goto(SALON);
    await assertOnlyChoice('back home');
  });
});
