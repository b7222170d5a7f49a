import assert from 'node:assert/strict';
import { eachEngine } from '../support/each-engine.js';
import { SITE, held, heldInline, returning, serve } from './support/site.js';
import { ACCEPT, REOPEN, accept, ran, refuse, settle, waitForRuns } from './support/visitor.js';

const MARKUP = `<h1>Site</h1>
  <iframe data-placet="marketing" data-src="https://video.test/embed" title="video"></iframe>
  <img data-placet="marketing" data-src="https://pixel.test/p.gif" data-srcset="https://pixel.test/p2.gif 2x" alt="" id="pixel">
  <img data-placet="marketing" data-src="https://sized.test/p.gif" data-srcset="https://sized.test/p1.gif 1x" alt="" id="sized">
  <link rel="stylesheet" data-placet="marketing" data-href="https://fonts.test/a.css">
  ${held('module', 'data-type="module" data-placet="analytics" id="m" class="kept" crossorigin')}`;

/** What Turbo does on a visit: a new body takes the old one's place. */
const SWAP_BODY = `(() => {
  history.pushState(null, '', '/next');
  const body = document.createElement('body');
  body.innerHTML = '<h1>Next</h1><button id="host">host</button>';
  document.body.replaceWith(body);
})()`;

eachEngine('held markup', ({ test }) => {
  test('frames, images, links and modules ask for nothing before, and once after', async ({
    page,
    proxy,
  }) => {
    serve(proxy, { '/': { body: MARKUP } });
    await page.goto(SITE);
    await page.waitForTarget(ACCEPT);
    assert.deepEqual(proxy.thirdParty(), []);
    await accept(page);
    await waitForRuns(page, 1);
    for (const host of ['video', 'pixel', 'sized', 'fonts'])
      await proxy.log.waitFor(new RegExp(`//${host}\\.test/`));
    await page.evaluate(`document.body.append(document.createElement('i'))`);
    await settle(page);
    for (const host of ['video', 'pixel', 'sized', 'fonts'])
      assert.equal(proxy.log.list(new RegExp(`//${host}\\.test/`)).length, 1, host);
    assert.deepEqual(
      await page.evaluate(
        `(({ type, className, crossOrigin, dataset }) => [type, className, crossOrigin, dataset.placet])(document.querySelector('#m'))`,
      ),
      ['module', 'kept', 'anonymous', 'analytics'],
    );
    assert.equal(await page.evaluate(`document.querySelector('iframe').title`), 'video');
  });

  test('asks for nothing after "refuse all", on this page and the next ones', async ({
    page,
    proxy,
  }) => {
    serve(proxy, { '/': { body: MARKUP }, '/2': { body: MARKUP }, '/3': { body: MARKUP } });
    await page.goto(SITE);
    await refuse(page);
    for (const path of ['2', '3', '']) {
      await page.goto(SITE + path);
      await page.waitForTarget(REOPEN);
      assert.deepEqual(await ran(page), []);
    }
    assert.deepEqual(proxy.thirdParty(), []);
  });

  test('opens for one service without its purpose', async ({ page, proxy }) => {
    serve(proxy, {
      '/': {
        body: `<h1>Site</h1>${held('service', 'data-placet-service="youtube"')}
          ${held('both', 'data-placet="marketing" data-placet-service="youtube"')}
          ${held('path', 'data-placet="marketing/youtube"')}
          ${held('purpose', 'data-placet="marketing"')}
          <placet-embed purpose="marketing" service="youtube" src="https://video.test/embed" label="A film"></placet-embed>`,
      },
    });
    await page.goto(SITE);
    await page.click('placet-embed >>> [data-choice=always]');
    await waitForRuns(page, 3);
    await proxy.log.waitFor(/video\.test/);
    await settle(page);
    assert.deepEqual((await ran(page)).sort(), ['both', 'path', 'service']);
    assert.equal(await page.evaluate(`placet.allows('marketing')`), false);
  });

  test('stays held for a purpose that the config does not know', async ({ page, proxy }) => {
    serve(proxy, {
      '/': { body: `<h1>Site</h1>${held('odd', 'data-placet="statistics"')}${held('a')}` },
    });
    await page.goto(SITE);
    await accept(page);
    await waitForRuns(page, 1);
    await settle(page);
    assert.deepEqual(await ran(page), ['a']);
  });

  test('a necessary script needs no choice', async ({ page, proxy }) => {
    serve(proxy, { '/': { body: `<h1>Site</h1>${held('cart', 'data-placet="necessary"')}` } });
    await page.goto(SITE);
    await waitForRuns(page, 1);
    assert.equal(await page.evaluate('document.cookie'), '');
  });

  test('the banner outlives a swapped body, and so does the choice', async ({ page, proxy }) => {
    serve(proxy, { '/': {} });
    await page.goto(SITE);
    await page.waitForTarget(ACCEPT);
    await page.evaluate(SWAP_BODY);
    await accept(page);
    await page.waitForTarget(REOPEN);
    assert.equal(await page.evaluate(`document.querySelectorAll('placet-banner').length`), 1);
  });

  test('the button and its panel outlive a swapped body, and scripts of the new one open', async ({
    page,
    proxy,
  }) => {
    serve(proxy, { '/': { headers: returning(['analytics']) } });
    await page.goto(SITE);
    await page.waitForTarget(REOPEN);
    await page.click(REOPEN);
    await page.click('placet-preferences >>> [part=close-button]');
    await page.evaluate(SWAP_BODY);
    await page.evaluate(
      (markup: string) => document.body.insertAdjacentHTML('beforeend', markup),
      held('after') + heldInline('after-inline'),
    );
    await waitForRuns(page, 2);
    await page.click(REOPEN);
    await page.waitForTarget('placet-preferences >>> [data-choice=save]');
    assert.equal(await page.evaluate(`document.querySelectorAll('placet-reopen').length`), 1);
  });

  test('a withdrawal reloads once, deletes the purpose’s cookies, and holds again (DP-23)', async ({
    page,
    proxy,
  }) => {
    serve(proxy, { '/': { body: `<h1>Site</h1>${held('a')}` }, '/shop/cart': { body: held('a') } });
    await page.goto(`${SITE}shop/cart`);
    await accept(page);
    await waitForRuns(page, 1);
    await page.evaluate(() => {
      document.cookie = '_pk_id.1=1;path=/';
      document.cookie = '_pk_id.2=1;path=/shop';
      document.cookie = '_pk_ses.3=1;domain=site.test;path=/shop/cart';
      document.cookie = 'kept=1;path=/';
    });
    const loads = proxy.log.list(/shop\/cart/).length;
    await page.click(REOPEN);
    await page.click('placet-preferences >>> [data-choice=refuse]');
    await page.waitFor(`!window.__ran && window.placet?.decision?.denied.length === 2`);
    await page.waitForTarget(REOPEN);
    await settle(page);
    assert.equal(proxy.log.list(/shop\/cart/).length, loads + 1);
    assert.deepEqual(await ran(page), []);
    const names = (await page.evaluate<[], string>('document.cookie'))
      .split('; ')
      .map((pair) => pair.split('=')[0]);
    assert.deepEqual(names.sort(), ['kept', 'placet']);
  });
});
