import assert from 'node:assert/strict';
import type { SiteConfig } from '../../../packages/contract/src/config.js';
import { expiryOf } from '../../../packages/contract/src/decision.js';
import type { Page } from '../driver/types.js';
import { eachEngine } from '../support/each-engine.js';
import {
  answer,
  BANNER,
  choiceCookie,
  gotoAgain,
  gotoFirst,
  PANEL,
  SALON_PATHS,
  serveSalon,
  type SalonOptions,
} from '../support/salon.js';

const TAKEN = '2027-01-31T10:20:30Z';
const ENDS = 'Tue, 29 Feb 2028 10:20:30 GMT';

/** Stops the page's clock, so that a second is a second however slow the machine. */
const stoppedClock = (iso: string): string => `(() => {
  const Real = Date, moment = ${Date.parse(iso)};
  globalThis.Date = new Proxy(Real, {
    construct: (target, args, self) => Reflect.construct(target, args.length ? args : [moment], self),
    get: (target, key) => (key === 'now' ? () => moment : Reflect.get(target, key)),
  });
})();`;

/** Notes what is written as cookies: what a browser makes of the date is its own affair. */
const NOTE_WRITES = `(() => {
  const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
  window.__written = [];
  Object.defineProperty(document, 'cookie', {
    get: () => get.call(document),
    set: (text) => { window.__written.push(text); set.call(document, text); },
  });
})();`;

const written = (page: Page): Promise<string[]> => page.evaluate('window.__written');
const endOf = (cookie: string | undefined): string | undefined =>
  /expires=([^;]+)/i.exec(cookie ?? '')?.[1];
const months = (count: number) => (config: SiteConfig) => ({ ...config, months: count });
const bannerText = (page: Page): Promise<string> =>
  page.evaluate(
    () => document.querySelector('placet-banner')!.shadowRoot!.querySelector('section')!.innerText,
  );
const latestId = (page: Page): Promise<string> => page.evaluate(() => window.placet!.decision!.id);

