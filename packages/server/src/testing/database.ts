import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { Kysely } from 'kysely';
import type { Database } from '../database/database.js';
import { openMemory } from '../database/embedded.js';
import { migrate } from '../database/migrations.js';
import { pgliteDialect } from '../database/pglite-dialect.js';
import { createTurns } from '../database/turns.js';

/**
 * A migrated database in memory, for one test.
 *
 * Making one from nothing costs seconds: it is made once a machine, PGlite
 * version and schema, kept in the temporary folder, and copied from then on.
 */
export async function testDatabase(): Promise<Database> {
  return openMemory({ seed: await testSeed() });
}

/** What {@link testDatabase} starts from: for tests of folders that should open quickly. */
export async function testSeed(): Promise<Blob> {
  const file = await seedFile();
  try {
    return new Blob([await readFile(file)], { type: 'application/x-tar' });
  } catch {
    return makeSeed(file);
  }
}

async function seedFile(): Promise<string> {
  const folder = fileURLToPath(new URL('../../migrations', import.meta.url));
  const hash = createHash('sha256');
  const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  hash.update(await readFile(join(dirname(pglite), '../package.json')));
  for (const name of (await readdir(folder)).sort()) {
    hash.update(await readFile(join(folder, name)));
  }
  const key = hash.digest('hex').slice(0, 16);
  return join(tmpdir(), `placet-test-seeds-${process.getuid?.() ?? 'user'}`, `${key}.tar`);
}

/** Written under a name of its own first: several test processes do so at once. */
async function makeSeed(file: string): Promise<Blob> {
  const pglite = await PGlite.create();
  const database = new Kysely({ dialect: pgliteDialect({ pglite, turns: createTurns() }) });
  await migrate(database);
  await pglite.exec('checkpoint');
  const seed = await pglite.dumpDataDir('none');
  await pglite.close();
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const own = `${file}.${randomUUID()}`;
  try {
    await writeFile(own, new Uint8Array(await seed.arrayBuffer()), { mode: 0o600 });
    await rename(own, file);
  } finally {
    await rm(own, { force: true });
  }
  return seed;
}
