import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PlacetError } from '@placet/contract';
import * as z from 'zod/mini';
import { diskFiles } from '../../database/files.js';
import type { ErasureJournal, JournalEntry } from './erasure.js';

const hash = () => z.string().check(z.regex(/^[\da-f]{64}$/));

const entry = z.object({
  v: z.literal(1),
  at: z.iso.datetime(),
  request: z.uuid(),
  sites: z.array(z.string()),
  lookups: z.array(hash()),
  refs: z.array(hash()),
}) satisfies z.ZodMiniType<JournalEntry>;

/** Bytes read at once. */
const PIECE = 65_536;
const NEWLINE = 10;

/**
 * The journal in a file of its own, a line an erasure: on another disk than the database, if it can
 * be. Several processes may write to it, and one that dies in the middle of a line spoils no other.
 */
export function openJournal(file: string): ErasureJournal {
  return {
    async append(one) {
      try {
        // `a` is O_APPEND: each write goes to the end, whoever else writes. A line that a crash
        // left torn is ended first.
        const opened = await open(file, 'a+', 0o600);
        try {
          const { size } = await opened.stat();
          const line = `${JSON.stringify(one)}\n`;
          await opened.appendFile((await endsTorn(opened, size)) ? `\n${line}` : line);
          await opened.datasync();
          // The first line is found again only if its folder is on disk, too.
          if (size === 0) await diskFiles().flush(dirname(file));
        } finally {
          await opened.close();
        }
      } catch (cause) {
        throw unusable('written to', cause);
      }
    },
    async *read() {
      for await (const line of linesOf(file)) {
        const read = readEntry(line);
        if (read) yield read;
      }
    },
  };
}

async function endsTorn(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  await file.read(last, 0, 1, size - 1);
  return last[0] !== NEWLINE;
}

/** A line that is not whole was never acknowledged: nothing was deleted on its word. */
function readEntry(line: string): JournalEntry | undefined {
  try {
    const read = entry.safeParse(JSON.parse(line));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const opened = await open(file, 'r').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw unusable('read', cause);
  });
  if (!opened) return;
  try {
    let rest = Buffer.alloc(0);
    const piece = Buffer.alloc(PIECE);
    for (;;) {
      const { bytesRead } = await opened.read(piece, { position: null });
      if (bytesRead === 0) break;
      rest = Buffer.concat([rest, piece.subarray(0, bytesRead)]);
      for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
        yield rest.subarray(0, end).toString('utf8');
        rest = rest.subarray(end + 1);
      }
    }
    if (rest.length > 0) yield rest.toString('utf8');
  } finally {
    await opened.close();
  }
}

function unusable(how: string, cause: unknown): PlacetError {
  return new PlacetError('server/unavailable', `The erasure journal cannot be ${how}.`, { cause });
}
