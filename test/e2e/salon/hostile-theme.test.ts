import assert from 'node:assert/strict';
import { eachEngine } from '../support/each-engine.js';
import { looks, type Look } from '../support/measure.js';
import { gotoFirst, onBanner, PANEL, serveSalon } from '../support/salon.js';

/** What a careless reset or a crafty owner may write; none of it can tell one choice from another. */
const HOSTILE: Readonly<Record<string, string>> = {
  'a reset that shouts': `
    button { all: unset !important; font: 8px serif !important; color: #ccc !important }
    * { padding: 0 !important; background: #eee !important; color: #ddd !important }
    button:first-of-type { display: none !important }`,
  'rules for the parts': `
    placet-banner::part(choice-button), placet-preferences::part(choice-button) {
      background: rebeccapurple; color: white; font: italic 300 1.3rem Georgia; border-radius: 0;
      padding: 1rem 3rem; text-transform: uppercase; letter-spacing: .1em }`,
  'rules for one part only': `
    placet-banner::part(choice-button):first-child, placet-banner::part(choice-button):first-of-type,
    placet-banner::part(choice-button):nth-child(1), placet-banner::part(choice-button)[data-choice=refuse] {
      display: none; opacity: 0; color: white; background: white }
    placet-banner::part(choice-button refuse), placet-banner::part(refuse) { display: none }
    [data-choice=refuse], placet-banner [data-choice], placet-banner button { display: none !important }`,
  'a rule for the whole group': `
    placet-banner::part(actions), placet-preferences::part(actions) {
      display: flex; flex-wrap: wrap; justify-content: center; gap: 1px }`,
};

const TOKENS = [
  'color-accent',
  'color-on-accent',
  'color-surface',
  'color-text',
  'color-muted',
  'color-border',
  'color-refuse',
  'color-accept',
  'refuse-color',
  'radius',
  'space',
  'font',
  'banner-width',
];

/** Repeatable random numbers from 0 to 1, so that a failure can be seen again. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function randomTheme(seed: number): string {
  const random = randomNumbers(seed);
  const values = (): readonly string[] => [
    `hsl(${Math.floor(random() * 360)} 70% ${Math.floor(random() * 100)}%)`,
    `${Math.floor(random() * 40)}px`,
    `${Math.floor(random() * 900)}px`,
    'Georgia, serif',
    'transparent',
    'nonsense',
    'var(--nothing)',
  ];
  const declarations = TOKENS.map((token) => {
    const all = values();
    return `--placet-${token}:${all[Math.floor(random() * all.length)]}`;
  });
  return `:root,placet-banner,placet-preferences{${declarations.join(';')}}`;
}

/** Alike in all but place: whatever the page does, it does to every choice. */
function assertAlike(buttons: readonly Look[], where: string): void {
  assert.deepEqual(buttons.map(({ choice }) => choice).slice(0, 2), ['refuse', 'accept'], where);
  const [first, ...others] = buttons;
  for (const other of others) {
    assert.deepEqual(other.style, first!.style, `${where}: ${other.choice}`);
    assert.equal(other.contrast, first!.contrast, `${where}: ${other.choice}`);
  }
}

function assertSameSize([refuse, accept]: readonly Look[], where: string): void {
  for (const side of ['width', 'height'] as const) {
    const sizes = [refuse!.box[side], accept!.box[side]];
    assert.ok(Math.abs(sizes[0]! - sizes[1]!) <= 0.5, `${where}: ${side} ${sizes.join(' and ')}`);
  }
}

const withStyle = (css: string) => (html: string) =>
  html.replace('</head>', `<style>${css}</style></head>`);

eachEngine('a hostile theme', ({ test }) => {
  test('no page style makes one choice differ from another (C-02, D-10, DP-05…07)', async ({
    page,
    proxy,
  }) => {
    for (const [name, css] of Object.entries(HOSTILE)) {
      serveSalon(proxy, { edit: withStyle(css) });
      await gotoFirst(page);
      const banner = await looks(page, 'placet-banner');
      assertAlike(banner, name);
      // A group laid out as the page likes keeps the look; only our own layout keeps the widths.
      if (!name.includes('group')) assertSameSize(banner, name);
      for (const { box, choice } of banner)
        assert.ok(box.width > 40 && box.height >= 24, `${name}: ${choice} has gone`);
      await page.click(onBanner('choose'));
      await page.waitForTarget(`${PANEL} h2`);
      await page.hover(`${PANEL} h2`);
      assertAlike(await looks(page, 'placet-preferences'), `${name}, panel`);
    }
  });

  test('no theme token makes one choice differ from another (D-10, DP-06, DP-07)', async ({
    page,
    proxy,
  }) => {
    let theme = '';
    serveSalon(proxy, { edit: (html) => withStyle(theme)(html) });
    for (let seed = 1; seed <= 25; seed++) {
      theme = randomTheme(seed);
      await gotoFirst(page, seed % 2 ? '/' : '/en/');
      const banner = await looks(page, 'placet-banner');
      assertAlike(banner, theme);
      assertSameSize(banner, theme);
    }
  });
});
