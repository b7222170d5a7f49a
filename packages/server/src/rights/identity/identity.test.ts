import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Database } from '../../database/database.js';
import { describeOnBoth } from '../../testing/both.js';
import { closedAfterEach } from '../../testing/closing.js';
import {
  RIGHTS_CONFIG,
  SESSION_COOKIE,
  cookieIn,
  rightsServer,
  signIn,
  startIdentity,
  type RightsServer,
} from '../../testing/rights.js';

const MINUTE = 60_000;
const GROUP = [
  { ...RIGHTS_CONFIG, site: 'lyon' },
  { ...RIGHTS_CONFIG, site: 'paris' },
];

describeOnBoth('identity', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());

  const server = closedAfterEach((options: Parameters<typeof rightsServer>[1] = {}) =>
    rightsServer(database, options),
  );

  type Proof = { token: string } | { code: string };
  const finish = (bench: RightsServer, proof: Proof, cookie = '', query = '') =>
    bench.ask('POST', `/identity/verify${query}`, proof, { cookie });
  async function whoIs(bench: RightsServer, cookie: string, query = '') {
    const response = await bench.ask('GET', `/identity${query}`, undefined, { cookie });
    assert.equal(response.status, 200);
    return ((await response.json()) as { session?: Record<string, unknown> }).session;
  }

  it('lets in by the link, in any browser, without a code or a cookie (R-07)', async () => {
    const bench = await server();
    const { token } = await startIdentity(bench, 'link@example.org');
    const response = await finish(bench, { token });
    assert.equal(response.status, 200);
    const session = {
      contacts: [{ kind: 'email', shown: 'l•••@example.org' }],
      by: 'link',
      until: '2026-11-22T12:30:00.000Z',
      scope: { kind: 'site', controllers: ['Maison Tilleul'] },
    };
    assert.deepEqual(await response.json(), session);
    assert.deepEqual(await whoIs(bench, cookieIn(response, SESSION_COOKIE)!), session);
  });

  it('lets in by the code, however it was pasted, where it was asked for (A-09)', async () => {
    const bench = await server();
    for (const [index, write] of [
      (code: string) => code,
      (code: string) => ` ${code.slice(0, 3)} ${code.slice(3)} `,
      (code: string) => code.split('').join('-'),
    ].entries()) {
      const { code, cookie } = await startIdentity(bench, `paste${index}@example.org`);
      const response = await finish(bench, { code: write(code) }, cookie);
      assert.equal(response.status, 200);
      assert.equal(((await response.json()) as { by: string }).by, 'code');
    }
  });

  it('sends to whoever it is, in the language of the page or else the site’s', async () => {
    const bench = await server();
    await bench.ask('POST', '/identity', { email: 'De@Example.ORG ', language: 'fr-CA' });
    await bench.ask('POST', '/identity', { email: 'en@example.org' });
    await bench.server.jobs.idle();
    const subjects = new Map(bench.mails.map(({ to, subject }) => [to, subject]));
    assert.match(subjects.get('de@example.org') ?? '', /^Votre lien et votre code/);
    assert.match(subjects.get('en@example.org') ?? '', /^Your link and your code/);
  });

  it('takes a link or a code once: with the one, the other is used up, too', async () => {
    const bench = await server();
    const byLink = await startIdentity(bench, 'once@example.org');
    assert.equal((await finish(bench, { token: byLink.token })).status, 200);
    assert.equal((await finish(bench, { token: byLink.token })).status, 404);
    assert.equal((await finish(bench, { code: byLink.code }, byLink.cookie)).status, 404);
    const byCode = await startIdentity(bench, 'once@example.org');
    assert.equal((await finish(bench, { code: byCode.code }, byCode.cookie)).status, 200);
    assert.equal((await finish(bench, { code: byCode.code }, byCode.cookie)).status, 404);
    assert.equal((await finish(bench, { token: byCode.token })).status, 404);
  });

  it('drops what the same browser asked for besides, once somebody is in', async () => {
    const bench = await server();
    const other = await startIdentity(bench, 'other@example.org');
    const { token } = await startIdentity(bench, 'this@example.org');
    assert.equal((await finish(bench, { token }, other.cookie)).status, 200);
    assert.equal((await finish(bench, { token: other.token })).status, 404);
  });

  it('takes neither 15 minutes after it was asked for', async () => {
    const bench = await server();
    const start = bench.clock.now.getTime();
    const { token, code, cookie } = await startIdentity(bench, 'late@example.org');
    bench.clock.now = new Date(start + 15 * MINUTE);
    assert.equal((await finish(bench, { token })).status, 404);
    assert.equal((await finish(bench, { code }, cookie)).status, 404);
    bench.clock.now = new Date(start + 15 * MINUTE - 1);
    assert.equal((await finish(bench, { token })).status, 200);
  });

  it('ends a session after 30 minutes, whatever was done in it', async () => {
    const bench = await server();
    const start = bench.clock.now.getTime();
    const cookie = await signIn(bench, 'fixed@example.org');
    bench.clock.now = new Date(start + 30 * MINUTE - 1);
    assert.ok(await whoIs(bench, cookie));
    bench.clock.now = new Date(start + 30 * MINUTE);
    assert.equal(await whoIs(bench, cookie), undefined);
  });

  it('signs out for good, and as often as one likes', async () => {
    const bench = await server();
    const cookie = await signIn(bench, 'out@example.org');
    for (const _ of [1, 2]) {
      const response = await bench.ask('DELETE', '/identity', undefined, { cookie });
      assert.deepEqual([response.status, await response.json()], [200, {}]);
      assert.match(response.headers.getSetCookie().join('\n'), /^__Host-placet-me=; .*Max-Age=0/m);
      assert.equal(await whoIs(bench, cookie), undefined);
    }
  });

  it('opens the data of its own site alone; where customers are shared, of the group (000-33, 000-34)', async () => {
    for (const sharedCustomers of [false, true]) {
      const bench = await server({ config: GROUP, sharedCustomers });
      const email = `group-${sharedCustomers}@example.org`;
      const cookie = await signIn(bench, email, 'lyon');
      assert.ok(await whoIs(bench, cookie, '?site=lyon'));
      const elsewhere = await whoIs(bench, cookie, '?site=paris');
      assert.equal(elsewhere !== undefined, sharedCustomers);
      if (elsewhere)
        assert.deepEqual(elsewhere['scope'], { kind: 'group', controllers: ['Maison Tilleul'] });
    }
  });

  it('sends again what the mail server did not take, with new secrets; the first ones are dead', async () => {
    const tries: string[] = [];
    const bench = await server({
      mailer: {
        async send({ text }) {
          tries.push(text);
          // It went out, and the process never heard of it.
          if (tries.length < 5) throw new Error('The connection was lost.');
        },
      },
    });
    await bench.ask('POST', '/identity', { email: 'again@example.org' });
    while (tries.length < 5) {
      await bench.server.jobs.idle();
      bench.clock.now = new Date(bench.clock.now.getTime() + MINUTE);
    }
    const tokens = tries.map((text) => /#placet-me=([\w-]{43})/.exec(text)![1]!);
    assert.equal(new Set(tokens).size, 5);
    for (const token of tokens.slice(0, 4))
      assert.equal((await finish(bench, { token })).status, 404);
    assert.equal((await finish(bench, { token: tokens[4]! })).status, 200);
  });

  it('sends nothing once it is too late to be of use', async () => {
    let tries = 0;
    const bench = await server({
      mailer: {
        async send() {
          tries += 1;
          throw new Error('The mail server is away.');
        },
      },
    });
    await bench.ask('POST', '/identity', { email: 'too-late@example.org' });
    await bench.server.jobs.idle();
    assert.equal(tries, 1);
    bench.clock.now = new Date(bench.clock.now.getTime() + 15 * MINUTE);
    await bench.server.jobs.idle();
    assert.equal(tries, 1);
  });
});