eachEngine('13 months', ({ test }) => {
  test('a choice ends after calendar months, in UTC, within the month arrived at (002-09, DP-21)', async ({
    page,
    proxy,
  }) => {
    for (const [taken, count, ends] of [
      [TAKEN, 13, ENDS],
      ['2026-12-31T10:20:30Z', 13, 'Mon, 31 Jan 2028 10:20:30 GMT'],
      ['2027-08-31T00:00:00Z', 6, 'Tue, 29 Feb 2028 00:00:00 GMT'],
      ['2027-10-31T00:30:00Z', 13, 'Thu, 30 Nov 2028 00:30:00 GMT'],
      ['2027-03-28T01:00:00Z', 12, 'Tue, 28 Mar 2028 01:00:00 GMT'],
      [TAKEN, 14, ENDS],
      [TAKEN, 99, ENDS],
    ] as const) {
      serveSalon(proxy, {
        config: months(count),
        script: () => stoppedClock(taken) + NOTE_WRITES,
      });
      for (const choice of ['refuse', 'accept'] as const) {
        await gotoFirst(page, '/en/');
        const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
        assert.ok((await bannerText(page)).includes(day.format(new Date(ends))), ends);
        await answer(page, choice);
        const own = (await written(page)).filter((text) => text.startsWith('placet='));
        assert.deepEqual(own.map(endOf), [ends], `${taken}, ${count} months, ${choice}`);
        assert.match(
          own[0]!,
          /; path=\/; .*samesite=lax.*secure|; path=\/; .*secure.*samesite=lax/i,
        );
        await page.clearCookies();
      }
    }
  });

  test('ten visits leave Expires where it was (DP-21, C-10)', async ({ page, proxy }) => {
    const options: { -readonly [key in keyof SalonOptions]: SalonOptions[key] } = {
      script: () => NOTE_WRITES,
    };
    serveSalon(proxy, options);
    await gotoFirst(page);
    await answer(page, 'accept');
    const first = await choiceCookie(page);
    const decision = await page.evaluate(() => window.placet!.decision!);
    assert.equal(decision.months, 13);
    const promised = expiryOf(decision).getTime() / 1000;
    assert.ok(Math.abs((first.expires ?? 0) - promised) <= 1, `${first.expires} and ${promised}`);
    for (const path of SALON_PATHS.slice(0, 10)) {
      await gotoAgain(page, path);
      assert.deepEqual(await written(page), [], path);
      assert.deepEqual(await choiceCookie(page), first, path);
    }
  });

  test('a config changed from 13 months to 6, or back, leaves the promised date alone (002-09)', async ({
    page,
    proxy,
  }) => {
    for (const [before, after] of [
      [13, 6],
      [6, 13],
    ] as const) {
      serveSalon(proxy, { config: months(before) });
      await gotoFirst(page);
      await answer(page, 'refuse');
      const promised = await choiceCookie(page);
      serveSalon(proxy, { config: months(after), script: () => NOTE_WRITES });
      for (const path of ['/', '/soins/']) {
        await gotoAgain(page, path);
        assert.deepEqual(await written(page), []);
        assert.deepEqual(await choiceCookie(page), promised);
        assert.equal(await page.evaluate(() => window.placet!.decision!.months), before);
      }
      await page.clearCookies();
    }
  });

  test('taking one purpose back later keeps the end date of the rest (002-09)', async ({
    page,
    proxy,
  }) => {
    let moment = TAKEN;
    serveSalon(proxy, {
      script: () => stoppedClock(moment) + NOTE_WRITES,
      config: (config) => ({ ...config, onWithdraw: 'keep' }),
    });
    await gotoFirst(page, '/en/');
    await answer(page, 'accept');
    moment = '2027-05-01T00:00:00Z';
    await gotoAgain(page, '/en/privacy/');
    const [end, denied] = await page.evaluate(async () => {
      await window.placet!.withdraw('marketing');
      const { __written } = window as unknown as { __written: string[] };
      const own = __written.filter((text) => text.startsWith('placet='));
      return [own.at(-1), window.placet!.decision!.denied] as const;
    });
    assert.deepEqual(denied, ['marketing']);
    assert.equal(endOf(end), ENDS);
  });

  test('a choice counts until one second before its end and not at its end (002-09, DP-20)', async ({
    page,
    proxy,
  }) => {
    let moment = TAKEN;
    serveSalon(proxy, { script: () => stoppedClock(moment) });
    await gotoFirst(page, '/en/');
    await answer(page, 'accept');
    const id = await latestId(page);

    moment = '2028-02-29T10:20:29Z';
    await gotoAgain(page, '/en/');
    assert.equal(await page.evaluate(() => window.placet!.allows('analytics')), true);
    assert.equal(await page.evaluate(() => document.querySelector('placet-banner')), null);

    moment = '2028-02-29T10:20:30Z';
    await gotoFirst(page, '/en/');
    assert.equal(await page.evaluate(() => window.placet!.allows('analytics')), false);
    assert.match(await bannerText(page), /Your earlier choice has run out/);
    await answer(page, 'refuse');
    const { replaces } = await page.evaluate(() => window.placet!.decision!);
    assert.deepEqual(replaces, { id, notice: '2026-11', reason: 'expired' });
  });

  test('a new notice asks again, and the new choice says what it replaces and why (G-12, E-03)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    await gotoFirst(page, '/en/');
    await answer(page, 'accept');
    const id = await latestId(page);
    serveSalon(proxy, { config: (config) => ({ ...config, notice: '2027-02' }) });
    await gotoFirst(page, '/en/');
    assert.equal(await page.evaluate(() => window.placet!.allows('analytics')), false);
    assert.match(await bannerText(page), /Your earlier choice/);
    await answer(page, 'accept');
    const decision = await page.evaluate(() => window.placet!.decision!);
    assert.equal(decision.notice, '2027-02');
    assert.deepEqual(decision.replaces, { id, notice: '2026-11', reason: 'notice' });
    assert.match(decodeURIComponent((await choiceCookie(page)).value), /"n":"2027-02"/);
    await page.reload();
    await page.waitFor(() => window.placet?.decision?.notice === '2027-02');
  });

  test('a tampered, truncated or future-dated cookie reads as undecided and breaks nothing (E-03)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    await gotoFirst(page);
    const now = Math.floor(Date.now() / 1000);
    const whole = {
      v: 1,
      id: '3f0c1a52-9f7b-4b1e-8c55-7d0e3f2a9b10',
      t: now - 60,
      m: 13,
      n: '2026-11',
      g: ['analytics'],
      d: ['preferences', 'marketing'],
    };
    const json = JSON.stringify(whole);
    const visit = async (value: string): Promise<boolean> => {
      await page.setCookie({ name: 'placet', value, secure: true, expires: now + 86_400 });
      await page.reload();
      await page.waitFor(() => window.placet?.ready.then(() => true));
      return page.evaluate(() => window.placet!.decision !== undefined);
    };
    assert.equal(await visit(encodeURIComponent(json)), true, 'a whole one counts');
    for (const value of [
      json.slice(0, -9),
      'null',
      '[]',
      '"analytics"',
      ...[
        { v: 2 },
        { id: 'me' },
        { t: now + 7200 },
        { t: 'today' },
        { m: 14 },
        { m: 0 },
        { m: undefined },
        { n: '2020-01' },
        { n: undefined },
        { g: undefined },
        { g: 'analytics' },
        { d: ['analytics'] },
        { g: ['necessary'] },
      ].map((change) => JSON.stringify({ ...whole, ...change })),
    ]) {
      assert.equal(await visit(encodeURIComponent(value)), false, value);
      await page.waitForTarget(BANNER);
      assert.equal(await page.evaluate(() => window.placet!.allows('analytics')), false, value);
    }
    for (const raw of ['%', '%7B%22v%22', '%E0%A4%A', 'x'.repeat(3000), 'true']) {
      assert.equal(await visit(raw), false, raw);
      await page.waitForTarget(BANNER);
    }
    const errors = (await page.console()).filter(({ level }) => level === 'uncaught');
    assert.deepEqual(errors, []);
  });

  test('the panel says until when the choice holds (002-09)', async ({ page, proxy }) => {
    serveSalon(proxy, { script: () => stoppedClock(TAKEN), config: months(6) });
    await gotoFirst(page, '/en/');
    await answer(page, 'refuse');
    await page.click('[data-placet-open]');
    await page.waitForTarget(`${PANEL} h2`);
    const text = await page.evaluate(
      () =>
        document.querySelector('placet-preferences')!.shadowRoot!.querySelector('dialog')!
          .innerText,
    );
    assert.match(text, /until July 31, 2027|until 31 July 2027/);
  });
});
