import { expect } from '@open-wc/testing';
import { PlacetError, type Contacts } from '@placet/contract';
import { claire, EMAIL, rightsConfig, subscribe, type Claire } from '../testing/my-data.js';
import { click, message } from '../testing/my-data-page.js';
import { choice, find, findAll, pages, press, settled, textOf, type } from '../testing/page.js';
import { CONFIG } from '../testing/salon.js';
import { fakeBackend } from '../testing/marketing.js';

describe('<placet-my-data>, to somebody it does not know', () => {
  const setup = pages();
  afterEach(() => history.replaceState(null, '', location.pathname + location.search));

  async function opened(person: Claire, hash = '') {
    if (hash) history.replaceState(null, '', hash);
    const page = setup(person.config, { adapter: person.adapter });
    const failures: unknown[] = [];
    page.root.addEventListener('placet-error', ({ error }) => failures.push(error));
    const widget = await page.add('placet-my-data');
    await settled(widget);
    return { ...page, widget, failures };
  }

  it('asks for an address, sends a link and a code there, and lets the code in (A-09, R-07)', async () => {
    const person = claire();
    const { widget, failures } = await opened(person);
    await type(find(widget, '#address'), EMAIL);
    await click(widget, 'send');
    expect(message(widget)).to.equal(
      `A link and a code are on their way to ${EMAIL}. Open the link, or type the code here.`,
    );
    const code = find<HTMLInputElement>(widget, '#code');
    expect(widget.shadowRoot!.activeElement).to.equal(code);
    expect(code.getAttribute('autocomplete')).to.equal('one-time-code');
    expect(code.inputMode).to.equal('numeric');
    await type(code, person.mailed().code);
    await click(widget, 'code');
    expect(textOf(find(widget, '[part=text]'))).to.match(/^For c•+@example\.org\.$/);
    expect(widget.shadowRoot!.activeElement).to.equal(find(widget, '#title'));
    expect(failures).to.deep.equal([]);
  });

  it('takes a code with spaces around it, as it is pasted out of a mail (A-09)', async () => {
    const person = claire();
    const { widget } = await opened(person);
    await type(find(widget, '#address'), EMAIL);
    await click(widget, 'send');
    const code = find<HTMLInputElement>(widget, '#code');
    const paste = new InputEvent('beforeinput', { inputType: 'insertFromPaste', cancelable: true });
    expect(code.dispatchEvent(paste), 'pasting is allowed').to.equal(true);
    const { code: sent } = person.mailed();
    code.value = ` ${sent.slice(0, 3)} ${sent.slice(3)} `;
    code.dispatchEvent(new Event('input', { bubbles: true }));
    await click(widget, 'code');
    expect(textOf(find(widget, '[part=text]'))).to.match(/^For c•/);
  });

  it('says what is wrong with an address or a code beside it, keeps it, and puts the focus there (A-09)', async () => {
    const person = claire();
    const { widget } = await opened(person);
    const address = find<HTMLInputElement>(widget, '#address');
    await type(address, 'claire');
    await click(widget, 'send');
    expect(address.getAttribute('aria-invalid')).to.equal('true');
    expect(textOf(find(widget, '#about-address'))).to.match(/^This is not a whole e-mail address/);
    expect(widget.shadowRoot!.activeElement).to.equal(address);
    expect(address.value).to.equal('claire');
    expect(person.adapter.sent).to.deep.equal([]);
    await type(address, '@example.org');
    await click(widget, 'send');
    const code = find<HTMLInputElement>(widget, '#code');
    const wrong = person.mailed().code === '111111' ? '222222' : '111111';
    await type(code, wrong);
    await click(widget, 'code');
    expect(code.getAttribute('aria-invalid')).to.equal('true');
    expect(textOf(find(widget, '#about-code'))).to.equal(
      'This code is not right, was used before, or is too old.',
    );
    expect(code.value).to.equal(wrong);
    expect(widget.shadowRoot!.activeElement).to.equal(code);
  });

  it('sends a new code, and goes back to another address', async () => {
    const person = claire();
    const { widget } = await opened(person);
    await type(find(widget, '#address'), EMAIL);
    await click(widget, 'send');
    const { code } = person.mailed();
    await press(find(widget, '#again'));
    await settled(widget);
    expect(person.adapter.sent.length).to.equal(2);
    expect(person.adapter.sent[1]!.identity!.code).not.to.equal(code);
    await press(find(widget, '#other'));
    await settled(widget);
    const address = find<HTMLInputElement>(widget, '#address');
    expect(address.value, 'nothing is typed twice').to.equal(EMAIL);
    expect(widget.shadowRoot!.activeElement).to.equal(address);
  });

  it('says the same whether the address is known or not', async () => {
    for (const address of [EMAIL, 'nobody@example.org']) {
      const { widget, root } = await opened(claire());
      await type(find(widget, '#address'), address);
      await click(widget, 'send');
      expect(message(widget)).to.equal(
        `A link and a code are on their way to ${address}. Open the link, or type the code here.`,
      );
      root.remove();
    }
  });

  it('takes a link’s token out of the address, and uses it up with a click alone (A-09)', async () => {
    const person = claire();
    await person.adapter.identity.start({ email: EMAIL });
    const before = history.length;
    const finished: unknown[] = [];
    const { finish } = person.adapter.identity;
    person.adapter.identity.finish = (proof) => {
      finished.push(proof);
      return finish(proof);
    };
    const { token } = person.mailed();
    const { widget } = await opened(person, `#placet-me=${token}`);
    expect(location.href).not.to.contain('#');
    expect(history.length).to.equal(before);
    expect(finished).to.deep.equal([]);
    await click(widget, 'continue');
    expect(finished).to.deep.equal([{ token }]);
    expect(textOf(find(widget, '[part=text]'))).to.match(/^For c•/);
    expect(document.documentElement.outerHTML).not.to.contain(token);
  });

  it('asks for an address where the link was used before', async () => {
    const person = claire();
    await person.enter();
    await person.adapter.identity.end();
    const { widget, failures } = await opened(person, `#placet-me=${person.mailed().token}`);
    await click(widget, 'continue');
    expect(message(widget)).to.equal(
      'This link was used before, or is too old. Ask for a new one.',
    );
    expect(widget.shadowRoot!.activeElement).to.equal(find(widget, '#address'));
    expect(failures).to.deep.equal([]);
  });

  it('opens with a link that is followed while its page is there', async () => {
    const person = claire();
    const { widget } = await opened(person);
    location.hash = 'placet-me=something';
    while (!findAll(widget, '[data-choice=continue]')[0]) await settled(widget);
    expect(location.hash).to.equal('');
  });

  it('says so where the backend cannot be reached, keeps what was typed, and asks once (A-09)', async () => {
    const person = claire();
    const calls: Contacts[] = [];
    const { start } = person.adapter.identity;
    person.adapter.identity.start = async (contacts) => {
      calls.push(contacts);
      throw new PlacetError('adapter/unreachable');
    };
    const { widget, failures } = await opened(person);
    await type(find(widget, '#address'), EMAIL);
    choice(widget, 'send').click();
    choice(widget, 'send').click();
    while (!/connection/.test(message(widget))) await settled(widget);
    expect(calls).to.have.length(1);
    expect(find<HTMLInputElement>(widget, '#address').value).to.equal(EMAIL);
    expect(failures).to.have.length(1);
    person.adapter.identity.start = start;
    await click(widget, 'send');
    expect(findAll(widget, '#code')).to.have.length(1);
  });

  it('says how long to wait after too many tries', async () => {
    const person = claire();
    const failure = Object.assign(new PlacetError('request/too-many'), { retryAfter: 290 });
    person.adapter.identity.start = () => Promise.reject(failure);
    const { widget } = await opened(person);
    await type(find(widget, '#address'), EMAIL);
    await click(widget, 'send');
    expect(message(widget)).to.equal('That was too often. Wait 5 minutes, then try again.');
  });

  it('shows nothing of anybody before, and says whom to write to (R-03)', async () => {
    const person = claire();
    await subscribe(person);
    const { widget } = await opened(person);
    expect(textOf(widget.shadowRoot!)).not.to.match(/Claire|newsletter|Customer file/);
    expect(find<HTMLAnchorElement>(widget, 'a').href).to.equal('mailto:data@tilleul.example');
  });

  it('asks again after a session has ended, and gives back what the same person typed', async () => {
    const person = claire();
    await person.enter();
    const { widget, failures } = await opened(person);
    await type(find(widget, '#reason'), 'Profiling');
    await person.adapter.identity.end();
    await click(widget, 'object');
    expect(message(widget)).to.match(/^You have been signed out/);
    expect(textOf(widget.shadowRoot!)).not.to.contain('Claire Martin');
    expect(failures).to.deep.equal([]);
    await type(find(widget, '#address'), EMAIL);
    await click(widget, 'send');
    await type(find(widget, '#code'), person.mailed().code);
    await click(widget, 'code');
    expect(find<HTMLTextAreaElement>(widget, '#reason').value).to.equal('Profiling');
  });

  it('forgets everything with signing out, and shows the next person nothing of it', async () => {
    const person = claire();
    await person.enter();
    const { widget } = await opened(person);
    await type(find(widget, '#reason'), 'Profiling');
    await press(find(widget, '#sign-out'));
    while (message(widget) !== 'You are signed out.') await settled(widget);
    expect(await person.adapter.identity.session()).to.equal(undefined);
    await type(find(widget, '#address'), 'other@example.org');
    await click(widget, 'send');
    await type(find(widget, '#code'), person.mailed().code);
    await click(widget, 'code');
    expect(find<HTMLTextAreaElement>(widget, '#reason').value).to.equal('');
    expect(textOf(widget.shadowRoot!)).not.to.contain('Claire Martin');
  });

  it('lets somebody in whom the host knows, without asking and without signing them out', async () => {
    const person = claire();
    await person.enter();
    const session = (await person.adapter.identity.session())!;
    person.adapter.identity.session = async () => ({ ...session, by: 'host' });
    const { widget } = await opened(person);
    expect(textOf(find(widget, '[part=text]'))).to.match(/^For c•/);
    expect(findAll(widget, '#sign-out')).to.deep.equal([]);
  });

  it('says to sign in on the site where the host alone knows who somebody is', async () => {
    const person = claire();
    const { identity: _, ...adapter } = person.adapter;
    const offered = await adapter.capabilities();
    adapter.capabilities = async () => ({ requests: offered.requests!, holdings: {} });
    const { widget } = await opened({ ...person, adapter: adapter as Claire['adapter'] });
    expect(textOf(widget.shadowRoot!)).to.contain('Sign in on this site, then come back');
    expect(findAll(widget, 'input')).to.deep.equal([]);
  });

  it('says so where the backend cannot be reached at all, and tries again', async () => {
    const person = claire();
    const { capabilities } = person.adapter;
    person.adapter.capabilities = () => Promise.reject(new PlacetError('adapter/unreachable'));
    const { widget, failures } = await opened(person);
    expect(textOf(widget.shadowRoot!)).to.contain('This could not be loaded.');
    expect(failures).to.have.length(1);
    person.adapter.capabilities = capabilities;
    await click(widget, 'retry');
    expect(findAll(widget, '#address')).to.have.length(1);
  });

  it('shows what stands between its tags, or whom to write to, where it cannot work', async () => {
    const silent = { ...CONFIG, controller: rightsConfig().controller };
    for (const options of [{}, { adapter: fakeBackend() }]) {
      const { add } = setup(silent, options);
      const widget = await add('placet-my-data');
      await settled(widget);
      expect(textOf(find(widget, 'slot'))).to.equal(
        'To see, correct, take away or delete your data, write to data@tilleul.example.',
      );
    }
  });
});
