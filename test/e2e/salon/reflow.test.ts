import assert from 'node:assert/strict';
import type { Page, Viewport } from '../driver/types.js';
import { eachEngine } from '../support/each-engine.js';
import { looks } from '../support/measure.js';
import { gotoFirst, onBanner, onPanel, PANEL, serveSalon } from '../support/salon.js';

/** What WCAG 1.4.12 lets a reader set, inside the widgets too, as a user's style sheet does. */
const TEXT_SPACING =
  '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}' +
  'p{margin-bottom:2em!important}';

/** Puts a reader's own style sheet into the page and into every open shadow root of ours. */
const addReaderStyle = (page: Page, css: string): Promise<void> =>
  page.evaluate((text: string) => {
    for (const root of [
      document,
      ...[...document.querySelectorAll('*')].flatMap((each) => each.shadowRoot ?? []),
    ]) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    }
  }, css);

/** What of a widget is cut, sticks out of its box or of the window, or needs sideways scrolling. */
async function faults(page: Page, tag: string, box: string): Promise<string[]> {
  // The page itself is measured as well.
  await page.waitFor(() => document.readyState === 'complete');
  return page.evaluate(
    (host: string, selector: string) => {
      const root = document.querySelector(host)!.shadowRoot!;
      const outer = root.querySelector(selector)!.getBoundingClientRect();
      const found: string[] = [];
      if (outer.left < 0 || outer.right > innerWidth || outer.top < 0 || outer.bottom > innerHeight)
        found.push(`the box leaves the window: ${JSON.stringify(outer)}`);
      for (const each of root.querySelectorAll<HTMLElement>(`${selector}, ${selector} *`)) {
        if (!each.checkVisibility() || each.matches('table *, [aria-hidden] *')) continue;
        const { left, right, width } = each.getBoundingClientRect();
        const name = `<${each.localName} ${each.getAttribute('part') ?? ''}> ${each.textContent.trim().slice(0, 30)}`;
        if (width > 0 && (left < outer.left - 1 || right > outer.right + 1))
          found.push(`sticks out: ${name}`);
        if (
          each.localName !== 'input' &&
          each.scrollWidth > each.clientWidth + 1 &&
          each.clientWidth > 0
        )
          found.push(`wider than its place: ${name}`);
        if (each.matches('[data-choice]') && each.scrollHeight > each.clientHeight + 1)
          found.push(`cut: ${name}`);
      }
      if (document.documentElement.scrollWidth > innerWidth)
        found.push('the page scrolls sideways');
      return found;
    },
    tag,
    box,
  );
}

const SMALL: readonly Viewport[] = [
  { width: 320, height: 568 },
  { width: 320, height: 256 },
];

