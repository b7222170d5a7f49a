import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type {
  ExportedSubscription,
  WithdrawnSubscription,
} from '../subscriptions/subscriptions.js';

/** The columns by what they show, in order. */
type Columns<Line> = Readonly<Partial<Record<keyof Line, string>>>;

const CHOICE = { topic: 'topic', channel: 'channel', controller: 'controller' };

const ACTIVE: Columns<ExportedSubscription> = {
  contact: 'contact',
  kind: 'kind',
  ...CHOICE,
  basis: 'basis',
  since: 'since',
  language: 'language',
  frequency: 'frequency',
  proof: 'proof',
  notBefore: 'not_before',
};

const WITHDRAWN: Columns<WithdrawnSubscription> = {
  contact: 'contact',
  kind: 'kind',
  ...CHOICE,
  reason: 'reason',
  since: 'since',
};

/** A telephone number begins like a formula and is none. */
const NUMBER = /^\+\d{5,15}$/;

/**
 * What may be sent at this moment, a line each. Those who have a break are left out: the file may
 * lie about for a while. Who chose a frequency and was just written to has a `not_before`.
 */
export function contactsCsv(pieces: AsyncIterable<readonly ExportedSubscription[]>): Readable {
  return csvOf(pieces, ACTIVE);
}

/** What must not be sent any more, a line each: for tools that would go on with what they have. */
export function withdrawnCsv(pieces: AsyncIterable<readonly WithdrawnSubscription[]>): Readable {
  return csvOf(pieces, WITHDRAWN);
}

/** No faster than it is read. No cell begins a formula. */
function csvOf<Line extends object>(
  pieces: AsyncIterable<readonly Line[]>,
  columns: Columns<Line>,
): Readable {
  const keys = Object.keys(columns) as (keyof Line)[];
  const names = Object.values<string>(columns as Record<string, string>);
  const writer = stringify({ header: true, columns: names, record_delimiter: 'windows' });
  const rows = Readable.from(rowsOf(pieces, keys));
  rows.on('error', (error) => writer.destroy(error));
  writer.on('close', () => rows.destroy());
  return rows.pipe(writer);
}

async function* rowsOf<Line extends object>(
  pieces: AsyncIterable<readonly Line[]>,
  keys: readonly (keyof Line)[],
): AsyncGenerator<string[]> {
  for await (const piece of pieces)
    for (const each of piece)
      yield keys.map((key) => {
        const value = each[key];
        return harmless(value instanceof Date ? value.toISOString() : String(value ?? ''));
      });
}

/** Spreadsheets run what begins like this. */
function harmless(cell: string): string {
  return /^[=+\-@\t\r|]/.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}
