import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeAdapter } from '@placet/contract/conformance';
import { shopAdapter } from './adapter.mjs';
import { createShop } from './shop.mjs';

const config = {
  controller: { name: 'Atelier Brume', privacyUrl: '/privacy' },
  notice: '2026-11',
  purposes: [{ id: 'necessary', necessary: true }, { id: 'analytics' }, { id: 'marketing' }],
};

/** The shop with as many browsers as are wanted, each signed in to it as somebody, or nobody. */
function openShop() {
  const shop = createShop(config);
  const accounts = new Map();
  const browser = () => {
    const fetch = async (url, { signal, ...init }) => {
      signal?.throwIfAborted();
      return shop.fetch(new Request(url, init), accounts.get(adapter));
    };
    const adapter = shopAdapter({ url: 'https://shop.example', fetch });
    return adapter;
  };
  return { shop, browser, signIn: (adapter, { email }) => void accounts.set(adapter, email) };
}

describeAdapter(
  'the shop’s own backend',
  async () => {
    const { browser, signIn } = openShop();
    return {
      adapter: browser(),
      config,
      browser,
      people: ['camille@example.org', 'camille@example.net'].map((email) => ({
        contacts: { email },
        values: [],
      })),
      signIn: (adapter, { contacts }) => signIn(adapter, contacts),
    };
  },
  { describe, it },
);

describe('The shop', () => {
  it('is told of a request by mail, and of nothing about whom (000-16)', async () => {
    const { shop, browser, signIn } = openShop();
    const adapter = browser();
    signIn(adapter, { email: 'camille@example.org' });
    const { id } = await adapter.requests.submit({
      id: crypto.randomUUID(),
      type: 'erasure',
      at: new Date().toISOString(),
      language: 'en',
      page: 'https://shop.example/account',
    });
    assert.equal(shop.mails.length, 1);
    assert.match(shop.mails[0], new RegExp(`^A request \\(erasure\\), .*${id}$`));
  });
});
