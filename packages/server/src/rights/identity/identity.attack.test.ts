import assert from 'node:assert/strict';
import { after, afterEach, before, it } from 'node:test';
import type { Database } from '../../database/database.js';
import { describeOnBoth } from '../../testing/both.js';
import { closedAfterEach } from '../../testing/closing.js';
import {
  ASK_COOKIE,
  RIGHTS_CONFIG,
  SESSION_COOKIE,
  cookieIn,
  rightsServer,
  signIn,
  startIdentity,
  type RightsServer,
} from '../../testing/rights.js';

const GROUP = [
  { ...RIGHTS_CONFIG, site: 'lyon' },
  { ...RIGHTS_CONFIG, site: 'paris' },
];

describeOnBoth('identity under attack', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());

  const server = closedAfterEach((options: Parameters<typeof rightsServer>[1] = {}) =>
    rightsServer(database, options),
  );
  afterEach(async () => {
    await database.sql.deleteFrom('identity_session').execute();
    await database.sql.deleteFrom('identity_challenge').execute();
  });

  type Proof = { token: string } | { code: string };
  const finish = (bench: RightsServer, proof: Proof, cookie = '', query = '') =>
    bench.ask('POST', `/identity/verify${query}`, proof, { cookie });
  const isIn = async (bench: RightsServer, cookie: string) => {
    const response = await bench.ask('GET', '/identity', undefined, { cookie });
    return 'session' in ((await response.json()) as object);
  };
  const sessions = async () =>
    (await database.sql.selectFrom('identity_session').selectAll().execute()).length;
  const wrong = (code: string, by: number) =>
    String((Number(code) + by) % 1_000_000).padStart(6, '0');
  const statusesOf = async (calls: readonly Promise<Response>[]) =>
    (await Promise.all(calls)).map(({ status }) => status);

  it('counts five guesses of a code; then even the right one is refused', async () => {
    const bench = await server();
    const { code, cookie } = await startIdentity(bench, 'guessed@example.org');
    for (let guess = 1; guess <= 4; guess += 1)
      assert.equal((await finish(bench, { code: wrong(code, guess) }, cookie)).status, 404);
    const spared = await startIdentity(bench, 'guessed@example.org');
    for (let guess = 1; guess <= 4; guess += 1)
      await finish(bench, { code: wrong(spared.code, guess) }, spared.cookie);
    assert.equal((await finish(bench, { code: spared.code }, spared.cookie)).status, 200);
    await finish(bench, { code: wrong(code, 5) }, cookie);
    assert.equal((await finish(bench, { code }, cookie)).status, 404);
  });

  it('counts five guesses, too, if 50 come at once', async () => {
    const bench = await server();
    const { code, cookie } = await startIdentity(bench, 'parallel@example.org');
    const guesses = Array.from({ length: 50 }, (_, guess) =>
      finish(bench, { code: wrong(code, guess + 1) }, cookie),
    );
    assert.deepEqual(new Set(await statusesOf(guesses)), new Set([404]));
    const { attempts } = await database.sql
      .selectFrom('identity_challenge')
      .select('attempts')
      .executeTakeFirstOrThrow();
    assert.equal(attempts, 5);
    assert.equal((await finish(bench, { code }, cookie)).status, 404);
    assert.equal(await sessions(), 0);
  });

  it('refuses a code in a browser that did not ask for it', async () => {
    const bench = await server();
    const victim = await startIdentity(bench, 'victim@example.org');
    const attacker = await startIdentity(bench, 'attacker@example.org');
    for (const cookie of ['', attacker.cookie, `${ASK_COOKIE}=${'A'.repeat(43)}`])
      assert.equal((await finish(bench, { code: victim.code }, cookie)).status, 404);
    assert.equal((await finish(bench, { code: victim.code }, victim.cookie)).status, 200);
  });

  it('takes no cookie for another one, nor for a token', async () => {
    const bench = await server();
    const asked = await startIdentity(bench, 'swap@example.org');
    const session = await signIn(bench, 'swap@example.org');
    const valueOf = (cookie: string) => cookie.slice(cookie.indexOf('=') + 1);
    assert.equal(await isIn(bench, `${SESSION_COOKIE}=${valueOf(asked.cookie)}`), false);
    assert.equal(await isIn(bench, `${SESSION_COOKIE}=${asked.token}`), false);
    for (const token of [valueOf(asked.cookie), valueOf(session)])
      assert.equal((await finish(bench, { token })).status, 404);
    const askCookie = `${ASK_COOKIE}=${valueOf(session)}`;
    assert.equal((await finish(bench, { code: asked.code }, askCookie)).status, 404);
    assert.equal(await isIn(bench, session), true);
  });

  it('opens one session of a link that is used 20 times at once', async () => {
    const bench = await server();
    const { token } = await startIdentity(bench, 'race@example.org');
    const all = await statusesOf(Array.from({ length: 20 }, () => finish(bench, { token })));
    assert.deepEqual([all.filter((status) => status === 200).length, await sessions()], [1, 1]);
    assert.ok(all.every((status) => status === 200 || status === 404));
  });

  it('opens one session of a code and its link, used several times at once', async () => {
    const bench = await server();
    const { token, code, cookie } = await startIdentity(bench, 'race@example.org');
    const all = await statusesOf(
      Array.from({ length: 10 }, (_, index) =>
        finish(bench, index % 2 ? { token } : { code }, cookie),
      ),
    );
    assert.deepEqual([all.filter((status) => status === 200).length, await sessions()], [1, 1]);
  });

  it('refuses what another site of the group sent (000-33)', async () => {
    const bench = await server({ config: GROUP });
    const { token, code, cookie } = await startIdentity(bench, 'site@example.org', 'lyon');
    assert.equal((await finish(bench, { token }, '', '?site=paris')).status, 404);
    assert.equal((await finish(bench, { code }, cookie, '?site=paris')).status, 404);
    assert.equal((await finish(bench, { token }, '', '?site=lyon')).status, 200);
  });

  it('ends a session that somebody left in the browser, and takes none from another host of the domain', async () => {
    const bench = await server();
    const planted = await signIn(bench, 'attacker@example.org');
    const { token } = await startIdentity(bench, 'victim@example.org');
    const response = await finish(bench, { token }, planted);
    const own = cookieIn(response, SESSION_COOKIE)!;
    assert.notEqual(own, planted);
    assert.equal(await isIn(bench, planted), false);
    // Another host of the domain can set a cookie only without the prefix.
    const value = own.slice(own.indexOf('=') + 1);
    assert.equal(await isIn(bench, `placet-me=${value}`), false);
    assert.equal(await isIn(bench, own), true);
  });

  it('changes nothing for a page that is not of the site, or does not say which it is', async () => {
    const bench = await server({ origins: ['https://blog.example'] });
    const cookie = await signIn(bench, 'csrf@example.org');
    const { token } = await startIdentity(bench, 'csrf@example.org');
    const calls = [
      ['POST', '/identity', { email: 'csrf@example.org' }],
      ['POST', '/identity/verify', { token }],
      ['DELETE', '/identity', undefined],
    ] as const;
    const host = 'shop.example';
    const from: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'https://shop.example.evil.example' },
      { origin: 'null' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'https://blog.example', 'sec-fetch-site': 'cross-site' },
      {},
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const [method, path, body] of calls)
      for (const headers of from) {
        const response = await bench.server.request(`https://${host}/placet${path}`, {
          method,
          headers: { host, cookie, 'content-type': 'application/json', ...headers },
          ...(body && { body: JSON.stringify(body) }),
        });
        assert.equal(response.status, 403, `${method} ${path} ${JSON.stringify(headers)}`);
        assert.deepEqual(response.headers.getSetCookie(), []);
        assert.equal(response.headers.get('access-control-allow-credentials'), null);
      }
    const form = new URLSearchParams({ token });
    assert.equal((await bench.ask('POST', '/identity/verify', form, { cookie })).status, 415);
    const text = await bench.ask('POST', '/identity/verify', JSON.stringify({ token }), {
      'content-type': 'text/plain',
    });
    assert.equal(text.status, 415);
    await bench.server.jobs.idle();
    assert.equal(bench.mails.length, 2);
    assert.equal(await isIn(bench, cookie), true);
    assert.equal((await finish(bench, { token })).status, 200);
  });

  it('lets no other page read along, be it on another host of the domain', async () => {
    const bench = await server({ origins: ['https://blog.example'] });
    const cookie = await signIn(bench, 'read@example.org');
    const from: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
    ];
    for (const headers of from)
      assert.equal(
        (await bench.ask('GET', '/identity', undefined, { cookie, ...headers })).status,
        403,
      );
    const own = await bench.ask('GET', '/identity', undefined, {
      cookie,
      'sec-fetch-site': 'same-origin',
    });
    assert.equal(own.status, 200);
    assert.equal(own.headers.get('cache-control'), 'no-store');
    assert.equal(own.headers.get('access-control-allow-origin'), null);
  });

  it('lets nobody in, and uses nothing up, when an address is opened', async () => {
    const bench = await server();
    const { token, code, cookie } = await startIdentity(bench, 'get@example.org');
    for (const path of [
      `/identity/verify?token=${token}`,
      `/identity/verify?code=${code}`,
      `/identity?token=${token}&code=${code}`,
    ]) {
      const response = await bench.ask('GET', path, undefined, { cookie });
      assert.deepEqual(response.headers.getSetCookie(), []);
    }
    assert.equal(await sessions(), 0);
    assert.equal((await finish(bench, { token })).status, 200);
  });
});
