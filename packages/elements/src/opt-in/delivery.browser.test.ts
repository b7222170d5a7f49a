import { expect } from '@open-wc/testing';
import { PlacetError, type OptIn } from '@placet/contract';
import { fakeBackend, marketingConfig } from '../testing/marketing.js';
import { box, field, NEWS } from '../testing/opt-in.js';
import { eventually, pages, press, settled, type } from '../testing/page.js';

const KEY = 'placet-outbox';
const kept = () => JSON.parse(`[${sessionStorage.getItem(KEY)?.slice(1) ?? ''}]`) as OptIn[];

describe('<placet-opt-in deliver="placet">', () => {
  const setup = pages();
  afterEach(() => {
    sessionStorage.removeItem(KEY);
    localStorage.removeItem(KEY);
  });

  /** A host's form that is really sent, into a frame. */
  async function booking() {
    const adapter = fakeBackend();
    const { root } = setup(marketingConfig(), { adapter });
    const frame = document.createElement('iframe');
    frame.name = `sink-${Math.random()}`;
    root.append(frame);
    const form = root.appendChild(document.createElement('form'));
    form.target = frame.name;
    form.action = new URL('../testing/video.html', import.meta.url).href;
    const widget = form.appendChild(document.createElement('placet-opt-in'));
    const button = form.appendChild(document.createElement('button'));
    widget.deliver = 'placet';
    await settled(widget);
    const errors: unknown[] = [];
    root.addEventListener('placet-error', ({ error }) => errors.push(error));
    const fill = async () => {
      await press(box(widget, NEWS));
      await settled(widget);
      await type(field(widget, 'email'), 'ada@example.org');
    };
    const send = async () => {
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      await press(button);
      await loaded;
      await settled(widget);
    };
    return { ...{ adapter, root, form, widget, button, errors, frame }, fill, send };
  }

  it('sends the opt-in when the form goes, once, and forgets it when it is acknowledged', async () => {
    const { adapter, fill, send, frame } = await booking();
    await fill();
    await send();
    expect(adapter.submitted.map(({ contacts }) => contacts)).to.deep.equal([
      { email: 'ada@example.org' },
    ]);
    expect(kept()).to.deep.equal([]);
    const entry = new URL(frame.contentWindow!.location.href).searchParams.get('placet-opt-in');
    expect((JSON.parse(entry!) as OptIn).id).to.equal(adapter.submitted[0]!.id);
  });

  it('forgets what it could not deliver within the hour: a device may be shared', async () => {
    sessionStorage.setItem(KEY, `,${JSON.stringify({ at: '2020-01-01T00:00:00.000Z' })}`);
    const { adapter } = await booking();
    await eventually(() => kept().length === 0, 'nothing is kept any more');
    expect(adapter.submitted).to.deep.equal([]);
  });

  it('sends nothing while nothing is ticked', async () => {
    const { adapter, send } = await booking();
    await send();
    expect(adapter.submitted).to.deep.equal([]);
    expect(kept()).to.deep.equal([]);
  });

  it('sends nothing where the form is only read, or its sending is stopped, whoever listens first', async () => {
    const { adapter, form, button, fill } = await booking();
    await fill();
    new FormData(form);
    const stopped = new Promise<void>((resolve) =>
      addEventListener(
        'submit',
        (event) => {
          new FormData(form);
          event.preventDefault();
          resolve();
        },
        { once: true },
      ),
    );
    await press(button);
    await stopped;
    new FormData(form);
    expect(adapter.submitted).to.deep.equal([]);
  });

  it('keeps it where the backend cannot be reached, and sends it from the next page', async () => {
    const { adapter, fill, send, errors, root } = await booking();
    await fill();
    adapter.failure = new PlacetError('adapter/unreachable');
    await send();
    expect(kept()).to.have.length(1);
    expect(errors).to.deep.equal([]);
    adapter.failure = undefined;
    root.appendChild(document.createElement('placet-opt-in'));
    await eventually(() => !kept().length, 'nothing is kept any more');
    expect(adapter.submitted.map(({ contacts }) => contacts.email)).to.deep.equal([
      'ada@example.org',
    ]);
    expect(kept()).to.deep.equal([]);
  });

  it('says and forgets what the backend refuses for good', async () => {
    const { adapter, fill, send, errors } = await booking();
    await fill();
    adapter.failure = new PlacetError('opt-in/unknown-choice');
    await send();
    expect(errors).to.deep.equal([adapter.failure]);
    expect(kept()).to.deep.equal([]);
  });

  it('can be sent by the host’s script, which is told what is wrong', async () => {
    const { adapter, widget, fill } = await booking();
    await widget.submit();
    expect(adapter.submitted).to.deep.equal([]);
    await fill();
    await widget.submit();
    expect(adapter.submitted).to.have.length(1);
  });

  it('is not stopped by what others left in storage, and forgets it', async () => {
    sessionStorage.setItem(KEY, '{"not": ours');
    const { adapter, fill, send } = await booking();
    await fill();
    await send();
    expect(adapter.submitted).to.have.length(1);
    expect(sessionStorage.getItem(KEY)).to.equal(null);
  });

  it('keeps it in this tab alone', async () => {
    localStorage.setItem(KEY, 'an-id');
    const { adapter, fill, send } = await booking();
    await fill();
    adapter.failure = new PlacetError('adapter/unreachable');
    await send();
    expect(kept().map(({ contacts }) => contacts)).to.deep.equal([{ email: 'ada@example.org' }]);
    expect(localStorage.getItem(KEY)).to.equal('an-id');
    expect(JSON.stringify({ ...localStorage })).not.to.include('ada@');
    adapter.failure = undefined;
    await send();
    expect(kept()).to.deep.equal([]);
  });

  it('leaves what is kept to the outbox where the page has one', async () => {
    const { adapter, fill, send, root } = await booking();
    await fill();
    adapter.failure = new PlacetError('adapter/unreachable');
    await send();
    adapter.failure = undefined;
    const page = setup(marketingConfig(), { adapter });
    Object.assign(page.privacy, { outbox: {} });
    await page.add('placet-opt-in');
    expect(adapter.submitted).to.deep.equal([]);
    root.appendChild(document.createElement('placet-opt-in'));
    await eventually(() => !kept().length, 'nothing is kept any more');
  });
});
