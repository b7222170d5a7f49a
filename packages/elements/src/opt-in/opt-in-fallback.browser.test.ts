import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { locale as fr } from '../locales/fr.js';
import { locale as en } from '../locales/en.js';
import { fakeBackend, marketingConfig } from '../testing/marketing.js';
import { box, boxes, field, message, NEWS } from '../testing/opt-in.js';
import { choice, find, findAll, pages, press, settled, textOf, type } from '../testing/page.js';
import { CONFIG, NOW } from '../testing/salon.js';
import { provideOptIns } from './provide.js';

const PLAIN = `<form action="/placet/subscriptions" method="post" novalidate>
  <input type="hidden" name="site" value="default"><input type="checkbox" name="choice" value="${NEWS}">
  <input type="email" name="email"><select name="frequency"><option>monthly</option></select>
  <button>Send</button></form>`;

describe('<placet-opt-in> where something is missing', () => {
  const setup = pages();

  async function withPlainForm(page: ReturnType<typeof setup>, attributes = '') {
    const host = document.createElement('div');
    host.innerHTML = `<placet-opt-in ${attributes}>${PLAIN}</placet-opt-in>`;
    page.root.append(host);
    const widget = host.querySelector('placet-opt-in')!;
    await settled(widget);
    return widget;
  }

  it('takes the place of the form that needs no script once it can work', async () => {
    const widget = await withPlainForm(
      setup(marketingConfig(), { adapter: fakeBackend() }),
      'topics="offers"',
    );
    expect(boxes(widget)).to.have.length(2);
    expect(widget.querySelector('button')!.checkVisibility()).to.equal(false);
  });

  for (const [name, config, adapter, attributes] of [
    ['marketing in the config', CONFIG, fakeBackend()],
    ['a backend', marketingConfig(), undefined],
    ['a backend that takes opt-ins', marketingConfig(), fakeBackend(false)],
    ['a topic of that name', marketingConfig(), fakeBackend(), 'topics="weather"'],
  ] as const)
    it(`leaves that form where there is not ${name}`, async () => {
      const page = setup(config, adapter && { adapter });
      const widget = await withPlainForm(page, attributes);
      expect(boxes(widget)).to.deep.equal([]);
      expect(widget.querySelector('button')!.checkVisibility()).to.equal(true);
      expect(widget.querySelector('button')!.disabled).to.equal(false);
      expect(widget.optIn).to.equal(undefined);
    });

  it('leaves that form to whoever has typed into it and gone on, so that nothing typed is lost', async () => {
    const { add, privacy } = setup(marketingConfig());
    const widget = await add('placet-opt-in');
    widget.innerHTML = PLAIN;
    widget.requestUpdate();
    await settled(widget);
    const input = widget.querySelector<HTMLInputElement>('[name=email]')!;
    input.focus();
    await sendKeys({ type: 'ada@example.org' });
    input.blur();
    Object.assign(privacy, { adapter: fakeBackend() });
    widget.requestUpdate();
    await settled(widget);
    expect(boxes(widget)).to.deep.equal([]);
    expect(input.value).to.equal('ada@example.org');
    expect(input.disabled).to.equal(false);
    expect(input.checkVisibility()).to.equal(true);
  });

  it('shows it before anybody has provided anything, and where nobody ever does', async () => {
    const host = document.body.appendChild(document.createElement('div'));
    host.dataset['testRoot'] = '';
    host.innerHTML = `<placet-opt-in>${PLAIN}</placet-opt-in>`;
    const widget = host.querySelector('placet-opt-in')!;
    await settled(widget);
    expect(widget.querySelector('button')!.checkVisibility()).to.equal(true);
  });

  it('says whom to write to where there is no other form', async () => {
    const { add } = setup(
      marketingConfig(
        {},
        { controller: { ...CONFIG.controller, contact: 'news@tilleul.example' } },
      ),
    );
    const widget = await add('placet-opt-in');
    expect(textOf(widget.shadowRoot!)).to.equal('To subscribe, write to news@tilleul.example.');
    expect(findAll(widget, 'input, button')).to.deep.equal([]);
  });

  it('asks only by the channels that the backend has', async () => {
    const adapter = fakeBackend();
    adapter.capabilities = async () => ({ subscriptions: { channels: ['email'], links: false } });
    const { add } = setup(marketingConfig(), { adapter });
    const widget = await add('placet-opt-in');
    expect(boxes(widget).map(({ value }) => value)).to.deep.equal([
      ...[NEWS, 'offers/email/default'],
    ]);
  });

  it('stays where the backend cannot say what it offers just now', async () => {
    const adapter = fakeBackend();
    adapter.capabilities = () => Promise.reject(new Error('offline'));
    const { add } = setup(marketingConfig(), { adapter });
    expect(boxes(await add('placet-opt-in'))).to.have.length(4);
  });
});

describe('provideOptIns', () => {
  pages();

  it('serves the form on a page that asks nobody about cookies, in its language', async () => {
    for (const locale of [en, fr]) {
      const root = document.body.appendChild(document.createElement('div'));
      root.dataset['testRoot'] = '';
      const adapter = fakeBackend();
      const { language } = locale;
      const config = marketingConfig({}, { language });
      const stop = new AbortController();
      provideOptIns({ config, adapter, locale, root, now: () => NOW, signal: stop.signal });
      const widget = root.appendChild(document.createElement('placet-opt-in'));
      await settled(widget);
      await press(box(widget, NEWS));
      await settled(widget);
      await type(field(widget, 'email'), 'ada@example.org');
      await press(choice(widget, 'submit'));
      await settled(widget);
      expect(adapter.submitted[0]).to.deep.include({ language, at: NOW.toISOString() });
      expect(message(widget)).to.include('ada@example.org');
      expect(find(widget, '[part=base]').lang).to.equal(language);
      expect(document.cookie).not.to.match(/placet=/);
      stop.abort();
    }
  });
});
