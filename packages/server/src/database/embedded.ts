import { PGlite } from '@electric-sql/pglite';
import { Kysely, sql } from 'kysely';
import type { Database } from './database.js';
import { migrate } from './migrations.js';
import type { OpenOptions } from './open.js';
import { pgliteDialect } from './pglite-dialect.js';
import { SET_ROLE } from './role.js';
import type { Tables } from './tables.js';

/** A database that ends with the process; `seed` is one that was dumped before. */
export async function openMemory(
  options: OpenOptions & { seed?: Blob } = {},
): Promise<Database> {
  const pglite = await PGlite.create(options.seed ? { loadDataDir: options.seed } : {});
  return ready(pglite, options);
}

async function ready(pglite: PGlite, { migrations }: OpenOptions): Promise<Database> {
  const database = new Kysely<Tables>({ dialect: pgliteDialect({ pglite }) });
  await migrate(database, migrations);
  await sql.raw(SET_ROLE).execute(database);
  return {
    kind: 'embedded',
    sql: database,
    async close() {
      await database.destroy();
      await pglite.close();
    },
  };
}

export async function openFolder(_folder: string, _options: OpenOptions): Promise<Database> {
  throw new Error('not yet');
}
