import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Contacts } from '@placet/contract';
import type { Database } from '../database/database.js';
import type { PlacetServerOptions } from '../options.js';
import { testDatabase } from '../testing/database.js';
import { CONFIG } from '../testing/register.js';
import {
  ASK_COOKIE,
  RIGHTS_CONFIG,
  SESSION_COOKIE,
  rightsServer,
  signIn,
  startIdentity,
} from '../testing/rights.js';
import { MARKETING_CONFIG } from '../testing/subscriptions.js';

describe('routes of identity', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  /** A server with a session of the host's, for as long as the test takes. */
  async function setup(
    test: { after(run: () => Promise<void>): void },
    options: Partial<PlacetServerOptions> = {},
  ) {
    const bench = await rightsServer(database, options);
    test.after(() => bench.server.close());
    const who = async (headers: Record<string, string> = {}) => {
      const response = await bench.ask('GET', '/identity', undefined, headers);
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    return { ...bench, who };
  }
  const codeOf = async (response: Response) =>
    ((await response.json()) as { code?: string }).code ?? response.status;

  it('keep what they set out of reach of scripts, of other sites and of other hosts', async (t) => {
    const bench = await setup(t);
    const started = await bench.ask('POST', '/identity', { email: 'cookie@example.org' });
    assert.equal(started.status, 202);
    const value = '[\\w-]{43}';
    const rest = 'Secure; HttpOnly; SameSite=Strict';
    const [ask = '', ...none] = started.headers.getSetCookie();
    assert.match(ask, new RegExp(`^${ASK_COOKIE}=${value}; Path=/; Max-Age=900; ${rest}$`));
    assert.deepEqual(none, []);
    const { token } = await startIdentity(bench, 'cookie@example.org');
    const finished = await bench.ask('POST', '/identity/verify', { token });
    const [me = '', ended] = finished.headers.getSetCookie();
    assert.match(me, new RegExp(`^${SESSION_COOKIE}=${value}; Path=/; Max-Age=1800; ${rest}$`));
    assert.equal(ended, `${ASK_COOKIE}=; Path=/; Max-Age=0; ${rest}`);
    for (const { headers } of [started, finished])
      assert.equal(headers.get('cache-control'), 'no-store');
  });

  it('set cookies that browsers keep where the site is tried out on the machine itself', async (t) => {
    const bench = await setup(t, { publicUrl: 'http://localhost:8080' });
    const response = await bench.server.request('http://localhost:8080/placet/identity', {
      method: 'POST',
      headers: {
        host: 'localhost:8080',
        origin: 'http://localhost:8080',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ email: 'local@example.org' }),
    });
    const [ask = ''] = response.headers.getSetCookie();
    assert.match(ask, /^placet-ask=[\w-]{43}; Path=\/; Max-Age=900; HttpOnly; SameSite=Strict$/);
  });

  it('tell nobody of anybody who is not signed in', async (t) => {
    const bench = await setup(t);
    for (const cookie of ['', `${SESSION_COOKIE}=`, `${SESSION_COOKIE}=${'x'.repeat(43)}`, '=;;a'])
      assert.deepEqual(await bench.who({ cookie }), { status: 200, body: {} });
  });

  it('take an address that mail can be sent to, and no other', async (t) => {
    const bench = await setup(t);
    for (const body of [
      { phone: '+33612345678' },
      { email: 'a@example.org', phone: '+33612345678' },
      { email: 'nobody' },
      {},
    ])
      assert.equal(await codeOf(await bench.ask('POST', '/identity', body)), 'contact/invalid');
  });

  it('take no address where there is none to link to; the host’s own session counts all the same', async (t) => {
    const bench = await setup(t, {
      config: { ...CONFIG, rights: { url: '/my-data/' } },
      publicUrl: undefined,
      session: () => ({ email: 'camille@example.org' }),
    });
    const response = await bench.ask('POST', '/identity', { email: 'camille@example.org' });
    assert.equal(await codeOf(response), 'contact/invalid');
    assert.ok((await bench.who()).body['session']);
  });

  it('let in whoever is signed in to the host, by what the host says (R-07)', async (t) => {
    const bench = await setup(t, {
      session: () => ({ email: ' Camille@Example.ORG', phone: '06 12 34 56 78' }),
    });
    const { body } = await bench.who();
    assert.deepEqual(body['session'], {
      contacts: [
        { kind: 'email', shown: 'c•••@example.org' },
        { kind: 'phone', shown: '+33•••78' },
      ],
      by: 'host',
      scope: { kind: 'site', controllers: ['Maison Tilleul'] },
    });
    const own = await signIn(bench, 'own@example.org');
    const session = (await bench.who({ cookie: own })).body['session'] as { by: string };
    assert.equal(session.by, 'code', 'Placet’s own session comes first');
    await bench.ask('DELETE', '/identity', undefined, { cookie: own });
    const left = (await bench.who({ cookie: own })).body['session'] as { by: string };
    assert.equal(left.by, 'host');
  });

  it('take no host’s word that is nobody’s address', async (t) => {
    for (const contacts of [undefined, {}, { email: 'camille' }] as (Contacts | undefined)[]) {
      const bench = await setup(t, { session: () => contacts });
      assert.deepEqual(await bench.who(), { status: 200, body: {} });
    }
  });

  it('say that it cannot be told now where the host’s session fails, and not why', async (t) => {
    const bench = await setup(t, {
      session: async () => {
        throw new Error('select * from sessions where email = camille@example.org');
      },
    });
    const { status, body } = await bench.who();
    assert.deepEqual([status, body['code']], [503, 'server/unavailable']);
    assert.doesNotMatch(JSON.stringify([body, bench.lines]), /camille|select/);
  });

  it('ask nothing of the host for a page that is not of the site', async (t) => {
    let asked = 0;
    const session = () => {
      asked += 1;
      return { email: 'camille@example.org' };
    };
    const bench = await setup(t, { session });
    for (const from of ['cross-site', 'same-site'])
      assert.equal((await bench.who({ 'sec-fetch-site': from })).status, 403);
    assert.equal(asked, 0);
    assert.ok((await bench.who({ 'sec-fetch-site': 'same-origin' })).body['session']);
  });

  it('are not offered where the site says nothing of rights (000-09)', async (t) => {
    const bench = await setup(t, { config: MARKETING_CONFIG });
    for (const [method, path, body] of [
      ['POST', '/identity', { email: 'a@example.org' }],
      ['POST', '/identity/verify', { token: 'x' }],
      ['GET', '/identity', undefined],
      ['DELETE', '/identity', undefined],
    ] as const)
      assert.equal(await codeOf(await bench.ask(method, path, body)), 'rights/unsupported');
  });

  it('are limited for each address of a visitor; signing out is not', async (t) => {
    const bench = await setup(t, { rate: 2, addressOf: () => '192.0.2.7' });
    const bad = { token: 'x' };
    for (const expected of ['token/unknown', 'token/unknown', 'request/too-many'])
      assert.equal(await codeOf(await bench.ask('POST', '/identity/verify', bad)), expected);
    const start = await bench.ask('POST', '/identity', { email: 'a@example.org' });
    assert.equal(await codeOf(start), 'request/too-many');
    assert.equal((await bench.ask('DELETE', '/identity')).status, 200);
  });

  it('name the site in the body or in the address, and know no other', async (t) => {
    const config = ['lyon', 'paris'].map((site) => ({ ...RIGHTS_CONFIG, site }));
    const bench = await setup(t, { config });
    const cookie = await signIn(bench, 'lyon@example.org', 'lyon');
    const lyon = await bench.ask('GET', '/identity?site=lyon', undefined, { cookie });
    assert.ok('session' in ((await lyon.json()) as object));
    const unknown = await bench.ask('GET', '/identity?site=nice', undefined, { cookie });
    assert.equal(await codeOf(unknown), 'request/invalid');
  });
});
