import assert from 'node:assert/strict';
import type { SiteConfig } from '../../../packages/contract/src/config.js';
import type { Page, Viewport } from '../driver/types.js';
import { eachEngine } from '../support/each-engine.js';
import { looks, type Look } from '../support/measure.js';
import { gotoFirst, onBanner, PANEL, serveSalon } from '../support/salon.js';

/** The sizes of the rule, 200 % zoom being half of a common laptop's (DP-08). */
const SIZES: readonly Viewport[] = [
  { width: 320, height: 568 },
  { width: 360, height: 640 },
  { width: 1280, height: 720 },
  { width: 640, height: 360 },
];

const COLOURS = {
  'light colours': {},
  'dark colours': { colorScheme: 'dark' },
  'forced colours': { forcedColors: true },
  'dark forced colours': { colorScheme: 'dark', forcedColors: true },
} as const;

/** Texts 1.6 times as long as the French ones: longer than any language's. */
function wordy(config: SiteConfig): SiteConfig {
  const texts = {
    bannerTitle: 'Entscheidungsmöglichkeiten über Verfolgungstechniken',
    bannerText: '{controller} souhaite utiliser des cookies et des outils semblables, à savoir :',
    refuse: 'Alles vollständig ablehnen',
    accept: 'Allem vollständig zustimmen',
    choose: 'Zweckbezogen einzeln auswählen',
    privacyLink: 'Datenschutzerklärung und Cookie-Hinweise',
    save: 'Ausgewählte Einstellungen jetzt speichern',
    lasts: `${'Diese Auswahl gilt unabhängig von ihrem Inhalt bis zum {date}. '.repeat(2)}`,
  };
  const long = (text: unknown) => {
    const words =
      typeof text === 'string' ? text : ((text as { fr?: string } | undefined)?.fr ?? '');
    return `${words} ${words.slice(0, words.length * 0.6)}`;
  };
  const purposes = config.purposes.map((purpose) =>
    purpose.description ? { ...purpose, description: long(purpose.description) } : purpose,
  );
  return { ...config, purposes, texts: { fr: texts } };
}

const VERSIONS = [
  { name: 'French', path: '/' },
  { name: 'English', path: '/en/' },
  { name: 'the longest', path: '/', config: wordy },
  {
    name: 'a bar',
    path: '/',
    config: (config: SiteConfig) => ({ ...config, layout: 'bar' as const }),
  },
];

/** Same element, part, size, font, fill and contrast; no more than a pixel apart in height or width. */
function assertEqualLooks(buttons: readonly Look[], where: string): void {
  const [first, ...others] = buttons;
  assert.ok(first);
  for (const other of others) {
    const pair: string = `${where}: ${first.choice} and ${other.choice}`;
    assert.equal(other.tag, 'button', pair);
    assert.deepEqual(other.style, first.style, pair);
    assert.equal(other.contrast, first.contrast, pair);
    assert.ok(first.contrast >= 4.5, `${where}: contrast ${first.contrast}`);
  }
}

function assertSameSize(one: Look, other: Look, where: string): void {
  for (const side of ['width', 'height'] as const) {
    const apart = Math.abs(one.box[side] - other.box[side]);
    assert.ok(apart <= 0.5, `${where}: ${side} ${one.box[side]} and ${other.box[side]}`);
  }
}

/** The banner as it stands on the screen (C-02, D-10, DP-03…08, DP-28). */
async function assertFair(page: Page, { width, height }: Viewport, where: string): Promise<void> {
  const buttons = await looks(page, 'placet-banner');
  assert.deepEqual(
    buttons.map(({ choice }) => choice),
    ['refuse', 'accept', 'choose'],
  );
  const [refuse, accept] = buttons as [Look, Look, Look];
  assertEqualLooks(buttons, where);
  assertSameSize(refuse, accept, where);
  for (const { choice, box, isHit } of buttons) {
    const at = `${where}: ${choice} at ${JSON.stringify(box)}`;
    assert.ok(box.x >= 0 && box.y >= 0, at);
    assert.ok(box.x + box.width <= width && box.y + box.height <= height, at);
    assert.ok(box.height >= 24 && box.width >= 24, at);
    assert.ok(isHit, `${at} is covered`);
  }
  const cut = await page.evaluate(() => {
    const root = document.querySelector('placet-banner')!.shadowRoot!;
    return [...root.querySelectorAll<HTMLElement>('[data-choice], h2')]
      .filter(
        (each) => each.scrollWidth > each.clientWidth || each.scrollHeight > each.clientHeight + 1,
      )
      .map((each) => each.textContent.trim());
  });
  assert.deepEqual(cut, [], `${where}: cut texts`);
}

