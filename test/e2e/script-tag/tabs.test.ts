import assert from 'node:assert/strict';
import { eachEngine } from '../support/each-engine.js';
import { SITE, held, serve } from './support/site.js';
import { ACCEPT, REOPEN, accept, ran, refuse, settle, waitForRuns } from './support/visitor.js';

const SHOWS = `<script>
  window.shows = [];
  addEventListener('pageshow', (event) => shows.push(event.persisted));
</script>`;
const PAGES = {
  '/': { before: SHOWS, body: `<h1>One</h1><a href="/two">two</a>${held('a')}` },
  '/two': { before: SHOWS, body: `<h1>Two</h1><a href="/">one</a>${held('b')}` },
};

eachEngine('several pages at once', ({ test }) => {
  test('another tab follows an acceptance: its scripts run, its banner goes', async ({
    page,
    proxy,
  }) => {
    serve(proxy, PAGES);
    await page.goto(SITE);
    await page.waitForTarget(ACCEPT);
    const tab = await page.openTab();
    await tab.goto(`${SITE}two`);
    await accept(tab);
    await waitForRuns(tab, 1);
    // Without coming to the front: the message alone does it.
    await waitForRuns(page, 1);
    assert.deepEqual(await ran(page), ['a']);
    await page.waitFor(`document.querySelector('placet-reopen')`);
    await page.bringToFront();
    await page.waitForTarget(REOPEN);
    assert.equal(
      await page.evaluate(
        `document.querySelector('placet-banner')?.shadowRoot.querySelector('section') ?? null`,
      ),
      null,
    );
    assert.equal(
      await page.evaluate('placet.decision.id'),
      await tab.evaluate('placet.decision.id'),
    );
  });

  test('another tab follows a refusal without a reload', async ({ page, proxy }) => {
    serve(proxy, PAGES);
    await page.goto(SITE);
    await page.waitForTarget(ACCEPT);
    await page.evaluate('window.same = true');
    const tab = await page.openTab();
    await tab.goto(`${SITE}two`);
    await refuse(tab);
    await page.waitFor('placet.decision');
    await page.bringToFront();
    await settle(page);
    assert.equal(await page.evaluate('window.same'), true);
    assert.deepEqual(await ran(page), []);
  });

  test('another tab on which something ran reloads after a withdrawal (DP-23)', async ({
    page,
    proxy,
  }) => {
    serve(proxy, PAGES);
    await page.goto(SITE);
    await accept(page);
    await waitForRuns(page, 1);
    await page.evaluate('window.same = true');
    const tab = await page.openTab();
    await tab.goto(`${SITE}two`);
    await waitForRuns(tab, 1);
    await tab.click(REOPEN);
    await tab.click('placet-preferences >>> [data-choice=refuse]');
    for (const each of [tab, page])
      await each.waitFor(
        `!window.same && !window.__ran && window.placet?.decision?.granted.length === 0`,
      );
    await page.bringToFront();
    await settle(page);
    assert.deepEqual(await ran(page), []);
  });

  test('a page from the back/forward cache follows what was chosen meanwhile', async ({
    page,
    proxy,
  }) => {
    serve(proxy, PAGES);
    await page.goto(SITE);
    // With its banner up it may be kept: nothing of Placet's stands in the way.
    await page.waitForTarget(ACCEPT);
    await page.click('a');
    await page.waitFor(`location.pathname === '/two' && document.readyState === 'complete'`);
    await accept(page);
    await waitForRuns(page, 1);
    await page.back();
    await page.waitFor('shows.length === 2');
    assert.deepEqual(await page.evaluate('shows'), [false, true]);
    await waitForRuns(page, 1);
    assert.deepEqual(await ran(page), ['a']);
    await page.waitForTarget(REOPEN);
    // And it hears other tabs again.
    const tab = await page.openTab();
    await tab.goto(`${SITE}two`);
    // What ran there makes it load anew, which may take the running script with it.
    await tab.evaluate('placet.withdraw()').catch(() => 0);
    for (const each of [tab, page])
      await each.waitFor(
        `!window.__ran && document.readyState === 'complete' && window.placet?.decision?.granted.length === 0`,
      );
  });

  test('a withdrawal on the next page reaches the page kept behind it', async ({ page, proxy }) => {
    serve(proxy, PAGES);
    await page.goto(SITE);
    await accept(page);
    await waitForRuns(page, 1);
    await page.evaluate('window.same = true');
    await page.click('a');
    await page.waitFor(`location.pathname === '/two' && window.__ran`);
    await page.evaluate(`placet.withdraw()`).catch(() => 0);
    await page.waitFor('!window.__ran && window.placet?.decision?.granted.length === 0');
    await page.back();
    await page.waitFor(
      `!window.same && location.pathname === '/' && window.placet?.decision?.granted.length === 0`,
    );
    await settle(page);
    assert.deepEqual(await ran(page), []);
  });
});
