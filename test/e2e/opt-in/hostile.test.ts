import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Page } from '../driver/types.js';
import { box, gotoForm, startDemo, type RunningDemo } from '../support/demo.js';
import { eachEngine } from '../support/each-engine.js';
import { SALON } from '../support/salon.js';

const SUBSCRIPTIONS = `${SALON}/placet/subscriptions`;
const EMAIL = 'placet-opt-in >>> #email';
const SEND = 'placet-opt-in >>> [data-choice=submit]';

const STRICT =
  "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'; require-trusted-types-for 'script'";

/** As a header would say it; the salon's own tags are held and so need no word in it. */
const META = `<meta http-equiv="content-security-policy" content="${STRICT}">`;

const SPY = `window.__refused = [];
document.addEventListener('securitypolicyviolation', (event) =>
  __refused.push(event.effectiveDirective + ' ' + event.sourceFile + ' ' + event.sample));`;

const BLOCKED = `for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
  Object.defineProperty(window, name, {
    get() { throw new DOMException('blocked', 'SecurityError'); },
  });`;

async function fillIn(page: Page, address: string): Promise<void> {
  await page.click(box('newsletter/email/default'));
  await page.click(EMAIL);
  await page.type(address);
}

eachEngine('Opt-ins on a hard page', ({ engine, test }) => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo();
  });
  after(() => demo.close());

  test('work under a strict policy with Trusted Types, which has nothing to refuse', async ({
    page,
    proxy,
  }) => {
    const address = `strict.${engine}@example.org`;
    demo.serve(proxy, {
      edit: (html) => html.replace('<head>', `<head><script src="/spy.js"></script>${META}`),
    });
    proxy.rules.answer(`${SALON}/spy.js`, {
      headers: { 'content-type': 'text/javascript' },
      body: SPY,
    });
    await gotoForm(page);
    await fillIn(page, address);
    await page.click(SEND);
    await demo.mailTo(address);
    await page.goto(`${SALON}/mes-messages/`);
    await page.waitFor(() => customElements.get('placet-subscriptions') !== undefined);
    const refused: string[] = await page.evaluate('window.__refused');
    // What the driver itself evaluates has no file of the page's.
    assert.deepEqual(
      refused.filter((each) => each.includes(SALON)),
      [],
    );
  });

  test('work where every storage is blocked', async ({ page, proxy }) => {
    const address = `blocked.${engine}@example.org`;
    demo.serve(proxy, { script: () => BLOCKED });
    await gotoForm(page);
    await fillIn(page, address);
    await page.click(SEND);
    await demo.mailTo(address);
  });

  test('keep what was typed and ticked when the backend is away, say so, and send it once it is back', async ({
    page,
    proxy,
  }) => {
    const address = `away.${engine}@example.org`;
    demo.serve(proxy);
    await gotoForm(page);
    const undo = proxy.rules.fail(SUBSCRIPTIONS);
    await fillIn(page, address);
    await page.click(SEND);
    await page.waitFor(() =>
      /n’ont pas pu|pas été envoyés|envoy/.test(
        document.querySelector('placet-opt-in')!.shadowRoot!.querySelector('output')!.textContent,
      ),
    );
    const kept = await page.evaluate(() => {
      const root = document.querySelector('placet-opt-in')!.shadowRoot!;
      return [
        root.querySelector<HTMLInputElement>('#email')!.value,
        root.querySelectorAll('[part=box]:checked').length,
      ];
    });
    assert.deepEqual(kept, [address, 1]);
    undo();
    await page.click(SEND);
    await demo.mailTo(address);
    const asked = (await demo.entries()).filter(({ act }) => act === 'asked');
    assert.equal(new Set(asked.map(({ id }) => id)).size, asked.length);
  });

  test('store nothing on the device and ask no third party (E-01)', async ({ page, proxy }) => {
    demo.serve(proxy);
    await gotoForm(page);
    await fillIn(page, `quiet.${engine}@example.org`);
    await page.click(SEND);
    await demo.mailTo(`quiet.${engine}@example.org`);
    const left = await page.evaluate(() => [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
      document.cookie,
    ]);
    assert.ok(!left.some((each) => each.includes('opt-in') || each.includes('quiet')), left.join());
    assert.deepEqual(proxy.thirdParty(), []);
  });
});
