import { expect } from '@open-wc/testing';
import { createPrivacy } from '@placet/core';
import { locale as fr } from '../locales/fr.js';
import { locale as en } from '../locales/en.js';
import { choice, find, findAll, pages, settled, textOf } from '../testing/page.js';
import { ASKED, CONFIG } from '../testing/salon.js';
import { CONSENT, providePrivacy, requestConsent } from './context.js';

const nothingStored = () => ({ read: () => [], write() {}, clear() {} });

describe('providing consent', () => {
  const setup = pages();

  it('reaches widgets that were there before it', async () => {
    const region = document.createElement('div');
    region.dataset['testRoot'] = '';
    document.body.append(region);
    const banner = region.appendChild(document.createElement('placet-banner'));
    await settled(banner);
    expect(findAll(banner, 'section')).to.deep.equal([]);
    const stop = new AbortController();
    const { signal } = stop;
    const privacy = createPrivacy(CONFIG, { storage: nothingStored(), signal });
    providePrivacy(privacy, en, region, signal);
    await settled(banner);
    expect(find(banner, 'section')).to.exist;
    stop.abort();
  });

  it('waits for a config that comes later', async () => {
    const region = document.createElement('div');
    region.dataset['testRoot'] = '';
    document.body.append(region);
    const stop = new AbortController();
    const { signal } = stop;
    let arrive!: (config: typeof CONFIG) => void;
    const config = new Promise<typeof CONFIG>((resolve) => (arrive = resolve));
    const privacy = createPrivacy(config, { storage: nothingStored(), signal });
    providePrivacy(privacy, en, region, signal);
    const banner = region.appendChild(document.createElement('placet-banner'));
    await settled(banner);
    expect(findAll(banner, 'section')).to.deep.equal([]);
    arrive(CONFIG);
    await privacy.ready;
    await settled(banner);
    expect(find(banner, 'section')).to.exist;
    stop.abort();
  });

  it('keeps two regions of a page apart', async () => {
    const [one, other] = [setup(), setup({ ...CONFIG, language: 'fr' })];
    const banners = [await one.add('placet-banner'), await other.add('placet-banner')];
    expect(banners.map((banner) => textOf(choice(banner, 'refuse')))).to.deep.equal([
      'Refuse all',
      'Tout refuser',
    ]);
    choice(banners[0]!, 'refuse').click();
    for (const banner of banners) await settled(banner);
    expect(one.privacy.decision).to.exist;
    expect(other.privacy.decision).to.equal(undefined);
    expect(banners.map((banner) => findAll(banner, 'section').length)).to.deep.equal([0, 1]);
  });

  it('is asked for again where a widget moves, and the nearest provider answers', async () => {
    const [one, other] = [setup(), setup({ ...CONFIG, language: 'fr' })];
    const banner = await one.add('placet-banner');
    other.root.append(banner);
    await settled(banner);
    expect(textOf(choice(banner, 'refuse'))).to.equal('Tout refuser');
    await one.privacy.refuseAll();
    await settled(banner);
    expect(find(banner, 'section')).to.exist;
    one.root.append(other.root);
    other.root.append(banner);
    await settled(banner);
    expect(textOf(choice(banner, 'refuse'))).to.equal('Tout refuser');
  });

  it('survives being taken out and put back, many times, with one listener at a time', async () => {
    const { add, root, privacy } = setup();
    const panel = await add('placet-preferences');
    for (let time = 0; time < 5; time++) {
      panel.remove();
      root.append(panel);
    }
    await settled(panel);
    let openings = 0;
    const { show } = panel;
    panel.show = () => {
      openings += 1;
      return show.call(panel);
    };
    await privacy.openPreferences();
    await settled(panel);
    expect(openings).to.equal(1);
    expect(panel.shadowRoot!.querySelectorAll('dialog')).to.have.length(1);
  });

  it('leaves a widget deaf once it is off the page', async () => {
    const { add, privacy } = setup();
    const banner = await add('placet-banner');
    const panel = await add('placet-preferences');
    banner.remove();
    panel.remove();
    const code = await privacy.openPreferences().catch(({ code }: { code: string }) => code);
    expect(code).to.equal('preferences/missing');
    await privacy.refuseAll();
    await settled(banner);
    expect(find(banner, 'section')).to.exist;
  });

  it('is taken anew when another one takes its place, which the widget alone then follows', async () => {
    const stop = new AbortController();
    const { root, ...first } = setup();
    const region = root.appendChild(document.createElement('div'));
    const start = (signal: AbortSignal, locale = en) => {
      const privacy = createPrivacy(CONFIG, { storage: nothingStored(), signal });
      providePrivacy(privacy, locale, region, signal);
      return privacy;
    };
    const old = start(stop.signal);
    const banner = region.appendChild(document.createElement('placet-banner'));
    const panel = region.appendChild(document.createElement('placet-preferences'));
    await settled(banner);
    stop.abort();
    const next = new AbortController();
    const privacy = start(next.signal, fr);
    for (const widget of [banner, panel]) await settled(widget);
    expect(textOf(choice(banner, 'refuse'))).to.equal('Tout refuser');
    const code = await old.openPreferences().catch(({ code }: { code: string }) => code);
    expect(code).to.equal('preferences/missing');
    await privacy.openPreferences();
    await settled(panel);
    expect(find<HTMLDialogElement>(panel, 'dialog').open).to.equal(true);
    choice(banner, 'refuse').click();
    await settled(banner);
    expect(privacy.decision!.denied).to.deep.equal(ASKED);
    expect(old.decision).to.equal(undefined);
    expect(first.privacy.decision).to.equal(undefined);
    expect(findAll(banner, 'section')).to.deep.equal([]);
    next.abort();
  });

  it('follows the community’s protocol: symbol, callback, crossing shadow roots', () => {
    const { root, privacy } = setup();
    const deep = root.appendChild(document.createElement('div')).attachShadow({ mode: 'closed' });
    const inner = deep.appendChild(document.createElement('span'));
    const answers: unknown[] = [];
    const request = (context: symbol) =>
      inner.dispatchEvent(
        Object.assign(new Event('context-request', { bubbles: true, composed: true }), {
          context,
          callback: (value: unknown) => answers.push(value),
        }),
      );
    request(Symbol.for('something else'));
    expect(answers).to.deep.equal([]);
    request(CONSENT);
    expect(answers).to.deep.equal([{ privacy, locale: en }]);
    expect(CONSENT).to.equal(Symbol.for('placet.consent'));
  });

  it('answers each request once, and stops with its signal', () => {
    const root = document.body.appendChild(document.createElement('div'));
    const stop = new AbortController();
    const { privacy } = setup();
    const answers: unknown[] = [];
    requestConsent(root, ({ locale }) => answers.push(locale), stop.signal);
    const provider = new AbortController();
    providePrivacy(privacy, fr, root, provider.signal);
    providePrivacy(privacy, en, root, provider.signal);
    expect(answers).to.deep.equal([fr]);
    provider.abort();
    requestConsent(root, ({ locale }) => answers.push(locale), stop.signal);
    expect(answers).to.deep.equal([fr]);
    stop.abort();
    providePrivacy(privacy, en, root, setup() && AbortSignal.abort());
    expect(answers).to.deep.equal([fr]);
    root.remove();
  });
});
