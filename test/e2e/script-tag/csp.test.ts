import assert from 'node:assert/strict';
import type { Page } from '../driver/types.js';
import type { Proxy } from '../proxy/proxy.js';
import { eachEngine } from '../support/each-engine.js';
import {
  SITE,
  TAG,
  held,
  heldInline,
  reports,
  script,
  serve,
  type PageParts,
} from './support/site.js';
import { ACCEPT, accept, ran, settle, waitForRuns } from './support/visitor.js';

const STRICT =
  "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'; require-trusted-types-for 'script'";

/** A file, since such pages run no inline script: it counts what the policy refuses. */
const SPY = `window.__violations = [];
document.addEventListener('securitypolicyviolation', (event) =>
  __violations.push([event.effectiveDirective, event.blockedURI, event.sourceFile, event.sample].join(' ')));`;

function servePolicy(proxy: Proxy, policy: string, { before = '', ...parts }: PageParts): void {
  const spy = '<script nonce="abc" src="/spy.js"></script>';
  serve(proxy, {
    '/': { before: spy + before, ...parts, headers: { 'content-security-policy': policy } },
    '/frame': '<!doctype html><title>video</title><p>video',
  });
  proxy.rules.answer(`${SITE}spy.js`, script(SPY));
}

function violations(page: Page): Promise<string[]> {
  return page.evaluate('__violations');
}

/** What a person would see of the banner, as the browser computed it. */
function look(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const base = document.querySelector('placet-banner')!.shadowRoot!.querySelector('section')!;
    const { position, borderTopLeftRadius, backgroundColor, display } = getComputedStyle(base);
    const button = getComputedStyle(base.querySelector('button')!);
    return {
      position,
      radius: borderTopLeftRadius,
      surface: backgroundColor,
      display,
      button: button.backgroundColor,
      height: button.minHeight,
    };
  });
}

const STYLED = {
  position: 'fixed',
  radius: '12px',
  surface: 'rgb(255, 255, 255)',
  display: 'flex',
  button: 'rgb(0, 0, 0)',
  height: '44px',
};

eachEngine('a content security policy', ({ test }) => {
  for (const [name, policy] of [
    ['strict', STRICT],
    ['strict with its Trusted Types named', `${STRICT}; trusted-types placet lit-html`],
  ] as const)
    test(`${name}: banner, panel, embed and gate work without one violation`, async ({
      page,
      proxy,
    }) => {
      servePolicy(proxy, policy, {
        body: `<h1>Site</h1>${held('a')}<div>${held('b')}</div>
          <iframe data-placet="analytics" data-src="/frame" title="held"></iframe>
          <placet-embed purpose="marketing" service="youtube" src="/frame" label="A video"></placet-embed>`,
      });
      await page.goto(SITE);
      await page.waitForTarget(ACCEPT);
      assert.deepEqual(await look(page), STYLED);
      await page.click('placet-embed >>> [data-choice=once]');
      await page.waitFor(
        `document.querySelector('placet-embed').shadowRoot.querySelector('iframe')`,
      );
      await page.click('placet-banner >>> [data-choice=choose]');
      await page.click('placet-preferences >>> [data-purpose=analytics]');
      await page.click('placet-preferences >>> [data-choice=save]');
      await waitForRuns(page, 2);
      assert.deepEqual(await ran(page), ['a', 'b']);
      await page.waitFor(`document.querySelector('iframe').contentDocument.title === 'video'`);
      await page.click('placet-reopen >>> button');
      await page.waitForTarget('placet-preferences >>> [data-choice=save]');
      assert.deepEqual(await violations(page), []);
    });

  for (const [name, policy] of [
    ['a nonce', "script-src 'nonce-abc'; style-src 'self'; object-src 'none'; base-uri 'none'"],
    [
      'a nonce and strict-dynamic',
      "script-src 'nonce-abc' 'strict-dynamic'; style-src 'self'; object-src 'none'; base-uri 'none'; require-trusted-types-for 'script'",
    ],
  ] as const)
    test(`${name}: modules load, and held scripts open with that nonce alone`, async ({
      page,
      proxy,
    }) => {
      const own = 'nonce="abc" data-placet="analytics"';
      servePolicy(proxy, policy, {
        tag: TAG.replace('src', 'nonce="abc" src'),
        body: `<h1>Site</h1>${held('a', own)}${heldInline('b', own)}
          ${held('none')}${heldInline('none-inline')}
          ${held('other', 'nonce="xyz" data-placet="analytics"')}`,
      });
      await page.goto(SITE);
      await page.waitForTarget(ACCEPT);
      assert.deepEqual(await look(page), STYLED);
      await accept(page);
      await waitForRuns(page, 2);
      await settle(page);
      assert.deepEqual(await ran(page), ['a', 'b']);
      assert.equal(
        await page.evaluate(`document.querySelectorAll('[type="text/plain"]').length`),
        3,
      );
      assert.deepEqual(await violations(page), []);
    });

  test('without inline scripts: a held one cannot run, and the development build says why', async ({
    page,
    proxy,
  }) => {
    servePolicy(proxy, "default-src 'self'", {
      // The page's own ears: where the protocol tells of no console, a strict page would have none.
      before: '<script src="/ears.js"></script>',
      tag: '<script src="/placet/placet.dev.js"></script>',
      body: `<h1>Site</h1>${heldInline('inline')}${held('file')}`,
    });
    proxy.rules.answer(
      `${SITE}ears.js`,
      script('window.__said = []; console.warn = (...all) => __said.push(all.join(" "));'),
    );
    await page.goto(SITE);
    await accept(page);
    await waitForRuns(page, 1);
    assert.deepEqual(await ran(page), ['file']);
    const said = await page.waitFor<[], string[]>('__said.length && __said');
    assert.equal(said.length, 1);
    assert.match(said[0]!, /^\[placet\] gate\/inline-csp: .*https:\/\/\S+#gate-inline-csp$/);
  });

  test('a script slipped in without the page’s nonce stays held', async ({ page, proxy }) => {
    servePolicy(proxy, "script-src 'nonce-abc' 'strict-dynamic'", {
      tag: TAG.replace('src', 'nonce="abc" src'),
      body: '<h1>Site</h1><div id="comments"></div>',
    });
    await page.goto(SITE);
    await accept(page);
    const slipped =
      held('slipped') + heldInline('slipped-inline', 'nonce="" data-placet="analytics"');
    await page.evaluate((markup: string) => {
      document.querySelector('#comments')!.innerHTML = markup;
    }, slipped);
    await page.evaluate((text: string) => {
      const own = document.createElement('script');
      own.type = 'text/plain';
      own.dataset['placet'] = 'analytics';
      own.nonce = 'abc';
      own.text = text;
      document.body.append(own);
    }, reports('own'));
    await waitForRuns(page, 1);
    await settle(page);
    assert.deepEqual(await ran(page), ['own']);
    assert.equal(await page.evaluate(`document.querySelectorAll('#comments script').length`), 2);
  });
});
