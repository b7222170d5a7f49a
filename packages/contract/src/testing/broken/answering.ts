import { SAMPLE_CONFIG } from '../../conformance/index.js';
import type { ConsentRecord, Receipt, StoredRecord } from '../../consent-record.js';
import { type Fault, goodAdapter, later, recording, setupOf } from './broken.js';

/** What real adapters answer, claim and hold on to. */
export const ANSWERING: Readonly<Record<string, Fault>> = {
  'answers with the copy of the newest decision': {
    breaks: /tells of (that|no other) decision/,
    make(good) {
      let newest = '';
      return setupOf(good, {
        record: (record, options) =>
          good.consents.record(record, options).finally(() => (newest = record.id)),
        receipt: (id, options) => good.consents.receipt(newest || id, options),
      });
    },
  },
  'tells of other decisions in a copy': {
    breaks: /tells of no other decision/,
    make: (good) =>
      setupOf(good, {
        async receipt(id, options) {
          const { receipt } = await good.consents.receipt(id, options);
          const { records } = await good.staff.register.list();
          return { receipt: { ...receipt, seenToo: records.map(({ page }) => page) } };
        },
      }),
  },
  'makes up copies for ids that it does not know': {
    breaks: /receipt\/unknown/,
    make: (good) =>
      setupOf(good, {
        receipt: (id, options) =>
          good.consents.receipt(id, options).catch(() => ({ receipt: { id } })),
      }),
  },
  'keeps hold of what it was handed': {
    breaks: /handed over, at once or later/,
    make(good) {
      const handed = new Map<string, ConsentRecord>();
      return setupOf(good, {
        async record(record, options) {
          const { id } = record;
          const receipt = await good.consents.record(record, options);
          handed.set(id, record);
          return receipt;
        },
        register: {
          async list(...call) {
            const page = await good.staff.register.list(...call);
            const see = (record: StoredRecord) => ({
              ...record,
              page: handed.get(record.id)?.page ?? record.page,
            });
            return { ...page, records: page.records.map(see) };
          },
        },
      });
    },
  },
  'reads what it was handed only later': recording(
    /handed over, at once or later/,
    (good) => async (record, options) => {
      await later();
      return good(record, options);
    },
  ),
  'keeps hold of what it answered': recording(/what was received/, (good) => {
    const answered = new Map<string, Receipt>();
    return async (record, options) => {
      const receipt = await good(record, options);
      const former = answered.get(record.id) ?? receipt;
      answered.set(record.id, former);
      return former;
    };
  }),
  'changes what it was handed': recording(/leaves it as it is/, (good) => async (...call) => {
    const receipt = await good(...call);
    Object.assign(call[0], { sent: true });
    return receipt;
  }),
  'answers with more than plain data': recording(/survives JSON/, (good) => async (...call) => {
    const receipt = await good(...call);
    return { ...receipt, at: new Date(receipt.receivedAt) };
  }),
  'does not heed a signal': recording(
    /given up before it began/,
    (good) => (record) => good(record),
  ),
  'claims receipts that it does not have': {
    breaks: /says truly/,
    make: (good) => ({
      adapter: { ...good, consents: { record: good.consents.record } },
      staff: good.staff,
      config: SAMPLE_CONFIG,
    }),
  },
  'claims a register that it does not have': {
    breaks: /says truly/,
    make: ({ consents: _consents, ...good }) => ({ adapter: good }),
  },
  'hides what it has': {
    breaks: /says truly/,
    make: (good) => ({
      ...setupOf(good),
      adapter: { ...good, capabilities: async () => ({}) },
    }),
  },
  'says something else each time': {
    breaks: /the same each time/,
    make(good) {
      let count = 0;
      const capabilities = async () => ({ consents: { receipts: true, count: ++count } });
      return { ...setupOf(good), adapter: { ...good, capabilities } };
    },
  },
  'has no name': {
    breaks: /has a name/,
    make: (good) => ({ ...setupOf(good), adapter: { ...good, name: '' } }),
  },
  'gives every record on one page': {
    breaks: /pages|page holds/,
    make: (good) =>
      setupOf(good, { register: { list: async () => good.staff.register.list({ limit: 500 }) } }),
  },
  'leaves a record out between pages': {
    breaks: /exactly once/,
    make: (good) =>
      setupOf(good, {
        register: {
          async list(query, options) {
            const page = await good.staff.register.list(query, options);
            return query?.after ? { ...page, records: page.records.slice(1) } : page;
          },
        },
      }),
  },
  'lets strangers read the register': {
    breaks: /without the right/,
    make: (good) => setupOf(good, { more: { stranger: good.staff } }),
  },
  'takes a decision that reached nothing': {
    breaks: /cannot be reached/,
    make(good) {
      const elsewhere = goodAdapter();
      let isReachable = true;
      return setupOf(good, {
        record: (...call) => (isReachable ? good : elsewhere).consents.record(...call),
        more: { setReachable: (is) => void (isReachable = is) },
      });
    },
  },
};
