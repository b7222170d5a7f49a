import assert from 'node:assert/strict';
import type { Page } from '../driver/types.js';
import { eachEngine } from '../support/each-engine.js';
import { CONFIG } from './support/config.js';
import { DEV_TAG, SITE, TAG, returning, serve } from './support/site.js';
import { ACCEPT, REOPEN, accept, refuse, settle } from './support/visitor.js';

/** Google's own snippet, as its documentation has owners paste it. */
const GTAG = `<script async src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>
<script>
  window.dataLayer = window.dataLayer || [];
  function gtag(){dataLayer.push(arguments);}
  gtag('js', new Date());
  gtag('config', 'G-1');
</script>`;

/** The same, held. */
const HELD_GTAG = GTAG.replaceAll('<script', '<script type="text/plain" data-placet="analytics"');

/** The two lines for pages on which placet.js cannot come first. */
const STUB = `<script>
  window.dataLayer = window.dataLayer || [];
  (function () { dataLayer.push(arguments); })('consent', 'default', { ad_storage: 'denied', ad_user_data: 'denied', ad_personalization: 'denied', analytics_storage: 'denied', functionality_storage: 'denied', personalization_storage: 'denied', security_storage: 'denied' });
</script>`;

const SIGNALS = [
  'ad_personalization',
  'ad_storage',
  'ad_user_data',
  'analytics_storage',
  'functionality_storage',
  'personalization_storage',
  'security_storage',
];

/** What the queue was told, each command as words and values; `arguments` objects as Google reads them. */
type Command = readonly [string, ...unknown[]];

function commands(page: Page): Promise<Command[]> {
  return page.evaluate(
    `dataLayer.map((entry) => Object.prototype.toString.call(entry) === '[object Arguments]' ? [...entry] : ['(event)', entry])`,
  );
}

/** First words only: `consent default`, `js`, `event placet-consent-change`. */
function brief(all: readonly Command[]): string[] {
  return all.map(([first, second]) =>
    first === '(event)'
      ? `event ${(second as { event: string }).event}`
      : first === 'consent' || first === 'set'
        ? `${first} ${String(second)}`
        : first,
  );
}

const START = ['consent default', 'set ads_data_redaction'];
const CHANGE = ['consent update', 'event placet-consent-change'];

const MODES: Readonly<Record<string, string>> = {
  sync: TAG,
  defer: TAG.replace('<script', '<script defer'),
  async: TAG.replace('<script', '<script async'),
};

