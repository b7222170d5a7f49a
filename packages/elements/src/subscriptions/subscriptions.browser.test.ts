import { expect } from '@open-wc/testing';
import { noticeHash, PlacetError, type SubscriptionChange } from '@placet/contract';
import { locale as fr } from '../locales/fr.js';
import { fakeBackend, marketingConfig } from '../testing/marketing.js';
import { box, boxes, message, NEWS } from '../testing/opt-in.js';
import { choice, find, findAll, pages, press, settled, textOf, type } from '../testing/page.js';
import { CONFIG } from '../testing/salon.js';
import { subscriber, type Subscriber } from '../testing/subscriber.js';
import type { SubscriptionsElement } from './subscriptions.js';

const OFFERS = 'offers/email/default';
const address = () => location.pathname + location.search;
const ticks = (widget: Element) => boxes(widget).map(({ value, checked }) => `${value} ${checked}`);

async function choose(widget: SubscriptionsElement, id: string, value: string) {
  const select = find<HTMLSelectElement>(widget, `#${id}`);
  select.value = value;
  for (const kind of ['input', 'change'])
    select.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));
  await settled(widget);
}

describe('<placet-subscriptions>', () => {
  const setup = pages();
  afterEach(() => history.replaceState(null, '', address()));

  async function opened(person: Subscriber, token = person.token, locale?: typeof fr) {
    if (token) history.replaceState(null, '', `#placet=${token}`);
    const page = setup(person.config, { adapter: person.adapter, ...(locale && { locale }) });
    const heard: Event[] = [];
    for (const name of ['save', 'saved'])
      page.root.addEventListener(`placet-subscriptions-${name}` as 'placet-error', (event) =>
        heard.push(event),
      );
    page.root.addEventListener('placet-error', (event) => heard.push(event));
    const widget = await page.add('placet-subscriptions');
    await settled(widget);
    return { ...page, widget, heard, names: () => heard.map(({ type: name }) => name) };
  }

  /** Waits for what is said once the backend has answered. */
  const answered = async (widget: SubscriptionsElement) => {
    while (['', 'Sending…'].includes(message(widget))) await settled(widget);
    await settled(widget);
  };
  const save = async (widget: SubscriptionsElement) => {
    await press(choice(widget, 'save'));
    await settled(widget);
    await answered(widget);
  };

  it('takes the link’s token out of the address, and shows who it is about, masked', async () => {
    const before = history.length;
    const { widget } = await opened(await subscriber());
    expect(location.hash).to.equal('');
    expect(location.href.endsWith('#')).to.equal(false);
    expect(history.length).to.equal(before);
    expect(textOf(find(widget, '[part=text]'))).to.match(/^For c•+@example\.org$/);
    expect(document.documentElement.outerHTML).not.to.contain('placet=');
  });

  it('has a box for each topic and channel by which the person is reached, as it stands', async () => {
    const { widget } = await opened(await subscriber());
    expect(ticks(widget)).to.deep.equal([`${NEWS} true`, `${OFFERS} false`]);
    expect(textOf(box(widget, NEWS).labels![0]!)).to.equal(
      'I would like Maison Tilleul to send me its newsletter by e-mail, once a month at most.',
    );
    expect(textOf(find(widget, `[id="about-${NEWS}"]`))).to.equal('On since 22 November 2026.');
  });

  it('offers to stop everything before anything else (002-35)', async () => {
    const { widget } = await opened(await subscriber());
    const [first] = findAll(widget, 'button, input, select, a, summary');
    expect(first).to.equal(choice(widget, 'stop'));
  });

  it('stops everything with one click, at once, and lets the person choose again (002-35, DP-32)', async () => {
    const person = await subscriber(['newsletter', 'offers']);
    const { widget, names } = await opened(person);
    // Leaving takes any click.
    choice(widget, 'stop').click();
    await answered(widget);
    expect([person.gets('newsletter'), person.gets('offers')]).to.deep.equal([false, false]);
    expect(message(widget)).to.equal('Everything is stopped.');
    expect(widget.shadowRoot!.activeElement).to.equal(find(widget, 'output'));
    expect(ticks(widget)).to.deep.equal([`${NEWS} false`, `${OFFERS} false`]);
    expect(findAll(widget, '[data-choice=stop]')).to.deep.equal([]);
    expect(names()).to.deep.equal(['placet-subscriptions-saved']);
    await press(box(widget, OFFERS));
    await save(widget);
    expect(person.gets('offers')).to.equal(true);
  });

  it('takes no more clicks to leave than to join, for one and for all (DP-32)', async () => {
    const person = await subscriber(['newsletter']);
    const { widget } = await opened(person);
    const count = async (...controls: (() => HTMLElement)[]) => {
      for (const control of controls) {
        await press(control());
        await settled(widget);
        if (message(widget)) await answered(widget);
      }
      return controls.length;
    };
    const joining = await count(
      () => box(widget, OFFERS),
      () => choice(widget, 'save'),
    );
    expect(person.gets('offers')).to.equal(true);
    const leaving = await count(
      () => box(widget, OFFERS),
      () => choice(widget, 'save'),
    );
    expect(person.gets('offers')).to.equal(false);
    const leavingAll = await count(() => choice(widget, 'stop'));
    expect(person.gets('newsletter')).to.equal(false);
    expect(leaving).to.be.at.most(joining);
    expect(leavingAll).to.be.below(joining);
  });

  it('keeps ticks for a draft until "save", then sends what changed on the notice shown', async () => {
    const person = await subscriber();
    const { update } = person.adapter.subscriptions;
    let sent: SubscriptionChange | undefined;
    person.adapter.subscriptions.update = (access, change) => {
      sent = change;
      return update(access, change);
    };
    const { widget, names } = await opened(person);
    await press(box(widget, OFFERS));
    await settled(widget);
    expect(person.gets('offers')).to.equal(false);
    await save(widget);
    expect(person.gets('offers')).to.equal(true);
    expect(message(widget)).to.equal('Your changes are saved.');
    expect(names()).to.deep.equal(['placet-subscriptions-save', 'placet-subscriptions-saved']);
    const offer = { topic: 'offers', channel: 'email', controller: 'default', granted: true };
    expect(sent!.choices).to.deep.equal([offer]);
    expect(sent!.gesture).to.deep.equal({ control: 'subscriptions', trusted: true });
    expect(sent!.page).to.equal(location.origin + location.pathname);
    const { text, hash } = sent!.notice;
    expect(hash).to.equal(await noticeHash(text!));
    const shown = textOf(widget.shadowRoot!);
    for (const line of text!
      .split('\n')
      .filter((each) => /^(title|text|box|frequency)\t/.test(each)))
      for (const part of line.split('\t').slice(line.startsWith('box') ? 2 : 1))
        expect(shown).to.contain(part);
  });

  it('grants nothing on clicks, values or events that code makes (001-29)', async () => {
    const person = await subscriber();
    const { widget, names } = await opened(person);
    const one = box(widget, OFFERS);
    one.click();
    one.labels![0]!.click();
    one.checked = true;
    for (const kind of ['input', 'change']) one.dispatchEvent(new Event(kind, { bubbles: true }));
    await settled(widget);
    expect(one.checked).to.equal(false);
    await save(widget);
    expect(message(widget)).to.equal('Nothing was changed, so there is nothing to save.');
    await press(one);
    choice(widget, 'save').click();
    await settled(widget);
    expect(names()).to.deep.equal(['placet-error']);
    expect(person.gets('offers')).to.equal(false);
    expect(box(widget, OFFERS).checked).to.equal(true);
  });

  it('takes back on any click', async () => {
    const person = await subscriber();
    const { widget } = await opened(person);
    box(widget, NEWS).click();
    choice(widget, 'save').click();
    await answered(widget);
    expect(person.gets('newsletter')).to.equal(false);
  });

  it('lets a page cancel what grants, not what leaves', async () => {
    const person = await subscriber();
    const { widget, root } = await opened(person);
    const asked = new Promise<Event>((resolve) =>
      root.addEventListener('placet-subscriptions-save', (event) => {
        event.preventDefault();
        resolve(event);
      }),
    );
    await press(box(widget, OFFERS));
    await press(choice(widget, 'save'));
    expect((await asked).defaultPrevented).to.equal(true);
    await settled(widget);
    expect(person.gets('offers')).to.equal(false);
    await press(box(widget, OFFERS));
    await press(box(widget, NEWS));
    await save(widget);
    expect(person.gets('newsletter')).to.equal(false);
  });

  it('keeps a wish for how often, and a pause with its end (002-27)', async () => {
    const person = await subscriber();
    const { widget } = await opened(person);
    expect(findAll<HTMLOptionElement>(widget, '#pause option').map(textOf)).to.deep.equal([
      ...['No pause', 'One month, until 22 December 2026', '3 months, until 22 February 2027'],
      '6 months, until 22 May 2027',
    ]);
    await choose(widget, 'frequency', 'quarterly');
    await choose(widget, 'pause', '3');
    await save(widget);
    const { frequency, pausedUntil } = await person.adapter.subscriptions.read(person);
    expect([frequency, pausedUntil]).to.deep.equal(['quarterly', '2027-02-22T12:00:00.000Z']);
    expect(person.gets('newsletter')).to.equal(false);
    const pause = find<HTMLSelectElement>(widget, '#pause');
    expect(textOf(pause.selectedOptions[0]!)).to.equal('Until 22 February 2027');
    await choose(widget, 'frequency', '');
    await choose(widget, 'pause', '');
    await save(widget);
    const after = await person.adapter.subscriptions.read(person);
    expect(after).not.to.have.any.keys('frequency', 'pausedUntil');
  });

  it('keeps everything chosen when saving fails, and repeats under the same id', async () => {
    const person = await subscriber();
    const { update } = person.adapter.subscriptions;
    const ids: string[] = [];
    person.adapter.subscriptions.update = (access, change) => {
      ids.push(change.id);
      if (ids.length === 1) throw new PlacetError('adapter/unreachable');
      return update(access, change);
    };
    const { widget, names } = await opened(person);
    await press(box(widget, OFFERS));
    await choose(widget, 'pause', '6');
    await save(widget);
    expect(message(widget)).to.match(/^This could not be done\. Your choices are still here/);
    expect(box(widget, OFFERS).checked).to.equal(true);
    expect(find<HTMLSelectElement>(widget, '#pause').value).to.equal('6');
    expect(names()).to.contain('placet-error');
    await save(widget);
    expect(ids[0]).to.equal(ids[1]);
    expect(message(widget)).to.equal('Your changes are saved.');
  });

  it('stops for good what is being saved at the same time', async () => {
    const person = await subscriber();
    const { update } = person.adapter.subscriptions;
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    person.adapter.subscriptions.update = (access, change) =>
      gate.then(() => update(access, change));
    const { widget } = await opened(person);
    await press(box(widget, OFFERS));
    await press(choice(widget, 'save'));
    await press(choice(widget, 'stop'));
    expect(person.gets('newsletter')).to.equal(false);
    go();
    while (message(widget) !== 'Everything is stopped.') await settled(widget);
    expect([person.gets('newsletter'), person.gets('offers')]).to.deep.equal([false, false]);
    expect(ticks(widget)).to.deep.equal([`${NEWS} false`, `${OFFERS} false`]);
  });

  it('says when stopping fails, and does not pretend', async () => {
    const person = await subscriber();
    person.adapter.subscriptions.unsubscribeAll = () =>
      Promise.reject(new PlacetError('adapter/unreachable'));
    const { widget, names } = await opened(person);
    await press(choice(widget, 'stop'));
    await answered(widget);
    expect(message(widget)).to.match(/^This could not be done/);
    expect(choice(widget, 'stop').isConnected).to.equal(true);
    expect(names()).to.deep.equal(['placet-error']);
  });

  it('tells what happened, newest first, with the proof of each entry (001-34)', async () => {
    const { widget } = await opened(await subscriber());
    await press(box(widget, NEWS));
    await save(widget);
    const lines = findAll(widget, 'ol > li').map((each) => textOf(each.querySelector('b')!));
    expect(lines).to.deep.equal([
      '22 November 2026: changed on this page',
      '22 November 2026: confirmed with the link in an e-mail',
      '22 November 2026: asked for on a form',
    ]);
    expect(findAll(widget, 'ol ul').map((each) => textOf(each))).to.deep.equal([
      'Stopped: Maison Tilleul, its newsletter, by e-mail',
      'Yes: Maison Tilleul, its newsletter, by e-mail',
      // The boxes that were left empty stopped nothing.
      'Yes: Maison Tilleul, its newsletter, by e-mail',
    ]);
    const saved: string[] = [];
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      saved.push(this.download);
    };
    try {
      find(widget, 'details').setAttribute('open', '');
      for (const button of findAll(widget, '[part=proof-button]')) await press(button);
      await settled(widget);
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    expect(saved).to.have.length(3);
    for (const name of saved) expect(name).to.match(/^placet-receipt-[\da-f-]{36}\.json$/);
  });

  it('offers a fresh link where the link is wrong, old or absent, and never tells who is known', async () => {
    const person = await subscriber();
    for (const token of ['', 'wrong'])
      for (const contact of ['claire@example.org', 'nobody@example.org']) {
        const { widget, heard, root } = await opened(person, token);
        expect(boxes(widget)).to.deep.equal([]);
        await press(choice(widget, 'ask'));
        await settled(widget);
        const field = find<HTMLInputElement>(widget, '#address');
        expect(field.getAttribute('aria-invalid')).to.equal('true');
        expect(widget.shadowRoot!.activeElement).to.equal(field);
        await type(field, contact);
        await press(choice(widget, 'ask'));
        await answered(widget);
        expect(message(widget)).to.equal(
          `If messages are sent to ${contact}, a link is on its way there.`,
        );
        expect(heard).to.deep.equal([]);
        root.remove();
      }
    const links = person.adapter.sent.filter(({ access }) => access);
    expect(links.map(({ to }) => to)).to.deep.equal(['claire@example.org', 'claire@example.org']);
  });

  it('shows whose link was opened last, in whichever order the answers come', async () => {
    const person = await subscriber();
    const { read } = person.adapter.subscriptions;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    person.adapter.subscriptions.read = async (access) => {
      const found = await read({ token: person.token });
      if (access.token === 'theirs') await held;
      return { ...found, contacts: [{ kind: 'email', shown: access.token! }] };
    };
    const { widget } = await opened(person, 'theirs');
    history.replaceState(null, '', '#placet=mine');
    await widget.refresh();
    release();
    await settled(widget);
    expect(textOf(find(widget, '[part=text]'))).to.equal('For mine');
  });

  it('says that nothing was changed where it is seen: the message gets the focus', async () => {
    const { widget } = await opened(await subscriber());
    await save(widget);
    expect(message(widget)).to.match(/^Nothing was changed/);
    expect(widget.shadowRoot!.activeElement).to.equal(find(widget, 'output'));
  });

  it('opens with a link that is followed while its page is there', async () => {
    const person = await subscriber();
    const { widget } = await opened(person, 'wrong');
    location.hash = `placet=${person.token}`;
    while (!boxes(widget).length) await settled(widget);
    expect(location.hash).to.equal('');
  });

  it('says so where the backend cannot be reached, and tries again', async () => {
    const person = await subscriber();
    const { read } = person.adapter.subscriptions;
    person.adapter.subscriptions.read = () =>
      Promise.reject(new PlacetError('adapter/unreachable'));
    const { widget, names } = await opened(person);
    expect(textOf(widget.shadowRoot!)).to.contain('Your messages could not be loaded.');
    expect(names()).to.deep.equal(['placet-error']);
    person.adapter.subscriptions.read = read;
    await press(choice(widget, 'retry'));
    await settled(widget);
    expect(boxes(widget)).to.have.length(2);
  });

  it('shows what stands between its tags, or whom to write to, where it cannot work', async () => {
    const bare = await setup(CONFIG).add('placet-subscriptions', {}, 'Call us');
    expect(find(bare, 'slot').textContent).to.equal('');
    const adapter = fakeBackend(false);
    for (const options of [{}, { adapter }]) {
      const { add, root } = setup(marketingConfig(), options);
      Object.assign(adapter.subscriptions!, {
        read: () => Promise.reject(new PlacetError('request/not-found')),
      });
      root.addEventListener('placet-error', () => undefined);
      const widget = await add('placet-subscriptions');
      await settled(widget);
      expect(textOf(find(widget, 'slot'))).to.equal(
        'To stop or change your messages, write to /confidentialite.',
      );
    }
  });

  it('lets a child leave what a parent agreed to, and offers nothing else (GDPR art. 8)', async () => {
    const config = marketingConfig({ minimumAge: 15 });
    const guardian = { email: 'parent@example.org' };
    const child = await subscriber(['newsletter'], config, { guardian });
    const { widget } = await opened(child);
    expect(ticks(widget)).to.deep.equal([`${NEWS} true`]);
    expect(textOf(widget.shadowRoot!)).to.contain('use the sign-up form: it asks for your age');
    box(widget, NEWS).click();
    await save(widget);
    expect(message(widget)).to.equal('Your changes are saved.');
    expect(child.gets('newsletter')).to.equal(false);
    expect(boxes(widget)).to.deep.equal([]);
  });

  it('says everything in French, too', async () => {
    const config = marketingConfig({}, { language: 'fr' });
    const { widget } = await opened(await subscriber(['newsletter'], config), undefined, fr);
    expect(textOf(choice(widget, 'stop'))).to.equal('Tout arrêter');
    expect(textOf(widget.shadowRoot!)).to.contain('22 novembre 2026');
    expect(textOf(box(widget, NEWS).labels![0]!)).to.contain('m’envoie sa lettre d’information');
  });

  for (const scheme of ['light', 'dark'])
    it(`is clean to axe in ${scheme}, whole and asking for an address (A-01…A-13)`, async () => {
      document.documentElement.style.colorScheme = scheme;
      try {
        const person = await subscriber();
        const { widget } = await opened(person);
        find(widget, 'details').setAttribute('open', '');
        await expect(widget).to.be.accessible();
        const { widget: asking } = await opened(person, 'wrong');
        await press(choice(asking, 'ask'));
        await settled(asking);
        await expect(asking).to.be.accessible();
      } finally {
        document.documentElement.style.colorScheme = '';
      }
    });
});
