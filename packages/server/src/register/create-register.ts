import {
  DEFAULT_SITE,
  PlacetError,
  sameRecord,
  type ConsentRecord,
  type SiteConfig,
} from '@placet/contract';
import type { Database } from '../database/database.js';
import type { Keys } from '../keys.js';
import { isLogName, openCheckpoint } from '../log/checkpoint.js';
import type { After, Log } from '../log/entry.js';
import { hex, leafHash } from '../log/hash.js';
import { proveLeaf } from '../log/proof.js';
import { createSealer } from '../log/sealer.js';
import { createWitnessing } from '../log/witness.js';
import type { Mailer } from '../mail/mailer.js';
import { createConfigs } from './configs.js';
import { evidenceOf, lookupOf, sealEvidence, type EvidenceOptions } from './evidence.js';
import { bodyOf, leafOf, receiptOf, storedRecordOf } from './leaf.js';
import { createNotices, hashOfNotice } from './notices.js';
import { createOptIns } from './opt-ins.js';
import { createReading, cursorOf, parseCursor } from './reading.js';
import type { Added, Register } from './register.js';
import { createIds } from './uuid.js';
import { createWriter } from './writer.js';

export interface RegisterOptions {
  database: Database;
  keys: Keys;
  /** One for each site of the group. */
  configs: readonly SiteConfig[];
  /** Names the log in its checkpoints, without white space and `+`: the site's host, say. A site's log is called `origin/site`. */
  origin: string;
  /** @default () => new Date() */
  now?: (() => Date) | undefined;
  /** What of a request is kept besides the record. @default nothing */
  evidence?: EvidenceOptions | undefined;
  /** See `WitnessOptions.witnesses`. @default [] */
  witnesses?: readonly string[] | undefined;
  mailer?: Mailer | undefined;
  /** For witnesses. @default globalThis.fetch */
  fetch?: typeof globalThis.fetch | undefined;
  log?: Log | undefined;
  /** Timers of the sealer and the witnesses. @default the process's */
  after?: After | undefined;
}

/**
 * The append-only register (001-33): stores the sites' configurations, then
 * takes records and seals them in the background.
 *
 * @throws {TypeError} for an origin that cannot be a log's name
 */
