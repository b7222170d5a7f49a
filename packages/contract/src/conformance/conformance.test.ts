import { describe, it } from 'node:test';
import type { ConsentsGroup, RegisterGroup } from '../adapter.js';
import { httpAdapter } from '../adapters/http.js';
import { httpStaffAdapter } from '../adapters/http-staff.js';
import { memoryAdapter } from '../adapters/memory.js';
import { wireFetch } from '../testing/wire.js';
import { describeAdapter, SAMPLE_CONFIG, type AdapterSetup } from './index.js';

describeAdapter(
  'memoryAdapter',
  (): AdapterSetup => {
    const adapter = memoryAdapter({ config: SAMPLE_CONFIG });
    return { adapter, staff: adapter.staff, config: SAMPLE_CONFIG };
  },
  { describe, it },
);

describeAdapter(
  'httpAdapter',
  (): AdapterSetup => {
    const answer = wireFetch(memoryAdapter({ config: SAMPLE_CONFIG }), 'right');
    let isReachable = true;
    const fetch = async (url: string, init: RequestInit) => {
      if (!isReachable) throw new TypeError('fetch failed');
      return answer(url, init);
    };
    const options = { baseUrl: 'https://shop.example', fetch };
    return {
      adapter: httpAdapter(options),
      staff: httpStaffAdapter({ ...options, key: 'right' }),
      stranger: httpStaffAdapter({ ...options, key: 'wrong' }),
      setReachable: (is) => void (isReachable = is),
      config: SAMPLE_CONFIG,
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
