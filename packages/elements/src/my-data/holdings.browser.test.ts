import { expect } from '@open-wc/testing';
import { PlacetError, type NewRequest } from '@placet/contract';
import { claire, HOLDINGS, type Claire } from '../testing/my-data.js';
import { answered, click, message, openAll, says, section } from '../testing/my-data-page.js';
import { find, findAll, pages, press, settled, textOf, type } from '../testing/page.js';

describe('<placet-my-data>, on what is held', () => {
  const setup = pages();

  async function opened(person: Claire) {
    await person.enter();
    const page = setup(person.config, { adapter: person.adapter });
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

  it('names each system, and says why, on which ground, how long, and who else gets it (R-08, R-09)', async () => {
    const { widget } = await opened(claire());
    const held = section(widget, 'What is held about you');
    expect([...held.querySelectorAll('h4')].map(textOf)).to.deep.equal(['Booking', 'Paper files']);
    expect([...held.querySelectorAll('summary')].map(textOf)).to.deep.equal([
      'Customer file 1 entry',
      'Orders 60 entries',
    ]);
    const [customer, orders] = [...held.querySelectorAll('details > dl')].map(textOf);
    expect(customer).to.contain('What for To know who comes, and how to reach you');
    expect(customer).to.contain('Why it is allowed It is needed for what you ordered or booked');
    expect(customer).to.contain('How long Three years after your last visit');
    expect(customer).to.contain('Who else gets it Agenda SARL, Mailworks');
    expect(customer).not.to.contain('Where it comes from');
    expect(orders).to.contain('Who else gets it Nobody');
    expect(orders).to.contain('Where it comes from The shop’s till');
    expect(says(widget, 'These are the first 2. Your copy has all of them.')).to.equal(true);
    const looked =
      'People look here by hand. What they find reaches you with your copy, or apart from it.';
    expect(says(widget, looked)).to.equal(true);
  });

  it('says what leaves Europe and what protects it there, and what a machine decides, where that was declared (R-08)', async () => {
    const person = claire();
    const [booking] = structuredClone(HOLDINGS);
    const [customer, order] = booking!.categories;
    Object.assign(customer!, {
      transfers: [{ country: 'United States', safeguard: 'standard clauses' }],
      automated: false,
    });
    Object.assign(order!, {
      automated: {
        logic: 'Two bills were not paid.',
        significance: 'You pay before we send.',
        consequences: 'Write to us, and we look.',
      },
    });
    person.adapter.holdings.read = async () => [booking!, HOLDINGS[1]!];
    const { widget } = await opened(person);
    const held = section(widget, 'What is held about you');
    const [first, second] = [...held.querySelectorAll('details > dl')].map(textOf);
    expect(first).to.contain('Goes outside the European Union United States – standard clauses');
    expect(first).to.contain('Decided by a machine alone Nothing.');
    expect(second).not.to.contain('European Union');
    expect(second).to.contain(
      'Decided by a machine alone Two bills were not paid. You pay before we send. Write to us, and we look.',
    );
  });

  it('writes a moment as people do, and leaves everything else as it is stored', async () => {
    const person = claire();
    const [booking] = structuredClone(HOLDINGS);
    const [name, phone] = booking!.categories[0]!.records[0]!.fields;
    Object.assign(name!, { value: '2026-11-02T13:00:00.000Z' });
    Object.assign(phone!, { value: '2026-11-02T13 hours' });
    person.adapter.holdings.read = async () => [booking!];
    const { widget } = await opened(person);
    openAll(widget);
    const values = findAll(widget, 'dd > span').map(textOf);
    expect(values[0]).to.match(/^2 November 2026 at \d\d:00$/);
    expect(values[1]).to.equal('2026-11-02T13 hours');
  });

  it('shows what is stored as text, whatever it is made to look like', async () => {
    const person = claire();
    const hostile = '<img src=x onerror="window.hurt=1">';
    const [booking] = structuredClone(HOLDINGS);
    const [category] = booking!.categories;
    const [record] = category!.records;
    Object.assign(booking!, { name: hostile });
    Object.assign(category!, { label: hostile, purpose: hostile, recipients: [hostile] });
    Object.assign(record!.fields[0]!, { label: hostile, value: `${hostile}{date}` });
    person.adapter.holdings.read = async () => [booking!];
    const { widget } = await opened(person);
    openAll(widget);
    expect(findAll(widget, 'img')).to.deep.equal([]);
    expect(says(widget, `${hostile}{date}`)).to.equal(true);
    expect('hurt' in window).to.equal(false);
  });

  it('asks for several corrections at once, and for nothing that is as it was (R-14)', async () => {
    const person = claire({ waits: true });
    const { widget, heard, names } = await opened(person);
    openAll(widget);
    await press(find(widget, '#correct-0-0-0-0'));
    await settled(widget);
    const field = find<HTMLInputElement>(widget, '#field-0-0-0-0');
    expect(widget.shadowRoot!.activeElement).to.equal(field);
    expect(field.value, 'nothing is typed twice').to.equal('Claire Martin');
    expect(findAll(widget, '[data-choice=correct]'), 'nothing to send yet').to.deep.equal([]);
    await type(field, 'ez');
    await press(find(widget, '#correct-0-0-0-1'));
    await settled(widget);
    await type(find(widget, '#field-0-0-0-1'), '+33 6 12 34 56 78');
    await settled(widget);
    expect(textOf(find(widget, '[part=draft]'))).to.equal(
      'Your corrections Name: Claire Martin → Claire Martinez Telephone: (empty) → +33 6 12 34 56 78 Send my corrections',
    );
    await click(widget, 'correct');
    expect(message(widget)).to.equal(
      'Your request is in. You get an answer by 22 December 2026 at the latest.',
    );
    expect(names()).to.deep.equal(['placet-request-submit', 'placet-request-submitted']);
    const { corrections } = (heard[0] as unknown as { request: NewRequest }).request;
    const place = { system: 'booking', category: 'customer', record: '17' };
    expect(corrections).to.deep.equal([
      { ...place, field: 'name', value: 'Claire Martinez' },
      { ...place, field: 'phone', value: '+33 6 12 34 56 78' },
    ]);
    expect(findAll(widget, '[part=draft], dl [part=input]')).to.deep.equal([]);
  });

  it('leaves a value as it is where the person changes their mind, and says that nothing was changed', async () => {
    const person = claire();
    const { widget } = await opened(person);
    openAll(widget);
    await press(find(widget, '#correct-0-0-0-0'));
    await settled(widget);
    const form = find<HTMLFormElement>(widget, '[part=section] form');
    form.requestSubmit();
    await answered(widget);
    expect(message(widget)).to.equal('Nothing was changed, so there is nothing to send.');
    await press(find(widget, '#leave-0-0-0-0'));
    await settled(widget);
    expect(findAll(widget, 'dl [part=input]')).to.deep.equal([]);
    expect(await asked(person)).to.deep.equal([]);
  });

  it('offers to correct what can be corrected, and that only', async () => {
    const person = claire();
    const offered = await person.adapter.capabilities();
    const { widget } = await opened(person);
    expect(findAll(widget, '[id^=correct-]').map(({ id }) => id)).to.deep.equal([
      'correct-0-0-0-0',
      'correct-0-0-0-1',
    ]);
    const types = offered.requests!.types.filter((each) => each !== 'rectification');
    const requests = { ...offered.requests!, types };
    person.adapter.capabilities = async () => ({ ...offered, requests });
    await widget.refresh();
    await settled(widget);
    expect(findAll(widget, '[id^=correct-]')).to.deep.equal([]);
  });

  it('says so where it could not be loaded, and tries again without asking the rest twice', async () => {
    const person = claire();
    const { read } = person.adapter.holdings;
    person.adapter.holdings.read = () => Promise.reject(new PlacetError('adapter/unreachable'));
    const { widget, names } = await opened(person);
    expect(names()).to.deep.equal(['placet-error']);
    expect(says(widget, 'This could not be loaded.')).to.equal(true);
    person.adapter.holdings.read = read;
    await click(widget, 'retry-held');
    expect(says(widget, 'Customer file')).to.equal(true);
  });
});
