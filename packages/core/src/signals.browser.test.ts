import { expect } from '@open-wc/testing';
import type { SiteConfig } from '@placet/contract';
import { tellPlatforms } from './platforms.js';
import { clicked } from './testing/activation.js';
import { CONFIG, stored } from './testing/config.js';
import { engines } from './testing/engines.js';
import { heldPage } from './testing/held-page.js';
import { memoryStorage } from './testing/memory-storage.js';

interface Queues {
  dataLayer?: unknown[] | undefined;
  uetq?: unknown[] | undefined;
  _paq?: unknown[] | undefined;
  clarity?: { q?: unknown[] } | ((...args: unknown[]) => void) | undefined;
}
const queues = window as Queues;

const AD_SIGNALS = ['ad_storage', 'ad_user_data', 'ad_personalization'];
const SIGNALS = [
  ...AD_SIGNALS,
  'analytics_storage',
  'functionality_storage',
  'personalization_storage',
  'security_storage',
];
/** All seven signals, of which some are granted. */
const values = (...granted: string[]) =>
  Object.fromEntries(SIGNALS.map((each) => [each, granted.includes(each) ? 'granted' : 'denied']));
/** A queue as plain lists. */
const plain = (queue: unknown[] = []) =>
  queue.map((entry) =>
    Object.prototype.toString.call(entry) === '[object Arguments]'
      ? [...(entry as IArguments)]
      : entry,
  );
const change = (...placet: string[]) => ({ event: 'placet-consent-change', placet });
const DEFAULT = [
  ['consent', 'default', values()],
  ['set', 'ads_data_redaction', true],
];

