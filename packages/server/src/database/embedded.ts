import { PGlite } from '@electric-sql/pglite';
import { Kysely, sql } from 'kysely';
import type { Database } from './database.js';
import { migrate } from './migrations.js';
import type { OpenOptions } from './open.js';
import { pgliteDialect } from './pglite-dialect.js';
import { SET_ROLE } from './role.js';
import type { Tables } from './tables.js';
import { createTurns, type Turns } from './turns.js';

/** A database that ends with the process; `seed` is one that was dumped before. */
export async function openMemory(options: OpenOptions & { seed?: Blob } = {}): Promise<Database> {
  const pglite = await PGlite.create(options.seed ? { loadDataDir: options.seed } : {});
  const database = await onPglite(pglite, options);
  return {
    kind: 'embedded',
    sql: database,
    async close() {
      await database.destroy();
      await pglite.close();
    },
  };
}

/** Migrates an open PGlite and takes the role; closes it if that fails. */
export async function onPglite(
  pglite: PGlite,
  options: OpenOptions & { turns?: Turns; flush?: () => Promise<void> },
): Promise<Kysely<Tables>> {
  const { migrations, turns = createTurns(), flush } = options;
  const database = new Kysely<Tables>({ dialect: pgliteDialect({ pglite, turns, flush }) });
  try {
    await migrate(database, migrations);
    await sql.raw(SET_ROLE).execute(database);
    return database;
  } catch (error) {
    await database.destroy();
    await pglite.close();
    throw error;
  }
}
