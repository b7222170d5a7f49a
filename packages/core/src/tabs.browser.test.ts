import { expect } from '@open-wc/testing';
import { clicked } from './testing/activation.js';
import { CONFIG, stored } from './testing/config.js';
import { engines } from './testing/engines.js';
import { eventually } from './testing/eventually.js';
import { heldPage, script } from './testing/held-page.js';
import { memoryStorage } from './testing/memory-storage.js';

describe('tabs', () => {
  const page = heldPage();
  const native = window.BroadcastChannel;
  const setup = engines(() => {
    page.clear();
    window.BroadcastChannel = native;
  });
  const pass = (type: string, persisted: boolean) =>
    window.dispatchEvent(new PageTransitionEvent(type, { persisted }));

  it('follow each other at once: granting, withdrawing', async () => {
    const one = setup();
    const other = setup(undefined, { storage: one.storage });
    await clicked(() => one.privacy.acceptAll());
    await eventually(() => other.privacy.allows('analytics'), 'the grant to arrive');
    expect(other.privacy.decision!.id).to.equal(one.privacy.decision!.id);
    await other.privacy.withdraw();
    await eventually(() => !one.privacy.allows('analytics'), 'the withdrawal to arrive');
    expect(one.storage.writes, 'nobody writes what another one chose').to.have.length(2);
  });

  it('open in the one what was granted in the other', async () => {
    const first = memoryStorage();
    const one = setup(undefined, { storage: first });
    await clicked(() => one.privacy.decide({ marketing: true }));
    page.insert(script('analytics'));
    first.values = [stored({ granted: ['analytics'] })];
    expect(page.log).to.deep.equal([]);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(page.log).to.deep.equal(['analytics']);
  });

  it('tell of a change once, and of none where there is none', async () => {
    const { privacy, storage, changes } = setup();
    await privacy.ready;
    document.dispatchEvent(new Event('visibilitychange'));
    storage.values = [stored({ granted: ['analytics'] })];
    document.dispatchEvent(new Event('visibilitychange'));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(changes.map(({ decision }) => decision?.granted)).to.deep.equal([['analytics']]);
  });

  it('keep choices of different cookies apart', async () => {
    const a = { ...CONFIG, cookie: { name: 'a' } };
    const one = setup(a);
    const same = setup(a, { storage: one.storage });
    const other = setup({ ...CONFIG, cookie: { name: 'b' } });
    await clicked(() => one.privacy.acceptAll());
    await eventually(() => same.privacy.decision, 'the decision');
    expect(other.privacy.decision).to.equal(undefined);
  });

  it('read the choice again when the page comes back from the back/forward cache', async () => {
    const { privacy, storage } = setup();
    await privacy.ready;
    pass('pagehide', true);
    storage.values = [stored({ granted: ['analytics'] })];
    pass('pageshow', false);
    expect(privacy.allows('analytics'), 'a first showing is no return').to.equal(false);
    pass('pageshow', true);
    expect(privacy.allows('analytics')).to.equal(true);
    await clicked(() => privacy.acceptAll());
    expect(privacy.allows('marketing'), 'and the page is as alive as before').to.equal(true);
  });

  it('are done without where the browser refuses a channel, as Firefox does with cookies blocked', async () => {
    window.BroadcastChannel = class {
      constructor() {
        throw new DOMException('Forbidden in this test', 'SecurityError');
      }
    } as unknown as typeof BroadcastChannel;
    page.insert(script('necessary', 'data-placet="necessary"') + script('analytics'));
    const { privacy } = setup();
    await privacy.ready;
    pass('pagehide', true);
    pass('pageshow', true);
    await clicked(() => privacy.acceptAll());
    expect(page.log).to.deep.equal(['necessary', 'analytics']);
  });

  it('do not keep a page that is going from taking a choice', async () => {
    const { privacy } = setup();
    await privacy.ready;
    pass('pagehide', true);
    await privacy.refuseAll();
    expect(privacy.decision).to.exist;
  });

  it('keep no channel open on a page that goes, comes back, or is stopped', async () => {
    const open = new Set<BroadcastChannel>();
    window.BroadcastChannel = class extends native {
      constructor(name: string) {
        super(name);
        open.add(this);
      }
      override close() {
        super.close();
        open.delete(this);
      }
    };
    const stop = new AbortController();
    const { privacy } = setup(undefined, { signal: stop.signal });
    await privacy.ready;
    expect(open.size).to.equal(1);
    pass('pagehide', true);
    expect(open.size).to.equal(0);
    pass('pageshow', true);
    expect(open.size).to.equal(1);
    stop.abort();
    expect(open.size).to.equal(0);
    pass('pageshow', true);
    expect(open.size).to.equal(0);
  });
});
