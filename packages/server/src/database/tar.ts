import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of a record of the format. */
const BLOCK = 512;

/**
 * A folder as a tar archive (POSIX ustar), piece by piece, for files that do not change meanwhile.
 *
 * Names are relative to the folder; more than 100 bytes of them are not
 * supported, nor files of 8 GiB and more: a PostgreSQL data folder has neither.
 */
export async function* tarOf(folder: string): AsyncGenerator<Uint8Array> {
  for await (const { name, isFolder } of walk(folder)) {
    const path = join(folder, name);
    const { size, mtimeMs, mode } = await stat(path);
    const length = isFolder ? 0 : size;
    yield header(isFolder ? `${name}/` : name, mode, length, mtimeMs, isFolder);
    if (isFolder) continue;
    let left = length;
    if (left > 0) {
      for await (const chunk of createReadStream(path, { end: length - 1 })) {
        const bytes = chunk as Buffer;
        left -= bytes.length;
        yield bytes;
      }
    }
    // A file that became shorter would shift everything after it.
    if (left !== 0) throw new Error(`${name} changed while it was being archived.`);
    yield new Uint8Array((BLOCK - (length % BLOCK)) % BLOCK);
  }
  yield new Uint8Array(2 * BLOCK);
}

async function* walk(
  folder: string,
  within = '',
): AsyncGenerator<{ name: string; isFolder: boolean }> {
  const entries = await readdir(join(folder, within), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = within ? `${within}/${entry.name}` : entry.name;
    if (entry.isDirectory()) {
      yield { name, isFolder: true };
      yield* walk(folder, name);
    } else if (entry.isFile()) {
      yield { name, isFolder: false };
    }
  }
}

function header(name: string, mode: number, size: number, changed: number, isFolder: boolean) {
  if (Buffer.byteLength(name) > 100) throw new Error(`${name} is too long a name for an archive.`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, offset: number, length: number) =>
    block.write(value.toString(8).padStart(length - 1, '0'), offset);
  block.write(name, 0);
  octal(mode & 0o777, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(Math.floor(changed / 1000), 136, 12);
  block.write(isFolder ? '5' : '0', 156);
  block.write('ustar\0' + '00', 257);
  // The sum is made with its own field full of spaces.
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
