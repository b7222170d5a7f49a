import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Page } from '../driver/types.js';
import { violations } from '../support/axe.js';
import { box, gotoForm, linkIn, startDemo, type RunningDemo } from '../support/demo.js';
import { eachEngine } from '../support/each-engine.js';
import { SALON } from '../support/salon.js';
import { subscribed } from './support/subscribed.js';

/** What has the focus, through shadow roots, by its value, name or words. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const { value, name } = element as HTMLInputElement;
    return element!.matches('[type=checkbox]') ? value : name || element!.textContent.trim();
  });

/** The page's own address for each page that a message leads to. */
async function messagePages(demo: RunningDemo, address: string): Promise<Record<string, string>> {
  await subscribed(demo, address);
  const { unsubscribe } = await demo.maySend(address);
  await subscribed(demo, `not-yet.${address}`, { isConfirmed: false });
  const { text } = await demo.mailTo(`not-yet.${address}`);
  return {
    'the page with the button': linkIn(text),
    'the page to unsubscribe': unsubscribe!.url,
    'a link that is no longer valid': `${SALON}/placet/subscriptions/confirm?token=used`,
  };
}

/** What shows fields is fetched with the first tick. */
function waitForFields(page: Page): Promise<unknown> {
  return page.waitFor(() => {
    const root = document.querySelector('placet-opt-in')!.shadowRoot!;
    return [...root.querySelectorAll('[aria-controls]')].every((each) =>
      root.getElementById(each.getAttribute('aria-controls')!),
    );
  });
}

eachEngine('Opt-ins for everybody', ({ engine, test }) => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo();
  });
  after(() => demo.close());

  for (const colorScheme of ['light', 'dark'] as const) {
    test(
      `axe finds no fault with form, booking, mailbox and the pages of messages in ${colorScheme} colours (A-01…A-07)`,
      { emulate: { colorScheme } },
      async ({ page, proxy }) => {
        demo.serve(proxy, { isOpen: true });
        for (const path of ['/lettre/', '/en/newsletter/', '/reserver/']) {
          await gotoForm(page, path);
          await page.click(box('newsletter/email/default'));
          await page.click(box('offers/sms/default'));
          await waitForFields(page);
          assert.deepEqual(await violations(page), [], path);
        }
        for (const path of ['/mes-messages/', '/boite/', '/en/mailbox/']) {
          await page.goto(SALON + path);
          assert.deepEqual(await violations(page), [], path);
        }
        const pages = await messagePages(demo, `axe.${colorScheme}.${engine}@example.org`);
        for (const [name, address] of Object.entries(pages)) {
          await page.goto(address);
          assert.deepEqual(await violations(page), [], name);
        }
      },
    );
  }

  test('the keyboard alone subscribes, in the order in which one reads (A-02)', async ({
    page,
    proxy,
  }) => {
    demo.serve(proxy);
    await gotoForm(page);
    await page.evaluate(() => {
      const root = document.querySelector('placet-opt-in')!.shadowRoot!;
      root.querySelector<HTMLElement>('[part=box]')!.focus();
    });
    const order = [await focused(page)];
    await page.press('Space');
    await page.waitForTarget('placet-opt-in >>> #email');
    for (let tab = 0; tab < 5; tab++) {
      await page.press('Tab');
      order.push(await focused(page));
    }
    assert.deepEqual(order, [
      'newsletter/email/default',
      'newsletter/sms/default',
      'offers/email/default',
      'offers/sms/default',
      'email',
      'frequency',
    ]);
    await page.press('Shift+Tab');
    await page.type(`tab.${engine}@example.org`);
    await page.press('Enter');
    await demo.mailTo(`tab.${engine}@example.org`);
  });

  test('nothing is cut or scrolls sideways at 320 pixels, at 400 %, and from right to left', async ({
    page,
    proxy,
  }) => {
    const pages = await messagePages(demo, `small.${engine}@example.org`);
    const isRtl = { now: false };
    demo.serve(proxy, {
      edit: (html) => (isRtl.now ? html.replace('<html ', '<html dir="rtl" ') : html),
    });
    await page.setViewport({ width: 320, height: 568 });
    const fits = (name: string) =>
      page
        .evaluate(() => document.documentElement.scrollWidth <= innerWidth)
        .then((isFitting) => assert.ok(isFitting, name));
    for (isRtl.now of [false, true]) {
      for (const path of ['/lettre/', '/reserver/']) {
        await gotoForm(page, path);
        for (const key of ['newsletter/email/default', 'offers/sms/default'])
          await page.click(box(key));
        await fits(`${path} ${String(isRtl.now)}`);
      }
      for (const path of ['/mes-messages/', '/boite/']) {
        await page.goto(SALON + path);
        await fits(path);
      }
    }
    for (const [name, address] of Object.entries(pages)) {
      await page.goto(address);
      await fits(name);
    }
    // A quarter of 1,280 by 1,024: 400 %.
    await page.setViewport({ width: 320, height: 256 });
    await gotoForm(page);
    await page.click(box('newsletter/email/default'));
    await fits('400 %');
  });

  test(
    'boxes, ticks and fields are seen in forced colours',
    { emulate: { forcedColors: true } },
    async ({ page, proxy }) => {
      demo.serve(proxy);
      await gotoForm(page);
      await page.click(box('newsletter/email/default'));
      // The field comes with a module of its own.
      await page.waitForTarget('placet-opt-in >>> #email');
      const borders = await page.evaluate(() => {
        const root = document.querySelector('placet-opt-in')!.shadowRoot!;
        const field = getComputedStyle(root.querySelector('#email')!);
        const tick = root.querySelector<HTMLInputElement>('[part=box]')!;
        return [field.borderTopStyle, getComputedStyle(tick).appearance, tick.checked];
      });
      assert.deepEqual(borders, ['solid', 'auto', true]);
    },
  );
});
