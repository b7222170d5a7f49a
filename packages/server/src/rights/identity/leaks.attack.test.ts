import assert from 'node:assert/strict';
import { after, afterEach, before, it } from 'node:test';
import fc from 'fast-check';
import type { Database } from '../../database/database.js';
import { describeOnBoth } from '../../testing/both.js';
import { closedAfterEach } from '../../testing/closing.js';
import { everythingIn } from '../../testing/everything.js';
import { createGate } from '../../testing/gate.js';
import { tokenOf } from '../../testing/opt-in-server.js';
import {
  ASK_COOKIE,
  SESSION_COOKIE,
  cookieIn,
  rightsServer,
  signIn,
} from '../../testing/rights.js';
import { recorded } from '../../testing/statements.js';
import { testOptIn } from '../../testing/subscriptions.js';

const MINUTE = 60_000;

/** Not what goes on besides: jobs being looked for, the log being sealed. */
function isOfIdentity(statement: string): boolean {
  const isOfJobs = /\bjob\b/.test(statement) && !statement.includes('"InsertQueryNode"');
  return !isOfJobs && !/"(log_\w+|record)"|\bupdate record\b/.test(statement);
}

describeOnBoth('what identity gives away', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());

  const server = closedAfterEach(
    (options: Parameters<typeof rightsServer>[1] = {}, on: Database = database) =>
      rightsServer(on, options),
  );
  afterEach(async () => {
    await database.sql.deleteFrom('identity_session').execute();
    await database.sql.deleteFrom('identity_challenge').execute();
  });

  it('does the same for who is known and who is not: answer, statements, mail; nobody is looked up', async () => {
    const { database: watched, statements } = recorded(database);
    const bench = await server({}, watched);
    // Known to the shop's system, and to Placet.
    await bench.ask('POST', '/subscriptions', testOptIn());
    const confirmation = { token: tokenOf(await bench.lastLink()) };
    const confirmed = await bench.ask('POST', '/subscriptions/confirm', confirmation);
    assert.equal(confirmed.status, 200);
    await bench.server.jobs.idle();
    const looked = bench.system.calls.length;
    async function attempt(email: string) {
      statements.length = 0;
      const mails = bench.mails.length;
      const response = await bench.ask('POST', '/identity', { email });
      const answered = {
        status: response.status,
        headers: [...response.headers].map(([name, value]) => [
          name,
          value.replace(/=[\w-]{43};/, '=…;'),
        ]),
        body: await response.text(),
      };
      await bench.server.jobs.idle();
      const sent = bench.mails
        .slice(mails)
        .map(({ subject, text }) => [
          subject,
          text.replace(/placet-me=[\w-]{43}/, 'placet-me=…').replace(/\d{6}/, '……'),
        ]);
      return { answered, statements: statements.filter(isOfIdentity).sort(), sent };
    }
    const known = await attempt('camille@example.org');
    assert.equal(known.sent.length, 1);
    assert.match(known.statements.join(), /"identity_challenge".*"job"/);
    assert.deepEqual(await attempt('nobody@example.org'), known);
    assert.equal(bench.system.calls.length, looked);
    assert.doesNotMatch(known.statements.join(), /"contact"|"subscription"|"suppression"/);
  });

  it('answers before the mail leaves', async () => {
    const gate = createGate();
    const bench = await server({ mailer: { send: () => gate.opened } });
    const response = await bench.ask('POST', '/identity', { email: 'slow@example.org' });
    assert.deepEqual([response.status, await response.text()], [202, '{}']);
    gate.open();
    await bench.server.jobs.idle();
  });

  it('sends an address three mails an hour and ten a day, and answers the same beyond', async () => {
    const bench = await server();
    const email = 'flood@example.org';
    const start = bench.clock.now.getTime();
    const ask = async () => {
      const response = await bench.ask('POST', '/identity', { email });
      assert.deepEqual([response.status, await response.text()], [202, '{}']);
      await bench.server.jobs.idle();
      return bench.mails.length;
    };
    for (let asked = 1; asked <= 11; asked += 1) assert.equal(await ask(), Math.min(asked, 3));
    const afterHours: number[] = [];
    for (let hour = 1; hour <= 5; hour += 1) {
      bench.clock.now = new Date(start + hour * 61 * MINUTE);
      for (let asked = 1; asked <= 4; asked += 1) await ask();
      afterHours.push(bench.mails.length);
    }
    assert.deepEqual(afterHours, [6, 9, 10, 10, 10]);
  });

  it('keeps nobody from their data for the newsletters that others asked for in their name (DP-32)', async () => {
    const bench = await server();
    const contacts = { email: 'kept-out@example.org' };
    for (let asked = 1; asked <= 5; asked += 1)
      await bench.ask('POST', '/subscriptions', testOptIn(undefined, { contacts }));
    assert.ok(await signIn(bench, contacts.email));
  });

  it('sends mail to the one address that was written, and with no other headers, whatever was written', async () => {
    const bench = await server();
    const hostile = fc.oneof(
      fc.constantFrom(
        'a@example.org\r\nBcc: victim@example.org',
        'a@example.org,victim@example.org',
        'a@example.org;victim@example.org',
        '"a@example.org" <victim@example.org>',
        'a@example.org\u2028Subject: x',
        'a@example.org\0@evil.example',
        'a%0d%0aBcc:victim@example.org@example.org',
        'a@[127.0.0.1]',
        'a@localhost',
      ),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.emailAddress(),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (email) => {
        const before = bench.mails.length;
        const response = await bench.ask('POST', '/identity', { email });
        await bench.server.jobs.idle();
        assert.ok([202, 400, 422].includes(response.status), String(response.status));
        if (response.status !== 202) assert.equal(bench.mails.length, before);
      }),
      { numRuns: 60 },
    );
    for (const { to, subject, fromName } of bench.mails) {
      assert.match(to, /^[^\s@,;<>"\\]+@[^\s@,;<>"\\]+$/);
      assert.match(subject + fromName, /^[^\r\n@]*$/);
    }
  });

  it('leaves no secret and no address in the database, the log, a subject or a query', async () => {
    const sent = createGate();
    const looked = createGate();
    const seen: string[] = [];
    const bench = await server({
      mailer: {
        async send({ subject, text }) {
          seen.push(subject, text);
          sent.open();
          await looked.opened;
        },
      },
    });
    const email = 'secret.person@example.org';
    const started = await bench.ask('POST', '/identity', { email });
    const ask = cookieIn(started, ASK_COOKIE)!;
    await sent.opened;
    const [subject = '', text = ''] = seen;
    const [link = '', token = ''] = /https:\S+#placet-me=([\w-]{43})/.exec(text) ?? [];
    const [code = ''] = /\b\d{6}\b/.exec(text) ?? [];
    assert.doesNotMatch(subject, /secret|example\.org|\d/);
    assert.equal(new URL(link).search, '');
    const during = await everythingIn(database);
    looked.open();
    await bench.server.jobs.idle();
    const response = await bench.ask('POST', '/identity/verify', { token }, { cookie: ask });
    const session = cookieIn(response, SESSION_COOKIE)!;
    await bench.ask('GET', '/identity', undefined, { cookie: session });
    const afterwards = await everythingIn(database);
    assert.ok(during.includes('identity_challenge') && afterwards.includes('identity_session'));
    const told = [during, afterwards, JSON.stringify(bench.lines)].join('\n').toLowerCase();
    const valueOf = (cookie: string) => cookie.slice(cookie.indexOf('=') + 1);
    for (const secret of [token, valueOf(ask), valueOf(session), email, 'secret.person']) {
      const bytes = Buffer.from(secret);
      for (const form of [secret, bytes.toString('hex'), bytes.toString('base64')])
        assert.ok(!told.includes(form.toLowerCase()), form);
      const raw = Buffer.from(secret, 'base64url').toString('hex');
      assert.ok(!told.includes(raw), raw);
    }
    assert.doesNotMatch(told, new RegExp(`\\b${code}\\b|${Buffer.from(code).toString('hex')}`));
  });
});
