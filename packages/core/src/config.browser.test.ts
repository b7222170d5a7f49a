import { expect } from '@open-wc/testing';
import type { SiteConfig } from '@placet/contract';
import { clicked } from './testing/activation.js';
import { ASKED, CONFIG, stored } from './testing/config.js';
import { engines } from './testing/engines.js';
import { heldPage, script } from './testing/held-page.js';
import { memoryStorage } from './testing/memory-storage.js';

describe('a config', () => {
  const page = heldPage();
  const setup = engines(page.clear);
  const { error: native } = console;
  let said: unknown[];
  beforeEach(() => {
    said = [];
    console.error = (...what: unknown[]) => void said.push(...what);
  });
  afterEach(() => {
    console.error = native;
  });
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      (error: { code?: string }) => error.code,
    );

  const unreadable: readonly (readonly [string, () => unknown])[] = [
    ['null', () => null],
    ['a text', () => '{}'],
    ['an empty object', () => ({})],
    ['one without a notice', () => ({ ...CONFIG, notice: undefined })],
    ['one without purposes', () => ({ ...CONFIG, purposes: undefined })],
    ['one whose purposes are a text', () => ({ ...CONFIG, purposes: 'analytics' })],
    ['one whose purposes are nothing', () => ({ ...CONFIG, purposes: [null] })],
    ['one whose purposes have no id', () => ({ ...CONFIG, purposes: [{ label: 'Ads' }] })],
    ['a promise of nothing', () => Promise.resolve(null)],
    ['a promise that is broken', () => Promise.reject(new Error('404'))],
  ];
  for (const [name, make] of unreadable) {
    it(`that cannot be read holds everything and throws nothing: ${name}`, async () => {
      const errors: unknown[] = [];
      const listen = (event: Event) => errors.push(event);
      for (const type of ['error', 'unhandledrejection']) addEventListener(type, listen);
      page.insert(script('held') + script('necessary', 'data-placet="necessary"'));
      const { privacy, storage } = setup(make() as SiteConfig, {
        storage: memoryStorage(stored({ granted: ASKED })),
      });
      expect(await codeOf(privacy.ready)).to.equal('config/unreadable');
      expect(said.join(), 'what stops it from working is said').to.include('config/unreadable');
      expect(await codeOf(clicked(() => privacy.acceptAll()))).to.equal('config/unreadable');
      expect(await codeOf(privacy.refuseAll())).to.equal('config/unreadable');
      for (const each of ['analytics', 'necessary', ''])
        expect(privacy.allows(each), each).to.equal(false);
      expect(privacy.config).to.equal(undefined);
      expect(privacy.decision).to.equal(undefined);
      expect(privacy.language).to.be.a('string');
      document.dispatchEvent(new Event('visibilitychange'));
      expect(page.log).to.deep.equal([]);
      expect(storage.writes).to.deep.equal([]);
      for (const type of ['error', 'unhandledrejection']) removeEventListener(type, listen);
      expect(errors).to.deep.equal([]);
    });
  }

  it('may still be on its way: until it is there everything is held', async () => {
    let arrive!: (config: SiteConfig) => void;
    page.insert(script('analytics'));
    const { privacy } = setup(new Promise((resolve) => (arrive = resolve)), {
      storage: memoryStorage(stored({ granted: ['analytics'] })),
    });
    expect(privacy.allows('analytics')).to.equal(false);
    expect(privacy.decision).to.equal(undefined);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(page.log).to.deep.equal([]);
    arrive(CONFIG);
    await privacy.ready;
    expect(privacy.config).to.equal(CONFIG);
    expect(page.log).to.deep.equal(['analytics']);
  });

  it('ignores words it does not know', async () => {
    const odd = { ...CONFIG, checked: true, expires: 9999, platforms: ['none'], texts: 5 };
    const { privacy } = setup(odd as unknown as SiteConfig);
    await clicked(() => privacy.decide({ analytics: true }));
    expect(privacy.decision!.granted).to.deep.equal(['analytics']);
  });

  it('cannot hand over a purpose that is on beforehand (DP-10)', () => {
    const purposes = ['checked', 'default', 'enabled', 'granted', 'on'].map((word) => ({
      id: word,
      [word]: true,
    }));
    const { privacy } = setup({ ...CONFIG, purposes });
    for (const { id } of purposes) expect(privacy.allows(id), id).to.equal(false);
  });

  it('says the language, else the page does, else it is English', () => {
    const { lang } = document.documentElement;
    document.documentElement.lang = 'de-AT';
    expect(setup({ ...CONFIG, language: 'fr' }).privacy.language).to.equal('fr');
    expect(setup().privacy.language).to.equal('de-AT');
    document.documentElement.lang = '';
    expect(setup().privacy.language).to.equal('en');
    document.documentElement.lang = lang;
  });
});
