import { expect } from '@open-wc/testing';
import { PREFERENCES_OPEN } from './events.js';
import { createReopenButton } from './reopen-button.js';
import { clicked } from './testing/activation.js';
import { CONFIG, stored } from './testing/config.js';
import { engines } from './testing/engines.js';
import { heldPage } from './testing/held-page.js';
import { memoryStorage } from './testing/memory-storage.js';

describe('reopen button (C-07, DP-22)', () => {
  const page = heldPage();
  const setup = engines(page.clear);
  const find = () => document.querySelector('placet-reopen');
  const button = () => find()!.shadowRoot!.querySelector('button')!;

  /** A page with the button, and a panel that takes note of being opened. */
  function start(isDecided: boolean, config = CONFIG, hasPanel = true) {
    const engine = setup(config, { storage: memoryStorage(...(isDecided ? [stored()] : [])) });
    const opened: unknown[] = [];
    engine.privacy.addEventListener(PREFERENCES_OPEN, (event) => {
      opened.push(event);
      if (hasPanel) event.preventDefault();
    });
    createReopenButton(engine.privacy, 'Cookie choices', engine.signal);
    return { ...engine, opened };
  }

  it('is on every return visit, a labelled region with one button that says what it is for', () => {
    start(true);
    expect(find()!.getAttribute('role')).to.equal('region');
    expect(find()!.getAttribute('aria-label')).to.equal('Cookie choices');
    expect(find()!.shadowRoot!.querySelectorAll('button')).to.have.length(1);
    expect(button().textContent).to.equal('Cookie choices');
    expect(button().part.contains('button')).to.equal(true);
    expect(getComputedStyle(find()!).position).to.equal('fixed');
    const { width, height } = button().getBoundingClientRect();
    expect(Math.min(width, height)).to.be.at.least(24);
  });

  it('is away while there is nothing to change, and comes with the choice', async () => {
    const { privacy } = start(false);
    expect(find()).to.equal(null);
    await clicked(() => privacy.refuseAll());
    expect(find()).to.exist;
    await clicked(() => privacy.acceptAll());
    expect(document.querySelectorAll('placet-reopen')).to.have.length(1);
  });

  it('goes when the choice goes', () => {
    const { storage } = start(true);
    storage.values = [];
    document.dispatchEvent(new Event('visibilitychange'));
    expect(find()).to.equal(null);
  });

  it('opens the panel with one click', () => {
    const { opened } = start(true);
    button().click();
    expect(opened).to.have.length(1);
  });

  it('makes way for the page’s own opener', () => {
    page.insert('<a href="#choices" data-placet-open>Cookies</a>');
    start(true);
    expect(find()).to.equal(null);
  });

  it('is left out where the config says the page has its own', () => {
    start(true, { ...CONFIG, reopen: 'none' });
    expect(find()).to.equal(null);
  });

  it('survives a framework that swaps the body', () => {
    start(true);
    const { body } = document;
    document.documentElement.replaceChild(document.createElement('body'), body);
    expect(find()?.isConnected).to.equal(true);
    document.body.replaceWith(body);
  });

  it('is taken away when the engine is stopped, and openers open nothing more', () => {
    const stop = new AbortController();
    const { privacy } = setup(undefined, { storage: memoryStorage(stored()) });
    const opened: unknown[] = [];
    privacy.addEventListener(PREFERENCES_OPEN, (event) => {
      opened.push(event);
      event.preventDefault();
    });
    createReopenButton(privacy, 'Cookie choices', stop.signal);
    stop.abort();
    expect(find()).to.equal(null);
    page.insert('<button data-placet-open>Cookies</button>');
    page.find('button').click();
    expect(opened).to.deep.equal([]);
  });

  it('is not needed where any element with data-placet-open is: what is inside it counts, and its own action does not', () => {
    const { opened } = start(false);
    const { href } = location;
    page.insert('<a href="#choices" data-placet-open><span><b>Cookies</b></span></a><i>other</i>');
    page.find('b').click();
    expect(opened, 'undecided too').to.have.length(1);
    expect(location.href).to.equal(href);
    page.find('i').click();
    expect(opened).to.have.length(1);
  });

  it('does not stumble over clicks on the document itself', () => {
    start(true);
    const errors: unknown[] = [];
    const listen = (event: Event) => errors.push(event);
    addEventListener('error', listen);
    document.dispatchEvent(new Event('click'));
    removeEventListener('error', listen);
    expect(errors).to.deep.equal([]);
  });

  describe('where no panel is on the page', () => {
    it('brings one along, once it is asked for', async () => {
      const events: string[] = [];
      const { privacy } = setup(undefined, {
        async loadPreferences() {
          events.push('load');
          privacy.addEventListener(PREFERENCES_OPEN, (event) => {
            events.push('open');
            event.preventDefault();
          });
        },
      });
      await privacy.openPreferences();
      expect(events).to.deep.equal(['load', 'open']);
      await privacy.openPreferences();
      expect(events).to.deep.equal(['load', 'open', 'open']);
    });

    it('says so', async () => {
      const { privacy } = setup();
      const code = await privacy.openPreferences().catch(({ code }: { code: string }) => code);
      expect(code).to.equal('preferences/missing');
    });
  });
});
