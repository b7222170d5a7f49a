import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { locale as en } from '../locales/en.js';
import { locale as fr } from '../locales/fr.js';
import { claire, EMAIL, rightsConfig, subscribe } from '../testing/my-data.js';
import { click, openAll } from '../testing/my-data-page.js';
import { choice, find, findAll, pages, press, settled, type } from '../testing/page.js';

const root = document.documentElement;

describe('<placet-my-data> for everybody', () => {
  const setup = pages();
  afterEach(() => {
    root.style.colorScheme = '';
    root.dir = '';
    history.replaceState(null, '', location.pathname + location.search);
  });

  /** Everything that can be seen at once, of somebody who has asked for most of it. */
  async function whole(language = 'en', width = '') {
    const person = claire({ waits: true }, rightsConfig({ language }));
    await subscribe(person);
    await person.enter();
    const page = setup(person.config, {
      adapter: person.adapter,
      locale: language === 'fr' ? fr : en,
    });
    page.root.style.width = width;
    const widget = await page.add('placet-my-data');
    await settled(widget);
    await click(widget, 'access');
    await click(widget, 'object');
    openAll(widget);
    await press(find(widget, '#correct-0-0-0-0'));
    await settled(widget);
    await type(find(widget, '#field-0-0-0-0'), 'ez');
    await click(widget, 'delete');
    return widget;
  }

  for (const language of ['en', 'fr'])
    for (const scheme of ['light', 'dark'])
      it(`is clean to axe in ${scheme}, in ${language} (A-01…A-13)`, async () => {
        root.style.colorScheme = scheme;
        root.lang = language;
        try {
          await expect(await whole(language)).to.be.accessible();
        } finally {
          root.lang = 'en';
        }
      });

  it('is clean to axe while it asks who somebody is, with faults, and with a link (A-09)', async () => {
    const person = claire();
    const { add } = setup(person.config, { adapter: person.adapter });
    const widget = await add('placet-my-data');
    await settled(widget);
    await click(widget, 'send');
    await expect(widget).to.be.accessible();
    await type(find(widget, '#address'), EMAIL);
    await click(widget, 'send');
    await click(widget, 'code');
    await expect(widget).to.be.accessible();
    history.replaceState(null, '', '#placet-me=token');
    await widget.refresh();
    await settled(widget);
    await expect(widget).to.be.accessible();
  });

  it('fits 320 px, in both directions and both languages (A-06)', async () => {
    for (const dir of ['ltr', 'rtl'])
      for (const language of ['en', 'fr']) {
        root.dir = dir;
        const widget = await whole(language, '320px');
        const base = find(widget, '[part=base]').getBoundingClientRect();
        expect(base.width).to.be.at.most(320);
        for (const each of findAll(widget, 'button, input, textarea, details, li, dd, p')) {
          const { left, right } = each.getBoundingClientRect();
          const where = `${dir} ${language} ${each.outerHTML.slice(0, 80)}`;
          expect(left, where).to.be.at.least(base.left);
          expect(right, where).to.be.at.most(base.right);
          expect(each.scrollWidth, where).to.be.at.most(Math.max(each.clientWidth, 1) + 2);
        }
        widget.closest('[data-test-root]')!.remove();
      }
  });

  it('has targets of 24 px and more (A-08)', async () => {
    const widget = await whole();
    for (const each of findAll(widget, 'button, input, summary'))
      expect(each.getBoundingClientRect().height, each.outerHTML).to.be.at.least(24);
  });

  it('is worked by keyboard alone, from the address to the confirmation', async () => {
    const person = claire();
    const { add } = setup(person.config, { adapter: person.adapter });
    const widget = await add('placet-my-data');
    await settled(widget);
    const active = () => widget.shadowRoot!.activeElement;
    await type(find(widget, '#address'), EMAIL);
    await sendKeys({ press: 'Enter' });
    while (active()?.id !== 'code') await settled(widget);
    await type(find(widget, '#code'), person.mailed().code);
    await sendKeys({ press: 'Enter' });
    while (!findAll(widget, '[data-choice=delete]')[0]) await settled(widget);
    choice(widget, 'delete').focus();
    await sendKeys({ press: 'Enter' });
    while (active()?.id !== 'preview') await settled(widget);
    await sendKeys({ press: 'Tab' });
    expect(active()).to.equal(choice(widget, 'keep'));
    await sendKeys({ press: 'Tab' });
    expect(active()).to.equal(choice(widget, 'confirm'));
    await sendKeys({ press: 'Enter' });
    while (!findAll(widget, '[part=request]')[0]) await settled(widget);
    expect(active()).to.equal(find(widget, '#said-delete'));
  });

  it('names each button for what it is about, also where several say the same', async () => {
    const widget = await whole();
    const names = findAll(widget, '[aria-labelledby]').map((each) =>
      each
        .getAttribute('aria-labelledby')!
        .split(' ')
        .map((id) => {
          const named = widget.shadowRoot!.getElementById(id);
          expect(named, id).not.to.equal(null);
          return named!.textContent!.trim();
        })
        .join(' '),
    );
    expect(names).to.include('Correct Telephone');
    expect(names).to.include('Take it back A copy of everything');
    expect(new Set(names).size).to.equal(names.length);
  });
});
