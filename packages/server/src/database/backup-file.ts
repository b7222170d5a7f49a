import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { PlacetError } from '@placet/contract';
import { openStream, sealStream } from './backup-seal.js';
import type { TableRows } from './copy.js';
import { writeWhole } from './files.js';

/** The first line of a backup. */
export interface BackupHeader {
  placet: 'backup';
  format: 1;
  /** The newest migration that the database had. */
  schema: string;
  /** ISO 8601, UTC. */
  at: string;
}

/** How many rows each table has. */
export type Counts = Record<string, number>;

/** Rows and characters of a piece when reading, so that memory stays bounded. */
const MOST_ROWS = 500;
const PIECE = 1_000_000;

/** A file, and the key that encrypts it. */
export interface BackupFile {
  file: string;
  key: Uint8Array;
}

/**
 * Writes gzipped lines of JSON, encrypted: the header; per table its name and columns, and
 * its rows; at the end how many rows there were.
 */
export async function writeBackup(
  { file, key }: BackupFile,
  header: BackupHeader,
  pieces: AsyncIterable<TableRows>,
): Promise<Counts> {
  const counts: Counts = {};
  async function* lines(): AsyncGenerator<string> {
    yield line(header);
    for await (const { table, columns, rows } of pieces) {
      if (counts[table] === undefined) yield line({ table, columns });
      counts[table] = (counts[table] ?? 0) + rows.length;
      yield rows.map(line).join('');
    }
    yield line({ end: counts });
  }
  await writeWhole(file, (unfinished) =>
    pipeline(
      Readable.from(lines()),
      createGzip(),
      (packed: AsyncIterable<Uint8Array>) => sealStream(key, packed),
      createWriteStream(unfinished, { mode: 0o600 }),
    ),
  );
  return counts;
}

/** @throws {PlacetError} `request/invalid` if the file is no backup */
export async function readHeader(from: BackupFile): Promise<BackupHeader> {
  for await (const { value } of readLines(from)) {
    if (isHeader(value)) return value;
    break;
  }
  throw damaged(from.file, 'does not begin as a backup that this release reads');
}

/**
 * The rows of a backup in pieces, counted into `counts`.
 *
 * @throws {PlacetError} `request/invalid`, at the end at the latest, unless the file is whole
 */
export async function* readTables(from: BackupFile, counts: Counts): AsyncGenerator<TableRows> {
  const { file } = from;
  let piece: TableRows | undefined;
  let size = 0;
  let end: unknown;
  let number = 0;
  for await (const { value, length } of readLines(from)) {
    number += 1;
    if (number === 1) continue;
    if (end !== undefined) throw damaged(file, `goes on after its end, in line ${number}`);
    if (Array.isArray(value) && piece && isRow(value, piece.columns.length)) {
      piece.rows.push(value);
      counts[piece.table] = (counts[piece.table] ?? 0) + 1;
      size += length;
      if (piece.rows.length < MOST_ROWS && size < PIECE) continue;
      yield piece;
      piece = { ...piece, rows: [] };
      size = 0;
    } else if (isTable(value)) {
      if (piece) yield piece;
      piece = { ...value, rows: [] };
      counts[value.table] ??= 0;
      size = 0;
    } else if (isEnd(value)) end = value.end;
    else throw damaged(file, `cannot be understood in line ${number}`);
  }
  if (piece) yield piece;
  if (JSON.stringify(end) !== JSON.stringify(counts)) {
    throw damaged(file, end ? 'has not as many rows as it says' : 'is cut off');
  }
}

async function* readLines({
  file,
  key,
}: BackupFile): AsyncGenerator<{ value: unknown; length: number }> {
  const source = createReadStream(file);
  const text = createGunzip();
  const lines = createInterface({ input: text, crlfDelay: Infinity });
  // Some versions of Node end the lines quietly where their input fails: it is asked for afterwards.
  const opened = (sealed: AsyncIterable<Uint8Array>) => openStream(key, sealed);
  const piped = pipeline(source, opened, text).then(
    () => undefined,
    (error: unknown) => error,
  );
  try {
    for await (const line of lines) yield { value: parse(file, line), length: line.length };
    const failure = await piped;
    if (failure)
      throw damaged(file, 'is damaged or cut off, or is encrypted with another secret', failure);
  } catch (cause) {
    if (cause instanceof PlacetError) throw cause;
    throw damaged(
      file,
      'cannot be read, is damaged or cut off, or is encrypted with another secret',
      cause,
    );
  } finally {
    source.destroy();
    text.destroy();
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw damaged(file, 'has a line that is not JSON', cause);
  }
}

function isHeader(value: unknown): value is BackupHeader {
  const { placet, format, schema } = Object(value) as Partial<BackupHeader>;
  return placet === 'backup' && format === 1 && typeof schema === 'string';
}

function isTable(value: unknown): value is { table: string; columns: string[] } {
  const { table, columns } = Object(value) as Partial<TableRows>;
  const isName = (name: unknown) => typeof name === 'string';
  return isName(table) && Array.isArray(columns) && columns.every(isName);
}

function isRow(value: unknown[], length: number): value is (string | null)[] {
  return value.length === length && value.every((it) => it === null || typeof it === 'string');
}

function isEnd(value: unknown): value is { end: Counts } {
  const { end } = Object(value) as { end?: unknown };
  return typeof end === 'object' && end !== null;
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function damaged(file: string, how: string, cause?: unknown): PlacetError {
  return new PlacetError('request/invalid', `${file} ${how}.`, { cause });
}
