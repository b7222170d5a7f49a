import type { PGlite } from '@electric-sql/pglite';
import {
  CompiledQuery,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import type { Turns } from './turns.js';
import { asUnavailable } from './unavailable.js';

export interface PgliteDialectOptions {
  /** Already open; closed by whoever opened it. */
  pglite: PGlite;
  /** Shared with whoever else uses it. */
  turns: Turns;
  /** Called before a transaction's commit, or a statement outside of one, resolves. */
  flush?: (() => Promise<void>) | undefined;
}

/**
 * Kysely on PGlite's one connection.
 *
 * Whoever has the connection keeps it until it is released: a transaction is
 * never mixed with statements of others, which wait for their turn.
 */
export function pgliteDialect(options: PgliteDialectOptions): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => createDriver(options),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

function createDriver(options: PgliteDialectOptions): Driver {
  const { pglite, turns, flush = () => Promise.resolve() } = options;
  let leave: (() => void) | undefined;
  let inTransaction = false;

  const connection: DatabaseConnection = {
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      const { rows, affectedRows } = await pglite
        .query<Row>(query.sql, [...query.parameters])
        .catch((error: unknown) => {
          throw asUnavailable(error);
        });
      if (!inTransaction) await flush();
      // Of a SELECT, PGlite says that no rows were affected.
      const isWrite = affectedRows !== undefined && query.query.kind !== 'SelectQueryNode';
      return isWrite ? { rows, numAffectedRows: BigInt(affectedRows) } : { rows };
    },
    // Nothing here reads that way.
    async *streamQuery() {
      throw new Error('Streaming is not there on the embedded database.');
    },
  };
  const run = (sql: string) => connection.executeQuery(CompiledQuery.raw(sql));

  return {
    async init() {},
    async acquireConnection() {
      leave = await turns.take();
      return connection;
    },
    async beginTransaction(_, { isolationLevel, accessMode }) {
      inTransaction = true;
      await run(
        ['begin', isolationLevel && `isolation level ${isolationLevel}`, accessMode]
          .filter(Boolean)
          .join(' '),
      );
    },
    async commitTransaction() {
      await run('commit');
      inTransaction = false;
      await flush();
    },
    async rollbackTransaction() {
      await run('rollback');
      inTransaction = false;
    },
    async releaseConnection() {
      inTransaction = false;
      leave?.();
    },
    async destroy() {},
  };
}
