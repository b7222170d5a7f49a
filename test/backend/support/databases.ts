import { isPostgresHere, startPostgres } from '../../../packages/server/src/testing/postgres.js';
import { dataFolder, type Settings } from './process.js';

/** A place for one test's data: the settings that name it, and how to be rid of it. */
export interface Place {
  readonly settings: Settings;
  remove(): Promise<void>;
}

/** A kind of database that a server can run on. */
export interface Kind {
  readonly name: string;
  make(): Promise<Place>;
}

/** A folder of its own, with the embedded database. */
const embedded: Kind = {
  name: 'the embedded database',
  async make() {
    const { folder, remove } = dataFolder();
    return { settings: { PLACET_DATA: folder }, remove: async () => remove() };
  },
};

/** A real PostgreSQL, which writes to disk before it acknowledges. */
const postgres: Kind = {
  name: 'PostgreSQL',
  async make() {
    const server = await startPostgres({ fsync: true });
    return {
      settings: { DATABASE_URL: server.url, PLACET_SECRET: 'a secret of the tests, long enough' },
      remove: () => server.stop(),
    };
  },
};

/** Every kind that this machine has; PostgreSQL must be there where `PLACET_POSTGRES` says so. */
export function databases(): readonly Kind[] {
  return isPostgresHere() ? [embedded, postgres] : [embedded];
}
