// A database that stores nothing and says that it did: what the route costs without storage.
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';

const connection = {
  executeQuery({ sql, parameters }) {
    // The one statement whose answer counts: it names the records that were new.
    const isInsert = /^\s*with given/.test(sql);
    return Promise.resolve({ rows: isInsert ? parameters[1].map((id) => ({ id })) : [] });
  },
  streamQuery() {
    throw new Error('Nothing is stored here.');
  },
};

const driver = {
  init: async () => undefined,
  acquireConnection: async () => connection,
  beginTransaction: async () => undefined,
  commitTransaction: async () => undefined,
  rollbackTransaction: async () => undefined,
  releaseConnection: async () => undefined,
  destroy: async () => undefined,
};

/** @returns {import('@placet/server').Database} */
export function nowhere() {
  const sql = new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  return { kind: 'embedded', sql, close: async () => undefined };
}
