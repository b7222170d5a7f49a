import { describe, it } from 'node:test';
import type { ConsentsGroup, RegisterGroup, VisitorAdapter } from '../adapter.js';
import { httpAdapter } from '../adapters/http.js';
import { httpStaffAdapter } from '../adapters/http-staff.js';
import { memoryAdapter } from '../adapters/memory.js';
import { memorySetup } from '../testing/memory-setup.js';
import { PlacetError } from '../errors.js';
import { wireFetch } from '../testing/wire.js';
import { describeAdapter, SAMPLE_CONFIG, type AdapterSetup } from './index.js';

describeAdapter('memoryAdapter', () => memorySetup().setup, { describe, it });

describeAdapter(
  'httpAdapter',
  (): AdapterSetup => {
    const { backend, setup } = memorySetup();
    let isReachable = true;
    const optionsFor = (browser: VisitorAdapter) => {
      const answer = wireFetch(backend, 'right', browser);
      const fetch = async (url: string, init: RequestInit) => {
        if (!isReachable) throw new TypeError('fetch failed');
        return answer(url, init);
      };
      return { baseUrl: 'https://shop.example', fetch };
    };
    const options = optionsFor(backend);
    return {
      ...setup,
      adapter: httpAdapter(options),
      browser: () => httpAdapter(optionsFor(backend.browser())),
      staff: httpStaffAdapter({ ...options, key: 'right' }),
      stranger: httpStaffAdapter({ ...options, key: 'wrong' }),
      setReachable: (is) => void (isReachable = is),
    };
  },
  { describe, it },
);

describeAdapter('memoryAdapter without a configuration', () => ({ adapter: memoryAdapter() }), {
  describe,
  it,
});

/** Methods that need their object, as those of a class do. */
function bound(): AdapterSetup {
  const config = { ...SAMPLE_CONFIG, site: 'shop-2', purposes: [{ id: 'analytics' }], months: 6 };
  const memory = memoryAdapter({ config });
  class Register {
    readonly own = memory.staff.register;
    read(...call: Parameters<RegisterGroup['read']>) {
      return this.own.read(...call);
    }
    list(...call: Parameters<RegisterGroup['list']>) {
      return this.own.list(...call);
    }
  }
  class Consents {
    readonly own = memory.consents;
    record(...call: Parameters<ConsentsGroup['record']>) {
      return this.own.record(...call);
    }
    receipt(...call: Parameters<RegisterGroup['read']>) {
      return this.own.receipt(...call);
    }
  }
  return {
    adapter: { ...memory, consents: new Consents() },
    staff: { ...memory.staff, register: new Register() },
    config,
  };
}

describeAdapter('adapters made of classes, for a site with one purpose', bound, { describe, it });

describeAdapter(
  'an adapter that offers nothing',
  () => ({ adapter: { name: 'nothing', capabilities: async () => ({}) } }),
  { describe, it },
);

const OTHERS = ['portability', 'rectification', 'restriction', 'objection'];

/** Who is signed in is the host's business; two rights can be exercised, and answers come by post. */
function hosted(): AdapterSetup {
  const { backend, setup } = memorySetup();
  const { staff: _staff, ...rest } = setup;
  const browsers = new Map<VisitorAdapter, VisitorAdapter>();
  const host = (browser: VisitorAdapter): VisitorAdapter => {
    const { submit, list, read, cancel } = browser.requests!;
    const types = ['access', 'erasure'] as const;
    const adapter: VisitorAdapter = {
      name: 'hosted',
      capabilities: async () => ({ requests: { types: [...types], formats: [], undoHours: 72 } }),
      requests: {
        async submit(given, options) {
          const request = structuredClone(given);
          const isIn = await browser.identity!.session();
          if (isIn && OTHERS.includes(request?.type)) throw new PlacetError('rights/unsupported');
          return submit(request, options);
        },
        list,
        read,
        cancel,
      },
    };
    browsers.set(adapter, browser);
    return adapter;
  };
  return {
    ...rest,
    adapter: host(backend),
    browser: () => host(backend.browser()),
    async signIn(adapter, { contacts }) {
      const { start, finish } = browsers.get(adapter)!.identity!;
      await start(contacts);
      await finish({ token: backend.sent.at(-1)!.identity!.token });
    },
  };
}

describeAdapter('an adapter with the host’s own session and two rights', hosted, { describe, it });
