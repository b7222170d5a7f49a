import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from '../driver/types.js';
import { eachEngine } from '../support/each-engine.js';
import { SITE, held, heldInline, serve } from './support/site.js';
import {
  ACCEPT,
  REOPEN,
  accept,
  pageIsUsable,
  paint,
  ran,
  refuse,
  settle,
  uncaught,
  waitForRuns,
} from './support/visitor.js';

const BODY = `<h1>Site</h1><button id="host">host</button>${held('a')}${heldInline('b')}`;

function fixture(name: string): Promise<string> {
  return readFile(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');
}

/** Cookies as blockers and embedders leave them. */
const BLOCKED: Readonly<Record<string, string>> = {
  'that throw': `get() { throw new DOMException('blocked', 'SecurityError'); }, set() { throw new DOMException('blocked', 'SecurityError'); }`,
  'that stay empty': `get: () => '', set() {}`,
};

/** Everything of an element's look that a page's style sheet could reach. */
function looks(page: Page): Promise<string[][]> {
  return page.evaluate(() => {
    const root = document.querySelector('placet-banner')!.shadowRoot!;
    return ['section', 'h2', 'p', 'ul', 'li', 'a', 'button'].map((name) => {
      const element = root.querySelector(name)!;
      const style = getComputedStyle(element);
      const { x, y, width, height } = element.getBoundingClientRect();
      return [name, `${x},${y} ${width}×${height}`].concat(
        [...style]
          // Nothing that can be seen where there is no tab character.
          .filter((property) => property !== 'tab-size')
          .map((property) => `${property}: ${style.getPropertyValue(property)}`),
      );
    });
  });
}

eachEngine('a hostile page', ({ test }) => {
  for (const [name, property] of Object.entries(BLOCKED))
    test(`with cookies ${name}: a choice holds for the page alone`, async ({ page, proxy }) => {
      const before = `<script>Object.defineProperty(document, 'cookie', { ${property} })</script>`;
      serve(proxy, { '/': { before, body: BODY } });
      await page.goto(SITE);
      await accept(page);
      await waitForRuns(page, 2);
      await page.waitForTarget(REOPEN);
      // What others in the page cause does not bring the question back.
      await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
      await settle(page);
      assert.equal(await page.evaluate(`placet.allows('marketing')`), true);
      assert.equal(await pageIsUsable(page), true);
      await page.reload();
      await page.waitForTarget(ACCEPT);
      assert.deepEqual(await ran(page), []);
      await refuse(page);
      assert.deepEqual(await uncaught(page), []);
    });

  test('whose storage and channels throw: nothing changes', async ({ page, proxy }) => {
    const before = `<script>
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
        Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });
      window.BroadcastChannel = class { constructor() { throw new DOMException('no', 'SecurityError'); } };
    </script>`;
    serve(proxy, { '/': { before, body: BODY } });
    await page.goto(SITE);
    await accept(page);
    await waitForRuns(page, 2);
    await page.reload();
    await waitForRuns(page, 2);
    assert.deepEqual(await uncaught(page), []);
  });

  const HIDERS: Readonly<Record<string, string>> = {
    'hides the banner': '<style>placet-banner { display: none !important }</style>',
    'removes the banner': `<script>
      new MutationObserver(() => document.querySelector('placet-banner')?.remove())
        .observe(document, { childList: true, subtree: true });
    </script>`,
    'hides whatever is Placet’s': `<style>placet-banner, placet-reopen, placet-preferences { display: none !important }</style>`,
  };
  for (const [name, before] of Object.entries(HIDERS))
    test(`whose blocker ${name}: usable, undecided, and everything held`, async ({
      page,
      proxy,
    }) => {
      serve(proxy, { '/': { before, body: `${BODY}<div style="height: 3000px"></div>` } });
      await page.goto(SITE);
      await page.waitFor(`!!customElements.get('placet-banner')`);
      await settle(page);
      await paint(page);
      assert.equal(await pageIsUsable(page), true);
      await page.press('Escape');
      await page.scroll(0, 400);
      await page.waitFor('scrollY > 0');
      assert.equal(await page.evaluate('placet.decision === undefined'), true);
      assert.equal(await page.evaluate('document.cookie'), '');
      assert.deepEqual(await ran(page), []);
      // No hole is left where the banner would have been.
      assert.equal(
        await page.evaluate('getComputedStyle(document.documentElement).paddingBottom'),
        '0px',
      );
      assert.deepEqual(await uncaught(page), []);
    });

  test('with Prototype.js: the choice is stored whole and read again', async ({ page, proxy }) => {
    // Counted in the page: lists do not leave such a page as lists.
    const before = `<script>window.wrong = 0;
      for (const type of ['error', 'unhandledrejection']) addEventListener(type, () => wrong++);
      ${await fixture('prototype-17.js')}</script>`;
    serve(proxy, {
      '/': {
        before,
        body: `${BODY}<placet-embed purpose="marketing" service="youtube" src="https://video.test/" label="A film"></placet-embed>`,
      },
    });
    await page.goto(SITE);
    assert.equal(await page.evaluate(`JSON.stringify(['a']) === '["a"]'`), false);
    await page.click('placet-banner >>> [data-choice=choose]');
    await page.click('placet-preferences >>> [data-purpose=analytics]');
    await page.click('placet-preferences >>> [data-choice=save]');
    await waitForRuns(page, 2);
    const [cookie] = await page.cookies();
    const { v, m, n, g, d } = JSON.parse(decodeURIComponent(cookie!.value)) as Record<
      string,
      unknown
    >;
    assert.deepEqual(
      { v, m, n, g, d },
      { v: 1, m: 13, n: '2026-11', g: ['analytics'], d: ['marketing'] },
    );
    await page.reload();
    await waitForRuns(page, 2);
    assert.equal(await page.evaluate(`__ran.join() === 'a,b'`), true);
    await page.click(REOPEN);
    await page.click('placet-preferences >>> [data-choice=accept]');
    await page.waitFor(`placet.allows('marketing')`);
    assert.equal(await page.evaluate('wrong'), 0);
  });

  for (const name of ['reset-utility.css', 'reset-reboot.css'])
    test(`with ${name}: the banner looks the same to a pixel`, async ({ page, proxy }) => {
      const body = '<style>body { font: 16px sans-serif; color: #000 }</style><h1>Site</h1>';
      serve(proxy, {
        '/': { body },
        '/reset': { head: `<style>${await fixture(name)}</style>`, body },
      });
      const seen: string[][][] = [];
      for (const path of ['', 'reset']) {
        await page.goto(SITE + path);
        await page.waitForTarget(ACCEPT);
        seen.push(await looks(page));
      }
      const [plain, reset] = seen;
      for (const [index, style] of plain!.entries()) assert.deepEqual(reset![index], style);
    });
});
