import { expect } from '@open-wc/testing';
import type { SiteConfig } from '@placet/contract';
import { CONFIG, NOW } from '../testing/config.js';
import { eventually } from '../testing/eventually.js';
import { heldPage, script } from '../testing/held-page.js';
import { memoryStorage } from '../testing/memory-storage.js';
import type { PrivacyOptions } from '../privacy.js';
import { createDevPrivacy } from './privacy.js';

interface GooglePage {
  dataLayer?: unknown[];
}

describe('development build', () => {
  const page = heldPage();
  const { warn: native } = console;
  let stop: AbortController;
  let said: unknown[][];
  beforeEach(() => {
    stop = new AbortController();
    said = [];
    console.warn = (...what: unknown[]) => void said.push(what);
    delete (window as GooglePage).dataLayer;
  });
  afterEach(() => {
    stop.abort();
    page.clear();
    console.warn = native;
    delete (window as GooglePage).dataLayer;
  });
  const start = (config: SiteConfig = CONFIG, options: PrivacyOptions = {}) =>
    createDevPrivacy(config, {
      storage: memoryStorage(),
      now: () => NOW,
      signal: stop.signal,
      ...options,
    });
  const codes = () => said.map(([text]) => /^\[placet\] ([\w/-]+): /.exec(String(text))?.[1]);

  it('says nothing where nothing is wrong', async () => {
    page.insert(script('it') + script('youtube', 'data-placet-service="youtube"'));
    const privacy = start();
    await privacy.ready;
    await privacy.refuseAll();
    expect(said).to.deep.equal([]);
  });

  it('says a code, a sentence and a link', async () => {
    await start({ ...CONFIG, months: 14 }).ready;
    await eventually(() => said.length > 0, 'the warning');
    expect(said).to.have.length(1);
    const [text, detail] = said[0]!;
    expect(text).to.match(/^\[placet\] config\/months: [A-Z].*\. https:\/\/\S+#config-months$/);
    expect(detail).to.equal('months: 14');
  });

  it('says each thing once, and each name of one kind', async () => {
    page.insert(
      script('a', 'data-placet="statistics"') +
        script('b', 'data-placet="statistics"') +
        script('c', 'data-placet-service="hotjar"'),
    );
    await start().ready;
    await eventually(() => said.length > 1, 'the warnings');
    expect(codes()).to.deep.equal(['gate/unknown-purpose', 'gate/unknown-purpose']);
    expect(said.map(([, detail]) => detail)).to.deep.equal(['statistics', 'hotjar']);
  });

  it('judges a purpose with a service by what the gate goes by', async () => {
    page.insert(script('a', 'data-placet="markting" data-placet-service="youtube"'));
    await start().ready;
    await eventually(() => said.length > 0, 'the warning');
    expect(said.map(([, detail]) => detail)).to.deep.equal(['markting/youtube']);
  });

  for (const months of [0, 14, 6.5, '6', null]) {
    it(`warns of months: ${JSON.stringify(months)}`, async () => {
      await start({ ...CONFIG, months: months as number }).ready;
      await eventually(() => said.length > 0, 'the warning');
      expect(codes()).to.deep.equal(['config/months']);
    });
  }

  it('warns of "reopen": "none" on a page without an opener, and only there (C-07)', async () => {
    await start({ ...CONFIG, reopen: 'none' }).ready;
    await eventually(() => said.length > 0, 'the warning');
    expect(codes()).to.deep.equal(['reopen/none']);
    said = [];
    page.insert('<button data-placet-open>Cookies</button>');
    await start({ ...CONFIG, reopen: 'none' }).ready;
    expect(said).to.deep.equal([]);
  });

  it('warns of a held script without the page’s nonce', async () => {
    page.insert(script('none', 'id="none" data-placet="analytics"'));
    await start(CONFIG, { nonce: 'n0nce' }).ready;
    await eventually(() => said.length > 0, 'the warning');
    expect(codes()).to.deep.equal(['gate/nonce']);
    expect(said[0]![1]).to.equal(page.find('#none'));
  });

  for (const [name, entry] of [
    ['gtag', ['config', 'G-1']],
    ['Tag Manager', { 'gtm.start': 1, event: 'gtm.js' }],
  ] as const) {
    it(`warns of a tag of ${name} that ran before the default`, () => {
      (window as GooglePage).dataLayer = [entry];
      start();
      expect(codes()).to.deep.equal(['signals/late']);
    });

    it(`says nothing when the two-line stub set the default before ${name}`, () => {
      (window as GooglePage).dataLayer = [['consent', 'default', {}], entry];
      start();
      expect(codes()).to.deep.equal([]);
    });
  }

  it('takes data of the page’s own in the queue for no tag', () => {
    (window as GooglePage).dataLayer = [{ page: 'home' }, null, 'text', 1];
    start();
    expect(codes()).to.deep.equal([]);
  });

  it('warns of a config that cannot be read', async () => {
    const { error } = console;
    console.error = () => undefined;
    const privacy = start({} as SiteConfig);
    await privacy.ready.catch(() => 0);
    console.error = error;
    await eventually(() => said.length > 0, 'the warning');
    expect(codes()).to.deep.equal(['config/unreadable']);
  });

  it('warns, once, of storage that does not keep the choice', async () => {
    const storage = { ...memoryStorage(), write() {} };
    const privacy = start(CONFIG, { storage });
    await privacy.refuseAll();
    await privacy.withdraw('analytics');
    expect(codes()).to.deep.equal(['storage/blocked']);
  });

  it('warns of inline scripts that the page’s policy forbids', async () => {
    start();
    document.dispatchEvent(
      new SecurityPolicyViolationEvent('securitypolicyviolation', {
        blockedURI: 'inline',
        effectiveDirective: 'script-src-elem',
        documentURI: location.href,
        originalPolicy: "script-src 'self'",
        violatedDirective: 'script-src-elem',
        disposition: 'enforce',
        statusCode: 200,
      }),
    );
    // Engines that other tests started listen for as long as the page is there.
    expect([...new Set(codes())]).to.deep.equal(['gate/inline-csp']);
  });

  it('tells the host’s own listener instead, where there is one', async () => {
    const told: string[] = [];
    await start({ ...CONFIG, months: 14 }, { warn: (code) => told.push(code) }).ready;
    await eventually(() => told.length > 0, 'the warning');
    expect(told).to.deep.equal(['config/months']);
    expect(said).to.deep.equal([]);
  });
});
