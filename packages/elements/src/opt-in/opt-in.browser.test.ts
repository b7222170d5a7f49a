import { expect } from '@open-wc/testing';
import { PlacetError, type OptIn } from '@placet/contract';
import { sendKeys } from '@web/test-runner-commands';
import { OptInSubmitEvent, OptInSubmittedEvent } from '../opt-in-events.js';
import { fakeBackend, marketingConfig } from '../testing/marketing.js';
import { box, boxes, field, isOn, message, NEWS, NEWS_SMS } from '../testing/opt-in.js';
import { choice, find, findAll, pages, press, settled, textOf, type } from '../testing/page.js';
import type { OptInElement } from './opt-in.js';

describe('<placet-opt-in> alone', () => {
  const setup = pages();

  async function shown(more = {}, attributes = {}, config = {}) {
    const adapter = fakeBackend();
    const page = setup(marketingConfig(more, config), { adapter });
    const widget = await page.add('placet-opt-in', attributes);
    const heard: Event[] = [];
    for (const name of ['placet-opt-in-submit', 'placet-opt-in-submitted', 'placet-error'])
      page.root.addEventListener(name, (event) => heard.push(event));
    return { ...page, adapter, widget, heard };
  }

  async function send(widget: OptInElement) {
    await press(choice(widget, 'submit'));
    await settled(widget);
  }

  it('asks with one box per topic and channel, none of them ticked (001-26, 001-29)', async () => {
    const { widget } = await shown();
    expect(boxes(widget).map(({ value }) => value)).to.deep.equal([
      ...[NEWS, NEWS_SMS, 'offers/email/default', 'offers/sms/default'],
    ]);
    expect(isOn(widget)).to.deep.equal([false, false, false, false]);
    expect(textOf(box(widget, NEWS).labels![0]!)).to.equal(
      'I would like Maison Tilleul to send me its newsletter by e-mail, once a month at most.',
    );
  });

  it('says what it is about and how to stop before the boxes (001-27, 001-13)', async () => {
    const { widget } = await shown();
    const notice = find(widget, '[part=text]');
    expect(textOf(notice)).to.match(/You can stop at any time/);
    const order = notice.compareDocumentPosition(boxes(widget)[0]!);
    expect(order & Node.DOCUMENT_POSITION_FOLLOWING).to.be.above(0);
    expect(find(widget, 'a').getAttribute('href')).to.equal('/confidentialite');
  });

  it('asks for an address only for a ticked channel, and keeps what was typed', async () => {
    const { widget } = await shown();
    expect(findAll(widget, '[name=email], [name=phone]')).to.deep.equal([]);
    await press(box(widget, NEWS));
    await settled(widget);
    expect(findAll(widget, '[name=phone]')).to.deep.equal([]);
    await type(field(widget, 'email'), 'ada@example.org');
    await press(box(widget, NEWS));
    await settled(widget);
    expect(findAll(widget, '[name=email]')).to.deep.equal([]);
    await press(box(widget, 'offers/email/default'));
    await settled(widget);
    expect(field(widget, 'email').value).to.equal('ada@example.org');
  });

  it('sends what was chosen with the notice, its hash and the gesture, between two events', async () => {
    const { widget, adapter, heard, clock } = await shown();
    await press(box(widget, NEWS));
    await settled(widget);
    await type(field(widget, 'email'), ' ada@example.org ');
    await send(widget);
    const [optIn] = adapter.submitted as [OptIn];
    expect(optIn).to.deep.include({
      at: clock.now.toISOString(),
      contacts: { email: 'ada@example.org' },
      gesture: { control: 'opt-in', trusted: true },
      language: 'en',
      page: location.origin + location.pathname,
    });
    expect(optIn.choices.map(({ granted }) => granted)).to.deep.equal([true, false, false, false]);
    expect(optIn.notice.version).to.equal('2026-11');
    expect(optIn.notice.hash).to.match(/^[\da-f]{64}$/);
    expect(optIn.notice.text).to.include('send me its newsletter by e-mail');
    const [before, after] = heard as [OptInSubmitEvent, OptInSubmittedEvent];
    expect(heard).to.have.length(2);
    expect(before).to.be.instanceOf(OptInSubmitEvent);
    expect(before).to.include({ cancelable: true, bubbles: true, composed: true });
    expect(after).to.be.instanceOf(OptInSubmittedEvent);
    expect(after.result.confirm).to.deep.equal(['email']);
    expect(message(widget)).to.match(/sent to ada@example.org/);
  });

  it('sends nothing while nothing is ticked, and says so', async () => {
    const { widget, adapter, heard } = await shown();
    await send(widget);
    expect(adapter.submitted).to.deep.equal([]);
    expect(heard).to.deep.equal([]);
    expect(message(widget)).to.equal('Nothing is ticked, so nothing is sent.');
  });

  it('keeps everything where sending fails, and sends the same again under the same id', async () => {
    const { widget, adapter, heard } = await shown();
    await press(box(widget, NEWS));
    await settled(widget);
    await type(field(widget, 'email'), 'ada@example.org');
    adapter.failure = new PlacetError('adapter/unreachable');
    await send(widget);
    expect(heard.map(({ type }) => type)).to.deep.equal(['placet-opt-in-submit', 'placet-error']);
    expect(message(widget)).to.match(/still here/);
    expect(field(widget, 'email').value).to.equal('ada@example.org');
    expect(box(widget, NEWS).checked).to.equal(true);
    const { id } = widget.optIn!;
    adapter.failure = undefined;
    await send(widget);
    await send(widget);
    expect(adapter.submitted.map((each) => each.id)).to.deep.equal([id, id]);
    await press(box(widget, 'offers/email/default'));
    await settled(widget);
    await send(widget);
    expect(adapter.submitted[2]!.id).not.to.equal(id);
  });

  it('says what is wrong beside the field, keeps it, and puts the focus there', async () => {
    const { widget, adapter } = await shown();
    await press(box(widget, NEWS));
    await press(box(widget, NEWS_SMS));
    await settled(widget);
    await type(field(widget, 'email'), 'ada@example');
    await send(widget);
    const email = field(widget, 'email');
    expect(widget.shadowRoot!.activeElement).to.equal(email);
    expect(email.getAttribute('aria-invalid')).to.equal('true');
    const about = find(widget, `#${email.getAttribute('aria-describedby')}`);
    expect(textOf(about)).to.match(/not a whole e-mail address/);
    expect(email.value).to.equal('ada@example');
    expect(field(widget, 'phone').getAttribute('aria-invalid')).to.equal('true');
    await type(email, '.org');
    await settled(widget);
    expect(email.getAttribute('aria-invalid')).to.equal('false');
    expect(adapter.submitted).to.deep.equal([]);
  });

  it('says beside the field what only the backend can tell', async () => {
    const { widget, adapter, heard } = await shown();
    await press(box(widget, NEWS_SMS));
    await settled(widget);
    await type(field(widget, 'phone'), '+33 1 23 45 67 89');
    adapter.failure = new PlacetError('contact/invalid');
    await send(widget);
    expect(heard.map(({ type }) => type)).to.deep.equal(['placet-opt-in-submit']);
    expect(widget.shadowRoot!.activeElement).to.equal(field(widget, 'phone'));
    expect(textOf(find(widget, '[part=error]'))).to.match(/not a whole number/);
  });

  it('can be stopped by the host, and then changes nothing', async () => {
    const { widget, adapter, root } = await shown();
    root.addEventListener('placet-opt-in-submit', (event) => event.preventDefault());
    await press(box(widget, NEWS));
    await settled(widget);
    await type(field(widget, 'email'), 'ada@example.org');
    await send(widget);
    expect(adapter.submitted).to.deep.equal([]);
    expect(box(widget, NEWS).checked).to.equal(true);
    expect(message(widget)).to.equal('');
  });

  it('asks for the code sent to a number, and confirms with it', async () => {
    const { widget, adapter, heard } = await shown();
    await press(box(widget, NEWS_SMS));
    await settled(widget);
    await type(field(widget, 'phone'), '+33 6 12 34 56 78');
    await send(widget);
    const code = field(widget, 'code');
    expect(widget.shadowRoot!.activeElement).to.equal(code);
    expect([code.inputMode, code.getAttribute('autocomplete')]).to.deep.equal([
      'numeric',
      'one-time-code',
    ]);
    adapter.failure = new PlacetError('token/unknown');
    await type(code, '123456');
    await press(choice(widget, 'confirm'));
    await settled(widget);
    expect(textOf(find(widget, '[part=error]'))).to.match(/is wrong/);
    expect(widget.shadowRoot!.activeElement).to.equal(code);
    adapter.failure = undefined;
    await press(choice(widget, 'confirm'));
    await settled(widget);
    const { id } = adapter.submitted[0]!;
    expect(adapter.confirmed).to.deep.equal([{ id, code: '123456' }]);
    expect(message(widget)).to.match(/confirmed/);
    expect(findAll(widget, '[name=code]')).to.deep.equal([]);
    expect(heard.map(({ type }) => type)).not.to.include('placet-error');
  });

  it('asks for the age once something is ticked, and for a parent’s address below it (GDPR art. 8)', async () => {
    const { widget, adapter } = await shown({ minimumAge: 15 });
    expect(findAll(widget, '[name=age]')).to.deep.equal([]);
    await press(box(widget, NEWS));
    await settled(widget);
    await type(field(widget, 'email'), 'kid@example.org');
    await send(widget);
    const [over, under] = findAll<HTMLInputElement>(widget, '[name=age]');
    expect(widget.shadowRoot!.activeElement).to.equal(over);
    expect(widget.optIn).to.deep.include({ contacts: {}, missing: ['email'] });
    await press(under!);
    await settled(widget);
    await send(widget);
    expect(widget.shadowRoot!.activeElement).to.equal(field(widget, 'guardian'));
    await type(field(widget, 'guardian'), 'mum@example.org');
    await send(widget);
    expect(adapter.submitted[0]).to.deep.include({
      age: 'under',
      contacts: { email: 'kid@example.org' },
      guardian: { email: 'mum@example.org' },
    });
    expect(message(widget)).to.match(/sent to mum@example.org/);
    await press(over!);
    await settled(widget);
    expect(widget.optIn).to.deep.include({ age: 'over' }).and.not.to.have.property('guardian');
  });

  it('lets people say how often, if they like (002-27)', async () => {
    const { widget, adapter } = await shown({ frequencies: ['weekly', 'monthly'] });
    await press(box(widget, NEWS));
    await settled(widget);
    await type(field(widget, 'email'), 'ada@example.org');
    expect(field(widget, 'frequency').value).to.equal('');
    await send(widget);
    expect(adapter.submitted[0]).not.to.have.property('frequency');
    field(widget, 'frequency').focus();
    await sendKeys({ press: 'ArrowDown' });
    await settled(widget);
    await send(widget);
    expect(adapter.submitted[1]!.frequency).to.equal('weekly');
  });
});
