import { expect } from '@open-wc/testing';
import { choice, decision, find, findAll, pages, press, settled, textOf } from '../testing/page.js';
import { ASKED, CONFIG, NOW } from '../testing/salon.js';

describe('<placet-banner>', () => {
  const setup = pages();

  it('is a labelled region, not a dialog, that takes no focus (A-01, D-14)', async () => {
    const before = document.activeElement;
    const banner = await setup().add('placet-banner');
    const region = find(banner, 'section');
    expect(region.getAttribute('aria-labelledby')).to.equal(find(banner, 'h2').id);
    expect(findAll(banner, 'dialog, [role], [aria-modal]').map((each) => each.role)).to.deep.equal([
      'status',
    ]);
    expect(document.activeElement).to.equal(before);
  });

  it('names who asks, every purpose that is asked, and counts the services (C-03, C-04)', async () => {
    const banner = await setup().add('placet-banner');
    expect(textOf(find(banner, 'slot'))).to.contain('Maison Tilleul would like to use');
    expect(findAll(banner, 'li b').map(textOf)).to.deep.equal([
      'Comfort',
      'Audience measurement',
      'Advertising',
    ]);
    expect(textOf(find(banner, 'small'))).to.contain('3 other services');
    expect(find<HTMLAnchorElement>(banner, 'a').getAttribute('href')).to.equal('/confidentialite');
  });

  it('says until when a choice lasts (002-09)', async () => {
    const banner = await setup().add('placet-banner');
    expect(textOf(find(banner, 'small'))).to.contain('lasts until 22 December 2027.');
    const six = await setup({ ...CONFIG, months: 6, language: 'fr' }).add('placet-banner');
    expect(textOf(find(six, 'small'))).to.contain('jusqu’au 22 mai 2027.');
  });

  it('asks nothing of somebody who has chosen', async () => {
    const banner = await setup(CONFIG, { former: {} }).add('placet-banner');
    expect(findAll(banner, 'section')).to.deep.equal([]);
  });

  it('asks again once the choice has run out or the notice changed, and says why (G-12)', async () => {
    for (const former of [{ at: '2025-09-22T12:00:00.000Z' }, { notice: '2025-01' }]) {
      const banner = await setup(CONFIG, { former }).add('placet-banner');
      expect(textOf(find(banner, '[part=text]'))).to.contain('we ask you again');
    }
    const first = await setup().add('placet-banner');
    expect(textOf(find(first, '[part=text]'))).not.to.contain('again');
  });

  it('accepts everything in one click of the person', async () => {
    const { add, privacy, values } = setup();
    const banner = await add('placet-banner');
    await press(choice(banner, 'accept'));
    await settled(banner);
    expect(privacy.decision!.granted).to.deep.equal(ASKED);
    expect(privacy.decision!.gesture).to.deep.equal({ control: 'accept', trusted: true });
    expect(privacy.decision!.at).to.equal(NOW.toISOString());
    expect(values).to.have.length(1);
    expect(findAll(banner, 'section')).to.deep.equal([]);
    expect(textOf(find(banner, '[role=status]'))).to.equal('Your choice is saved.');
  });

  it('refuses everything in one click, even one that code made (002-08)', async () => {
    const { add, privacy } = setup();
    const banner = await add('placet-banner');
    choice(banner, 'refuse').click();
    await settled(banner);
    expect(privacy.decision!.denied).to.deep.equal(ASKED);
    expect(privacy.decision!.gesture).to.deep.equal({ control: 'refuse', trusted: false });
    expect(findAll(banner, 'section')).to.deep.equal([]);
    expect(textOf(find(banner, '[role=status]'))).to.equal('Your choice is saved.');
  });

  it('grants nothing on a click that code made, and says so (002-08, G-02)', async () => {
    const { add, privacy, values } = setup();
    const banner = await add('placet-banner');
    const errors: unknown[] = [];
    banner.addEventListener('placet-error', ({ error }) => errors.push(error));
    choice(banner, 'accept').click();
    await settled(banner);
    expect(privacy.decision).to.equal(undefined);
    expect(values).to.deep.equal([]);
    expect(errors).to.have.length(1);
    expect(errors[0]).to.have.property('code', 'consent/no-gesture');
    expect(find(banner, 'section')).to.exist;
  });

  it('opens the panel on "choose" and stays', async () => {
    const { add, privacy } = setup();
    const banner = await add('placet-banner');
    const panel = await add('placet-preferences');
    choice(banner, 'choose').click();
    await settled(panel);
    expect(find<HTMLDialogElement>(panel, 'dialog').open).to.equal(true);
    expect(privacy.decision).to.equal(undefined);
    expect(find(banner, 'section')).to.exist;
  });

  it('chooses nothing on Escape, Enter, scrolling or a click beside it (G-03, DP-09)', async () => {
    const { add, privacy, root } = setup();
    const banner = await add('placet-banner');
    for (const target of [document.body, root, banner, find(banner, 'section')]) {
      for (const key of ['Escape', 'Enter'])
        target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
      target.click();
    }
    window.dispatchEvent(new Event('scroll'));
    await settled(banner);
    expect(privacy.decision).to.equal(undefined);
    expect(find(banner, 'section')).to.exist;
  });

  it('shows the page’s own explanation instead, and the owner’s own texts', async () => {
    const texts = { en: { accept: 'Yes, accept everything', bannerTitle: 'Cookies?' } };
    const banner = await setup({ ...CONFIG, texts }).add('placet-banner', {}, 'Hello from us.');
    expect(textOf(choice(banner, 'accept'))).to.equal('Yes, accept everything');
    expect(textOf(find(banner, 'h2'))).to.equal('Cookies?');
    expect(textOf(choice(banner, 'refuse'))).to.equal('Refuse all');
    const [slot] = findAll<HTMLSlotElement>(banner, 'slot');
    expect(slot!.assignedNodes().map((node) => node.textContent)).to.deep.equal(['Hello from us.']);
  });

  it('says the language of its words, and takes own texts of the base language', async () => {
    const texts = { fr: { refuse: 'Non, rien' } };
    const config = { ...CONFIG, texts, language: 'fr-CA' };
    const banner = await setup(config).add('placet-banner');
    expect(find(banner, 'section').lang).to.equal('fr');
    expect(textOf(choice(banner, 'refuse'))).to.equal('Non, rien');
  });

  it('comes back when the choice goes elsewhere, and goes when one is made there', async () => {
    const { add, privacy, values } = setup();
    const banner = await add('placet-banner');
    await privacy.refuseAll();
    await settled(banner);
    expect(findAll(banner, 'section')).to.deep.equal([]);
    values.splice(0);
    document.dispatchEvent(new Event('visibilitychange'));
    await settled(banner);
    expect(find(banner, 'section')).to.exist;
  });

  it('never shows what a config says as markup', async () => {
    const evil = '<img src=x onerror="document.body.dataset.evil = 1">';
    const banner = await setup({
      ...CONFIG,
      controller: { name: evil, privacyUrl: '/p' },
      purposes: [{ id: 'x', label: evil, description: evil }],
      texts: { en: { bannerTitle: evil, refuse: evil } },
    }).add('placet-banner');
    expect(findAll(banner, 'img')).to.deep.equal([]);
    expect(textOf(find(banner, 'h2'))).to.equal(evil);
  });

  it('is undecided at exactly the end of a choice, not a second before (002-09)', async () => {
    const former = decision();
    const { add, clock } = setup(CONFIG, { former });
    clock.now = new Date('2027-06-22T11:59:59Z');
    expect(findAll(await add('placet-banner'), 'section')).to.deep.equal([]);
    clock.now = new Date('2027-06-22T12:00:00Z');
    expect(findAll(await add('placet-banner'), 'section')).to.have.length(1);
  });
});
