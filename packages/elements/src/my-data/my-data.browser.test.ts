import { expect } from '@open-wc/testing';
import { PlacetError, type NewRequest, type RequestStatus } from '@placet/contract';
import { locale as fr } from '../locales/fr.js';
import { claire, EMAIL, rightsConfig, subscribe, type Claire } from '../testing/my-data.js';
import { answered, click, message, says, section, saved } from '../testing/my-data-page.js';
import { choice, find, findAll, inClick, pages, settled, textOf, type } from '../testing/page.js';
import { NOW } from '../testing/salon.js';

const DAY = 86_400_000;
const choices = (section: Element) =>
  [...section.querySelectorAll<HTMLElement>('[data-choice]')].map(
    ({ dataset }) => dataset['choice'],
  );

describe('<placet-my-data>, to somebody it knows', () => {
  const setup = pages();

  async function opened(person: Claire, locale?: typeof fr) {
    await person.enter();
    const page = setup(person.config, { adapter: person.adapter, ...(locale && { locale }) });
    const heard: Event[] = [];
    for (const name of [
      'placet-request-submit',
      'placet-request-submitted',
      'placet-error',
    ] as const)
      page.root.addEventListener(name, (event) => heard.push(event));
    const widget = await page.add('placet-my-data');
    await settled(widget);
    return { ...page, widget, heard, names: () => heard.map(({ type: name }) => name) };
  }

  /** Everything that she asked for, newest first. */
  const asked = async ({ adapter }: Claire) =>
    (await adapter.requests.list()).map(({ type: kind }) => kind);

  describe('a copy', () => {
    it('is asked for with one button, and saved in every form that is offered (R-08, R-10)', async () => {
      const person = claire();
      const { widget, heard } = await opened(person);
      await click(widget, 'access');
      expect(message(widget)).to.equal('Your copy is here.');
      expect((heard[1] as unknown as { status: RequestStatus }).status.type).to.equal('access');
      const copy = section(widget, 'Take your data away');
      expect(choices(copy)).to.deep.equal([
        'download-csv',
        'download-json',
        'access',
        'portability',
      ]);
      expect(textOf(choice(widget, 'access'))).to.equal('Prepare a new copy');
      const files = await saved(async () => {
        await click(widget, 'download-json');
        await click(widget, 'download-csv');
      });
      expect(files[0]!.name).to.equal('placet-data-2026-11-22.json');
      expect(files[1]!.name).to.match(/^placet-data-2026-11-22\.(csv|zip)$/);
    });

    it('shows how far it is, and is there by itself once it is ready', async () => {
      const person = claire({ waits: true });
      const { list, read } = person.adapter.requests;
      const half = (status: RequestStatus): RequestStatus =>
        status.package ? status : { ...status, progress: { done: 2, total: 5, records: 1200 } };
      person.adapter.requests.list = async () => (await list()).map(half);
      person.adapter.requests.read = async (id) => half(await read(id));
      const { widget } = await opened(person);
      await click(widget, 'access');
      expect(message(widget)).to.equal(
        'Your copy is being prepared. It will be here, at the latest on 22 December 2026.',
      );
      expect(findAll(widget, '[data-choice=access]'), 'it is asked for once').to.deep.equal([]);
      while (!findAll(widget, 'progress')[0]) await settled(widget);
      expect(find<HTMLProgressElement>(widget, 'progress').position).to.equal(0.4);
      expect(says(widget, '2 of 5 parts are done. 1200 entries so far.')).to.equal(true);
      const [request] = await person.adapter.requests.list();
      person.adapter.rights.move(request!.id, 'complete');
      while (!findAll(widget, '[data-choice=download-json]')[0]) await settled(widget);
      expect(findAll(widget, 'progress')).to.deep.equal([]);
    });

    it('is no longer offered once it has expired, and says so where it expires meanwhile (R-13)', async () => {
      const person = claire();
      const { widget, clock } = await opened(person);
      await click(widget, 'access');
      person.adapter.requests.download = () => Promise.reject(new PlacetError('rights/unknown'));
      await click(widget, 'download-json');
      expect(message(widget)).to.equal('This is no longer there. Ask for it again.');
      clock.now = new Date(NOW.getTime() + 31 * DAY);
      widget.requestUpdate();
      await settled(widget);
      expect(findAll(widget, '[data-choice^=download]')).to.deep.equal([]);
    });
  });

  describe('messages and cookies', () => {
    it('stand in one place, with the way to choose each', async () => {
      const person = claire();
      await subscribe(person);
      const { widget, privacy } = await opened(person);
      const mine = section(widget, 'Your messages and cookies');
      expect(textOf(mine)).to.contain('Maison Tilleul, its newsletter, by e-mail');
      expect(mine.querySelector('a')!.getAttribute('href')).to.equal('/messages/');
      expect(textOf(mine)).to.contain('You have not chosen about cookies yet.');
      await inClick(() => privacy.decide({ analytics: true }));
      await settled(widget);
      expect(textOf(mine)).to.contain('You allowed cookies for: Audience measurement.');
    });

    it('are withdrawn with one click, all of them at once (DP-32)', async () => {
      const person = claire();
      await subscribe(person);
      const { widget, privacy, names } = await opened(person);
      await inClick(() => privacy.acceptAll());
      await settled(widget);
      // Leaving takes any click.
      choice(widget, 'withdraw').click();
      await answered(widget);
      expect(privacy.decision!.granted).to.deep.equal([]);
      const news = { topic: 'newsletter', channel: 'email', controller: 'default' } as const;
      expect(person.adapter.maySend({ contact: EMAIL, ...news })).to.equal(false);
      expect(message(widget)).to.match(/^Everything is withdrawn/);
      expect(says(widget, 'You get no messages.')).to.equal(true);
      expect(says(widget, 'You refused all cookies that are not necessary.')).to.equal(true);
      expect(names()).to.deep.equal([]);
    });

    it('ends cookies also where messages could not be ended, and says that they could not', async () => {
      const person = claire();
      await subscribe(person);
      person.adapter.subscriptions.unsubscribeAll = () =>
        Promise.reject(new PlacetError('adapter/unreachable'));
      const { widget, privacy } = await opened(person);
      await inClick(() => privacy.acceptAll());
      await settled(widget);
      await click(widget, 'withdraw');
      expect(privacy.decision!.granted).to.deep.equal([]);
      expect(message(widget)).to.match(/^There is no connection/);
      expect(says(widget, 'its newsletter')).to.equal(true);
    });

    it('ends messages also where they could not be read, which is said', async () => {
      const person = claire();
      await subscribe(person);
      const { read } = person.adapter.subscriptions;
      person.adapter.subscriptions.read = () =>
        Promise.reject(new PlacetError('adapter/unreachable'));
      const { widget } = await opened(person);
      const mine = section(widget, 'Your messages and cookies');
      expect(textOf(mine)).to.contain('This could not be loaded.');
      person.adapter.subscriptions.read = read;
      await click(widget, 'withdraw');
      expect(message(widget)).to.match(/^Everything is withdrawn/);
      const news = { topic: 'newsletter', channel: 'email', controller: 'default' } as const;
      expect(person.adapter.maySend({ contact: EMAIL, ...news })).to.equal(false);
      expect(textOf(mine)).to.contain('You get no messages.');
    });

    it('are withdrawn by somebody who never asked for messages, too', async () => {
      const person = claire();
      const unknown = () => Promise.reject(new PlacetError('token/unknown'));
      Object.assign(person.adapter.subscriptions, { read: unknown, unsubscribeAll: unknown });
      const { widget, privacy } = await opened(person);
      await click(widget, 'withdraw');
      expect(privacy.decision!.granted).to.deep.equal([]);
      expect(message(widget)).to.match(/^Everything is withdrawn/);
    });

    it('opens the panel for cookies', async () => {
      const { widget, add } = await opened(claire());
      const panel = await add('placet-preferences');
      await click(widget, 'cookies');
      await settled(panel);
      expect(find<HTMLDialogElement>(panel, 'dialog').open).to.equal(true);
      panel.close();
    });
  });

  describe('objection and restriction', () => {
    it('ends advertising with one click, which no code of the page can stop (R-20)', async () => {
      const person = claire();
      await subscribe(person);
      const { widget, root } = await opened(person);
      root.addEventListener('placet-request-submit', (event) => event.preventDefault());
      choice(widget, 'object-marketing').click();
      await answered(widget);
      expect(message(widget)).to.equal('Done: you get no more advertising from now on.');
      await settled(widget);
      expect(says(widget, 'You get no messages.'), 'what was shown is true again').to.equal(true);
      const news = { topic: 'newsletter', channel: 'email', controller: 'default' } as const;
      expect(person.adapter.maySend({ contact: EMAIL, ...news })).to.equal(false);
    });

    it('asks what else should stop, keeps the words, and sends them (R-21)', async () => {
      const person = claire();
      const { widget, heard } = await opened(person);
      await click(widget, 'object');
      const words = find<HTMLTextAreaElement>(widget, '#reason');
      expect(words.getAttribute('aria-invalid')).to.equal('true');
      expect(widget.shadowRoot!.activeElement).to.equal(words);
      expect(textOf(find(widget, '#about-reason'))).to.match(/^Write what should stop/);
      await type(words, 'Guessing my colour');
      await click(widget, 'object');
      const { against, note } = (heard[0] as unknown as { request: NewRequest }).request;
      expect([against, note]).to.deep.equal(['other', 'Guessing my colour']);
      expect(words.value).to.equal('');
      expect(message(widget)).to.match(/^Your request is in/);
    });

    it('pauses the use of data, with a reason or without (R-17)', async () => {
      const person = claire({ waits: true });
      const { widget, heard } = await opened(person);
      await click(widget, 'restrict');
      expect((heard[0] as unknown as { request: NewRequest }).request).not.to.have.property('note');
      expect(await asked(person)).to.deep.equal(['restriction']);
    });

    it('sends the same request again after a failure, not another one, and keeps what was typed', async () => {
      const person = claire();
      const { submit } = person.adapter.requests;
      const ids: string[] = [];
      person.adapter.requests.submit = async (request) => {
        ids.push(request.id);
        if (ids.length === 1) throw new PlacetError('adapter/unreachable');
        return submit(request);
      };
      const { widget, names } = await opened(person);
      const words = find<HTMLTextAreaElement>(widget, '#reason');
      await type(words, 'Profiling');
      await click(widget, 'object');
      expect(message(widget)).to.match(/^There is no connection at the moment/);
      expect(words.value).to.equal('Profiling');
      expect(names()).to.deep.equal(['placet-request-submit', 'placet-error']);
      await click(widget, 'object');
      expect(ids[1]).to.equal(ids[0]);
      await type(words, 'Profiling');
      await click(widget, 'object');
      expect(ids[2], 'asking anew later is another request').not.to.equal(ids[0]);
    });

    it('lets the page stop what is no leaving, and changes nothing then', async () => {
      const person = claire();
      const { widget, root } = await opened(person);
      root.addEventListener('placet-request-submit', (event) => event.preventDefault());
      await type(find(widget, '#reason'), 'Profiling');
      await click(widget, 'object');
      expect(await asked(person)).to.deep.equal([]);
      expect(message(widget)).to.equal('');
      expect(find<HTMLTextAreaElement>(widget, '#reason').value).to.equal('Profiling');
    });
  });

  it('says everything in French, too', async () => {
    const person = claire({}, rightsConfig({ language: 'fr' }));
    const { widget } = await opened(person, fr);
    await click(widget, 'delete');
    expect(says(widget, 'Voici ce qui va se passer')).to.equal(true);
    expect(says(widget, 'jusqu’au 31 décembre 2036')).to.equal(true);
    expect(textOf(choice(widget, 'confirm'))).to.equal('Supprimer mon compte');
  });
});
