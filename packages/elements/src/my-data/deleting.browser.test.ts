import { expect } from '@open-wc/testing';
import {
  PlacetError,
  type PreviewedSystem,
  type RequestStatus,
  type SignedReceipt,
} from '@placet/contract';
import { sendKeys } from '@web/test-runner-commands';
import { claire, rightsConfig, type Claire } from '../testing/my-data.js';
import { answered, click, message, readOf, saved, says, section } from '../testing/my-data-page.js';
import { choice, find, findAll, pages, press, settled, textOf } from '../testing/page.js';
import { NOW } from '../testing/salon.js';

const HOUR = 3_600_000;

describe('<placet-my-data>, to somebody who leaves or waits', () => {
  const setup = pages();

  async function opened(person: Claire) {
    await person.enter();
    const page = setup(person.config, { adapter: person.adapter });
    const widget = await page.add('placet-my-data');
    await settled(widget);
    return { ...page, widget };
  }

  describe('deleting the account', () => {
    it('shows first what goes, what stays, why and until when, who is told, and how long it can be undone (A-10)', async () => {
      const person = claire();
      const { widget } = await opened(person);
      await click(widget, 'delete');
      expect(widget.shadowRoot!.activeElement).to.equal(find(widget, '#preview'));
      expect(readOf(find(widget, '[part=preview]'))).to.equal(
        [
          'This is what will happen',
          'It is about your account with Maison Tilleul, and nobody else.',
          'Will be deleted Booking, Customer file: 1',
          'Must be kept Booking, Orders: 60 Law on accounts, until 31 December 2036',
          'Not looked into yet Paper files: we look by hand and delete what we find.',
          'Will be settled before Appointments to come: 1',
          'Will be told to delete it, too Agenda SARL Mailworks',
          'You can take it back for 3 days.',
          'Keep my account Delete my account',
        ].join(' '),
      );
      expect(await person.adapter.requests.list(), 'asking changes nothing').to.deep.equal([]);
    });

    it('never says “Nothing” while a system was not looked into (A-10)', async () => {
      const person = claire();
      const { preview } = person.adapter.requests;
      const paper = { system: 'paper', name: 'Paper files', deleted: [], kept: [] };
      const { widget } = await opened(person);
      const shown = async (...systems: PreviewedSystem[]) => {
        person.adapter.requests.preview = async (...all) => ({
          ...(await preview!(...all)),
          ...{ systems, recipients: [], checks: [] },
        });
        await click(widget, 'delete');
        const text = readOf(find(widget, '[part=preview]'));
        await click(widget, 'keep');
        return /nobody else\. (.*) You can take/.exec(text)?.[1];
      };
      expect(await shown({ ...paper, status: 'manual' })).to.equal(
        'Not looked into yet Paper files: we look by hand and delete what we find.',
      );
      expect(await shown({ ...paper, status: 'unavailable' })).to.equal(
        'Not looked into yet Paper files: could not be asked at the moment. It is looked at before anything is deleted.',
      );
      expect(await shown({ ...paper, status: 'answered' }, paper)).to.equal('Nothing.');
    });

    it('says whether it is about this shop or the whole group (000-33)', async () => {
      const person = claire();
      const { preview } = person.adapter.requests;
      const scope = { kind: 'group', controllers: ['Maison Tilleul', 'Maison Orme'] } as const;
      person.adapter.requests.preview = async (...all) => ({ ...(await preview!(...all)), scope });
      const { widget } = await opened(person);
      await click(widget, 'delete');
      expect(
        says(widget, 'It is about your account with all of these: Maison Tilleul, Maison Orme.'),
      ).to.equal(true);
    });

    it('takes two clicks and nothing typed, and both answers look alike (DP-32)', async () => {
      const person = claire();
      const { widget } = await opened(person);
      await click(widget, 'delete');
      const [keep, confirm] = [choice(widget, 'keep'), choice(widget, 'confirm')];
      for (const name of ['color', 'backgroundColor', 'font', 'height', 'border'] as const)
        expect(getComputedStyle(keep)[name]).to.equal(getComputedStyle(confirm)[name]);
      expect(findAll(widget, '[part=preview] :is(input, select, textarea)')).to.deep.equal([]);
      await click(widget, 'confirm');
      expect(message(widget)).to.equal(
        'Your account will be deleted, by 22 December 2026 at the latest. You can take it back at least until 25 November 2026 at 12:00.',
      );
      const [request, ...others] = await person.adapter.requests.list();
      expect([request!.type, others]).to.deep.equal(['erasure', []]);
      expect(findAll(widget, '[data-choice=delete]'), 'it is asked for once').to.deep.equal([]);
    });

    it('goes back with Escape or with the button, and asks for nothing', async () => {
      const person = claire();
      const { widget } = await opened(person);
      const leave = [() => sendKeys({ press: 'Escape' }), () => press(choice(widget, 'keep'))];
      for (const each of leave) {
        await click(widget, 'delete');
        await each();
        await answered(widget);
        expect(findAll(widget, '[part=preview]')).to.deep.equal([]);
        expect(widget.shadowRoot!.activeElement).to.equal(choice(widget, 'delete'));
      }
      expect(await person.adapter.requests.list()).to.deep.equal([]);
    });

    it('is sent once, however often the button is pressed', async () => {
      const person = claire();
      const { submit } = person.adapter.requests;
      let count = 0;
      person.adapter.requests.submit = (request) => {
        count += 1;
        return submit(request);
      };
      const { widget } = await opened(person);
      await click(widget, 'delete');
      const confirm = choice(widget, 'confirm');
      for (let times = 0; times < 3; times += 1) confirm.click();
      await answered(widget);
      expect(count).to.equal(1);
    });

    it('keeps the preview where it could not be sent', async () => {
      const person = claire();
      person.adapter.requests.submit = () => Promise.reject(new PlacetError('adapter/unreachable'));
      const { widget } = await opened(person);
      await click(widget, 'delete');
      await click(widget, 'confirm');
      expect(message(widget)).to.match(/^There is no connection/);
      expect(findAll(widget, '[data-choice=confirm]')).to.have.length(1);
    });

    it('says that it will be told by letter where the backend has no preview', async () => {
      const person = claire();
      const { preview: _, ...requests } = person.adapter.requests;
      const { widget } = await opened({
        ...person,
        adapter: { ...person.adapter, requests } as Claire['adapter'],
      });
      await click(widget, 'delete');
      expect(
        says(widget, 'We write to you what is deleted, and what the law makes us keep.'),
      ).to.equal(true);
      await click(widget, 'confirm');
      expect(says(widget, 'You asked for this on 22 November 2026.')).to.equal(true);
    });

    it('names whom to write to where the shop wants to be asked (000-13)', async () => {
      const person = claire({}, rightsConfig({ rights: { url: '/', erasure: 'on-request' } }));
      const { widget } = await opened(person);
      expect(findAll(widget, '[data-choice=delete]')).to.deep.equal([]);
      const rest = section(widget, 'Questions, and your other rights');
      expect([...rest.querySelectorAll('li')].map(textOf)).to.deep.equal([
        'Deletion of your account',
      ]);
      expect(rest.querySelector('a')!.href).to.equal('mailto:data@tilleul.example');
    });
  });

  describe('following a request', () => {
    const cards = (widget: Element) => findAll<HTMLDetailsElement>(widget, '[part=request]');

    it('says where it stands, by when it is answered, and what happened so far (R-04)', async () => {
      const person = claire({ waits: true });
      const { widget } = await opened(person);
      expect(cards(widget)).to.deep.equal([]);
      await click(widget, 'restrict');
      const [card] = cards(widget);
      expect(card!.open).to.equal(true);
      expect(readOf(card!)).to.equal(
        [
          'Pause in the use of your data 22 November 2026: received',
          'You get an answer by 22 December 2026 at the latest: that is the law.',
          'You can take it back at least until 22 December 2026 at 23:59. Take it back Download proof',
          'What happened so far',
          '22 November 2026: received. 22 November 2026: you showed that it is you.',
        ].join(' '),
      );
    });

    it('gives a proof of each to keep, where the backend has some (001-34)', async () => {
      const person = claire({ waits: true });
      const { widget } = await opened(person);
      await click(widget, 'restrict');
      const [status] = await person.adapter.requests.list();
      const files = await saved(async () => {
        await press(find(widget, `#proof-${status!.id}`));
        await answered(widget);
      });
      expect(files.map(({ name }) => name)).to.deep.equal(['placet-request-2026-11-22.json']);
      const { receipt } = JSON.parse(files[0]!.text) as SignedReceipt;
      expect(receipt['dct:identifier']).to.equal(status!.id);
      expect(message(widget)).to.equal('');

      person.adapter.requests.receipt = () =>
        Promise.reject(new PlacetError('adapter/unreachable'));
      await press(find(widget, `#proof-${status!.id}`));
      await answered(widget);
      expect(message(widget)).to.match(/^There is no connection/);
    });

    it('shows no proof where the backend has none', async () => {
      const person = claire({ waits: true });
      const { receipt: _, ...requests } = person.adapter.requests;
      const { widget } = await opened({
        ...person,
        adapter: { ...person.adapter, requests } as Claire['adapter'],
      });
      await click(widget, 'restrict');
      expect(findAll(widget, '[id^=proof-]')).to.deep.equal([]);
    });

    it('takes it back as long as that is possible, and promises no more than it can (A-10)', async () => {
      const person = claire();
      const { widget, clock } = await opened(person);
      await click(widget, 'delete');
      await click(widget, 'confirm');
      const cancel = () => findAll(widget, '[id^=cancel-]');
      await press(cancel()[0]!);
      await answered(widget);
      expect(message(widget)).to.equal('Your request is taken back.');
      const [status] = await person.adapter.requests.list();
      expect(status!.state).to.equal('cancelled');
      await click(widget, 'delete');
      await click(widget, 'confirm');
      const line = () => readOf(cards(widget)[0]!);
      expect(line()).to.contain('You can take it back at least until');
      clock.now = new Date(NOW.getTime() + 73 * HOUR);
      widget.requestUpdate();
      await settled(widget);
      expect(cancel(), 'until somebody carries it out').to.have.length(1);
      expect(line()).not.to.contain('You can take it back');
      const [first] = await person.adapter.requests.list();
      const { cancellableUntil: _, ...open } = first!;
      person.adapter.requests.list = async () => [{ ...open, state: 'executed' }];
      await widget.refresh();
      await settled(widget);
      expect(cancel()).to.deep.equal([]);
    });

    it('says so where it is too late to take it back', async () => {
      const person = claire();
      person.adapter.requests.cancel = () => Promise.reject(new PlacetError('rights/too-late'));
      const { widget } = await opened(person);
      await click(widget, 'delete');
      await click(widget, 'confirm');
      await press(findAll(widget, '[id^=cancel-]')[0]!);
      await answered(widget);
      expect(message(widget)).to.equal('It is too late for this: it is done, or over.');
    });

    it('tells why it takes longer, why it was refused, and where to complain (R-04, R-05)', async () => {
      const person = claire({ waits: true });
      const { widget } = await opened(person);
      await click(widget, 'restrict');
      const [{ id }] = (await person.adapter.requests.list()) as [RequestStatus];
      person.adapter.rights.move(id, 'extend', 'Three shops have to look.');
      await widget.refresh();
      await settled(widget);
      expect(says(widget, 'It takes longer than a month: Three shops have to look.')).to.equal(
        true,
      );
      expect(says(widget, 'You get an answer by 22 February 2027 at the latest')).to.equal(true);
      person.adapter.rights.move(id, 'refuse', 'The court asked for it.');
      await widget.refresh();
      await settled(widget);
      const [card] = cards(widget);
      expect(card!.open, 'what is over takes no room').to.equal(false);
      card!.open = true;
      expect(readOf(card!)).to.contain('Why it was refused: The court asked for it.');
      expect(readOf(card!)).to.contain('complain to the data protection authority');
    });

    it('tells of an erasure what is gone, by when the rest is, and who was told (R-18)', async () => {
      const person = claire();
      await person.enter();
      const { submit, list } = person.adapter.requests;
      const at = NOW.toISOString();
      const status = await submit({
        ...{ id: '0a7f0b52-3c1f-4d8c-9a54-6f0f4f1f5c99', type: 'erasure', at },
        ...{ language: 'en', page: 'https://salon.example/' },
      });
      person.adapter.requests.list = async () => [
        {
          ...status,
          state: 'executed',
          purgeAt: '2026-12-22T12:00:00.000Z',
          outcome: (await person.adapter.requests.preview!('erasure')).systems,
          recipients: [
            { name: 'Agenda SARL', status: 'confirmed' },
            { name: 'Mailworks', status: 'waiting' },
          ],
        },
      ];
      const { widget } = await opened(person);
      const [card] = cards(widget);
      const text = readOf(card!);
      expect(text).to.contain('Deletion of your account 22 November 2026: being deleted');
      expect(text).to.contain(
        'Your data is being deleted. The last of it is gone by 22 December 2026.',
      );
      expect(text).to.contain('Law on accounts, until 31 December 2036');
      expect(text).to.contain('Looked through by people Paper files');
      expect(text).to.contain('Agenda SARL: has done it, too Mailworks: will be told');
      person.adapter.requests.list = list;
    });
  });
});
