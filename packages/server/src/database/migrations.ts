import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PlacetError } from '@placet/contract';
import { Migrator, sql, type Kysely, type Migration } from 'kysely';
import { takeRole, ROLE } from './role.js';

/** Remembers what was applied; `placet_app` may read it. */
const TABLE = 'placet_migration';

/** Any number that other software on the same database is unlikely to use. */
const LOCK = 7_046_029_254;

export interface MigrationOptions {
  /** A folder of `0001_name.sql`, applied in the order of their names. @default the package's own */
  folder?: string;
  /** The last one to apply. @default the newest */
  to?: string;
}

/** Which migrations a database has had, and which wait. */
export interface MigrationStatus {
  applied: string[];
  pending: string[];
  /** Applied by a newer release; this one does not know them. */
  unknown: string[];
}

/** Both `src/` and `dist/` lie one level below the package, as `migrations/` does. */
const packaged = () => fileURLToPath(new URL('../../migrations', import.meta.url));

export async function migrationStatus<Any>(
  owner: Kysely<Any>,
  options: MigrationOptions = {},
): Promise<MigrationStatus> {
  const names = await migrationNames(options);
  const applied = await appliedNames(owner);
  return {
    applied,
    pending: names.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !names.includes(name)),
  };
}

/**
 * Brings the database to the newest schema; `owner` owns it and has one connection.
 *
 * Any number of processes may do so at once: the first one works, the others
 * wait and find nothing left. Each run is one transaction. Where nothing is
 * pending, nothing is written, so that a server may run without the owner's rights.
 *
 * @throws {PlacetError} `server/unavailable` if the database is newer than this release.
 */
export async function migrate<Any>(
  owner: Kysely<Any>,
  options: MigrationOptions = {},
): Promise<void> {
  const { folder = packaged(), to } = options;
  await takeRole(owner);
  if (isDone(await checked(owner, options), to)) return;
  await owner.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${sql.lit(LOCK)})`.execute(connection);
    try {
      // Another process may have been at work until now.
      if (isDone(await checked(connection, options), to)) return;
      const migrator = new Migrator({
        db: connection,
        provider: { getMigrations: () => readMigrations(folder) },
        migrationTableName: TABLE,
        migrationLockTableName: `${TABLE}_lock`,
      });
      const { error } = to ? await migrator.migrateTo(to) : await migrator.migrateToLatest();
      if (error !== undefined) throw asError(error);
      await sql`grant select on ${sql.table(TABLE)} to ${sql.ref(ROLE)}`.execute(connection);
    } finally {
      await sql`select pg_advisory_unlock(${sql.lit(LOCK)})`.execute(connection);
    }
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function isDone({ applied, pending }: MigrationStatus, to?: string): boolean {
  return to ? applied.includes(to) : pending.length === 0;
}

async function checked<Any>(
  owner: Kysely<Any>,
  options: MigrationOptions,
): Promise<MigrationStatus> {
  const status = await migrationStatus(owner, options);
  if (status.unknown.length > 0) {
    throw new PlacetError(
      'server/unavailable',
      `The database was used by a newer release of Placet (${status.unknown.join(', ')}). ` +
        'Run that release, or restore a backup made before it.',
    );
  }
  return status;
}

async function appliedNames<Any>(owner: Kysely<Any>): Promise<string[]> {
  const there = await sql<{ table: string | null }>`
    select to_regclass(${TABLE})::text as "table"`.execute(owner);
  if (!there.rows[0]?.table) return [];
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.table(TABLE)} order by name`.execute(owner);
  return rows.map(({ name }) => name);
}

/** All that this release knows, in their order. */
export async function migrationNames({ folder = packaged() }: MigrationOptions = {}): Promise<
  string[]
> {
  const files = await readdir(folder);
  return files
    .filter((file) => /^\d{4}_\w+\.sql$/.test(file))
    .map((file) => file.slice(0, -'.sql'.length))
    .sort();
}

async function readMigrations(folder: string): Promise<Record<string, Migration>> {
  const migrations: Record<string, Migration> = {};
  for (const name of await migrationNames({ folder })) {
    const statements = split(await readFile(`${folder}/${name}.sql`, 'utf8'));
    migrations[name] = {
      async up(database) {
        for (const statement of statements) await sql.raw(statement).execute(database);
      },
    };
  }
  return migrations;
}

/**
 * The statements of a migration: PGlite takes one at a time.
 *
 * A statement ends with a semicolon at the end of a line, which inside of a
 * function's body must therefore not stand (design §6: there are none).
 */
function split(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('--'))
    .join('\n')
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter(Boolean);
}
