import type { ConsentsGroup, RegisterGroup } from '../adapter.js';
import type { SiteConfig } from '../config.js';
import type { ConsentRecord, Receipt, StoredRecord } from '../consent-record.js';
import { boxesOf, type Box } from '../opt-in/boxes.js';
import { sameRecord } from '../record-rules.js';
import { expect, expectRefusal, expectSame } from './assert.js';
import { recordedNotice, SAMPLE_CONFIG, sampleNotice, sampleRecord } from './sample.js';
import type { AdapterSetup } from './setup.js';

/** What a promise is about; where the adapter does not have it, `capabilities()` must say so. */
export type Needs =
  'consents' | 'receipts' | 'register' | 'subscriptions' | 'identity' | 'holdings' | 'requests';

/** One sentence of the interface, and how it is checked. */
export type Promised = readonly [title: string, check: (bench: Bench) => Promise<void>];

/** Promises about one thing. */
export interface Group {
  title: string;
  needs?: Needs;
  promises: readonly Promised[];
}

/** An adapter under test, and what the checks do with it again and again. */
export interface Bench {
  readonly setup: AdapterSetup;
  readonly config: SiteConfig;
  /** What the site offers to subscribe to. */
  readonly boxes: readonly Box[];
  /** @throws where the adapter has none */
  readonly consents: ConsentsGroup;
  /** @throws where there is no staff adapter */
  readonly register: RegisterGroup;
  has(group: Needs): boolean;
  sample(overrides?: Partial<ConsentRecord>): Promise<ConsentRecord>;
  /** A notice that the register cannot have seen. */
  freshNotice(version?: string): Promise<{ version: string; hash: string; text: string }>;
  /** Registers a decision that has to be taken. */
  take(overrides?: Partial<ConsentRecord>): Promise<{ record: ConsentRecord; receipt: Receipt }>;
  /** The whole register, oldest first; `undefined` where there is no way to see it. */
  stored(): Promise<readonly StoredRecord[] | undefined>;
  /** Fails unless the register holds the record once, and as it was acknowledged. */
  expectStored(record: ConsentRecord, receipt: Receipt, sentence: string): Promise<void>;
  /** Fails if the register holds anything under one of the ids. */
  expectNothing(ids: readonly string[], sentence: string): Promise<void>;
}

/** Makes the bench for one check. */
export function createBench(setup: AdapterSetup): Bench {
  const { adapter, config = SAMPLE_CONFIG, staff } = setup;

  const bench: Bench = {
    setup,
    config,
    boxes: boxesOf(config),
    get consents() {
      expect(adapter.consents, 'The adapter has no `consents`.');
      return adapter.consents;
    },
    get register() {
      expect(staff?.register, 'The staff adapter has no `register`.');
      return staff.register;
    },
    has(group) {
      if (group === 'register') return staff?.register !== undefined;
      if (group === 'subscriptions')
        return adapter.subscriptions !== undefined && config.marketing !== undefined;
      if (group === 'identity' || group === 'holdings' || group === 'requests')
        return adapter[group] !== undefined;
      return (group === 'receipts' ? adapter.consents?.receipt : adapter.consents) !== undefined;
    },
    sample: (overrides) => sampleRecord(config, overrides),
    freshNotice: (version = config.notice) =>
      recordedNotice(
        version,
        sampleNotice({ ...config, notice: version }, `Shown to ${crypto.randomUUID()}`),
      ),
    async take(overrides) {
      const record = await bench.sample(overrides);
      return { record, receipt: await bench.consents.record(record) };
    },
    async stored() {
      if (setup.stored) return setup.stored();
      if (!staff?.register) return undefined;
      const all: StoredRecord[] = [];
      let after: string | undefined;
      do {
        const page = await staff.register.list(after === undefined ? {} : { after });
        all.push(...page.records);
        after = page.next;
      } while (after !== undefined);
      return all;
    },
    async expectStored(record, receipt, sentence) {
      const held = (await bench.stored())?.filter(({ id }) => id === record.id);
      if (held) {
        expect(held.length === 1, `${sentence} The register holds it ${held.length} times.`);
        const [{ receivedAt, ...rest }] = held as [StoredRecord];
        const { version } = record.notice;
        const { hash } = receipt.notice;
        expect(
          sameRecord(rest, { ...record, notice: { version, hash } }),
          `${sentence} The register holds something else: ${JSON.stringify(rest)}`,
        );
        expectSame(receivedAt, receipt.receivedAt, `${sentence} The times of receipt differ.`);
      }
      expectSame(await bench.consents.record(record), receipt, `${sentence} The receipts differ.`);
    },
    async expectNothing(ids, sentence) {
      const held = (await bench.stored())?.find(({ id }) => ids.includes(id));
      expect(!held, `${sentence} ${held?.id} was stored all the same.`);
      const { consents } = bench;
      for (const id of ids) {
        if (consents.receipt)
          await expectRefusal(() => consents.receipt!(id), 'receipt/unknown', sentence);
        // Nothing may stand in the way of the decision itself.
        expectSame((await consents.record(await bench.sample({ id }))).id, id, sentence);
      }
    },
  };
  return bench;
}
