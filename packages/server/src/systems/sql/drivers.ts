import type { Query, SqlSystemOptions } from './sql-options.js';

interface Answer {
  rows: unknown[];
}
interface PoolClient {
  query(text: string, values?: unknown[]): Promise<Answer>;
  release(broken?: boolean): void;
}
interface Pool {
  query(text: string, values?: unknown[]): Promise<Answer>;
  connect(): Promise<PoolClient>;
}
interface Embedded {
  query(text: string, values?: unknown[]): Promise<Answer>;
  transaction<Result>(
    run: (transaction: Pick<Embedded, 'query'>) => Promise<Result>,
  ): Promise<Result>;
}

/** How a database is reached, for `sqlSystem`. */
export type Connection = Required<Pick<SqlSystemOptions, 'query' | 'transaction'>>;

/** A `Pool` of `pg`: `sqlSystem({ id: 'shop', …, ...onPool(pool) })`. */
export function onPool(pool: Pool): Connection {
  return {
    query: queryOf(pool),
    async transaction(run) {
      const client = await pool.connect();
      let isBroken = true;
      try {
        await client.query('begin');
        try {
          const result = await run(queryOf(client));
          await client.query('commit');
          isBroken = false;
          return result;
        } catch (error) {
          await client.query('rollback');
          isBroken = false;
          throw error;
        }
      } finally {
        client.release(isBroken);
      }
    },
  };
}

/** PGlite, the embedded PostgreSQL. */
export function onPglite(pglite: Embedded): Connection {
  return {
    query: queryOf(pglite),
    transaction: (run) => pglite.transaction((transaction) => run(queryOf(transaction))),
  };
}

const queryOf =
  (database: Pick<Pool, 'query'>): Query =>
  async (text, values) =>
    (await database.query(text, [...values])).rows as Record<string, unknown>[];
