import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlacetError } from '@placet/contract';

/** A body put down on the disk: it can be read more than once, and none of it is in memory. */
export interface Spool {
  /** From its beginning. */
  read(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/**
 * Takes a request's body whole. The file loses its name before anything is written, so that nobody
 * else opens it, and a crash leaves nothing of it behind.
 *
 * @throws {PlacetError} `request/too-large`, `request/unreadable`
 */
export async function spoolBody(request: Request, most: number): Promise<Spool> {
  if (Number(request.headers.get('content-length')) > most)
    throw new PlacetError('request/too-large');
  const folder = await mkdtemp(join(tmpdir(), 'placet-'));
  try {
    const file = await open(join(folder, 'body'), 'wx+', 0o600);
    await rm(join(folder, 'body'));
    try {
      let size = 0;
      for await (const piece of piecesOf(request)) {
        size += piece.length;
        if (size > most) throw new PlacetError('request/too-large');
        await file.writeFile(piece);
      }
    } catch (error) {
      await file.close();
      throw error;
    }
    return {
      read: () => readAgain(file),
      close: () => file.close(),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What comes in; whoever stops taking it stops the sending. */
async function* piecesOf({ body }: Request): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  try {
    for (;;) {
      const read = await reader?.read().catch((cause: unknown) => {
        throw new PlacetError('request/unreadable', undefined, { cause });
      });
      if (!read || read.done) return;
      yield read.value;
    }
  } finally {
    // Nothing waits for the rest.
    void reader?.cancel().catch(() => undefined);
  }
}

async function* readAgain(file: FileHandle): AsyncGenerator<Uint8Array> {
  for (let at = 0; ;) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), { position: at });
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}
