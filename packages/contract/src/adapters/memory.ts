import type {
  CallOptions,
  ConsentsGroup,
  HoldingsGroup,
  IdentityGroup,
  RegisterGroup,
  RequestsGroup,
  StaffAdapter,
  SubscriptionsGroup,
  VisitorAdapter,
} from '../adapter.js';
import type { SiteConfig } from '../config.js';
import type { Receipt, StoredRecord } from '../consent-record.js';
import { PlacetError, type ErrorCode } from '../errors.js';
import { entriesOfNotice, knownEntries } from '../known-entries.js';
import type { Choosable } from '../opt-in/opt-in.js';
import type { SentMessage } from '../opt-in/sent-message.js';
import { DEFAULT_SITE, expiryOfRecord, sameRecord, skewOf } from '../record-rules.js';
import type { MemoryPerson } from './memory-holdings.js';
import { checked, hashedNotice, heed, plain } from './memory-parts.js';
import { memoryRights, type MemoryRightsControl } from './memory-rights.js';
import { memorySubscriptions } from './memory-subscriptions.js';

/** What {@link memoryAdapter} is made of. */
export interface MemoryAdapterOptions {
  /**
   * Says which purposes are asked for, and what can be subscribed to. Without it those purposes
   * count that the notice's text names, and nothing can be subscribed to.
   */
  config?: SiteConfig;
  /** The register's clock. @default () => new Date() */
  now?: () => Date;
  /** Whom it knows, where the configuration has `rights`. @default nobody */
  people?: readonly MemoryPerson[];
  /** Whether requests that it could answer at once wait for `rights.move`. @default false */
  waits?: boolean;
}

/** A {@link VisitorAdapter} with the staff's view of the same register beside it. */
export interface MemoryAdapter extends VisitorAdapter {
  readonly consents: Required<ConsentsGroup>;
  /** There if the configuration has marketing. */
  readonly subscriptions?: Required<SubscriptionsGroup>;
  /** There if the configuration has rights, as are the next three. */
  readonly identity?: IdentityGroup;
  readonly holdings?: HoldingsGroup;
  readonly requests?: Required<RequestsGroup>;
  readonly rights?: MemoryRightsControl;
  /** The same backend as another browser sees it, in which nobody is signed in. */
  browser(): VisitorAdapter;
  /** What went to people, oldest first: there is no mailbox. */
  readonly sent: readonly SentMessage[];
  /** Whether a message may go now, as a server tells whoever sends messages. */
  maySend(message: Choosable & { contact: string }): boolean;
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
 * requests are answered in one language, nothing is purged when it is due, and no reminder, no
 * recipient is sent anything; anyone with the object can read everything. For real decisions use `httpAdapter` and a backend.
 *
 * It loads the schema with its first record, and hashes with `crypto.subtle`, so it needs https or
 * localhost.
 */
export function memoryAdapter(options: MemoryAdapterOptions = {}): MemoryAdapter {
  const { config, now = () => new Date(), people = [], waits = false } = options;
  const entries = new Map<string, Entry>();
  const notices = new Map<string, string>();
  const known = config ? knownEntries(config) : new Set<string>();
  const sent: SentMessage[] = [];
  const { groupFor, withdraw, maySend } = memorySubscriptions({ config, now, notices, sent });
  const rights =
    config?.rights && memoryRights({ config, now, people, waits, sent, stopMarketing: withdraw });
  let lastTurn: Promise<unknown> = Promise.resolve();

  async function add(given: unknown): Promise<Receipt> {
    const { notice, ...record } = await checked(
      given,
      ({ consentRecordSchema }) => consentRecordSchema,
    );
    const { version, hash, text } = await hashedNotice(notice);
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

  const consents: Required<ConsentsGroup> = {
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
  };

  /** What a browser sees. */
  function browser() {
    const { groups, signedIn = () => undefined } = rights?.browser() ?? {};
    return {
      name: 'memory',
      capabilities: async () =>
        plain({
          consents: { receipts: true },
          ...(config?.marketing && {
            subscriptions: { channels: config.marketing.channels, links: true },
          }),
          ...rights?.offered,
        }),
      consents,
      ...(config?.marketing && { subscriptions: groupFor(signedIn) }),
      ...groups,
    };
  }

  return {
    ...browser(),
    browser,
    ...(rights && { rights: rights.control }),
    sent,
    maySend,
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
