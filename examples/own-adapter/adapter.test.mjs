import { describe, it } from 'node:test';
import { describeAdapter } from '@placet/contract/conformance';
import { shopAdapter } from './adapter.mjs';
import { createShop } from './shop.mjs';

const config = {
  controller: { name: 'Atelier Brume', privacyUrl: '/privacy' },
  notice: '2026-11',
  purposes: [{ id: 'necessary', necessary: true }, { id: 'analytics' }, { id: 'marketing' }],
};

describeAdapter(
  'the shop’s own backend',
  async () => {
    const shop = createShop(config);
    const fetch = async (url, init) => {
      init.signal?.throwIfAborted();
      return shop.fetch(new Request(url, init));
    };
    return { adapter: shopAdapter({ url: 'https://shop.example', fetch }), config };
  },
  { describe, it },
);
