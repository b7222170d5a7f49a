import { PlacetError } from '@placet/contract';
import { readHeader, readTables, writeBackup, type Counts } from './backup-file.js';
import { copyIn, copyOut, isEmpty } from './copy.js';
import type { Database, DatabaseOptions } from './database.js';
import type { Keys } from '../keys.js';
import { migrationNames, migrationStatus } from './migrations.js';
import { openDatabase, type OpenOptions } from './open.js';

/** Options of {@link backup}. */
export interface BackupOptions {
  keys: Pick<Keys, 'backup'>;
  /** @default () => new Date() */
  now?: () => Date;
}

/** Options of {@link restore}. */
export interface RestoreOptions extends OpenOptions {
  keys: Pick<Keys, 'backup'>;
}

/**
 * Writes all of a database, as it is at one moment, to a file that can be
 * restored into either kind of database.
 *
 * There is personal data in it, as in the database: the file is encrypted, and opens only with the
 * same secret.
 *
 * @returns how many rows each table has
 */
export async function backup(
  database: Database,
  file: string,
  { keys, now = () => new Date() }: BackupOptions,
): Promise<Counts> {
  const { applied } = await migrationStatus(database.sql);
  const schema = applied.at(-1) ?? '';
  const header = { placet: 'backup', format: 1, schema, at: now().toISOString() } as const;
  return writeBackup({ file, key: keys.backup }, header, copyOut(database.sql));
}

/**
 * Fills an empty database, made and migrated if need be, from a file of {@link backup}.
 *
 * In the end either all of it is there or nothing.
 *
 * @returns how many rows each table has
 * @throws {PlacetError} `request/invalid` if the database is not empty, or the
 * file is damaged, cut off, encrypted with another secret, or of a newer release.
 */
export async function restore(
  file: string,
  where: DatabaseOptions,
  { keys, ...options }: RestoreOptions,
): Promise<Counts> {
  const from = { file, key: keys.backup };
  const { schema } = await readHeader(from);
  const schemas = await migrationNames(options.migrations);
  if (!schemas.includes(schema)) {
    throw new PlacetError('request/invalid', `${file} is of a newer release (${schema}).`);
  }
  // As it was first, so that later migrations see the rows that they are about.
  const migrations = { ...options.migrations, to: schema };
  const database = await openDatabase(where, { ...options, migrations });
  const counts: Counts = {};
  try {
    if (!(await isEmpty(database.sql))) {
      throw new PlacetError('request/invalid', 'The database to restore into is not empty.');
    }
    await database.sql
      .transaction()
      .execute((transaction) => copyIn(transaction, readTables(from, counts)));
  } finally {
    await database.close();
  }
  if (schemas.at(-1) === schema) return counts;
  const newest = await openDatabase(where, { ...options, notify: () => {} });
  await newest.close();
  return counts;
}
