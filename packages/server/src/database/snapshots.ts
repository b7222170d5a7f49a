import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { writeWhole } from './files.js';
import { tarOf } from './tar.js';

/** How many are kept; older ones go, and what was erased since with them. */
const KEPT = 3;

const NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z\.tar\.gz$/;

/**
 * Packs a folder that nobody writes to into `snapshots`, and removes the oldest there.
 *
 * To go back to one, with the server stopped: unpack it in place of `database`.
 */
export async function takeSnapshot(options: {
  of: string;
  into: string;
  now: Date;
}): Promise<string> {
  const { of, into, now } = options;
  await mkdir(into, { recursive: true, mode: 0o700 });
  const path = join(into, `${now.toISOString().replace(/[:.]/g, '-')}.tar.gz`);
  await writeWhole(path, (unfinished) =>
    pipeline(
      Readable.from(tarOf(of), { objectMode: false }),
      createGzip({ level: 1 }),
      createWriteStream(unfinished, { mode: 0o600 }),
    ),
  );
  for (const name of await superfluous(into)) await rm(join(into, name), { force: true });
  return path;
}

/** The oldest, and what a killed process left unfinished. */
async function superfluous(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  const whole = names.filter((name) => NAME.test(name)).sort();
  return [...whole.slice(0, -KEPT), ...names.filter((name) => name.endsWith('.tar.gz.tmp'))];
}
