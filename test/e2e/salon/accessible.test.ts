import assert from 'node:assert/strict';
import type { Page } from '../driver/types.js';
import { violations } from '../support/axe.js';
import { eachEngine } from '../support/each-engine.js';
import { gotoAgain, gotoFirst, onBanner, onPanel, PANEL, serveSalon } from '../support/salon.js';

/** What has the focus, through shadow roots: `body`, `button refuse`, `a`… */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const { localName, dataset } = element as HTMLElement;
    const mark = dataset['choice'] ?? dataset['purpose'] ?? element!.getAttribute('part');
    return [localName, mark].filter(Boolean).join(' ');
  });

const hostOfFocus = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.activeElement?.localName);

const isPanelOpen = (page: Page): Promise<boolean> =>
  page.evaluate(
    () => !!document.querySelector('placet-preferences')?.shadowRoot?.querySelector('dialog')?.open,
  );

async function openPanel(page: Page): Promise<void> {
  await page.click(onBanner('choose'));
  await page.waitForTarget(`${PANEL} h2`);
}

eachEngine('accessible', ({ test }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(
      `axe finds no fault with banner, panel and reopen button in ${colorScheme} colours (A-01…A-07, A-12)`,
      { emulate: { colorScheme } },
      async ({ page, proxy }) => {
        serveSalon(proxy);
        for (const path of ['/journal/trois-minutes/', '/en/journal/three-minutes/']) {
          await gotoFirst(page, path);
          assert.deepEqual(await violations(page), [], `${path}, banner`);
          await openPanel(page);
          await page.click(`${PANEL} li:nth-of-type(3) summary`);
          assert.deepEqual(await violations(page), [], `${path}, panel`);
          await page.click('placet-preferences >>> [data-purpose=preferences]');
          await page.hover(`${PANEL} h2`);
          assert.deepEqual(await violations(page, 'placet-preferences'), [], `${path}, switched`);
          await page.click(onPanel('refuse'));
          await page.waitForTarget('placet-reopen >>> button');
          assert.deepEqual(await violations(page), [], `${path}, reopen`);
          await page.clearCookies();
        }
      },
    );
  }

  test('the banner is a named region, met first by the keyboard, and takes no focus (A-01…A-03, DP-09)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    await gotoFirst(page);
    assert.equal(await focused(page), 'body');
    const { role, name, lang } = await page.evaluate(() => {
      const section = document
        .querySelector('placet-banner')!
        .shadowRoot!.querySelector('section')!;
      const id = section.getAttribute('aria-labelledby')!;
      return {
        role: section.localName,
        name: section.querySelector(`#${id}`)!.textContent,
        lang: section.lang,
      };
    });
    assert.deepEqual(
      { role, name, lang },
      {
        role: 'section',
        name: 'Votre choix sur les cookies',
        lang: 'fr',
      },
    );
    const stops: string[] = [];
    for (let tab = 1; tab <= 3 && stops.at(-1) !== 'button refuse'; tab++) {
      await page.press('Tab');
      assert.equal(await hostOfFocus(page), 'placet-banner', `tab ${tab}`);
      stops.push(await focused(page));
    }
    assert.equal(stops.at(-1), 'button refuse', stops.join());
    await page.press('Tab');
    assert.equal(await focused(page), 'button accept');
    await page.press('Shift+Tab');
    await page.press('Enter');
    await page.waitFor(() => window.placet?.decision?.denied.length === 3);
  });

  test('the keyboard leaves the banner for the page: nothing traps it (A-02, DP-25)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    await gotoFirst(page);
    for (let tab = 0; tab < 6 && (await hostOfFocus(page)) !== 'a'; tab++) await page.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip');
    await page.press('Shift+Tab');
    assert.equal(await focused(page), 'button choose');
  });

  test('a page that put the focus somewhere keeps it there (A-03)', async ({ page, proxy }) => {
    const field = '<input id="name" autofocus>';
    serveSalon(proxy, { edit: (html) => html.replace('<main', `${field}<main`) });
    await gotoFirst(page);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'name');
    await page.type('Zoé');
    assert.equal(
      await page.evaluate(() => document.querySelector<HTMLInputElement>('#name')!.value),
      'Zoé',
    );
  });

  test('the panel is a native modal dialog: focus in, kept in, and back to the opener (A-02, A-03)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    await gotoFirst(page);
    await openPanel(page);
    const opened = await page.evaluate(() => {
      const dialog = document
        .querySelector('placet-preferences')!
        .shadowRoot!.querySelector('dialog')!;
      const id = dialog.getAttribute('aria-labelledby')!;
      return [dialog.matches(':modal'), dialog.querySelector(`#${id}`)!.textContent];
    });
    assert.deepEqual(opened, [true, 'Vos choix']);
    assert.equal(await focused(page), 'h2 title');
    const seen = new Set<string>();
    for (const key of [...Array<string>(40).fill('Tab'), ...Array<string>(5).fill('Shift+Tab')]) {
      await page.press(key);
      const host = await hostOfFocus(page);
      // Some browsers pass by their own controls: then nothing in the page has the focus.
      assert.ok(['placet-preferences', 'body'].includes(host ?? 'body'), `${key}: ${host}`);
      seen.add(await focused(page));
    }
    for (const stop of [
      'button close-button',
      'input preferences',
      'input analytics',
      'input marketing',
      'summary',
      'button refuse',
      'button accept',
      'button save',
    ])
      assert.ok(seen.has(stop), `${stop} not among ${[...seen].join()}`);
    await page.press('Escape');
    assert.equal(await isPanelOpen(page), false);
    assert.equal(await focused(page), 'button choose');
    assert.equal(await page.evaluate(() => window.placet!.decision), undefined);
  });

  test('the keyboard alone chooses by purpose, and the choice is said aloud without moving the focus (A-13)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    await gotoFirst(page, '/en/privacy/');
    await page.press('Tab');
    for (let tab = 0; tab < 6 && (await focused(page)) !== 'button choose'; tab++)
      await page.press('Tab');
    await page.press('Enter');
    await page.waitForTarget(`${PANEL} h2`);
    for (let tab = 0; tab < 20 && (await focused(page)) !== 'input analytics'; tab++)
      await page.press('Tab');
    await page.press('Space');
    for (let tab = 0; tab < 20 && (await focused(page)) !== 'button save'; tab++)
      await page.press('Tab');
    await page.press('Enter');
    await page.waitFor(() => window.placet?.allows('analytics'));
    assert.deepEqual(await page.evaluate(() => window.placet!.decision!.granted), ['analytics']);
    await page.waitFor(() => {
      const { shadowRoot } = document.querySelector('placet-preferences')!;
      return shadowRoot!.querySelector('[role=status]')?.textContent === 'Your choice is saved.';
    });
    assert.equal(await isPanelOpen(page), false);
  });

  test('refusing on the banner is said aloud too (A-13)', async ({ page, proxy }) => {
    serveSalon(proxy);
    await gotoFirst(page);
    await page.click(onBanner('refuse'));
    await page.waitFor(() => {
      const root = document.querySelector('placet-banner')?.shadowRoot;
      return root?.querySelector('[role=status]')?.textContent === 'Votre choix est enregistré.';
    });
    assert.equal(
      await page.evaluate(() =>
        document.querySelector('placet-banner')?.shadowRoot?.querySelector('section'),
      ),
      null,
    );
  });

  test('the focus goes back to whatever reopened the panel (A-03)', async ({ page, proxy }) => {
    serveSalon(proxy);
    await gotoFirst(page);
    await page.click(onBanner('refuse'));
    for (const [path, target, host] of [
      ['/', 'footer [data-placet-open]', 'button'],
      ['/journal/trois-minutes/', 'placet-reopen >>> button', 'placet-reopen'],
    ] as const) {
      await gotoAgain(page, path);
      await page.click(target);
      await page.waitForTarget(`${PANEL} h2`);
      assert.equal(await focused(page), 'h2 title');
      await page.press('Escape');
      assert.equal(await hostOfFocus(page), host);
    }
  });

  test('widgets speak the page’s language and say so (A-12, DP-27)', async ({ page, proxy }) => {
    serveSalon(proxy);
    for (const [path, lang, refuse] of [
      ['/soins/', 'fr', 'Tout refuser'],
      ['/en/treatments/', 'en', 'Refuse all'],
    ] as const) {
      await gotoFirst(page, path);
      await openPanel(page);
      const said = await page.evaluate(() =>
        ['placet-banner', 'placet-preferences'].flatMap((tag) =>
          [
            ...document
              .querySelector(tag)!
              .shadowRoot!.querySelectorAll<HTMLElement>('[data-choice=refuse]'),
          ].map((button) => [
            button.closest<HTMLElement>('[lang]')?.lang,
            button.textContent.trim(),
          ]),
        ),
      );
      assert.deepEqual(said, [
        [lang, refuse],
        [lang, refuse],
      ]);
    }
  });
});