describe('Consent Mode', () => {
  const page = heldPage();
  const clear = () => {
    for (const name of ['dataLayer', 'uetq', '_paq', 'clarity'] as const) delete queues[name];
    page.clear();
  };
  const setup = engines(clear);
  const dataLayer = () => plain(queues.dataLayer);

  it('hears that all seven signals are denied before anything else, even before the config is there', () => {
    setup(new Promise<SiteConfig>(() => 0));
    expect(dataLayer()).to.deep.equal(DEFAULT);
  });

  it('takes commands only as arguments objects, as gtag sends them', async () => {
    const { privacy } = setup();
    await clicked(() => privacy.acceptAll());
    const kinds = queues.dataLayer!.map((entry) => Object.prototype.toString.call(entry));
    expect(kinds).to.deep.equal([
      '[object Arguments]',
      '[object Arguments]',
      '[object Arguments]',
      '[object Object]',
    ]);
  });

  it('hears of nothing more until there is a choice', async () => {
    const { privacy } = setup();
    await privacy.ready;
    document.dispatchEvent(new Event('visibilitychange'));
    expect(dataLayer()).to.deep.equal(DEFAULT);
  });

  it('is updated after every choice, with the data layer’s event behind (DP-23)', async () => {
    const { privacy } = setup();
    await clicked(() => privacy.decide({ analytics: true }));
    await clicked(() => privacy.acceptAll());
    await privacy.withdraw('marketing');
    await privacy.refuseAll();
    expect(dataLayer()).to.deep.equal([
      ...DEFAULT,
      ['consent', 'update', values('security_storage', 'analytics_storage')],
      change('necessary', 'analytics'),
      ['consent', 'update', values(...SIGNALS)],
      change('necessary', 'preferences', 'analytics', 'marketing'),
      [
        'consent',
        'update',
        values(
          'security_storage',
          'analytics_storage',
          'functionality_storage',
          'personalization_storage',
        ),
      ],
      change('necessary', 'preferences', 'analytics'),
      ['consent', 'update', values('security_storage')],
      change('necessary'),
    ]);
  });

  it('is updated on every page of a returning visitor, before any held tag runs', () => {
    page.insert('<script type="text/plain" data-placet="analytics">ran(dataLayer.length)</script>');
    setup(undefined, { storage: memoryStorage(stored({ granted: ['analytics'] })) });
    expect(dataLayer()).to.deep.equal([
      ...DEFAULT,
      ['consent', 'update', values('security_storage', 'analytics_storage')],
      change('necessary', 'analytics'),
    ]);
    expect(page.log).to.deep.equal([4]);
  });

  it('is told of a refusal on every page too', () => {
    setup({ ...CONFIG, purposes: [{ id: 'analytics' }] }, { storage: memoryStorage(stored()) });
    expect(dataLayer()).to.deep.equal([...DEFAULT, ['consent', 'update', values()], change()]);
  });

  it('follows the mapping of the config, and keeps what stood in the queue', async () => {
    queues.dataLayer = [{ 'gtm.start': 1 }];
    const { privacy } = setup({
      ...CONFIG,
      purposes: [
        { id: 'analytics', signals: [] },
        { id: 'marketing', signals: ['ad_storage'] },
        { id: 'video', label: 'Video', signals: ['functionality_storage', 'ad_user_data'] },
      ],
    });
    await clicked(() => privacy.decide({ analytics: true, video: true }));
    expect(dataLayer()).to.deep.equal([
      { 'gtm.start': 1 },
      ...DEFAULT,
      ['consent', 'update', values('functionality_storage', 'ad_user_data')],
      change('analytics', 'video'),
    ]);
  });

  it('hears at once what runs under a laxer regime', () => {
    setup({ ...CONFIG, regime: 'opt-out' });
    expect(dataLayer()).to.deep.equal([
      ...DEFAULT,
      ['consent', 'update', values(...SIGNALS)],
      change('necessary', 'preferences', 'analytics', 'marketing'),
    ]);
  });

  it('hears that a choice made in another tab is gone', async () => {
    const storage = memoryStorage(stored({ granted: ['analytics'] }));
    setup(undefined, { storage });
    storage.values = [];
    document.dispatchEvent(new Event('visibilitychange'));
    expect(dataLayer().slice(-2)).to.deep.equal([
      ['consent', 'update', values('security_storage')],
      change('necessary'),
    ]);
  });

  describe('and the other platforms', () => {
    const ALL: SiteConfig = { ...CONFIG, platforms: ['microsoft-uet', 'clarity', 'matomo'] };
    const told = () => ({
      uet: queues.uetq,
      clarity: (queues.clarity as { q?: unknown[] } | undefined)?.q?.map((each) => [
        ...(each as unknown[]),
      ]),
      matomo: queues._paq,
    });
    const consentv2 = (ads: string, analytics: string) => [
      'consentv2',
      { ad_Storage: ads, analytics_Storage: analytics },
    ];

    it('hear the default, then every change, each in its own words (rules §3.2)', async () => {
      const { privacy, signal } = setup(ALL);
      tellPlatforms(privacy, signal);
      expect(told(), 'undecided').to.deep.equal({
        uet: ['consent', 'default', { ad_storage: 'denied' }],
        clarity: [consentv2('denied', 'denied')],
        matomo: [['requireConsent']],
      });
      await clicked(() => privacy.acceptAll());
      await privacy.withdraw('analytics');
      await privacy.refuseAll();
      expect(told()).to.deep.equal({
        uet: ['default', 'update', 'update', 'update'].flatMap((command, index) => [
          'consent',
          command,
          { ad_storage: index === 1 || index === 2 ? 'granted' : 'denied' },
        ]),
        clarity: [
          consentv2('denied', 'denied'),
          consentv2('granted', 'granted'),
          consentv2('granted', 'denied'),
          consentv2('denied', 'denied'),
        ],
        matomo: [
          ['requireConsent'],
          ['setConsentGiven'],
          ['forgetConsentGiven'],
          ['forgetConsentGiven'],
        ],
      });
    });

    it('hear a stored choice right after the default, and go on in queues that are there', () => {
      const calls: unknown[][] = [];
      queues.uetq = ['theirs'];
      queues._paq = [['trackPageView']];
      queues.clarity = (...args: unknown[]) => void calls.push(args);
      const { privacy, signal } = setup(ALL, {
        storage: memoryStorage(stored({ granted: ['analytics'] })),
      });
      tellPlatforms(privacy, signal);
      expect(queues.uetq).to.deep.equal([
        'theirs',
        'consent',
        'default',
        { ad_storage: 'denied' },
        'consent',
        'update',
        { ad_storage: 'denied' },
      ]);
      expect(queues._paq).to.deep.equal([
        ['trackPageView'],
        ['requireConsent'],
        ['setConsentGiven'],
      ]);
      expect(calls).to.deep.equal([consentv2('denied', 'denied'), consentv2('denied', 'granted')]);
    });

    it('hear at once what runs under a laxer regime', () => {
      const { privacy, signal } = setup({ ...ALL, regime: 'notice' });
      tellPlatforms(privacy, signal);
      expect(told().matomo).to.deep.equal([['requireConsent'], ['setConsentGiven']]);
    });

    it('hear nothing unless the config names them, nor after the engine is stopped', async () => {
      const stop = new AbortController();
      const { privacy } = setup({ ...CONFIG, platforms: ['matomo'] });
      tellPlatforms(privacy, stop.signal);
      stop.abort();
      await clicked(() => privacy.acceptAll());
      expect(told()).to.deep.equal({
        uet: undefined,
        clarity: undefined,
        matomo: [['requireConsent']],
      });
    });
  });
});
