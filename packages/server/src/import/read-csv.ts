import { Readable } from 'node:stream';
import { PlacetError } from '@placet/contract';
import { parse } from 'csv-parse';

/** A row of a file with the line on which it ends, or with what is wrong with how it is written. */
export type CsvRow = { line: number } & ({ cells: readonly string[] } | { fault: string });

/** The longest row, in characters. */
const LONGEST_ROW = 65_536;

/**
 * Reads a CSV file piece by piece, and no faster than its rows are taken: UTF-8, with or without a
 * byte order mark; commas, semicolons or tabs, whichever the first line has most of.
 *
 * @throws {PlacetError} `import/refused` for what is no such file
 */
export async function* readCsv(file: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRow> {
  const text = decode(file);
  const first = await text.next();
  if (first.done) throw new PlacetError('import/refused', 'The file is empty.');
  const faults: number[] = [];
  const parser = parse({
    delimiter: delimiterOf(first.value),
    info: true,
    trim: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: LONGEST_ROW,
    on_skip: (error) => void faults.push(error && 'lines' in error ? Number(error['lines']) : 0),
  });
  const source = Readable.from(joined(first.value, text));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      for (const line of faults.splice(0)) yield { line, fault: 'It is no row of CSV.' };
      yield { line: info.lines, cells: record };
    }
    for (const line of faults) yield { line, fault: 'It is no row of CSV.' };
  } catch (cause) {
    if (cause instanceof PlacetError) throw cause;
    // The library's own words quote the row.
    if ((cause as { code?: string }).code?.startsWith('CSV_'))
      throw new PlacetError('import/refused', 'A row is too long, or a quote is never closed.');
    throw cause;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

async function* joined(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

/** The first piece holds the first line, however the file comes in. */
async function* decode(file: AsyncIterable<Uint8Array>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let head: string | undefined = '';
  for await (const bytes of file) {
    const text = plain(() => decoder.decode(bytes, { stream: true }));
    if (head === undefined) yield text;
    else {
      head += text;
      if (head.length > LONGEST_ROW) refuseNoHeader();
      if (!/[\r\n]/.test(head)) continue;
      yield head;
      head = undefined;
    }
  }
  const last = (head ?? '') + plain(() => decoder.decode());
  if (last !== '') yield last;
  return undefined;
}

function plain(decode: () => string): string {
  let text: string;
  try {
    text = decode();
  } catch (cause) {
    throw new PlacetError(
      'import/refused',
      'The file is not in UTF-8. In the spreadsheet, save it as "CSV UTF-8".',
      { cause },
    );
  }
  if (text.includes('\0'))
    throw new PlacetError('import/refused', 'The file is no text: save it as "CSV UTF-8".');
  return text;
}

function refuseNoHeader(): never {
  throw new PlacetError('import/refused', 'The first line is too long to be the columns’ names.');
}

function delimiterOf(head: string): string {
  const line = (/^[^\r\n]*/.exec(head)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (sign: string) => line.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