eachEngine('Google Consent Mode', ({ test }) => {
  for (const [mode, tag] of Object.entries(MODES))
    test(`${mode}: everything is denied before any held tag, and updated after the choice`, async ({
      page,
      proxy,
    }) => {
      serve(proxy, { '/': { before: HELD_GTAG, tag } });
      await page.goto(SITE);
      await page.waitForTarget(ACCEPT);
      assert.deepEqual(brief(await commands(page)), START);
      await accept(page);
      await page.waitFor(`dataLayer.length >= 6`);
      assert.deepEqual(brief(await commands(page)), [...START, ...CHANGE, 'js', 'config']);
      // On every page after, before anything held runs.
      await page.reload();
      await page.waitFor(`window.dataLayer?.length >= 6`);
      assert.deepEqual(brief(await commands(page)), [...START, ...CHANGE, 'js', 'config']);
    });

  test('first and sync: the default precedes a tag that is not held', async ({ page, proxy }) => {
    serve(proxy, { '/': { head: GTAG } });
    await page.goto(SITE);
    assert.deepEqual(brief(await commands(page)), [...START, 'js', 'config']);
  });

  test('the default names all seven signals, and redacts advertising data', async ({
    page,
    proxy,
  }) => {
    serve(proxy, { '/': {} });
    await page.goto(SITE);
    const [standard, redaction] = await commands(page);
    const values = standard![2] as Record<string, string>;
    assert.deepEqual(Object.keys(values).sort(), SIGNALS);
    assert.deepEqual(new Set(Object.values(values)), new Set(['denied']));
    assert.deepEqual(redaction, ['set', 'ads_data_redaction', true]);
  });

  test('an update grants what the chosen purposes stand for, and says denied for the rest', async ({
    page,
    proxy,
  }) => {
    serve(proxy, { '/': {}, '/analytics': { headers: returning(['analytics']) } });
    await page.goto(SITE);
    await refuse(page);
    const last = async (): Promise<Record<string, string>> =>
      (await commands(page)).findLast(([, what]) => what === 'update')?.[2] as Record<
        string,
        string
      >;
    await page.waitFor(`dataLayer.length >= 4`);
    const granted = async (): Promise<string[]> => {
      const update = await last();
      assert.deepEqual(Object.keys(update).sort(), SIGNALS);
      return SIGNALS.filter((signal) => update[signal] === 'granted');
    };
    assert.deepEqual(await granted(), ['security_storage']);
    await page.goto(`${SITE}analytics`);
    await page.waitForTarget(REOPEN);
    assert.deepEqual(await granted(), ['analytics_storage', 'security_storage']);
    await page.click(REOPEN);
    await page.click('placet-preferences >>> [data-choice=accept]');
    await page.waitFor(`dataLayer.length >= 6`);
    assert.deepEqual(await granted(), [
      'ad_personalization',
      'ad_storage',
      'ad_user_data',
      'analytics_storage',
      'security_storage',
    ]);
  });

  for (const [mode, tag] of Object.entries(MODES))
    test(`${mode}, behind an unheld tag: the development build warns`, async ({ page, proxy }) => {
      serve(proxy, { '/': { before: GTAG, tag: tag.replace('placet.js', 'placet.dev.js') } });
      await page.goto(SITE);
      await page.waitForTarget(ACCEPT);
      const said = (await page.console()).filter(({ text }) => text.includes('[placet]'));
      assert.equal(said.length, 1);
      assert.match(said[0]!.text, /^\[placet\] signals\/late: .*two-line stub/);
    });

  test('the two-line stub denies before an unheld tag, and there is nothing to warn of', async ({
    page,
    proxy,
  }) => {
    serve(proxy, {
      '/': { before: STUB + GTAG, tag: DEV_TAG.replace('<script', '<script defer') },
    });
    await page.goto(SITE);
    await page.waitForTarget(ACCEPT);
    const all = await commands(page);
    assert.deepEqual(brief(all), ['consent default', 'js', 'config', ...START]);
    assert.deepEqual(Object.keys(all[0]![2] as object).sort(), SIGNALS);
    const said = (await page.console()).filter(({ text }) => text.includes('[placet]'));
    assert.deepEqual(said, []);
  });

  test('tells the other platforms in their own words, before the choice and after', async ({
    page,
    proxy,
  }) => {
    const platforms = ['microsoft-uet', 'clarity', 'matomo'];
    serve(proxy, { '/': { config: { ...CONFIG, platforms } } });
    const told = (): Promise<unknown> =>
      page.evaluate(
        `[window.uetq, window.clarity?.q?.map((each) => [...each]), window._paq].map((each) => each ?? null)`,
      );
    await page.goto(SITE);
    await page.waitFor('window.uetq && window.clarity && window._paq');
    const denied = { ad_Storage: 'denied', analytics_Storage: 'denied' };
    const granted = { ad_Storage: 'granted', analytics_Storage: 'granted' };
    assert.deepEqual(await told(), [
      ['consent', 'default', { ad_storage: 'denied' }],
      [['consentv2', denied]],
      [['requireConsent']],
    ]);
    await accept(page);
    await page.waitFor('uetq.length > 3');
    assert.deepEqual(await told(), [
      [
        'consent',
        'default',
        { ad_storage: 'denied' },
        'consent',
        'update',
        { ad_storage: 'granted' },
      ],
      [
        ['consentv2', denied],
        ['consentv2', granted],
      ],
      [['requireConsent'], ['setConsentGiven']],
    ]);
  });

  test('loads nothing for platforms that the config does not name', async ({ page, proxy }) => {
    serve(proxy, { '/': {} });
    await page.goto(SITE);
    await accept(page);
    await settle(page);
    assert.equal(proxy.log.list(/platforms\.js/).length, 0);
    assert.equal(
      await page.evaluate('typeof uetq + typeof clarity + typeof _paq'),
      'undefined'.repeat(3),
    );
  });
});
