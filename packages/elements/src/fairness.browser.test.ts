import { expect } from '@open-wc/testing';
import type { SiteConfig } from '@placet/contract';
import fc from 'fast-check';
import { arbitraryConfig } from '../../contract/src/testing/arbitrary-config.js';
import { arbitraryTheme, themeSheet } from './testing/hostile-theme.js';
import { choice, find, findAll, pages, textOf } from './testing/page.js';

/** What two choices may differ in: their words, and where those put them. */
const OWN =
  /^(inset|top|bottom|left|right|(perspective|transform)-origin|.*-(inline|block)-(start|end)$)/;
const SIZES = /^((min-|max-)?(width|height|inline-size|block-size))$/;

/** Everything that a button looks like, except for its place and size. */
function looksOf(button: HTMLElement): Record<string, string> {
  const style = getComputedStyle(button);
  return Object.fromEntries(
    [...style]
      .filter((name) => !OWN.test(name) && !SIZES.test(name) && !name.startsWith('--'))
      .map((name) => [name, style.getPropertyValue(name)]),
  );
}

/** Asserts that refusing is in every measure what accepting is (C-02, D-10, DP-06, DP-07). */
function expectEqual(widget: Element, about: string): void {
  const [refuse, accept] = [choice(widget, 'refuse'), choice(widget, 'accept')];
  expect(refuse.nextElementSibling, about).to.equal(accept);
  for (const button of [refuse, accept]) {
    expect(button.localName, about).to.equal('button');
    expect(textOf(button), about).not.to.equal('');
    expect(button.disabled, about).to.equal(false);
    expect(button.tabIndex, about).to.equal(0);
  }
  const names = (button: HTMLElement) =>
    [...button.attributes].filter(({ name }) => name !== 'data-choice').map((each) => each.value);
  expect(names(refuse), about).to.deep.equal(names(accept));
  expect(refuse.className, about).to.equal(accept.className);
  expect(looksOf(refuse), about).to.deep.equal(looksOf(accept));
  const [one, other] = [refuse.getBoundingClientRect(), accept.getBoundingClientRect()];
  expect(one.width, `${about}: width`).to.be.closeTo(other.width, 1);
  expect(one.height, `${about}: height`).to.be.closeTo(other.height, 1);
}

describe('every config that the schema accepts is fair on screen, under any theme', () => {
  const setup = pages();
  const sheet = new CSSStyleSheet();
  before(() => document.adoptedStyleSheets.push(sheet));
  after(() => void document.adoptedStyleSheets.pop());

  // The seed is fixed: a failure must be found again. Another one may be tried any time.
  const samples = fc.sample(fc.tuple(arbitraryConfig(), arbitraryTheme()), {
    numRuns: 60,
    seed: 20261122,
  });
  for (let from = 0; from < samples.length; from += 10)
    it(`no switch on, refuse and accept alike: samples ${from} to ${from + 9} (C-02, C-05, DP-06, DP-11)`, async () => {
      for (const [index, [given, theme]] of samples.slice(from, from + 10).entries()) {
        const config: SiteConfig = { ...given, onWithdraw: 'keep' };
        const about = `sample ${from + index}, ${JSON.stringify(theme)}`;
        sheet.replaceSync(themeSheet(theme));
        const { add, root, privacy } = setup(config);
        const banner = await add('placet-banner');
        expectEqual(banner, about);
        const panel = await add('placet-preferences');
        await panel.show();
        expectEqual(panel, about);
        const switches = findAll<HTMLInputElement>(panel, 'input');
        const asked = config.purposes.filter(
          ({ id, necessary }) => !necessary && id !== 'necessary',
        );
        expect(switches.map((each) => each.dataset['purpose'])).to.deep.equal(
          asked.map(({ id }) => id),
        );
        expect(switches.filter((each) => each.checked || each.defaultChecked)).to.deep.equal([]);
        expect(privacy.decision).to.equal(undefined);
        panel.close();
        root.remove();
      }
    });

  it('no selector of the page reaches one button alone', async () => {
    sheet.replaceSync(themeSheet({ tokens: {}, part: '' }));
    const banner = await setup().add('placet-banner');
    const shown = getComputedStyle(choice(banner, 'refuse'));
    expect(shown.opacity).to.equal('1');
    expect(shown.fontSize).not.to.equal('3px');
    expect(shown.paddingTop).not.to.equal('77px');
    expect(find(banner, '[part=actions]').children).to.have.length(3);
  });

  it('keeps them alike while one is pointed at or focused', async () => {
    sheet.replaceSync('');
    const banner = await setup().add('placet-banner');
    const before = looksOf(choice(banner, 'accept'));
    choice(banner, 'accept').focus();
    const focused = looksOf(choice(banner, 'accept'));
    choice(banner, 'refuse').focus();
    expect(looksOf(choice(banner, 'refuse'))).to.deep.equal(focused);
    expect(looksOf(choice(banner, 'accept'))).to.deep.equal(before);
  });
});
