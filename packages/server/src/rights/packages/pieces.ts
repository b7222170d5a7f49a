import type { CollectedRecord } from '../../systems/system.js';

/** Records of one category, to be stored together. */
export interface Piece {
  category: string;
  /** Counts the pieces of its category from 0. */
  seq: number;
  /** A record each, as JSON. */
  lines: readonly string[];
  /** Fields that occur in them. */
  fields: ReadonlySet<string>;
  /** Whether an erasure would leave any of them. */
  hasKept: boolean;
}

const MOST_RECORDS = 500;
const MOST_CHARACTERS = 1_000_000;

/** Cuts what a system gives into pieces that fit into memory, however long records or the whole are. */
export async function* inPieces(records: AsyncIterable<CollectedRecord>): AsyncGenerator<Piece> {
  const seqs = new Map<string, number>();
  let category = '';
  let lines: string[] = [];
  let fields = new Set<string>();
  let characters = 0;
  let hasKept = false;

  function take(): Piece {
    const seq = seqs.get(category) ?? 0;
    seqs.set(category, seq + 1);
    const piece = { category, seq, lines, fields, hasKept };
    [lines, fields, characters, hasKept] = [[], new Set(), 0, false];
    return piece;
  }

  for await (const each of records) {
    if (lines.length > 0 && each.category !== category) yield take();
    category = each.category;
    const line = lineOf(each);
    lines.push(line);
    for (const field of Object.keys(each.fields)) fields.add(field);
    hasKept ||= each.kept !== undefined;
    characters += line.length;
    if (lines.length >= MOST_RECORDS || characters >= MOST_CHARACTERS) yield take();
  }
  if (lines.length > 0) yield take();
}

function lineOf({ record, fields, kept }: CollectedRecord): string {
  return JSON.stringify({ record, fields, ...(kept && { kept }) });
}
