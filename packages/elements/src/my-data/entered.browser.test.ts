import { expect } from '@open-wc/testing';
import { PlacetError, type RequestType } from '@placet/contract';
import { sampleRequest } from '@placet/contract/conformance';
import { claire, EMAIL, type Claire } from '../testing/my-data.js';
import { answered, click, message, readOf } from '../testing/my-data-page.js';
import { choice, find, findAll, pages, press, settled, textOf } from '../testing/page.js';

describe('<placet-my-data>, of requests that staff entered', () => {
  const setup = pages();

  /** Her page, with a request on it that came by telephone. */
  async function opened(person: Claire, type: RequestType = 'erasure') {
    const { rights } = person.adapter;
    const { id } = await rights.enter(EMAIL, sampleRequest(person.config, { type }));
    await person.enter();
    const { add } = setup(person.config, { adapter: person.adapter });
    const widget = await add('placet-my-data');
    await settled(widget);
    const pressed = async (name: string) => {
      await press(find(widget, `#${name}-${id}`));
      await answered(widget);
    };
    const buttons = () =>
      findAll(widget, '[part=request] button')
        .map(textOf)
        .filter((text) => text !== 'Download proof');
    const card = () => readOf(find(widget, '[part=request]'));
    return { id, widget, pressed, buttons, card };
  }

  it('asks whether it was hers, and says yes and no alike (000-26)', async () => {
    const { widget, id, buttons, card } = await opened(claire());
    expect(card()).to.contain('waits until you confirm it');
    expect(card()).to.contain(
      'We were asked for this in your name. Nothing is done before you say it was you.',
    );
    expect(buttons()).to.deep.equal(['Yes, I asked for this', 'I did not ask for this']);
    const looks = ['confirm', 'cancel'].map((name) => {
      const { font, color, backgroundColor, padding } = getComputedStyle(
        find(widget, `#${name}-${id}`),
      );
      return [font, color, backgroundColor, padding].join();
    });
    expect(looks[0]).to.equal(looks[1]);
  });

  it('goes on with it once she says yes (000-26)', async () => {
    const person = claire({ waits: true });
    const { pressed, buttons, card, widget } = await opened(person, 'restriction');
    await pressed('confirm');
    expect(message(widget)).to.match(/^Your request is in\. You get an answer by/);
    expect(buttons()).to.deep.equal(['Take it back']);
    expect(card()).to.contain('you showed that it is you');
    expect(card()).not.to.contain('in your name');
    const [status] = await person.adapter.requests.list();
    expect(status!.state).to.equal('open');
  });

  it('shows what a deletion would do before she confirms it, and asks for it once (A-10)', async () => {
    const person = claire();
    const { pressed, widget, id } = await opened(person);
    await pressed('confirm');
    expect(widget.shadowRoot!.activeElement).to.equal(find(widget, '#preview'));
    const [before] = await person.adapter.requests.list();
    expect(before!.state).to.equal('unverified');
    await click(widget, 'keep');
    await pressed('confirm');
    await click(widget, 'confirm');
    expect(message(widget)).to.match(/^Your data will be deleted|until/);
    const list = await person.adapter.requests.list();
    expect(list.map((each) => [each.id, each.state])).to.deep.equal([[id, 'open']]);
  });

  it('stands for nothing before: she can ask for the same herself, and nothing is promised (000-26)', async () => {
    const person = claire();
    const { rights } = person.adapter;
    await rights.enter(EMAIL, sampleRequest(person.config, { type: 'access' }));
    const { card, widget } = await opened(person);
    expect(card()).not.to.match(/that is the law|You can take it back/);
    for (const name of ['access', 'delete']) expect(choice(widget, name)).to.be.instanceOf(Element);
    expect(findAll(widget, 'progress')).to.deep.equal([]);
    await click(widget, 'delete');
    await click(widget, 'confirm');
    const states = (await person.adapter.requests.list()).map(({ type, state }) => [type, state]);
    expect(states).to.deep.include(['erasure', 'open']);
  });

  it('ends it once she says no', async () => {
    const person = claire();
    const { pressed, buttons, widget } = await opened(person);
    await pressed('cancel');
    expect(message(widget)).to.equal('Your request is taken back.');
    expect(buttons()).to.deep.equal([]);
    const [status] = await person.adapter.requests.list();
    expect(status!.state).to.equal('cancelled');
  });

  it('shows the one that stands for both where she asked for the same herself', async () => {
    const person = claire();
    await person.enter();
    await person.adapter.requests.submit(sampleRequest(person.config, { type: 'erasure' }));
    const { pressed, widget } = await opened(person);
    await pressed('confirm');
    const states = findAll(widget, '[part=request] summary small').map(textOf);
    expect(states.map((line) => line.replace(/.*: /, ''))).to.deep.equal([
      'taken back',
      'received',
    ]);
  });

  it('says so where it is too late', async () => {
    const person = claire();
    person.adapter.requests.confirm = () => Promise.reject(new PlacetError('rights/too-late'));
    const { pressed, widget } = await opened(person);
    await pressed('confirm');
    await click(widget, 'confirm');
    expect(message(widget)).to.equal('It is too late for this: it is done, or over.');
  });

  it('leaves it to staff where the backend cannot be told', async () => {
    const person = claire();
    const { confirm: _, ...requests } = person.adapter.requests;
    const { buttons, card } = await opened({
      ...person,
      adapter: { ...person.adapter, requests } as Claire['adapter'],
    });
    expect(buttons()).to.deep.equal(['Take it back']);
    expect(card()).not.to.contain('in your name');
  });
});
