import { PlacetError, type SiteConfig } from '@placet/contract';
import type {
  ImportedContact,
  ImportOutcome,
  Rows,
  SubscriptionService,
} from '../subscriptions/subscriptions.js';
import { findColumns } from './columns.js';
import { checkFileSource } from './evidence.js';
import { readCsv, type CsvRow } from './read-csv.js';
import { readRow, type RowReader } from './read-row.js';
import { RowFault } from './row-fault.js';

/** How a file is taken. */
export interface ImportOptions {
  site: string;
  config: SiteConfig;
  /** The file's own names of columns, by ours. @default found by their usual names */
  columns?: Readonly<Record<string, string>> | undefined;
  /** How the contacts were collected, where the rows do not say. */
  source?: string | undefined;
  /** One bad row, or a failure before its rows are put down whole, and nothing of the file is stored. @default false */
  allOrNothing?: boolean | undefined;
}

/** What became of a file, row by row. Repeats nothing of it. */
export interface ImportReport {
  rows: number;
  /** May be written to from now on: with consent, or on the other basis that they name. */
  granted: number;
  /** Without proof, and so without consent. */
  withoutConsent: number;
  /** Of people who said no, or were erased: blocked. */
  suppressed: number;
  /** Were here before. */
  unchanged: number;
  refused: number;
  /** Each row that was refused; the first hundred thousand, should there be more. */
  faults: { line: number; reason: string }[];
  /** False where one bad row kept everything out. */
  stored: boolean;
}

/** What imports are made with. */
export interface Importer {
  service: Pick<SubscriptionService, 'importContacts' | 'importAtOnce'>;
  now: () => Date;
}

/** Rows in a transaction. */
const BATCH = 200;
const MAX_FAULTS = 100_000;
/** What counts for a row with two contacts: the one that stands first here. */
const RANK = ['granted', 'suppressed', 'no-consent', 'unchanged'] as const;

/**
 * Takes contacts from a CSV file, piece by piece: no more of it is in memory than one batch. The same
 * file again changes nothing.
 *
 * All or nothing goes through the file before anything is stored, then puts its rows down as jobs
 * that come to be at once, and stores them batch by batch, as without it: nobody who withdraws waits
 * for the file, and what a crash breaks off is carried out by a worker. Without it, what a crash
 * breaks off is completed by importing the file again.
 *
 * @param open gives the file from its beginning; called again for all or nothing
 * @throws {PlacetError} `import/refused` for the file as a whole
 */
export async function importFile(
  open: () => AsyncIterable<Uint8Array>,
  options: ImportOptions,
  { service, now }: Importer,
): Promise<ImportReport> {
  checkFileSource(options.source);
  const at = now();
  const report = emptyReport();
  const batches = readBatches(open(), options, at, report);
  if (!options.allOrNothing) {
    for await (const rows of batches) {
      const outcomes = await service.importContacts(rows.flat());
      let from = 0;
      count(
        report,
        rows.map(({ length }) => outcomes.slice(from, (from += length))),
      );
    }
    return report;
  }
  for await (const _ of batches);
  if (report.refused > 0) return { ...report, stored: false };
  const again = emptyReport();
  await service.importAtOnce(sound(readBatches(open(), options, at, again), again), (outcomes) =>
    count(again, outcomes),
  );
  return again;
}

/** The same, as long as every row is good: it was, a moment ago. */
async function* sound<Batch>(
  batches: AsyncIterable<Batch>,
  report: ImportReport,
): AsyncGenerator<Batch> {
  yield* batches;
  if (report.refused > 0)
    throw new PlacetError('import/refused', 'The file was changed while it was read.');
}

function emptyReport(): ImportReport {
  return {
    rows: 0,
    granted: 0,
    withoutConsent: 0,
    suppressed: 0,
    unchanged: 0,
    refused: 0,
    faults: [],
    stored: true,
  };
}

function count(report: ImportReport, rows: Rows<ImportOutcome>): void {
  for (const those of rows) {
    const outcome = RANK.find((each) => those.includes(each));
    if (outcome === 'no-consent') report.withoutConsent += 1;
    else if (outcome) report[outcome] += 1;
  }
}

/**
 * Rows up to where the file stops being one. What came before is stored by then, and the report says
 * so; a file that is none from its beginning is refused as a whole.
 */
async function* untilBroken(rows: AsyncIterable<CsvRow>): AsyncGenerator<CsvRow> {
  let line = 0;
  try {
    for await (const row of rows) {
      yield row;
      line = row.line;
    }
  } catch (error) {
    if (line === 0 || !(error instanceof PlacetError)) throw error;
    const reason = error.message.slice(error.code.length + 2);
    yield { line: line + 1, fault: `${reason} Nothing was read from here on.` };
  }
}

/** What the rows say, in batches; what is refused goes into the report. */
async function* readBatches(
  file: AsyncIterable<Uint8Array>,
  { site, config, columns = {}, source }: ImportOptions,
  now: Date,
  report: ImportReport,
): AsyncGenerator<ImportedContact[][]> {
  let reader: RowReader | undefined;
  let width = 0;
  let batch: ImportedContact[][] = [];
  const refuse = (line: number, reason: string) => {
    report.refused += 1;
    if (report.faults.length < MAX_FAULTS) report.faults.push({ line, reason });
  };

  for await (const row of untilBroken(readCsv(file))) {
    if (!reader) {
      if (!('cells' in row)) throw new PlacetError('import/refused', 'The first line is no CSV.');
      reader = { site, config, places: findColumns(row.cells, columns), source, now };
      width = row.cells.length;
      continue;
    }
    report.rows += 1;
    if ('fault' in row) refuse(row.line, row.fault);
    else if (row.cells.length !== width)
      refuse(row.line, `It has ${row.cells.length} columns, the first line ${width}.`);
    else
      try {
        batch.push(readRow(row.cells, reader));
      } catch (error) {
        if (!(error instanceof RowFault)) throw error;
        refuse(row.line, error.message);
      }
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