export async function createRegister(options: RegisterOptions): Promise<Register> {
  const { database, keys, origin, evidence: kept = {}, now = () => new Date() } = options;
  if (!isLogName(origin)) throw new TypeError(`'${origin}' cannot be the name of a log.`);

  const configs = await reaching(() => createConfigs(database, options.configs, now));
  await reaching(() => checkLogs(options, configs.sites()));
  const notices = createNotices(database, configs, now);
  const reading = createReading(database, keys);
  const writer = createWriter({ database });
  const newId = createIds(now);
  const optIns = createOptIns({ database, keys, configs, reading, newId, now, kept });
  const background = { database, now, after: options.after, log: options.log };
  const sealers = new Map(
    configs.sites().map((site) => {
      const log = { site, origin: `${origin}/${site}`, signing: keys.signing };
      return [site, createSealer({ ...background, ...log })] as const;
    }),
  );
  const { witnesses = [], mailer, fetch } = options;
  const sites = configs.sites();
  const witnessing = createWitnessing({ ...background, sites, witnesses, mailer, fetch });

  /** The answer to a decision that is there already; `undefined` if it is not. */
  async function repeated(
    site: string,
    record: ConsentRecord,
    hash: string,
  ): Promise<Added | undefined> {
    const known = await reading.find(site, record.id);
    if (!known) return undefined;
    const { leaf, evidence } = known;
    const notice = { version: record.notice.version, hash };
    if (!sameRecord(storedRecordOf(leaf, evidence), { ...record, notice }))
      throw new PlacetError('consent/conflict');
    return { receipt: receiptOf(leaf, evidence, hex(known.leafHash)), isNew: false };
  }

  return {
    add: (record, circumstances = {}) =>
      reaching(async () => {
        const site = record.site ?? DEFAULT_SITE;
        const { config, hash: configHash } = configs.current(site);
        const hash = hashOfNotice(record.notice);
        const storeNotice = await notices.check(site, record, hash);
        if (storeNotice) {
          const known = await repeated(site, record, hash);
          if (known) return known;
          await storeNotice();
        }

        const evidence = evidenceOf(keys, record, circumstances, kept);
        const { key, data, commitment } = sealEvidence(keys, evidence);
        const lookup = lookupOf(keys, site, record.id);
        // From here to the queue nothing waits: so ids have the order of acknowledgement.
        const id = newId();
        const receivedAt = now().toISOString();
        const controller = config.controller.name;
        const added = { id, site, controller, config: configHash, hash, receivedAt, commitment };
        const leaf = leafOf(record, added);
        const body = bodyOf(leaf);
        const bytes = leafHash(body);
        const row = { kind: 'consent' as const, site, id, lookup, key, data, receivedAt, body };
        if (await writer.write({ ...row, leaf: bytes })) {
          sealers.get(site)?.wake();
          return { receipt: receiptOf(leaf, evidence, hex(bytes)), isNew: true };
        }
        const known = await repeated(site, record, hash);
        if (known) return known;
        throw new PlacetError('server/unavailable', 'The record was erased at the same time.');
      }),

    entry: (site, decision) =>
      reaching(async () => {
        const known = await reading.find(site, decision);
        if (!known) throw new PlacetError('record/unknown');
        const { leaf, body, evidence, opening, index } = known;
        const proof =
          index === null
            ? undefined
            : await proveLeaf(database, site, { index, leaf: known.leafHash });
        return {
          record: storedRecordOf(leaf, evidence),
          receipt: receiptOf(leaf, evidence, hex(known.leafHash)),
          body,
          evidence: opening,
          ...(proof && { proof }),
          config: await configs.byHash(site, leaf.config),
        };
      }),

    list: (site, { after, limit }) =>
      reaching(async () => {
        configs.current(site);
        const from = after === undefined ? undefined : parseCursor(after);
        // One more than asked for tells whether there is a next page.
        const found = await reading.after(site, from, limit + 1);
        const page = found.slice(0, limit);
        const records = page.map(({ leaf, evidence }) => storedRecordOf(leaf, evidence));
        return found.length > limit ? { records, next: cursorOf(page.at(-1)!) } : { records };
      }),

    enter: async (transaction, entry, circumstances) => {
      const [record] = await optIns.enter(transaction, [entry], circumstances);
      return record;
    },
    enterAll: (transaction, entries) => optIns.enter(transaction, entries),
    optIn: (site, by) => reaching(() => optIns.find(site, by)),
    sealSoon: (site) => sealers.get(site)?.wake(),

    erase: (site, decision) => reaching(() => reading.erase(site, decision)),

    async close() {
      await writer.idle();
      for (const sealer of sealers.values()) await sealer.close();
      await witnessing.close();
    },
  };
}

/**
 * Refuses to go on with a log under other keys or another name: its checkpoints would not be its
 * own, and decisions that are there would be stored again.
 */
async function checkLogs({ database, keys, origin }: RegisterOptions, sites: readonly string[]) {
  for (const site of sites) {
    const newest = await database.sql
      .selectFrom('log_checkpoint')
      .select('note')
      .where('site', '=', site)
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!newest) continue;
    const checkpoint = openCheckpoint(newest.note, [keys.signing.jwk]);
    if (checkpoint?.origin !== `${origin}/${site}`)
      throw new PlacetError(
        'config/invalid',
        `The log of the site '${site}' was begun with another secret (PLACET_SECRET) or another log name, or its last checkpoint was altered. Set what it was begun with, or look with: placet-server verify`,
      );
  }
}

/** Whatever the database throws is a database that cannot be reached, to those outside. */
async function reaching<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof PlacetError) throw cause;
    throw new PlacetError('server/unavailable', 'The register cannot be reached.', { cause });
  }
}
