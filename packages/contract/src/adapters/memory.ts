import type {
  CallOptions,
  ConsentsGroup,
  RegisterGroup,
  StaffAdapter,
  VisitorAdapter,
} from '../adapter.js';
import type { SiteConfig } from '../config.js';
import type { ConsentRecord, Receipt, StoredRecord } from '../consent-record.js';
import { PlacetError, type ErrorCode } from '../errors.js';
import { entriesOfNotice, knownEntries } from '../known-entries.js';
import { noticeHash } from '../notice.js';
import { DEFAULT_SITE, expiryOfRecord, sameRecord, skewOf } from '../record-rules.js';

/** What {@link memoryAdapter} is made of. */
export interface MemoryAdapterOptions {
  /** Says which purposes are asked for. Without it those count that the notice's text names. */
  config?: SiteConfig;
  /** The register's clock. @default () => new Date() */
  now?: () => Date;
}

/** A {@link VisitorAdapter} with the staff's view of the same register beside it. */
export interface MemoryAdapter extends VisitorAdapter {
  readonly consents: Required<ConsentsGroup>;
  readonly staff: StaffAdapter & { readonly register: RegisterGroup };
}

interface Entry {
  record: StoredRecord;
  receipt: Receipt;
}

const CONTEXT = { dpv: 'https://w3id.org/dpv#', dct: 'http://purl.org/dc/terms/' };

/**
 * A register in memory, for demonstrations and tests.
 *
 * It keeps every promise of {@link VisitorAdapter} and {@link StaffAdapter} for as long as it
 * lives, and that is all. It does NOT guarantee that anything outlives a reload or reaches another
 * tab; its receipts carry no signature and no proof; nothing would show that an entry was altered;
 * anyone with the object can read everything. For real decisions use `httpAdapter` and a backend.
 *
 * It loads the schema with its first record, and hashes with `crypto.subtle`, so it needs https or
 * localhost.
 */
export function memoryAdapter(options: MemoryAdapterOptions = {}): MemoryAdapter {
  const { config, now = () => new Date() } = options;
  const entries = new Map<string, Entry>();
  const notices = new Map<string, string>();
  const known = config ? knownEntries(config) : new Set<string>();
  let lastTurn: Promise<unknown> = Promise.resolve();

  async function add(given: unknown): Promise<Receipt> {
    const { notice, ...record } = await checked(given);
    const { version, text } = notice;
    const hash = text === undefined ? notice.hash! : await hashOf(text);
    if (notice.hash !== undefined && notice.hash !== hash) throw new PlacetError('notice/mismatch');
    const shown = text ?? notices.get(hash);
    const hashed = { ...record, notice: { version, hash } };
    const former = entries.get(record.id);
    if (former) {
      if (!sameRecord(former.record, hashed)) throw new PlacetError('consent/conflict');
      return former.receipt;
    }
    if (shown === undefined) throw new PlacetError('notice/unknown');
    const asked = version === config?.notice ? new Set<string>() : entriesOfNotice(shown);
    const stranger = [...record.granted, ...record.denied].find(
      (entry) => !known.has(entry) && !asked.has(entry),
    );
    if (stranger !== undefined) throw new PlacetError('consent/unknown-purpose', stranger);

    const receivedAt = now().toISOString();
    const stored: StoredRecord = {
      ...hashed,
      site: record.site ?? DEFAULT_SITE,
      receivedAt,
      skew: skewOf(record.at, receivedAt),
    };
    const receipt = {
      id: record.id,
      receivedAt,
      expires: expiryOfRecord(record, receivedAt).toISOString(),
      notice: { version, hash },
    };
    notices.set(hash, shown);
    entries.set(record.id, { record: stored, receipt });
    return receipt;
  }

  function entryOf(id: string, missing: ErrorCode, options: CallOptions | undefined): Entry {
    heed(options);
    const entry = entries.get(id);
    if (!entry) throw new PlacetError(missing);
    return entry;
  }

  return {
    name: 'memory',
    capabilities: async () => ({ consents: { receipts: true } }),
    consents: {
      async record(record, options) {
        heed(options);
        const copy = plain(record);
        // One after another, so that they are kept in the order in which they are answered.
        const turn = lastTurn.then(() => add(copy));
        lastTurn = turn.catch(() => {});
        return plain(await turn);
      },
      async receipt(id, options) {
        const { record, receipt } = entryOf(id, 'receipt/unknown', options);
        return plain({
          receipt: {
            '@context': CONTEXT,
            '@type': 'dpv:ConsentReceipt',
            'dct:identifier': id,
            'dpv:hasNotice': record.notice,
            'dpv:hasDataController': config?.controller.name,
            'dct:created': record.at,
            'dct:dateAccepted': record.receivedAt,
            'dct:valid': receipt.expires,
            granted: record.granted,
            denied: record.denied,
          },
        });
      },
    },
    staff: {
      name: 'memory',
      capabilities: async () => ({ register: {} }),
      register: {
        async read(id, options) {
          return plain(entryOf(id, 'record/unknown', options).record);
        },
        async list({ after, limit = 100 } = {}, options) {
          heed(options);
          if (!(Number.isInteger(limit) && limit > 0 && limit <= 500))
            throw new PlacetError('request/invalid', 'limit: a whole number from 1 to 500');
          const all = [...entries.values()].map(({ record }) => record);
          const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
          if (after !== undefined && start === 0)
            throw new PlacetError('request/invalid', 'after: not what a page gave as `next`');
          const records = all.slice(start, start + limit);
          const next = start + limit < all.length ? records.at(-1)?.id : undefined;
          return plain({ records, ...(next !== undefined && { next }) });
        },
      },
    },
  };
}

/** What the wire would carry: a copy, so that neither side holds the other's. */
function plain<Data>(data: Data): Data {
  try {
    return JSON.parse(JSON.stringify(data ?? null)) as Data;
  } catch (cause) {
    throw new PlacetError('request/invalid', 'This is no plain data.', { cause });
  }
}

function heed(options: CallOptions | undefined): void {
  if (options?.signal?.aborted) throw new PlacetError('adapter/aborted');
}

async function checked(given: unknown): Promise<ConsentRecord> {
  // The schema carries zod: it comes only where this adapter is used.
  const { consentRecordSchema } = await import('../schema/wire.js');
  const result = consentRecordSchema.safeParse(given);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new PlacetError('request/invalid', faults.join('; '));
}

async function hashOf(text: string): Promise<string> {
  const hash = await noticeHash(text);
  if (hash === undefined)
    throw new PlacetError('adapter/rejected', 'Hashes need crypto.subtle: https or localhost.');
  return hash;
}
