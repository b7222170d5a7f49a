import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Page } from '../driver/types.js';
import { violations } from '../support/axe.js';
import { startDemo, type RunningDemo } from '../support/demo.js';
import { eachEngine } from '../support/each-engine.js';
import { linkIn } from '../support/demo.js';
import {
  askIn,
  button,
  CAMILLE,
  codeIn,
  comeBack,
  DATA,
  enter,
  gotoData,
  NAMESAKE,
  openRequest,
  waitForHoldings,
} from './support/visitor.js';

/** What has the focus, through shadow roots, by its id, what it chooses, or its words. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let element = document.activeElement as HTMLElement;
    while (element.shadowRoot?.activeElement)
      element = element.shadowRoot.activeElement as HTMLElement;
    return element.dataset['choice'] ?? (element.id || element.textContent.trim());
  });

const isFocused = (page: Page, wanted: string) =>
  page.waitFor((name) => {
    let element = document.activeElement as HTMLElement;
    while (element.shadowRoot?.activeElement)
      element = element.shadowRoot.activeElement as HTMLElement;
    return (element.dataset['choice'] ?? element.id) === name;
  }, wanted);

/** Presses Tab until the wanted thing has the focus. */
async function tabTo(page: Page, wanted: string): Promise<void> {
  for (let tab = 0; tab < 80; tab++) {
    if ((await focused(page)) === wanted) return;
    await page.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${wanted}`);
}

/** Opens whatever can be opened. */
const openAll = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector('placet-my-data')!.shadowRoot!;
    for (const each of root.querySelectorAll('details')) each.open = true;
  });

const fits = async (page: Page, name: string): Promise<void> => {
  const isFitting = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  assert.ok(isFitting, name);
};

eachEngine('One’s data for everybody', ({ test }) => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo({ people: 20 });
  });
  after(() => demo.close());

  test('is reached, asked to be deleted, and kept after all by the keyboard alone (A-02, A-09, A-10)', async ({
    page,
    proxy,
  }) => {
    demo.serve(proxy);
    await gotoData(page);
    await page.waitForTarget(`${DATA}#address`);
    await page.evaluate(() =>
      document
        .querySelector('placet-my-data')!
        .shadowRoot!.querySelector<HTMLElement>('#address')!
        .focus(),
    );
    await page.type(CAMILLE);
    await page.press('Enter');
    await isFocused(page, 'code');
    await page.type(` ${codeIn((await demo.mailTo(CAMILLE)).text)} `);
    await page.press('Enter');
    await waitForHoldings(page);
    await isFocused(page, 'title');
    await tabTo(page, 'delete');
    await page.press('Enter');
    await isFocused(page, 'preview');
    await page.press('Tab');
    assert.equal(await focused(page), 'keep');
    await page.press('Tab');
    assert.equal(await focused(page), 'confirm');
    await page.press('Enter');
    await isFocused(page, 'said-delete');
    const { id } = await openRequest(demo);
    await page.evaluate(() =>
      document
        .querySelector('placet-my-data')!
        .shadowRoot!.querySelector<HTMLElement>('#title')!
        .focus(),
    );
    await tabTo(page, `cancel-${id}`);
    await page.press('Enter');
    await isFocused(page, 'said-requests');
    assert.equal((await demo.placet.rights.staff.view('default', id)).state, 'cancelled');
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(
      `axe finds no fault with any state of it in ${colorScheme} colours (A-01…A-13)`,
      { emulate: { colorScheme } },
      async ({ page, proxy }) => {
        const address = colorScheme === 'light' ? NAMESAKE : 'pierre.martin@example.org';
        demo.serve(proxy);
        const clean = async (state: string) => assert.deepEqual(await violations(page), [], state);
        await gotoData(page);
        await page.waitForTarget(`${DATA}#address`);
        await page.click(button('send'));
        await clean('a wrong address');
        const link = linkIn(await askIn(page, demo, address));
        await clean('the code');
        await page.goto(link);
        await page.waitForTarget(button('continue'));
        await clean('the link');
        await page.click(button('continue'));
        await waitForHoldings(page);
        await openAll(page);
        await page.click(button('access'));
        await page.waitForTarget(`${DATA}[part=request]`);
        await page.click(button('delete'));
        await page.waitForTarget(`${DATA}#preview`);
        await clean('everything, with a copy under way and the preview');
        await page.click(button('confirm'));
        await page.waitForTarget(`${DATA}[id^=cancel-]`);
        await clean('a deletion that can be taken back');
      },
    );

  test('fits 320 pixels, at 400 % and from right to left, with everything open (A-06)', async ({
    page,
    proxy,
  }) => {
    const isRtl = { now: false };
    demo.serve(proxy, {
      edit: (html) => (isRtl.now ? html.replace('<html ', '<html dir="rtl" ') : html),
    });
    await page.setViewport({ width: 320, height: 568 });
    await gotoData(page);
    await fits(page, 'who it is');
    await enter(page, demo, 'pierre.martin@example.org');
    for (const path of ['/en/my-data/', '/mes-donnees/'])
      for (isRtl.now of [false, true]) {
        await comeBack(page, path);
        await openAll(page);
        await fits(page, `${path} ${String(isRtl.now)}`);
      }
    // A quarter of 1,280 by 1,024: 400 %.
    await page.setViewport({ width: 320, height: 256 });
    await fits(page, '400 %');
  });

  test(
    'has borders that forced colours show',
    { emulate: { forcedColors: true } },
    async ({ page, proxy }) => {
      demo.serve(proxy);
      await gotoData(page);
      await page.waitForTarget(`${DATA}#address`);
      const borders = await page.evaluate(() => {
        const root = document.querySelector('placet-my-data')!.shadowRoot!;
        return ['#address', '[data-choice=send]'].map((each) => {
          const style = getComputedStyle(root.querySelector(each)!);
          return [style.borderTopStyle, parseFloat(style.borderTopWidth) > 0];
        });
      });
      assert.deepEqual(borders, [
        ['solid', true],
        ['solid', true],
      ]);
    },
  );
});
