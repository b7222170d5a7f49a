import { expect } from '@open-wc/testing';
import { memoryAdapter, type MemoryAdapter, type StoredRecord } from '@placet/contract';
import { clicked } from './testing/activation.js';
import { CONFIG, NOW, stored } from './testing/config.js';
import { engines } from './testing/engines.js';
import { eventually } from './testing/eventually.js';
import { heldPage, script } from './testing/held-page.js';
import { memoryStorage } from './testing/memory-storage.js';

const KEY = 'placet-outbox';
const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(KEY));

describe('a page with an adapter', () => {
  const page = heldPage();
  const setup = engines(() => {
    page.clear();
    for (const key of keys()) localStorage.removeItem(key);
  });
  const backend = () => memoryAdapter({ config: CONFIG, now: () => NOW });
  const registered = async ({ staff }: MemoryAdapter): Promise<readonly StoredRecord[]> =>
    (await staff.register.list()).records;
  const acknowledged = (id?: string) => eventually(() => localStorage.getItem(KEY) === id, id);

  it('shows it, and proves what is chosen, on the notice handed over (001-31, 001-32)', async () => {
    const adapter = backend();
    const { privacy } = setup(CONFIG, { adapter });
    expect(privacy.adapter).to.equal(adapter);
    await clicked(() => privacy.acceptAll({ notice: async () => 'placet-notice/1\nshown\n' }));
    const { id } = privacy.decision!;
    await acknowledged(id);
    await privacy.withdraw('marketing', { notice: 'placet-notice/1\npanel\n' });
    await acknowledged(privacy.decision!.id);
    const [first, second] = await registered(adapter);
    expect(first).to.deep.include({ id, gesture: { control: 'accept', trusted: true } });
    expect(second!.replaces).to.deep.equal({ id, notice: CONFIG.notice, reason: 'changed' });
    expect(second!.notice.hash).not.to.equal(first!.notice.hash);
  });

  it('keeps a choice while the backend does not answer', async () => {
    const consents = { record: () => new Promise<never>(() => {}) };
    const adapter = { name: 'hangs', capabilities: async () => ({}), consents };
    const { privacy } = setup(CONFIG, { adapter });
    await privacy.refuseAll();
    await eventually(() => keys().join() === `${KEY}:${privacy.decision!.id}`, 'the record');
  });

  it('does not wait for the proof before it heeds a refusal, or before it grants', async () => {
    const adapter = { ...backend(), consents: { record: () => new Promise<never>(() => {}) } };
    page.insert(script('it'));
    const { privacy } = setup(CONFIG, { adapter });
    void clicked(() => privacy.acceptAll({ notice: () => new Promise<string>(() => {}) }));
    await eventually(() => page.log.length, 'the script');
    void privacy.withdraw('analytics', { notice: () => new Promise<string>(() => {}) });
    await eventually(() => !privacy.allows('analytics'), 'the refusal');
  });

  it('proves a choice of an earlier page that was never acknowledged', async () => {
    const adapter = backend();
    const storage = memoryStorage(stored());
    const { privacy } = setup(CONFIG, { adapter, storage });
    await acknowledged(privacy.decision!.id);
    expect((await registered(adapter))[0]!.gesture).to.deep.equal({
      control: 'restored',
      trusted: false,
    });
  });

  it('sends nothing again that was acknowledged', async () => {
    const adapter = backend();
    const storage = memoryStorage(stored());
    const { privacy } = setup(CONFIG, { adapter, storage });
    await acknowledged(privacy.decision!.id);
    let calls = 0;
    const consents = { record: () => Promise.reject(new Error(`call ${++calls}`)) };
    const next = setup(CONFIG, { adapter: { ...adapter, consents }, storage });
    await next.privacy.ready;
    await next.privacy.decide({});
    expect(calls).to.equal(0);
  });

  it('without a register, or without an adapter, leaves nothing behind', async () => {
    const none = { name: 'none', capabilities: async () => ({}) };
    for (const adapter of [undefined, none]) {
      const { privacy } = setup(CONFIG, { adapter });
      await privacy.refuseAll();
      expect(privacy.adapter).to.equal(adapter);
    }
    expect(keys()).to.deep.equal([]);
  });
});