eachEngine('fair', ({ test }) => {
  for (const [colours, emulate] of Object.entries(COLOURS)) {
    test(
      `refusing and accepting are equal in every measure in ${colours} (C-02, DP-03…08, A-05…07)`,
      { emulate },
      async ({ page, proxy }) => {
        for (const { name, path, config } of VERSIONS) {
          serveSalon(proxy, config ? { config } : {});
          for (const size of SIZES) {
            await page.setViewport(size);
            await gotoFirst(page, path);
            await assertFair(page, size, `${name} at ${size.width}×${size.height}`);
          }
        }
      },
    );
  }

  test('one click refuses and one click accepts, from the first paint (DP-04)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    for (const choice of ['refuse', 'accept'] as const) {
      await gotoFirst(page);
      await page.click(onBanner(choice));
      await page.waitFor(() => window.placet?.decision !== undefined);
      const decision = await page.evaluate(() => window.placet!.decision!);
      assert.deepEqual(decision.gesture, { control: choice, trusted: true });
      const answered = choice === 'accept' ? decision.granted : decision.denied;
      assert.deepEqual(answered, ['preferences', 'analytics', 'marketing']);
      assert.equal(decision.months, 13);
      await page.clearCookies();
    }
  });

  test('purposes are named on layer one, each in 25 words at most (C-03, DP-16)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    for (const [path, labels] of [
      ['/', ['Confort', 'Mesure d’audience', 'Publicité']],
      ['/en/', ['Comfort', 'Audience measurement', 'Advertising']],
    ] as const) {
      await gotoFirst(page, path);
      const purposes = await page.evaluate(() =>
        [...document.querySelector('placet-banner')!.shadowRoot!.querySelectorAll('li')].map(
          (item) => item.innerText.replace(/\s+/g, ' ').trim(),
        ),
      );
      assert.equal(purposes.length, labels.length);
      labels.forEach((label, index) => {
        const shown = purposes[index]!;
        assert.ok(shown.startsWith(label), `${shown} does not start with ${label}`);
        const words = shown.slice(label.length).split(/\s+/).filter(Boolean);
        assert.ok(words.length > 0 && words.length <= 25, shown);
      });
    }
  });

  test('the panel presets no switch, shows the choices alike, and names cookies with owner and duration (DP-10, DP-17, DP-28)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    for (const size of SIZES) {
      await page.setViewport(size);
      await gotoFirst(page);
      const banner = await looks(page, 'placet-banner');
      await page.click(onBanner('choose'));
      await page.waitForTarget(`${PANEL} h2`);
      const switches = await page.evaluate(() =>
        [
          ...document
            .querySelector('placet-preferences')!
            .shadowRoot!.querySelectorAll<HTMLInputElement>('[part=switch]'),
        ].map(({ dataset, checked, defaultChecked }) => [
          dataset['purpose'],
          checked,
          defaultChecked,
        ]),
      );
      assert.deepEqual(switches, [
        ['preferences', false, false],
        ['analytics', false, false],
        ['marketing', false, false],
      ]);
      // The pointer stands where a button has come up, and underlines it.
      await page.hover(`${PANEL} h2`);
      const panel = await looks(page, 'placet-preferences');
      const where = `panel at ${size.width}×${size.height}`;
      assertEqualLooks(panel, where);
      assertSameSize(panel[0]!, panel[1]!, where);
      assert.deepEqual(
        panel.slice(0, 2).map(({ choice, style }) => [choice, style['background-color']]),
        banner.slice(0, 2).map(({ choice, style }) => [choice, style['background-color']]),
      );
    }
    await page.click(`${PANEL} li:nth-of-type(3) summary`);
    await page.waitForTarget(`${PANEL} li:nth-of-type(3) table`);
    const shown = await page.evaluate(() =>
      [
        ...document
          .querySelector('placet-preferences')!
          .shadowRoot!.querySelectorAll('[data-service-of=analytics]'),
      ].map((item) => (item as HTMLElement).innerText.replace(/\s+/g, ' ').trim()),
    );
    assert.match(shown[0]!, /^Google Analytics 4 par Google .*_ga 13 mois _ga_\* 13 mois$/);
    assert.match(shown[1]!, /^Matomo par Maison Tilleul .*_pk_ses\* 30 minutes$/);
    assert.match(shown[2]!, /^Hotjar par Contentsquare .*_hjSession_\* 30 minutes$/);
  });

  test('the banner leaves part of even the smallest page to read and use (DP-25)', async ({
    page,
    proxy,
  }) => {
    serveSalon(proxy);
    for (const size of SIZES) {
      await page.setViewport(size);
      await gotoFirst(page, '/soins/');
      const { share, hit, overflow } = await page.evaluate(() => {
        const box = document
          .querySelector('placet-banner')!
          .shadowRoot!.querySelector('section')!
          .getBoundingClientRect();
        return {
          share: (box.width * box.height) / (innerWidth * innerHeight),
          hit: document.elementFromPoint(innerWidth / 2, 4)?.localName,
          overflow: getComputedStyle(document.documentElement).overflowY,
        };
      });
      assert.ok(share < 0.9, `covers ${Math.round(share * 100)} % of ${size.width}×${size.height}`);
      assert.notEqual(hit, 'placet-banner');
      assert.notEqual(overflow, 'hidden');
      await page.evaluate(() => scrollTo({ top: 200, behavior: 'instant' }));
      await page.waitFor(() => scrollY > 100);
      await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
      await page.click('a.wordmark');
      await page.waitFor(() => location.pathname === '/');
    }
  });
});
