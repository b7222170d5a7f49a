import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import { Webhook } from 'standardwebhooks';
import type { Database } from '../../database/database.js';
import type { PlacetServerOptions } from '../../options.js';
import { describeOnBoth } from '../../testing/both.js';
import { closedAfterEach } from '../../testing/closing.js';
import { startHookServer, type HookServer } from '../../testing/hook-server.js';
import { CAMILLE } from '../../testing/memory-system.js';
import { newSecret, OFFICE, program, recipientServer } from '../../testing/recipients.js';
import { NOW } from '../../testing/register.js';
import { RIGHTS_CONFIG, rightsServer } from '../../testing/rights.js';
import type { Recipient } from './recipients.js';

const HOUR = 3_600_000;

describeOnBoth('recipients of data', (open) => {
  let database: Database;
  let hook: HookServer;
  before(async () => void (database = await open()));
  after(() => database.close());
  beforeEach(async () => void (hook = await startHookServer()));
  afterEach(() => hook.close());

  const setup = closedAfterEach(
    (recipients: readonly Recipient[], options?: Partial<PlacetServerOptions>) =>
      recipientServer(database, recipients, options),
  );
  const other = closedAfterEach(rightsServer);

  it('are told of whom, what and when by a signed call, and of nothing else (000-36, R-18)', async () => {
    const { recipient, secret } = program(hook.url);
    const { tell, rows, service } = await setup([recipient]);
    const request = await tell();
    const [row] = await rows();
    const [call] = hook.calls;
    assert.deepEqual(JSON.parse(call!.body), {
      id: row!.id,
      type: 'rights.erasure',
      timestamp: NOW.toISOString(),
      data: {
        notice: row!.id,
        event: 'erasure',
        site: 'default',
        contacts: CAMILLE,
        answerBy: '2026-11-29T12:00:00.000Z',
        respond: { url: 'https://shop.example/placet/recipients/mailing/answers' },
      },
    });
    assert.equal(
      call!.headers['webhook-signature'],
      new Webhook(secret).sign(row!.id, NOW, call!.body),
    );
    assert.ok(!call!.body.includes(request), 'the request’s own id is the person’s');
    assert.deepEqual(await service.statusOf('default', request), [
      { recipient: 'mailing', name: 'Courrier SARL', event: 'erasure', status: 'sent' },
    ]);
  });

  it('are told once of each request and event, and only if what is told of came to be', async () => {
    const { recipient } = program(hook.url);
    const { tell, rows, service, server } = await setup([recipient]);
    const request = await tell();
    await tell({ request });
    assert.equal(hook.calls.length, 1);
    const about = { site: 'default', request: randomUUID(), event: 'erasure' } as const;
    const failing = database.sql.transaction().execute(async (transaction) => {
      await service.tell(transaction, { ...about, contacts: CAMILLE, language: 'en' });
      throw new Error('It did not come to be.');
    });
    await assert.rejects(failing, /did not come/);
    await server.jobs.idle();
    assert.deepEqual([hook.calls.length, (await rows()).length], [1, 1]);
  });

  it('hear of the sites that are theirs, and of the events that they are to hear of', async () => {
    const { recipient } = program(hook.url, { events: ['erasure'] });
    const other = program(hook.url, { id: 'other', sites: ['elsewhere'] }).recipient;
    const sites = ['default', 'elsewhere'].map((site) => ({ ...RIGHTS_CONFIG, site }));
    const { tell, rows, service } = await setup([recipient, other], {
      config: sites,
    });
    assert.deepEqual(service.names('default'), ['Courrier SARL']);
    await tell({ event: 'rectification' });
    assert.deepEqual(await rows(), []);
    await tell({ site: 'elsewhere' });
    assert.deepEqual(
      (await rows()).map((row) => row.recipient),
      ['mailing', 'other'],
    );
    const group = await setup([recipient, other], {
      config: sites,
      sharedCustomers: true,
    });
    await group.tell();
    assert.deepEqual(
      (await rows()).map((row) => row.recipient),
      ['mailing', 'other'],
      'a request to one site of a group is about all of them',
    );
  });

  it('that do not say 2xx are told again, with the same id, and no redirect is followed', async () => {
    const { recipient } = program(hook.url);
    const { tell, rows, clock, server, lines } = await setup([recipient]);
    hook.answer = (response) => void response.writeHead(307, { location: '/elsewhere' }).end();
    await tell();
    assert.deepEqual(
      (await rows()).map(({ status, attempts, last_error: error }) => [status, attempts, error]),
      [['waiting', 1, 'http-307']],
    );
    hook.answer = (response) => void response.writeHead(503).end('camille@example.org');
    clock.now = new Date(clock.now.getTime() + HOUR);
    await server.jobs.idle();
    hook.answer = (response) => void response.writeHead(202).end('x'.repeat(100_000));
    clock.now = new Date(clock.now.getTime() + HOUR);
    await server.jobs.idle();
    const [row] = await rows();
    assert.deepEqual([row!.status, row!.attempts, row!.last_error], ['sent', 3, null]);
    assert.equal(new Set(hook.calls.map(({ body }) => body)).size, 1, 'byte for byte');
    assert.ok(hook.calls.every(({ url }) => url === '/hook'));
    assert.doesNotMatch(JSON.stringify(lines), /camille|33612345678/);
  });

  it('are told once by several processes (issue 5)', async () => {
    const { recipient } = program(hook.url);
    const first = await setup([recipient, OFFICE]);
    const second = await other(database, { recipients: [recipient, OFFICE] });
    const tells = Array.from({ length: 10 }, () => first.tell());
    await Promise.all([...tells, second.server.jobs.idle()]);
    await Promise.all([first.server.jobs.idle(), second.server.jobs.idle()]);
    assert.equal(hook.calls.length, 10);
    assert.equal(first.mails.length + second.mails.length, 10);
    assert.ok((await first.rows()).every(({ status }) => status === 'sent'));
  });

  it('can answer at once, in the answer to the call', async () => {
    const { recipient } = program(hook.url);
    const answers: [string, string, string | null][] = [
      ['{"status":"confirmed"}', 'confirmed', null],
      ['{"status":"not-applicable","more":1}', 'not-applicable', null],
      ['{"status":"refused","note":"Tax law."}', 'refused', 'Tax law.'],
      ['{"status":"refused"}', 'sent', null],
      ['{"status":"refused","note":"  "}', 'sent', null],
      ['{"status":"ok"}', 'sent', null],
      ['{"status":"confirmed","note":"\\u0000"}', 'sent', null],
      [`{"status":"confirmed","pad":"${'x'.repeat(5000)}"}`, 'sent', null],
      ['no JSON', 'sent', null],
      ['', 'sent', null],
    ];
    for (const [body, status, note] of answers) {
      hook.answer = (response) => void response.writeHead(200).end(body);
      const { tell, rows } = await setup([recipient]);
      await tell();
      const [row] = await rows();
      assert.deepEqual([row!.status, row!.note], [status, note], body);
      assert.equal(row!.answered_at === null, status === 'sent');
    }
  });

  it('answer later by a call that they sign; again is the same, otherwise is too late', async () => {
    const { recipient, secret } = program(hook.url);
    const { tell, rows, answer, clock } = await setup([recipient]);
    await tell();
    const [{ id: notice } = { id: '' }] = await rows();
    clock.now = new Date(NOW.getTime() + HOUR);
    const said = { notice, status: 'refused', note: 'Invoices, ten years.' };
    assert.equal(await answer('mailing', said, secret), 200);
    clock.now = new Date(NOW.getTime() + 2 * HOUR);
    assert.equal(await answer('mailing', said, secret), 200);
    assert.equal(await answer('mailing', { notice, status: 'confirmed' }, secret), 409);
    assert.equal(await answer('mailing', { ...said, note: 'Another.' }, secret), 409);
    const [row] = await rows();
    assert.deepEqual(
      [row!.status, row!.note, row!.actor, row!.answered_at],
      ['refused', 'Invoices, ten years.', 'recipient', new Date(NOW.getTime() + HOUR)],
    );
  });

  it('are not believed if forged, old, of another or of nobody: all refused in the same words (issue 5)', async () => {
    const { recipient, secret } = program(hook.url);
    const other = program(hook.url, { id: 'other' });
    const { tell, rows, answer, ask } = await setup([recipient, other.recipient, OFFICE]);
    await tell();
    const before = await rows();
    const notice = before.find((row) => row.recipient === 'mailing')!.id;
    const said = { notice, status: 'confirmed' };
    // Two were told, in any order.
    const told = hook.calls.find(({ body }) => body.includes(notice))!;
    const refused = {
      forged: await answer('mailing', said, newSecret()),
      'of another': await answer('other', said, other.secret),
      'with the secret of another': await answer('mailing', said, other.secret),
      'in the name of another': await answer('other', said, secret),
      'in the name of people who read mail': await answer('accountant', said, secret),
      'of nobody': await answer('nobody', said, secret),
      'about nothing': await answer('mailing', { ...said, notice: randomUUID() }, secret),
      old: await answer('mailing', said, secret, { at: new Date(NOW.getTime() - 301_000) }),
      'of tomorrow': await answer('mailing', said, secret, {
        at: new Date(NOW.getTime() + 301_000),
      }),
      'not signed': (await ask('POST', '/recipients/mailing/answers', said)).status,
      // What the server itself has signed and sent, sent back.
      reflected: (
        await ask('POST', '/recipients/mailing/answers', told.body, {
          ...(told.headers as Record<string, string>),
          host: 'shop.example',
        })
      ).status,
    };
    for (const [how, status] of Object.entries(refused))
      assert.equal(status, how === 'reflected' ? 400 : 401, how);
    for (const wrong of [
      { notice, status: 'sent' },
      { notice, status: 'waiting' },
      { notice, status: 'refused' },
      { notice, status: 'confirmed', more: true },
      { notice: "' or 1=1 --", status: 'confirmed' },
      { notice, status: 'confirmed', note: 'x'.repeat(501) },
    ])
      assert.equal(await answer('mailing', wrong, secret), 400);
    assert.deepEqual(await rows(), before);
  });
});
