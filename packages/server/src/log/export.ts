import * as z from 'zod/mini';
import type { Database } from '../database/database.js';
import type { Keys } from '../keys.js';
import type { LogEvent } from './events.js';
import type { Fault } from './fault.js';
import { readLog } from './read-log.js';

const whole = () => z.int().check(z.gte(0));
const hexText = () => z.string().check(z.regex(/^([\da-f]{2})*$/));

/** The lines of an export, apart from how their bytes are written. */
const line = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('log'),
    site: z.string(),
    keys: z.array(
      z.strictObject({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: z.string(),
        kid: z.string(),
      }),
    ),
  }),
  z.strictObject({ type: z.literal('config'), hash: hexText(), text: z.string() }),
  z.strictObject({ type: z.literal('notice'), hash: hexText(), text: z.string() }),
  z.strictObject({
    type: z.literal('checkpoint'),
    size: whole(),
    root: hexText(),
    frontier: hexText(),
    leaves: hexText(),
    note: z.string(),
  }),
  z.strictObject({
    type: z.literal('record'),
    id: z.string(),
    kind: z.string(),
    receivedAt: z.string(),
    body: z.string(),
    leaf: hexText(),
    index: z.nullable(z.int()),
    evidence: z.exactOptional(z.strictObject({ key: z.string(), data: z.string() })),
  }),
  z.strictObject({ type: z.literal('end'), size: whole(), unsealed: whole() }),
]);

type Line = z.infer<typeof line>;

export interface ExportOptions {
  /**
   * Whether to give out what tells whose decisions they are, which the law may
   * ask for and which nobody can take back. @default false
   */
  evidence?: boolean;
}

/**
 * The register as NDJSON, one line at a time, without line ends: for each site
 * its keys, its configurations and notices, then each checkpoint with the records that it sealed,
 * then what is not sealed yet. All that `verify` needs stands in it (G-03).
 */
export async function* exportLog(
  database: Database,
  keys: Keys,
  { evidence = false }: ExportOptions = {},
): AsyncGenerator<string> {
  // Nobody who is hidden is in an export (000-32).
  for await (const event of readLog(database, keys, { withHidden: false }))
    yield formatLine(event, { evidence });
}

/** One line of an export, without its end. */
export function formatLine(event: LogEvent, { evidence = false }: ExportOptions = {}): string {
  return JSON.stringify(lineOf(event, evidence));
}

function lineOf(event: LogEvent, withEvidence: boolean): Line {
  if (event.type === 'log') {
    const { type, site, keys = [] } = event;
    return { type, site, keys: [...keys] };
  }
  if (event.type === 'checkpoint') {
    const { type, size, root, frontier, leaves, note } = event;
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
    return { type, size, root: text(root), frontier: text(frontier), leaves: text(leaves), note };
  }
  if (event.type === 'record') {
    const { evidence, ...record } = event;
    return withEvidence && evidence ? { ...record, evidence } : record;
  }
  return event;
}

/** Reads an export. A line that is none is a fault, and the next one is read. */
export async function* parseExport(
  lines: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<LogEvent | Fault> {
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text.trim() === '') continue;
    const event = parseLine(text);
    yield event ?? { what: 'unreadable', line: number, detail: `Line ${number} cannot be read.` };
  }
}

function parseLine(text: string): LogEvent | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { success, data } = z.safeParse(line, json);
  if (!success) return undefined;
  if (data.type !== 'checkpoint') return data;
  const bytes = (hex: string) => Buffer.from(hex, 'hex');
  const { root, frontier, leaves } = data;
  return { ...data, root: bytes(root), frontier: bytes(frontier), leaves: bytes(leaves) };
}
