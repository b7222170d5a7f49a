import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import {
  httpAdapter,
  httpStaffAdapter,
  PlacetError,
  type SentMessage,
  type SiteConfig,
} from '@placet/contract';
import { describeAdapter, SAMPLE_CONFIG, type AdapterSetup } from '@placet/contract/conformance';
import type { Database } from './database/database.js';
import { openDatabase } from './database/open.js';
import { createPlacetServer } from './placet-server.js';
import { testDatabase } from './testing/database.js';
import { CAMILLE, memorySystem, NAMESAKE } from './testing/memory-system.js';
import { describeOnPostgres, startPostgres, type TestPostgres } from './testing/postgres.js';

const KEY = 'staff-key-for-tests-0123456789abcdef';

/** The adapter that ships, on this server, with a site of its own in a database that tests share. */
async function setup(database: Database, site: string): Promise<AdapterSetup> {
  const config: SiteConfig = { ...SAMPLE_CONFIG, site };
  const sent: SentMessage[] = [];
  let ahead = 0;
  const server = await createPlacetServer({
    config,
    database,
    secret: 'a secret of tests, long enough to be taken',
    staffKeys: [createHash('sha256').update(KEY).digest('hex')],
    rate: 0,
    publicUrl: 'https://shop.example',
    systems: [memorySystem()],
    now: () => new Date(Date.now() + ahead),
    mailer: {
      async send({ to, text }) {
        const [, proof = ''] = /#placet-me=([\w-]+)/.exec(text) ?? [];
        const [code = ''] = /\b\d{6}\b/.exec(text) ?? [];
        if (proof) return void sent.push({ to, identity: { token: proof, code } });
        const [, page, token = ''] = /\/(confirm|manage)\?token=([\w.~-]+)/.exec(text) ?? [];
        sent.push({ to, ...(page === 'manage' ? { access: token } : { token }) });
      },
    },
    sms: {
      async send({ to, text }) {
        sent.push({ to, code: /\b\d{6}\b/.exec(text)?.[0] ?? '' });
      },
    },
  });
  let isReachable = true;
  /** What a browser sends: its cookies, and where its page is from. */
  const fetchOf = (): typeof globalThis.fetch => {
    const cookies = new Map<string, string>();
    return async (address, init) => {
      if (!isReachable) throw new TypeError('fetch failed');
      init?.signal?.throwIfAborted();
      const request = new Request(address, init);
      request.headers.set('origin', 'https://shop.example');
      request.headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '));
      const response = await server.fetch(request);
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '' || /;\s*max-age=0/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return response;
    };
  };
  const baseUrl = 'https://shop.example/placet';
  const fetch = fetchOf();
  return {
    adapter: httpAdapter({ baseUrl, fetch, site }),
    browser: () => httpAdapter({ baseUrl, fetch: fetchOf(), site }),
    people: [
      { contacts: CAMILLE, values: ['Massage', 'Facial'] },
      { contacts: NAMESAKE, values: ['Hammam'] },
    ],
    advance: (milliseconds) => void (ahead += milliseconds),
    async decide(_person, id, act, reason) {
      const { staff } = server.rights;
      const actor = 'the suite';
      if (act === 'extend') return staff.extend(site, id, { actor, reason });
      if (act === 'refuse') return staff.refuse(site, id, { actor, reason });
      await server.jobs.idle();
      for (const { item, status } of (await staff.view(site, id)).items)
        if (status === 'open')
          await staff.settle(site, id, item, { actor, status: 'done', note: reason });
      await staff.execute(site, id, { actor });
      await server.jobs.idle();
    },
    async enter({ contacts }, type) {
      const { staff } = server.rights;
      const receivedAt = new Date(Date.now() + ahead);
      const how = {
        site,
        type,
        contacts,
        receivedAt,
        channel: 'phone',
        actor: 'the suite',
        note: 'They rang, and asked for it.',
      } as const;
      return staff.enter(how);
    },
    config,
    staff: httpStaffAdapter({ baseUrl, fetch, key: KEY }),
    stranger: httpStaffAdapter({ baseUrl, fetch, key: 'another key' }),
    stored: async () => (await server.register.list(site, { limit: 500 })).records,
    async sent() {
      await server.jobs.idle();
      return sent;
    },
    async maySend(message) {
      return (await server.subscriptions.maySend({ ...message, site })).send;
    },
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