eachEngine('reflow', ({ test }) => {
  test('at 320 px and at 400 % zoom nothing is cut and every choice can be made (A-07, DP-08)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    for (const size of SMALL) {
      await page.setViewport(size);
      for (const path of ['/', '/en/']) {
        const where = `${path} at ${size.width}×${size.height}`;
        await gotoFirst(page, path);
        assert.deepEqual(await faults(page, 'placet-banner', 'section'), [], where);
        await page.click(onBanner('choose'));
        await page.waitForTarget(`${PANEL} h2`);
        assert.deepEqual(await faults(page, 'placet-preferences', 'dialog'), [], `panel, ${where}`);
        await page.click('placet-preferences >>> [data-purpose=marketing]');
        await page.click('placet-preferences >>> [data-purpose=marketing]');
        await page.click(`${PANEL} li:nth-of-type(4) summary`);
        assert.deepEqual(await faults(page, 'placet-preferences', 'dialog'), [], `open, ${where}`);
        await page.click(onPanel('save'));
        await page.waitFor(() => window.placet?.decision?.denied.length === 3);
        await page.clearCookies();
        for (const choice of ['refuse', 'accept'] as const) {
          await gotoFirst(page, path);
          await page.click(onBanner(choice));
          await page.waitFor(() => window.placet?.decision);
          await page.clearCookies();
        }
      }
    }
  });

  test('with a reader’s own text spacing nothing is cut (A-07, WCAG 1.4.12)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    for (const size of [...SMALL, { width: 1280, height: 720 }]) {
      await page.setViewport(size);
      await gotoFirst(page);
      await page.evaluate(() => window.placet!.openPreferences());
      await page.waitForTarget(`${PANEL} h2`);
      await addReaderStyle(page, TEXT_SPACING);
      const where = `${size.width}×${size.height}`;
      assert.deepEqual(await faults(page, 'placet-preferences', 'dialog'), [], `panel, ${where}`);
      await page.press('Escape');
      assert.deepEqual(await faults(page, 'placet-banner', 'section'), [], where);
      await page.click(onBanner('refuse'));
      await page.waitFor(() => window.placet?.decision);
      await page.clearCookies();
    }
  });

  test('text of twice the size fits too (A-07, WCAG 1.4.4)', async ({ page, proxy }) => {
    serveSalon(proxy, {
      edit: (html) => html.replace('</head>', '<style>html{font-size:200%}</style></head>'),
    });
    await gotoFirst(page);
    assert.deepEqual(await faults(page, 'placet-banner', 'section'), []);
    await page.click(onBanner('refuse'));
    await page.waitFor(() => window.placet?.decision);
  });

  test('everything to press is at least 24 px each way (A-05, WCAG 2.5.8)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    await gotoFirst(page);
    await page.click(onBanner('choose'));
    await page.waitForTarget(`${PANEL} h2`);
    const small = await page.evaluate(() =>
      ['placet-banner', 'placet-preferences'].flatMap((tag) =>
        [
          ...document
            .querySelector(tag)!
            .shadowRoot!.querySelectorAll<HTMLElement>('button, input, summary'),
        ]
          .map((each) => ({ each, box: each.getBoundingClientRect() }))
          .filter(({ box }) => box.width < 24 || box.height < 24)
          .map(({ each, box }) => `${each.localName} ${box.width}×${box.height}`),
      ),
    );
    assert.deepEqual(small, []);
  });

  test('right to left everything is mirrored and nothing is cut (design §4)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy, { edit: (html) => html.replace('<html ', '<html dir="rtl" ') });
    for (const size of [{ width: 1280, height: 720 }, ...SMALL]) {
      await page.setViewport(size);
      await gotoFirst(page);
      const where = `${size.width}×${size.height}`;
      assert.deepEqual(await faults(page, 'placet-banner', 'section'), [], where);
      if (size.height !== 568) {
        const [refuse, accept] = await looks(page, 'placet-banner');
        assert.ok(refuse!.box.x > accept!.box.x, `${where}: refuse stands first, on the right`);
      }
      const [left, right] = await page.evaluate(() => {
        const box = document
          .querySelector('placet-banner')!
          .shadowRoot!.querySelector('section')!
          .getBoundingClientRect();
        return [box.left, document.documentElement.clientWidth - box.right] as const;
      });
      assert.ok(right <= left, `${where}: the box stands on the right`);
      await page.click(onBanner('choose'));
      await page.waitForTarget(`${PANEL} h2`);
      assert.deepEqual(await faults(page, 'placet-preferences', 'dialog'), [], `panel, ${where}`);
      const at = await page.evaluate(() => {
        const root = document.querySelector('placet-preferences')!.shadowRoot!;
        const x = (selector: string): number =>
          root.querySelector(selector)!.getBoundingClientRect().x;
        return [x('[part=close-button]') < x('h2'), x('[data-purpose=marketing]') < x('label')];
      });
      assert.deepEqual(at, [true, true], where);
    }
  });

  test('what has the focus on the page is never wholly behind the banner (A-04, WCAG 2.4.11)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    for (const size of [
      { width: 1280, height: 720 },
      { width: 320, height: 568 },
    ]) {
      await page.setViewport(size);
      await gotoFirst(page, '/contact/');
      const hidden: string[] = [];
      let stops = 0;
      for (let tab = 0; tab < 45; tab++) {
        await page.press('Tab');
        const seen = await page.evaluate(() => {
          const element = document.activeElement;
          if (!element || element === document.body) return undefined;
          if (element.localName.startsWith('placet-')) return { isHidden: false, name: '' };
          const banner = document
            .querySelector('placet-banner')!
            .shadowRoot!.querySelector('section')!
            .getBoundingClientRect();
          const box = element.getBoundingClientRect();
          return {
            name: `${element.localName} ${element.textContent.trim()}`,
            isHidden:
              box.left >= banner.left &&
              box.right <= banner.right &&
              box.top >= banner.top &&
              box.bottom <= banner.bottom,
          };
        });
        if (seen?.isHidden) hidden.push(seen.name);
        if (seen?.name) stops++;
      }
      assert.ok(stops > 8, `only ${stops} stops on the page`);
      assert.deepEqual(hidden, [], `${size.width}×${size.height}`);
    }
  });
});
