import type { CallOptions, VisitorAdapter } from '../../adapter.js';
import type { MemoryAdapter } from '../../adapters/memory.js';
import type { AdapterSetup } from '../../conformance/index.js';
import type { ConsentRecord, Receipt, StoredRecord } from '../../consent-record.js';
import { type PlacetError, type ErrorCode } from '../../errors.js';
import { behind, memorySetup, type MovableBackend } from '../memory-setup.js';

type RecordCall = (record: ConsentRecord, options?: CallOptions) => Promise<Receipt>;
type ReceiptCall = MemoryAdapter['consents']['receipt'];
export type Subscriptions = NonNullable<MemoryAdapter['subscriptions']>;
export type Register = MemoryAdapter['staff']['register'];

/** A fault, the promises that it breaks (as words of their titles), and an adapter that has it. */
export interface Fault {
  breaks: RegExp;
  make(good: MovableBackend): AdapterSetup;
}

/** A backend that keeps every promise. */
export function goodAdapter(): MovableBackend {
  return memorySetup().backend;
}

/** What the suite is handed for an adapter, with some parts in the place of the good ones. */
export function setupOf(
  good: MovableBackend,
  parts: {
    record?: RecordCall;
    receipt?: ReceiptCall;
    register?: Partial<Register>;
    subscriptions?: Partial<Subscriptions>;
    rights?: Partial<Pick<VisitorAdapter, 'identity' | 'holdings' | 'requests'>>;
    more?: Partial<AdapterSetup>;
  } = {},
): AdapterSetup {
  const { record = good.consents.record, receipt = good.consents.receipt } = parts;
  const subscriptions = { ...good.subscriptions!, ...parts.subscriptions };
  return {
    ...behind(good),
    adapter: { ...good, consents: { record, receipt }, subscriptions, ...parts.rights },
    staff: { ...good.staff, register: { ...good.staff.register, ...parts.register } },
    ...parts.more,
  };
}

export const codeOf = (error: unknown) => (error as PlacetError).code;
export const later = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** The same adapter with another `record`. */
export function recording(breaks: RegExp, broken: (good: RecordCall) => RecordCall): Fault {
  return { breaks, make: (good) => setupOf(good, { record: broken(good.consents.record) }) };
}

/** An adapter that goes on after a refusal, with a record that it made fit. */
export function lenient(
  breaks: RegExp,
  code: ErrorCode,
  fit: (record: ConsentRecord, good: RecordCall) => Promise<Receipt>,
): Fault {
  return recording(breaks, (good) => async (record, options) => {
    try {
      return await good(record, options);
    } catch (error) {
      if (codeOf(error) !== code) throw error;
      return fit(record, good);
    }
  });
}

/** The same adapter whose staff sees the records changed. */
export function shown(
  breaks: RegExp,
  change: (records: readonly StoredRecord[]) => StoredRecord[],
): Fault {
  return {
    breaks,
    make: (good) => {
      const list: Register['list'] = async (query, options) => {
        const page = await good.staff.register.list(query, options);
        return { ...page, records: change(page.records) };
      };
      return setupOf(good, { register: { list } });
    },
  };
}
