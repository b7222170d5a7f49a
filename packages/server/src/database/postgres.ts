import { Kysely, PostgresDialect, sql, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import type { Database } from './database.js';
import { migrate } from './migrations.js';
import type { OpenOptions } from './open.js';
import { SET_ROLE } from './role.js';
import type { Tables } from './tables.js';
import { asUnavailable } from './unavailable.js';

const INT8 = 20;
const BYTEA = 17;

/** As PGlite gives them: sizes and counts as numbers, bytes without Node's own methods. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser(type, format) {
    if (format === 'binary') return pg.types.getTypeParser(type, format);
    if (type === INT8) return Number;
    if (type === BYTEA) return (text: string) => new Uint8Array(Buffer.from(text.slice(2), 'hex'));
    return pg.types.getTypeParser(type, format);
  },
};

/**
 * A PostgreSQL server, which other processes may use at the same time.
 *
 * The URL's user owns the tables (it migrates) or may at least take the role
 * `placet_app`; the pool's connections all take it.
 */
export async function openPostgres(url: string, options: OpenOptions = {}): Promise<Database> {
  const owner = createKysely<unknown>(url, { max: 1, statement_timeout: 0 });
  try {
    await migrate(owner, options.migrations);
  } finally {
    await owner.destroy();
  }
  const database = createKysely<Tables>(url, {
    max: 10,
    statement_timeout: 30_000,
    async onConnect(client) {
      await client.query(SET_ROLE);
    },
  });
  try {
    await sql`select 1`.execute(database);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  return { kind: 'postgres', sql: database, close: () => database.destroy() };
}

function createKysely<Schema>(url: string, config: pg.PoolConfig): Kysely<Schema> {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'placet',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types: TYPES,
    ...config,
  });
  // A connection that breaks is replaced when the next one is asked for; whoever
  // was using it hears of it from their query.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: translated(pool) }) });
}

/** The pool, with its errors as `PlacetError`s where the database is at fault. */
function translated(pool: pg.Pool): PostgresPool {
  const fail = (error: unknown): never => {
    throw asUnavailable(error);
  };
  return {
    async connect() {
      const client = await pool.connect().catch(fail);
      const query = async (text: string, values: readonly unknown[]) =>
        client.query(text, [...values]).catch(fail);
      // Kysely's other way of calling it, with a cursor, is for streams.
      return {
        query: query as unknown as PostgresPoolClient['query'],
        release: () => client.release(),
      };
    },
    end: () => pool.end(),
  };
}
