import { expect } from '@open-wc/testing';
import { createPrivacy } from './create-privacy.js';
import { clicked } from './testing/activation.js';
import { CONFIG, stored } from './testing/config.js';
import { clearCookies, cookies } from './testing/cookie-jar.js';
import { openDeepPage } from './testing/deep-page.js';
import { memoryStorage } from './testing/memory-storage.js';

describe('withdrawal', () => {
  let stop: AbortController;
  beforeEach(() => {
    stop = new AbortController();
  });
  afterEach(() => {
    stop.abort();
    clearCookies();
  });
  const setup = (...granted: string[]) => {
    const storage = memoryStorage(stored({ granted }));
    return createPrivacy(CONFIG, { storage, signal: stop.signal });
  };
  const put = (...names: string[]) => {
    for (const name of names) document.cookie = `${name}=1;path=/`;
  };
  const names = () => cookies().map((each) => each.split('=')[0]);
  const leave = () => window.dispatchEvent(new PageTransitionEvent('pagehide'));
  const comeBack = () =>
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));

  it('deletes the declared cookies of the purpose, and no others (C-14, DP-23)', async () => {
    const privacy = setup('analytics', 'marketing');
    put('_pk_id.1.1fff', '_pk_ses.1.1fff', 'YSC', 'cart', 'undeclared', 'placet');
    await privacy.withdraw('analytics');
    expect(names()).to.deep.equal(['YSC', 'cart', 'placet', 'undeclared']);
  });

  it('keeps a cookie that something still allowed declares too', async () => {
    const privacy = setup('analytics', 'marketing');
    put('shared');
    await privacy.withdraw('marketing');
    expect(names()).to.deep.equal(['shared']);
    await privacy.withdraw('analytics');
    expect(names()).to.deep.equal([]);
  });

  it('of one service deletes what is that service’s', async () => {
    const privacy = setup('analytics', 'marketing');
    put('YSC', '_pk_id', 'shared');
    await privacy.withdraw('youtube');
    expect(names()).to.deep.equal(['_pk_id', 'shared']);
  });

  it('never touches the cookie of the choice, whatever a service claims', async () => {
    const service = {
      id: 'all',
      name: 'All',
      owner: 'All',
      cookies: [{ name: '*', duration: '-' }],
    };
    const purposes = [{ id: 'analytics', services: [service] }];
    const privacy = createPrivacy({ ...CONFIG, purposes }, { signal: stop.signal });
    put('theirs');
    await clicked(() => privacy.refuseAll());
    expect(names()).to.deep.equal(['placet']);
  });

  it('and refusing delete what was there before the first choice too', async () => {
    const privacy = createPrivacy(CONFIG, { storage: memoryStorage(), signal: stop.signal });
    put('_pk_id', 'YSC', 'cart');
    await privacy.refuseAll();
    expect(names()).to.deep.equal(['cart']);
  });

  it('deletes once more when the page goes, what trackers wrote meanwhile', async () => {
    const privacy = setup('analytics');
    await privacy.withdraw('analytics');
    put('_pk_id');
    leave();
    expect(names()).to.deep.equal([]);
    comeBack();
  });

  it('that was taken back by a new choice deletes nothing when the page goes', async () => {
    const privacy = setup();
    await privacy.refuseAll();
    await clicked(() => privacy.decide({ preferences: true }));
    await clicked(() => privacy.decide({ analytics: true }));
    put('_pk_id', 'shared', 'YSC');
    leave();
    expect(names()).to.deep.equal(['_pk_id', 'shared']);
    comeBack();
  });

  it('deletes cookies at every path, from a page some folders down', async () => {
    const page = await openDeepPage();
    const storage = memoryStorage(stored({ granted: ['analytics'] }));
    const privacy = page.createPrivacy(CONFIG, { storage, signal: stop.signal });
    for (const path of page.paths) page.document.cookie = `_pk_id=1;path=${path}`;
    await privacy.withdraw('analytics');
    expect(cookies(page.document)).to.deep.equal([]);
    page.remove();
  });

  describe('on a page that reloads', () => {
    /** A page in a frame on which analytics has run. */
    async function openPage(onWithdraw?: 'keep') {
      const page = await openDeepPage();
      page.document.body.innerHTML =
        '<script type="text/plain" data-placet="analytics">window.hasRun = true</script>';
      const storage = memoryStorage(stored({ granted: ['analytics', 'marketing'] }));
      const { onWithdraw: _, ...config } = CONFIG;
      const privacy = page.createPrivacy(onWithdraw ? { ...config, onWithdraw } : config, {
        storage,
        signal: stop.signal,
      });
      const view = page.document.defaultView as Window & { hasRun?: boolean };
      expect(view.hasRun).to.equal(true);
      const frame = view.frameElement!;
      const reloaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      /** Resolves when a reload asked for before would be under way. */
      const settled = () => view.fetch(view.location.href).then((response) => response.text());
      return { page, privacy, storage, view, reloaded, settled };
    }

    it('starts it anew if what is withdrawn already ran', async () => {
      const { page, privacy, storage, view, reloaded } = await openPage();
      await privacy.withdraw('analytics');
      expect(storage.values[0], 'stored first').to.include('"g":["marketing"]');
      await reloaded;
      expect(view.hasRun).to.equal(undefined);
      page.remove();
    });

    it('leaves it alone if nothing of it ran, or the config says so', async () => {
      const { page, privacy, view, settled } = await openPage();
      await privacy.withdraw('marketing');
      await settled();
      expect(view.hasRun).to.equal(true);
      page.remove();
      const kept = await openPage('keep');
      await kept.privacy.withdraw();
      await kept.settled();
      expect(kept.view.hasRun).to.equal(true);
      kept.page.remove();
    });
  });
});
