import { randomUUID } from 'node:crypto';
import { canonicalJson } from '@placet/contract';
import { deriveKeys } from '../keys.js';
import { signCheckpoint } from '../log/checkpoint.js';
import type {
  LogCheckpoint,
  LogConfig,
  LogEvent,
  LogNotice,
  LogRecord,
  LogStart,
} from '../log/events.js';
import { createFrontier, type SubtreeRoot } from '../log/frontier.js';
import { hex, leafHash, sha256 } from '../log/hash.js';
import { sealEvidence } from '../register/evidence.js';
import { bodyOf, leafOf } from '../register/leaf.js';
import { optInLeafOf } from '../register/opt-in-leaf.js';
import { createIds } from '../register/uuid.js';
import { CONFIG, NOTICE, NOTICE_HASH, NOW, testRecord } from './register.js';

export const MODEL_KEYS = deriveKeys('a secret for tests');
export const MODEL_SITE = 'default';
export const MODEL_ORIGIN = 'shop.example/default';

const CONFIG_TEXT = canonicalJson(CONFIG);
const MODEL_CONFIG: LogConfig = {
  type: 'config',
  hash: hex(sha256(CONFIG_TEXT)),
  text: CONFIG_TEXT,
};

/** A log's rows as they lie in the tables, to be altered by a test. */
export interface ModelLog {
  configs: LogConfig[];
  notices: LogNotice[];
  checkpoints: LogCheckpoint[];
  records: LogRecord[];
  /** Roots of whole subtrees. */
  nodes: SubtreeRoot[];
  head: NonNullable<LogStart['head']>;
}

/** A record as the register would store it; with evidence, unless it was erased. */
export function modelRecord(id: string, at = NOW): LogRecord {
  const record = testRecord();
  const receivedAt = at.toISOString();
  const { key, commitment } = sealEvidence(MODEL_KEYS, {
    decision: record.id,
    page: record.page,
  });
  const data = `{"decision":"${record.id}","page":"${record.page}"}`;
  const body = bodyOf(
    leafOf(record, {
      id,
      site: MODEL_SITE,
      controller: CONFIG.controller.name,
      config: MODEL_CONFIG.hash,
      hash: NOTICE_HASH,
      receivedAt,
      commitment,
    }),
  );
  return {
    type: 'record',
    id,
    kind: 'consent',
    receivedAt,
    body,
    leaf: hex(leafHash(body)),
    index: null,
    evidence: { key: key.toString('base64url'), data },
  };
}

/** The same of a withdrawal, or of an opt-in where it is on a notice. */
function modelOptIn(id: string, { hasNotice = true, at = NOW } = {}): LogRecord {
  const evidence = { decision: randomUUID(), about: { email: 'camille@example.org' } };
  const { key, commitment } = sealEvidence(MODEL_KEYS, evidence);
  const receivedAt = at.toISOString();
  const body = canonicalJson(
    optInLeafOf(
      {
        site: MODEL_SITE,
        act: hasNotice ? 'asked' : 'withdrawn',
        how: hasNotice ? 'form' : 'one-click',
        at: receivedAt,
        choices: [{ topic: 'news', channel: 'email', controller: 'default', granted: hasNotice }],
        ...(hasNotice && { notice: { version: CONFIG.notice, hash: NOTICE_HASH } }),
        language: 'en',
        about: evidence.about,
      },
      { site: MODEL_SITE, config: CONFIG, hash: MODEL_CONFIG.hash },
      { id, receivedAt, evidence: commitment },
    ),
  );
  return {
    type: 'record',
    id,
    kind: 'opt-in',
    receivedAt,
    body,
    leaf: hex(leafHash(body)),
    index: null,
    evidence: { key: key.toString('base64url'), data: canonicalJson(evidence) },
  };
}

/** Decisions, and among them opt-ins with a notice and withdrawals without. */
function modelEntry(id: string, place: number): LogRecord {
  return place % 3 === 2 ? modelOptIn(id, { hasNotice: place % 2 === 0 }) : modelRecord(id);
}

/** A whole log: a checkpoint for each number of records, then some that are not sealed. */
export function modelLog(batches: readonly number[], unsealed = 0): ModelLog {
  const newId = createIds(() => NOW);
  const frontier = createFrontier();
  const records: LogRecord[] = [];
  const nodes: SubtreeRoot[] = [];
  const checkpoints = batches.map((count): LogCheckpoint => {
    const leaves: Buffer[] = [];
    for (let added = 0; added < count; added += 1) {
      const record = { ...modelEntry(newId(), records.length), index: records.length };
      records.push(record);
      leaves.push(Buffer.from(record.leaf, 'hex'));
      frontier.append(leaves.at(-1)!, (node) => nodes.push(node));
    }
    const { size } = frontier;
    const root = frontier.root();
    const note = signCheckpoint({ origin: MODEL_ORIGIN, size, root }, MODEL_KEYS.signing);
    const end = frontier.bytes();
    return {
      type: 'checkpoint',
      size,
      root,
      frontier: end,
      leaves: Buffer.concat(leaves),
      note,
    };
  });
  for (let added = 0; added < unsealed; added += 1) records.push(modelEntry(newId(), added));
  return {
    configs: [{ ...MODEL_CONFIG }],
    notices: [{ type: 'notice', hash: NOTICE_HASH, text: NOTICE }],
    checkpoints,
    records,
    nodes,
    head: { size: frontier.size, frontier: frontier.bytes() },
  };
}

/** The rows in the order in which they are read from the tables. */
export function* eventsOf(log: ModelLog): Generator<LogEvent> {
  const { configs, notices, checkpoints, records, nodes, head } = log;
  yield { type: 'log', site: MODEL_SITE, keys: [MODEL_KEYS.signing.jwk], head };
  yield* configs;
  yield* notices;
  const byId = (one: LogRecord, other: LogRecord) => (one.id < other.id ? -1 : 1);
  const sealed = records
    .filter(({ index }) => index !== null)
    .sort((one, other) => one.index! - other.index! || byId(one, other));
  const rest = records.filter(({ index }) => index === null).sort(byId);
  let size = 0;
  for (const checkpoint of [...checkpoints].sort((one, other) => one.size - other.size)) {
    const before = size;
    size = checkpoint.size;
    const isNew = (end: number) => end > before && end <= size;
    const made = nodes.filter(({ level, index }) => isNew((index + 1) * 256 ** level));
    yield { ...checkpoint, nodes: made };
    while (sealed[0] && sealed[0].index! < size) yield sealed.shift()!;
  }
  yield* sealed;
  yield* rest;
  yield { type: 'end', size, unsealed: rest.length };
}
