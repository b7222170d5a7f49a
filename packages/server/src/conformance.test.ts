import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { httpAdapter, httpStaffAdapter, PlacetError, type SiteConfig } from '@placet/contract';
import { describeAdapter, SAMPLE_CONFIG, type AdapterSetup } from '@placet/contract/conformance';
import type { Database } from './database/database.js';
import { openDatabase } from './database/open.js';
import { createPlacetServer } from './placet-server.js';
import { testDatabase } from './testing/database.js';
import { describeOnPostgres, startPostgres, type TestPostgres } from './testing/postgres.js';

const KEY = 'staff-key-for-tests-0123456789abcdef';

/** The adapter that ships, on this server, with a site of its own in a database that tests share. */
async function setup(database: Database, site: string): Promise<AdapterSetup> {
  const config: SiteConfig = { ...SAMPLE_CONFIG, site };
  const server = await createPlacetServer({
    config,
    database,
    secret: 'a secret of tests, long enough to be taken',
    staffKeys: [createHash('sha256').update(KEY).digest('hex')],
    rate: 0,
  });
  let isReachable = true;
  const fetch: typeof globalThis.fetch = async (address, init) => {
    if (!isReachable) throw new TypeError('fetch failed');
    init?.signal?.throwIfAborted();
    return server.fetch(new Request(address, init));
  };
  const baseUrl = 'http://shop.example/placet';
  return {
    adapter: httpAdapter({ baseUrl, fetch }),
    config,
    staff: httpStaffAdapter({ baseUrl, fetch, key: KEY }),
    stranger: httpStaffAdapter({ baseUrl, fetch, key: 'another key' }),
    stored: async () => (await server.register.list(site, { limit: 500 })).records,
    setReachable: (now) => void (isReachable = now),
    dispose: () => server.close(),
  };
}

function describeOn(name: string, open: () => Promise<Database>): void {
  describe(`The server on ${name}`, () => {
    let database: Database | undefined;
    let sites = 0;
    before(async () => void (database = await open()));
    after(() => database?.close());
    describeAdapter(
      `httpAdapter and this server on ${name}`,
      () => {
        if (!database) throw new PlacetError('server/unavailable');
        return setup(database, `site-${(sites += 1)}`);
      },
      { describe, it },
    );
  });
}

describeOn('PGlite', testDatabase);

describeOnPostgres('PostgreSQL', () => {
  let postgres: TestPostgres | undefined;
  after(() => postgres?.stop());
  describeOn('PostgreSQL', async () => {
    postgres = await startPostgres();
    return openDatabase({ url: postgres.url });
  });
});
