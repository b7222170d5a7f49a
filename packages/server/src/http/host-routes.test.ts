import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { Webhook } from 'standardwebhooks';
import type { Choosable, Subscriptions } from '@placet/contract';
import { maySendResultSchema, problemSchema } from '@placet/contract/schema';
import type { Database } from '../database/database.js';
import { closedAfterEach } from '../testing/closing.js';
import { testDatabase } from '../testing/database.js';
import { API_KEY, optInServer, tokenOf } from '../testing/opt-in-server.js';
import { NOW } from '../testing/register.js';
import { countRecords, STAFF_KEY } from '../testing/server.js';
import { NEWSLETTER, OFFERS, SMS, testOptIn } from '../testing/subscriptions.js';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const OTHER_SECRET = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;

type Bench = Awaited<ReturnType<typeof optInServer>>;

describe('The routes of the host and of staff', () => {
  let database: Database;
  let tool: Server;
  let url: string;
  const told: string[] = [];
  before(async () => {
    database = await testDatabase();
    tool = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        told.push(body);
        response.end();
      });
    });
    await new Promise<void>((resolve) => tool.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(tool.address() as AddressInfo).port}/hook`;
  });
  after(async () => {
    tool.closeAllConnections();
    await new Promise((resolve) => tool.close(resolve));
    await database.close();
  });

  const opened = closedAfterEach(optInServer);

  let numbers = 10_000_000;
  const address = () => `camille.${randomUUID().slice(0, 8)}@example.org`;
  const number = () => `+336${(numbers += 1)}`;

  async function subscribed(bench: Bench, choices: Choosable[] = [NEWSLETTER]) {
    const [email, phone] = [address(), number()];
    const isSms = choices.some(({ channel }) => channel !== 'email');
    const isMail = choices.some(({ channel }) => channel === 'email');
    const contacts = { ...(isMail && { email }), ...(isSms && { phone }) };
    const optIn = testOptIn(choices, { contacts });
    assert.equal((await bench.ask('POST', '/subscriptions', optIn)).status, 202);
    const proofs = [
      ...(isMail ? [{ token: tokenOf(await bench.lastLink()) }] : []),
      ...(isSms ? [{ id: optIn.id, code: await bench.lastCode() }] : []),
    ];
    for (const proof of proofs)
      assert.equal((await bench.ask('POST', '/subscriptions/confirm', proof)).status, 200);
    return { email, phone };
  }
  async function maySend(bench: Bench, contact: string, choice: Choosable = NEWSLETTER) {
    const response = await bench.askHost('/may-send', { contact, ...choice });
    return maySendResultSchema.parse(await response.json());
  }
  const askStaff = (bench: Bench, method: string, path: string, body?: unknown, type?: string) =>
    bench.ask(method, `/staff${path}`, body, {
      authorization: `Bearer ${STAFF_KEY}`,
      ...(type !== undefined && { 'content-type': type }),
    });

  it('open to nobody without the right key, and not to another key’s holder', async () => {
    const bench = await opened(database);
    const { email } = await subscribed(bench);
    const before = await countRecords(database);
    const host: [string, unknown][] = [
      ['/may-send', { contact: email, ...NEWSLETTER }],
      ['/withdrawals', { id: randomUUID(), contact: email }],
      ['/sms/inbound', { from: number(), text: 'STOP' }],
    ];
    const staff: [string, string, unknown][] = [
      ['POST', '/staff/subscriptions/withdraw', { contact: email, by: 'x' }],
      ['POST', '/staff/subscriptions/lookup', { contact: email }],
      ['POST', '/staff/subscriptions/import', 'email\na@example.org\n'],
      ['GET', '/staff/subscriptions/export', undefined],
      ['GET', '/staff/tools', undefined],
    ];
    const keys = ['', 'Bearer', 'Bearer x', `Basic ${API_KEY}`];
    for (const [paths, wrong] of [
      [host.map(([path, body]) => ['POST', path, body] as const), STAFF_KEY],
      [staff, API_KEY],
    ] as const)
      for (const [method, path, body] of paths)
        for (const authorization of [...keys, `Bearer ${wrong}`]) {
          const response = await bench.ask(method, path, body, {
            ...(authorization && { authorization }),
          });
          assert.equal(response.status, 401, `${path} ${authorization}`);
          assert.equal(problemSchema.parse(await response.json()).code, 'request/unauthorized');
        }
    assert.equal(await countRecords(database), before);
    assert.equal((await maySend(bench, email)).send, true);
  });

  it('may-send says yes or no, why, by which proof, and what the message must carry (001-22, 001-35, 001-39)', async () => {
    const bench = await opened(database);
    const { email, phone } = await subscribed(bench, [NEWSLETTER, SMS]);
    const answer = await maySend(bench, email);
    assert.match(answer.proof ?? '', /^[\da-f-]{36}$/);
    const { headers, url: link, manageUrl, text, html } = answer.unsubscribe!;
    assert.match(
      headers['List-Unsubscribe']!,
      /^<https:\/\/shop\.example\/placet\/unsubscribe\?token=[\w.~-]+>, <mailto:bonjour@tilleul\.example/,
    );
    assert.ok(text.includes(link) && text.includes(manageUrl));
    assert.ok(html.includes('href="'));
    assert.ok(!link.includes('example.org'));
    const sms = await maySend(bench, phone, SMS);
    assert.deepEqual([sms.send, sms.unsubscribe?.headers], [true, {}]);
    assert.deepEqual(await maySend(bench, email, OFFERS), { send: false, reason: 'no-consent' });
    assert.deepEqual(await maySend(bench, address()), { send: false, reason: 'no-consent' });
    const nonsense = await bench.askHost('/may-send', { contact: 'x', ...NEWSLETTER });
    assert.equal(nonsense.status, 422);
  });

  it('withdrawals made elsewhere take effect at once, once, and answer the same for strangers (001-38)', async () => {
    const bench = await opened(database);
    const { email } = await subscribed(bench, [NEWSLETTER, OFFERS]);
    const one = { id: randomUUID(), contact: email, topic: 'newsletter' };
    const answers = [await bench.askHost('/withdrawals', one)];
    assert.equal((await maySend(bench, email)).send, false);
    assert.equal((await maySend(bench, email, OFFERS)).send, true);
    const count = await countRecords(database);
    answers.push(await bench.askHost('/withdrawals', one));
    assert.equal(await countRecords(database), count);
    const stranger = { id: randomUUID(), contact: address() };
    answers.push(await bench.askHost('/withdrawals', stranger));
    const texts = await Promise.all(answers.map(async (each) => [each.status, await each.text()]));
    assert.deepEqual(texts[0], texts[1]);
    assert.deepEqual(texts[0], texts[2]);
    // The stranger is blocked from now on, also for an import.
    assert.equal((await maySend(bench, stranger.contact)).reason, 'suppressed');
  });

  it('withdrawals of a list that is not there are refused: the one that was meant would go on (001-38)', async () => {
    const bench = await opened(database);
    for (const wrong of [{ topic: 'newsletters' }, { controller: 'nobody' }]) {
      const said = { id: randomUUID(), contact: 'anna@example.org', ...wrong };
      const answer = await bench.askHost('/withdrawals', said);
      assert.equal(answer.status, 422);
      const { code } = (await answer.json()) as { code: string };
      assert.equal(code, 'opt-in/unknown-choice');
    }
  });

  it('withdrawals signed by a tool count, for its own sites, and others do not (001-38)', async () => {
    const tools = [
      { id: 'mailing', url, secret: SECRET },
      { id: 'elsewhere', url, secret: OTHER_SECRET, sites: [] },
    ];
    const bench = await opened(database, { tools });
    const { email } = await subscribed(bench);
    // A tool that has not heard of the opt-in yet is told of its end only.
    await bench.server.jobs.idle();
    const body = JSON.stringify({ id: randomUUID(), contact: email });
    const signed = (secret: string, at = NOW, text = body) => {
      const id = `msg_${randomUUID()}`;
      return {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, at, text),
      };
    };
    const long = new Date(NOW.getTime() - 3_600_000);
    for (const headers of [
      {},
      signed(`whsec_${Buffer.alloc(32, 9).toString('base64')}`),
      signed(SECRET, long),
      signed(SECRET, NOW, `${body} `),
      signed(OTHER_SECRET),
    ]) {
      const refused = await bench.ask('POST', '/withdrawals', body, headers);
      assert.equal(refused.status, 401);
    }
    assert.equal((await maySend(bench, email)).send, true);
    assert.equal((await bench.ask('POST', '/withdrawals', body, signed(SECRET))).status, 200);
    assert.equal((await maySend(bench, email)).send, false);
    await bench.server.jobs.idle();
    const events = told
      .filter((each) => each.includes(email))
      .map((each) => JSON.parse(each) as { type: string });
    assert.deepEqual([...new Set(events.map(({ type }) => type))].sort(), [
      'subscription.granted',
      'subscription.withdrawn',
    ]);
    const status = await askStaff(bench, 'GET', '/tools');
    const { tools: all } = (await status.json()) as {
      tools: { tool: string; acknowledged: number }[];
    };
    assert.ok(all.some((each) => each.tool === 'mailing' && each.acknowledged >= 2));
  });

  it('STOP by SMS withdraws every SMS to that number, and other messages nothing (001-38)', async () => {
    const bench = await opened(database);
    const { email, phone } = await subscribed(bench, [NEWSLETTER, SMS]);
    const other = await bench.askHost('/sms/inbound', { from: phone, text: 'See you on Friday' });
    assert.deepEqual(await other.json(), { stopped: false });
    assert.equal((await maySend(bench, phone, SMS)).send, true);
    const stop = await bench.askHost('/sms/inbound', { from: phone, text: ' Arrêt. ' });
    assert.deepEqual(await stop.json(), { stopped: true });
    assert.equal((await maySend(bench, phone, SMS)).send, false);
    assert.equal((await maySend(bench, email)).send, true);
  });

  it('staff withdraw for somebody who calls, and see when and by which way (001-05, 001-06, 001-36)', async () => {
    const bench = await opened(database);
    const { email } = await subscribed(bench);
    const body = { contact: email, by: 'Claire, front desk' };
    assert.equal((await askStaff(bench, 'POST', '/subscriptions/withdraw', body)).status, 200);
    assert.equal((await maySend(bench, email)).send, false);
    const found = await askStaff(bench, 'POST', '/subscriptions/lookup', { contact: email });
    const { history, items } = (await found.json()) as Subscriptions;
    assert.deepEqual([history[0]?.act, history[0]?.how], ['withdrawn', 'staff']);
    assert.equal(items.find(({ topic }) => topic === 'newsletter')?.status, 'withdrawn');
    const nobody = await askStaff(bench, 'POST', '/subscriptions/lookup', { contact: address() });
    assert.deepEqual(((await nobody.json()) as Subscriptions).history, []);
    const wrong = await askStaff(bench, 'POST', '/subscriptions/withdraw', { contact: email });
    assert.equal(wrong.status, 400);
    assert.doesNotMatch(JSON.stringify(bench.lines), /example\.org|Claire/);
  });

  it('staff import a file, which blocks those who said no, and export what may be sent (002-32)', async () => {
    const bench = await opened(database);
    const gone = await subscribed(bench);
    await bench.askHost('/withdrawals', { id: randomUUID(), contact: gone.email });
    const [fresh, formula] = [address(), '=cmd.x@example.org'];
    const row = (email: string) => `${email},newsletter,2024-05-31,I would like it,web,12`;
    const file = [
      'email,topic,consented_at,wording,source,reference',
      row(fresh),
      row(gone.email),
      `${address()},,,,,`,
      row('nobody'),
      row(formula),
    ].join('\n');
    const send = (query = '', body = file) =>
      askStaff(bench, 'POST', `/subscriptions/import${query}`, body, 'text/csv; charset=utf-8');
    const report = (await (await send()).json()) as Record<string, unknown>;
    assert.deepEqual(report, {
      rows: 5,
      granted: 2,
      withoutConsent: 1,
      suppressed: 1,
      unchanged: 0,
      refused: 1,
      faults: [{ line: 5, reason: '"email" cannot be an e-mail address.' }],
      stored: true,
    });
    assert.equal((await maySend(bench, fresh)).send, true);
    assert.equal((await maySend(bench, gone.email)).send, false);
    const count = await countRecords(database);
    const again = (await (await send()).json()) as Record<string, unknown>;
    assert.deepEqual([again['granted'], again['unchanged'], again['suppressed']], [0, 2, 1]);
    assert.equal(await countRecords(database), count);
    const later = row(address());
    const whole = await send('?allOrNothing=true', `${file}\n${later}`);
    assert.equal(((await whole.json()) as { stored: boolean }).stored, false);
    assert.equal(await countRecords(database), count);
    assert.equal((await send('?source=purchased')).status, 422);
    const tooLarge = await bench.ask('POST', '/staff/subscriptions/import', file, {
      authorization: `Bearer ${STAFF_KEY}`,
      'content-type': 'text/csv',
      'content-length': String(1024 ** 3),
    });
    assert.equal(tooLarge.status, 413);
    const json = await askStaff(bench, 'POST', '/subscriptions/import', file);
    assert.equal(json.status, 415);

    const exported = await askStaff(bench, 'GET', '/subscriptions/export');
    assert.match(exported.headers.get('content-type') ?? '', /^text\/csv/);
    const csv = await exported.text();
    assert.ok(csv.includes(`${fresh},email,newsletter,email,default,consent,`));
    assert.ok(!csv.includes(gone.email));
    assert.ok(csv.includes("\n'=cmd.x@example.org,"));
    const withdrawn = await askStaff(bench, 'GET', '/subscriptions/export?withdrawn=true');
    assert.match(withdrawn.headers.get('content-disposition') ?? '', /withdrawn\.csv/);
    const out = await withdrawn.text();
    assert.match(out, /^contact,kind,topic,channel,controller,reason,since\r\n/);
    assert.ok(out.includes(`${gone.email},email,newsletter,email,default,withdrawn,`));
    assert.ok(!out.includes(fresh));
  });
});
