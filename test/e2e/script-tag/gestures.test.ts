import assert from 'node:assert/strict';
import { poll } from '../driver/poll.js';
import { eachEngine } from '../support/each-engine.js';
import { CONFIG } from './support/config.js';
import { SITE, held, serve } from './support/site.js';
import { ACCEPT, REOPEN, accept, ran, refuse, settle, waitForRuns } from './support/visitor.js';

const BODY = `<h1>Site</h1><button id="host">host</button>${held('a')}${held('ads', 'data-placet="marketing"')}<div style="height: 3000px"></div>`;

/** Tells how each grant that the page tries by itself ended. */
const TRY = `<script>
  const attempt = (name, call) => {
    const told = (how) => parent.postMessage([name, how], '*');
    call().then(() => told('granted'), (error) => told(error.code));
  };
  const all = (name) => {
    attempt(name + ' acceptAll', () => placet.acceptAll());
    attempt(name + ' decide', () => placet.decide({ analytics: true }));
    attempt(name + ' event', () => placet.acceptAll({ event: new MouseEvent('click') }));
  };
  addEventListener('load', () => { all('load'); setTimeout(() => all('timer')); });
  addEventListener('scroll', () => all('scroll'), { once: true });
  addEventListener('message', ({ data }) => data === 'scroll' ? scrollBy(0, 300) :
    parent.postMessage(['state', [typeof placet.decision, document.cookie, String(window.__ran)].join('|')], '*'));
</script>`;

/** Holds that page: what a protocol runs in a page counts as the visitor's doing, but not in a frame of another site. */
const OUTER = `<!doctype html><title>outer</title><style>iframe { position: fixed; inset: 0; width: 100%; height: 100%; border: 0 }</style>
  <script>window.told = {}; addEventListener('message', ({ data: [name, how] }) => { told[name] = how; });</script>
  <iframe src="${SITE}"></iframe>`;

const GPC = `<script>Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true, configurable: true })</script>`;

eachEngine('what counts as a choice', ({ test }) => {
  test('a grant from load, a timer or a scroll handler is rejected: consent/no-gesture', async ({
    page,
    proxy,
  }) => {
    serve(proxy, { '/': { head: TRY, body: BODY } });
    proxy.site('outer.test', () => OUTER);
    await page.goto('https://outer.test/');
    await page.waitFor('Object.keys(told).length === 6');
    await page.scroll(0, 300);
    const tried = await poll(
      async () => {
        // WebKit may hand the wheel to no frame at all: then the page scrolls by itself.
        await page.evaluate(`frames[0].postMessage('scroll', '*')`);
        const told = await page.evaluate<[], Record<string, string>>('told');
        return Object.keys(told).length === 9 ? told : undefined;
      },
      () => 'the frame was never scrolled',
    );
    assert.deepEqual(new Set(Object.values(tried)), new Set(['consent/no-gesture']));
    await page.evaluate(`frames[0].postMessage(0, '*')`);
    assert.equal(await page.waitFor('told.state'), 'undefined||undefined');
  });

  test('synthetic clicks grant nothing; one on refuse works', async ({ page, proxy }) => {
    serve(proxy, { '/': { body: BODY } });
    await page.goto(SITE);
    await page.waitForTarget(ACCEPT);
    const press = (target: string, choice: string): Promise<void> =>
      page.evaluate(
        (name: string, which: string) =>
          document.querySelector(name)!.shadowRoot!.querySelector<HTMLElement>(which)!.click(),
        target,
        choice,
      );
    await press('placet-banner', '[data-choice=accept]');
    await settle(page);
    assert.equal(await page.evaluate('placet.decision === undefined'), true);
    await page.click('placet-banner >>> [data-choice=choose]');
    await page.waitForTarget('placet-preferences >>> [data-choice=save]');
    // Right after a real click the page is active: only trust in the event itself is missing.
    await press('placet-preferences', '[data-purpose=analytics]');
    await press('placet-preferences', '[data-choice=accept]');
    await settle(page);
    assert.equal(await page.evaluate(`placet.allows('analytics')`), false);
    await press('placet-preferences', '[data-choice=refuse]');
    await page.waitFor('placet.decision');
    assert.deepEqual(await page.evaluate('placet.decision.granted'), []);
    assert.deepEqual(await page.evaluate('placet.decision.gesture'), {
      control: 'refuse',
      trusted: false,
    });
    assert.deepEqual(await ran(page), []);
  });

  test('the page’s own button may grant, from a real click', async ({ page, proxy }) => {
    serve(proxy, { '/': { body: BODY } });
    await page.goto(SITE);
    await page.waitFor('placet');
    await page.evaluate(
      `document.querySelector('#host').onclick = (event) => placet.decide({ analytics: true }, { event })`,
    );
    await page.click('#host');
    await waitForRuns(page, 1);
    assert.deepEqual(await ran(page), ['a']);
  });

  test('refusing and withdrawing need no gesture', async ({ page, proxy }) => {
    serve(proxy, { '/': { body: BODY } });
    await page.goto(SITE);
    await page.evaluate('placet.refuseAll()');
    assert.deepEqual(await page.evaluate('placet.decision.denied'), ['analytics', 'marketing']);
    await page.waitForTarget(REOPEN);
    await page.evaluate('placet.withdraw("analytics")');
    assert.deepEqual(await page.evaluate('placet.decision.granted'), []);
  });

  test('Global Privacy Control never grants: undecided, and the banner says it was heard', async ({
    page,
    proxy,
  }) => {
    serve(proxy, { '/': { before: GPC, body: BODY } });
    await page.goto(SITE);
    await page.waitForTarget(ACCEPT);
    assert.match(
      await page.evaluate(`document.querySelector('placet-banner').shadowRoot.textContent`),
      /Your browser asks not to be tracked/,
    );
    assert.equal(await page.evaluate('placet.gpc && placet.decision === undefined'), true);
    assert.deepEqual(await ran(page), []);
  });

  for (const regime of ['opt-out', 'notice'])
    test(`${regime}: runs until refused; with Global Privacy Control marketing stays held`, async ({
      page,
      proxy,
    }) => {
      const config = { ...CONFIG, regime };
      serve(proxy, {
        '/': { config, body: BODY },
        '/gpc': { config, before: GPC, body: BODY },
      });
      await page.goto(`${SITE}gpc`);
      await waitForRuns(page, 1);
      await page.waitForTarget(ACCEPT);
      assert.deepEqual(await ran(page), ['a']);
      assert.equal(await page.evaluate('document.cookie'), '');
      await page.goto(SITE);
      await waitForRuns(page, 2);
      assert.deepEqual(await ran(page), ['a', 'ads']);
      await refuse(page);
      await page.waitFor('!window.__ran && window.placet?.decision');
      await page.waitForTarget(REOPEN);
      assert.deepEqual(await ran(page), []);
    });

  test('with Global Privacy Control an explicit acceptance still counts', async ({
    page,
    proxy,
  }) => {
    serve(proxy, { '/': { before: GPC, body: BODY } });
    await page.goto(SITE);
    await accept(page);
    await waitForRuns(page, 2);
  });
});
