import type { ConsentRecord, StoredRecord } from '../../consent-record.js';
import { PlacetError } from '../../errors.js';
import {
  codeOf,
  type Fault,
  goodAdapter,
  later,
  lenient,
  recording,
  setupOf,
  shown,
} from './broken.js';

/** What real adapters do to records. */
export const STORING: Readonly<Record<string, Fault>> = {
  'loses every third record': recording(/is in the register|each kept once/, (good) => {
    const elsewhere = goodAdapter().consents.record;
    let count = 0;
    return (...call) => (++count % 3 === 0 ? elsewhere : good)(...call);
  }),
  'acknowledges before it stores': recording(/by the time it is acknowledged/, (good) => {
    const elsewhere = goodAdapter().consents.record;
    return async (...call) => {
      const receipt = await elsewhere(...call);
      void later().then(() => good(...call).catch(() => undefined));
      return receipt;
    };
  }),
  'stores each record twice': recording(
    /nothing and gets|each kept once/,
    (good) =>
      async (...call) => {
        const receipt = await good(...call);
        const id = call[0].id.replace(/^.{8}/, '00000000');
        await good({ ...call[0], id });
        return receipt;
      },
  ),
  'shows a record twice': shown(/exactly once/, (records) => [...records.slice(0, 1), ...records]),
  'reorders the records': shown(/in the order/, (records) => [...records].reverse()),
  'forgets what was replaced': shown(/every detail/, (records) =>
    records.map(({ replaces: _replaces, ...rest }) => rest),
  ),
  'forgets the gesture': shown(/every detail/, (records) =>
    records.map((record) => ({ ...record, gesture: { control: 'save', trusted: true } })),
  ),
  'mixes up calls at the same time': recording(/at the same time are each kept/, (good) => {
    let current: ConsentRecord;
    return async (record, options) => {
      current = record;
      await later();
      return good(current, options);
    };
  }),
  'refuses a repetition at the same time': recording(/ten times at the same time/, (good) => {
    const underWay = new Set<string>();
    return async (record, options) => {
      if (underWay.has(record.id)) throw new PlacetError('consent/conflict');
      underWay.add(record.id);
      return good(record, options).finally(() => underWay.delete(record.id));
    };
  }),
  'answers a repetition with a new receipt': recording(
    /gets the same receipt/,
    (good) =>
      async (...call) => ({ ...(await good(...call)), receivedAt: new Date().toISOString() }),
  ),
  'takes another record under the same id for a repetition': lenient(
    /refused with `consent\/conflict`/,
    'consent/conflict',
    async (record) => goodAdapter().consents.record(record),
  ),
  'overwrites the first record on a conflict': {
    breaks: /the first one stays/,
    make(good) {
      const overwritten = new Map<string, ConsentRecord>();
      const see = (record: StoredRecord): StoredRecord => {
        const { notice: _notice, ...other } = overwritten.get(record.id) ?? record;
        return { ...record, ...other };
      };
      return setupOf(good, {
        async record(record, options) {
          return good.consents.record(record, options).catch((error: unknown) => {
            if (codeOf(error) === 'consent/conflict') overwritten.set(record.id, record);
            throw error as Error;
          });
        },
        register: {
          async list(...call) {
            const page = await good.staff.register.list(...call);
            return { ...page, records: page.records.map(see) };
          },
        },
      });
    },
  },
};
