import { expect } from '@open-wc/testing';
import { noticeHash, type OptIn, type SiteConfig } from '@placet/contract';
import { optInSchema } from '@placet/contract/schema';
import { sendKeys } from '@web/test-runner-commands';
import { locale as fr } from '../locales/fr.js';
import { fakeBackend, marketingConfig } from '../testing/marketing.js';
import { box, boxes, field, isOn, NEWS, NEWS_SMS } from '../testing/opt-in.js';
import { eventually, find, findAll, pages, press, settled, textOf, type } from '../testing/page.js';
import type { OptInElement } from './opt-in.js';

const GRANTED = (optIn: OptIn) => optIn.choices.map(({ granted }) => granted);

describe('<placet-opt-in> inside a form of the host', () => {
  const setup = pages();

  /** A booking form with the widget in it, on a page without a backend. */
  async function booking(
    attributes: Readonly<Record<string, string>> = {},
    config: SiteConfig = marketingConfig(),
    options: Parameters<typeof setup>[1] = {},
  ) {
    const page = setup(config, options);
    const form = page.root.appendChild(document.createElement('form'));
    form.innerHTML =
      '<input name="name" value="Ada"><input name="mail" type="email"><input name="mobile">' +
      '<fieldset></fieldset><button>Book</button>';
    const widget = document.createElement('placet-opt-in');
    for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
    form.querySelector('fieldset')!.append(widget);
    await settled(widget);
    const input = (name: string) => form.elements.namedItem(name) as HTMLInputElement;
    const entries = () =>
      new FormData(form).getAll('placet-opt-in').map((each) => JSON.parse(String(each)) as OptIn);
    return { ...page, form, widget, input, entries };
  }

  it('lets a booking go with every box empty, and says that nothing was chosen (001-25, DP-31)', async () => {
    const { form, widget, entries } = await booking();
    const sent = new Promise<SubmitEvent>((resolve) =>
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        resolve(event);
      }),
    );
    expect(form.checkValidity()).to.equal(true);
    form.requestSubmit();
    await sent;
    const [optIn] = entries() as [OptIn];
    expect(GRANTED(optIn)).to.deep.equal([false, false, false, false]);
    expect(optIn.contacts).to.deep.equal({});
    expect(optIn.gesture).to.deep.equal({ control: 'opt-in', trusted: false });
    expect(optIn).not.to.have.property('missing');
    expect(findAll(widget, 'button')).to.deep.equal([]);
  });

  for (const name of ['required', 'checked', 'aria-required'])
    it(`knows no ${name} (001-25)`, async () => {
      const { form, widget, entries } = await booking({ [name]: '' });
      expect(form.checkValidity()).to.equal(true);
      expect(widget.matches(':valid') || !widget.matches(':invalid')).to.equal(true);
      expect(findAll(widget, '[required]')).to.deep.equal([]);
      expect(GRANTED(entries()[0]!)).not.to.include(true);
    });

  it('puts one entry into the form: what was chosen, the notice as shown, the gesture', async () => {
    const { widget, entries } = await booking();
    await press(box(widget, NEWS));
    await settled(widget);
    await type(field(widget, 'email'), 'ada@example.org');
    await eventually(() => entries()[0]!.notice.hash, 'the notice is hashed');
    const [optIn, ...others] = entries() as [OptIn];
    expect(others).to.deep.equal([]);
    expect(optInSchema.safeParse(optIn).error?.issues).to.equal(undefined);
    expect(GRANTED(optIn)).to.deep.equal([true, false, false, false]);
    expect(optIn.contacts).to.deep.equal({ email: 'ada@example.org' });
    expect(optIn.gesture).to.deep.equal({ control: 'opt-in', trusted: true });
    expect(optIn.notice.hash).to.equal(await noticeHash(optIn.notice.text!));
    for (const { textContent } of boxes(widget).map(({ labels }) => labels![0]!))
      expect(optIn.notice.text).to.include(textContent!.trim());
    for (const line of findAll(widget, '[part=text] > p'))
      expect(optIn.notice.text).to.include(textOf(line));
  });

  it('keeps the id while nothing changes, so that sending twice is a repetition', async () => {
    const { widget, entries, clock } = await booking();
    await press(box(widget, NEWS));
    const [first] = entries();
    clock.now = new Date(clock.now.getTime() + 60_000);
    expect(entries()).to.deep.equal([first]);
    await press(box(widget, NEWS_SMS));
    expect(entries()[0]!.id).not.to.equal(first!.id);
  });

  it('uses the form’s own fields, so that nobody types an address twice', async () => {
    const names = { 'email-field': 'mail', 'phone-field': 'mobile' };
    const { widget, input, entries } = await booking(names);
    await press(box(widget, NEWS));
    await press(box(widget, NEWS_SMS));
    await settled(widget);
    expect(findAll(widget, '[name=email], [name=phone]')).to.deep.equal([]);
    expect(entries()[0]).to.deep.include({ contacts: {}, missing: ['email', 'phone'] });
    input('mail').value = 'ada@example.org';
    expect(entries()[0]).to.deep.include({
      contacts: { email: 'ada@example.org' },
      missing: ['phone'],
    });
    input('mobile').value = '+33 6 12 34 56 78';
    expect(entries()[0]!.contacts.phone).to.equal('+33 6 12 34 56 78');
    expect(entries()[0]).not.to.have.property('missing');
  });

  it('shows its own field where the form has none of that name', async () => {
    const { widget } = await booking({ 'email-field': 'courriel' });
    await press(box(widget, NEWS));
    await settled(widget);
    expect(field(widget, 'email').type).to.equal('email');
  });

  it('marks what is incomplete and blocks nothing', async () => {
    const { form, widget, entries } = await booking();
    await press(box(widget, NEWS));
    await settled(widget);
    await type(field(widget, 'email'), 'ada@');
    expect(form.checkValidity()).to.equal(true);
    expect(entries()[0]).to.deep.include({ contacts: {}, missing: ['email'] });
  });

  it('sends the host’s form on Enter, as any field does', async () => {
    const { form, widget } = await booking();
    await press(box(widget, NEWS));
    await settled(widget);
    const sent = new Promise<void>((resolve) =>
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        resolve();
      }),
    );
    field(widget, 'email').focus();
    await sendKeys({ press: 'Enter' });
    await sent;
  });

  it('begins again when the form is reset', async () => {
    const { form, widget, entries } = await booking();
    await press(box(widget, NEWS));
    await settled(widget);
    await type(field(widget, 'email'), 'ada@example.org');
    form.reset();
    await settled(widget);
    expect(isOn(widget)).to.deep.equal([false, false, false, false]);
    expect(GRANTED(entries()[0]!)).not.to.include(true);
    await press(box(widget, NEWS));
    await settled(widget);
    expect(field(widget, 'email').value).to.equal('');
  });

  it('takes no answer and adds nothing while it is disabled, itself or by its fieldset', async () => {
    const { form, widget, entries } = await booking();
    await press(box(widget, NEWS));
    const fieldset = form.querySelector('fieldset')!;
    for (const target of [widget, fieldset]) {
      target.disabled = true;
      await settled(widget);
      expect(entries()).to.deep.equal([]);
      expect(widget.optIn).to.equal(undefined);
      expect(boxes(widget).every((each) => each.matches(':disabled'))).to.equal(true);
      target.disabled = false;
      await settled(widget);
      expect(entries()).to.have.length(1);
      expect(boxes(widget).some((each) => each.matches(':disabled'))).to.equal(false);
    }
  });

  it('gets back what was typed when the browser restores the page, and no tick', async () => {
    const { widget } = await booking({}, marketingConfig({ minimumAge: 15 }));
    widget.formStateRestoreCallback(
      JSON.stringify({ email: 'ada@example.org', age: 'over', code: '123456', __proto__: 'x' }),
    );
    for (const state of ['{', 'null', '[]', '"x"', undefined, new FormData()])
      widget.formStateRestoreCallback(state);
    await settled(widget);
    expect(isOn(widget)).to.deep.equal([false, false, false, false]);
    await press(box(widget, NEWS));
    await settled(widget);
    expect(field(widget, 'email').value).to.equal('ada@example.org');
    expect(find<HTMLInputElement>(widget, '[value=over]').checked).to.equal(true);
  });

  it('leaves a form that it is taken out of, and joins the next', async () => {
    const { root, form, widget, entries } = await booking();
    const other = root.appendChild(document.createElement('form'));
    other.append(widget);
    await settled(widget);
    expect(entries()).to.deep.equal([]);
    expect(new FormData(other).getAll('placet-opt-in')).to.have.length(1);
    expect(widget.form).to.equal(other);
    widget.remove();
    expect(new FormData(other).has('placet-opt-in')).to.equal(false);
    expect(new FormData(form).has('placet-opt-in')).to.equal(false);
  });

  it('has an entry each where two stand in one form, and belongs to a form by its id', async () => {
    const { root, widget, entries } = await booking({ topics: 'newsletter', form: 'unknown' });
    widget.removeAttribute('form');
    const second = document.createElement('placet-opt-in');
    second.setAttribute('topics', 'offers');
    widget.after(second);
    await settled(second);
    expect(entries().map(({ choices }) => choices[0]!.topic)).to.deep.equal([
      'newsletter',
      'offers',
    ]);
    const third = document.createElement('placet-opt-in');
    third.setAttribute('form', 'far');
    root.append(third);
    const far = root.appendChild(document.createElement('form'));
    far.id = 'far';
    await settled(third);
    expect(new FormData(far).getAll('placet-opt-in')).to.have.length(1);
  });

  it('asks only for what its attributes name, and they follow its properties', async () => {
    const { widget } = await booking({ topics: 'offers', channels: ' sms  email ' });
    expect(boxes(widget).map(({ value }) => value)).to.deep.equal([
      'offers/email/default',
      'offers/sms/default',
    ]);
    const all: Partial<OptInElement> = {
      ...{ topics: 'newsletter', channels: 'sms', controllers: 'default', basis: 'b2b' },
      ...{ emailField: 'mail', phoneField: 'mobile', deliver: 'placet', disabled: true },
    };
    Object.assign(widget, all);
    expect(widget).to.deep.include(all);
    const names = ['topics', 'channels', 'controllers', 'basis', 'email-field', 'phone-field'];
    expect(
      [...names, 'deliver', 'disabled'].map((name) => widget.getAttribute(name)),
    ).to.deep.equal(['newsletter', 'sms', 'default', 'b2b', 'mail', 'mobile', 'placet', '']);
    widget.setAttribute('basis', 'whatever');
    widget.setAttribute('deliver', 'whatever');
    expect([widget.basis, widget.deliver]).to.deep.equal(['consent', 'host']);
  });

  it('offers the objection to existing customers, and tells of it with the address (002-23, E-05)', async () => {
    const { widget, input, entries } = await booking({
      ...{ basis: 'soft-opt-in', 'email-field': 'mail' },
      ...{ channels: 'email', topics: 'newsletter' },
    });
    input('mail').value = 'ada@example.org';
    expect(textOf(boxes(widget)[0]!.labels![0]!)).to.equal(
      'I object to Maison Tilleul sending me its newsletter by e-mail.',
    );
    expect(isOn(widget)).to.deep.equal([false]);
    expect(entries()[0]).to.deep.include({
      basis: 'soft-opt-in',
      contacts: { email: 'ada@example.org' },
    });
    expect(GRANTED(entries()[0]!)).to.deep.equal([true]);
    await press(boxes(widget)[0]!);
    expect(GRANTED(entries()[0]!)).to.deep.equal([false]);
    expect(entries()[0]!.gesture.trusted).to.equal(true);
  });

  it('shows no objection where no server of the host sends it on (E-05)', async () => {
    for (const basis of ['soft-opt-in', 'b2b']) {
      const { add } = setup(marketingConfig(), { adapter: fakeBackend() });
      const alone = await add('placet-opt-in', { basis });
      const inside = await booking({ basis, deliver: 'placet' }, undefined, {
        adapter: fakeBackend(),
      });
      for (const widget of [alone, inside.widget]) {
        expect(boxes(widget)).to.deep.equal([]);
        expect(textOf(widget.shadowRoot!)).to.equal('');
      }
      expect(inside.entries()).to.deep.equal([]);
      inside.widget.deliver = 'host';
      await settled(inside.widget);
      expect(boxes(inside.widget)).not.to.deep.equal([]);
    }
  });

  it('has another notice where one word of a label is another, or the language (001-32)', async () => {
    const hashOf = async (config: SiteConfig, options = {}) => {
      const { widget, entries } = await booking({}, config, options);
      await settled(widget);
      await eventually(() => entries()[0]!.notice.hash, 'the notice is hashed');
      return entries()[0]!.notice.hash;
    };
    const own = { en: { boxEmail: '{controller} may send me {topic} by e-mail, {frequency}.' } };
    const hashes = [
      await hashOf(marketingConfig()),
      await hashOf(marketingConfig({}, { texts: own })),
      await hashOf(marketingConfig({}, { language: 'fr' }), { locale: fr }),
      await hashOf(marketingConfig({ frequencies: ['weekly'] })),
    ];
    expect(new Set(hashes).size).to.equal(4);
    expect(await hashOf(marketingConfig())).to.equal(hashes[0]);
  });

  it('speaks French', async () => {
    const config = marketingConfig({}, { language: 'fr' });
    const { widget, entries } = await booking({}, config, { locale: fr });
    expect(textOf(boxes(widget)[0]!.labels![0]!)).to.match(/sa lettre d’information.*e-mail/);
    expect(find(widget, '[part=base]').lang).to.equal('fr');
    expect(entries()[0]!.language).to.equal('fr');
  });

  it('needs no backend where the host forwards, and one where it is to deliver', async () => {
    const { widget, entries } = await booking();
    expect(boxes(widget)).to.have.length(4);
    widget.deliver = 'placet';
    await settled(widget);
    expect(boxes(widget)).to.deep.equal([]);
    expect(entries()).to.deep.equal([]);
    expect(textOf(widget.shadowRoot!)).to.match(/write to/);
  });

  it('keeps what is not seen out of the form: the fields that need no script', async () => {
    const page = setup(marketingConfig());
    const form = page.root.appendChild(document.createElement('form'));
    form.innerHTML =
      '<placet-opt-in email-field="email"><input name="email"><input type="checkbox" name="choice"></placet-opt-in>';
    const widget = form.querySelector('placet-opt-in')!;
    await settled(widget);
    form.querySelector<HTMLInputElement>('[name=choice]')!.checked = true;
    expect([...new FormData(form).keys()]).to.deep.equal(['placet-opt-in']);
    await press(box(widget, NEWS));
    await settled(widget);
    expect(field(widget, 'email')).to.exist;
  });

  it('leaves the form that needs no script to whoever has begun on it', async () => {
    const { root } = setup(marketingConfig(), { adapter: fakeBackend() });
    const host = document.createElement('div');
    host.innerHTML =
      '<placet-opt-in><form><input type="checkbox" name="choice"></form></placet-opt-in>';
    const widget = host.querySelector('placet-opt-in')!;
    widget.querySelector('input')!.checked = true;
    root.append(host);
    await settled(widget);
    expect(find(widget, 'slot')).to.exist;
    expect(widget.querySelector('input')!.disabled).to.equal(false);
    expect(widget.optIn).to.equal(undefined);
  });
});
