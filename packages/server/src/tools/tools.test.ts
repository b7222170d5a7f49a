import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import { Webhook } from 'standardwebhooks';
import type { Database } from '../database/database.js';
import type { SubscriptionNews } from '../subscriptions/outgoing.js';
import { describeOnBoth } from '../testing/both.js';
import { startHookServer, type HookServer } from '../testing/hook-server.js';
import { CHOICES } from '../testing/marketing.js';
import { NOW } from '../testing/register.js';
import { createTools, type ToolsOptions } from './create-tools.js';
import type { LateTool } from './tools.js';
import { signWebhook } from './webhook.js';

const HOUR = 3_600_000;
const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const OTHER_SECRET = `whsec_${randomBytes(32).toString('base64')}`;

describeOnBoth('tools of the owner (001-37)', (open) => {
  let database: Database;
  let server: HookServer;
  before(async () => void (database = await open()));
  after(() => database.close());
  beforeEach(async () => {
    server = await startHookServer();
    await database.sql.deleteFrom('tool_delivery').execute();
  });
  afterEach(() => server.close());

  function setup(options: Partial<ToolsOptions> = {}) {
    const clock = { now: NOW };
    const tools = createTools({
      tools: [{ id: 'crm', url: server.url, secret: SECRET }],
      sites: ['default', 'other'],
      database,
      now: () => clock.now,
      ...options,
    });
    const pass = (milliseconds: number) =>
      (clock.now = new Date(clock.now.getTime() + milliseconds));
    const note = (given: Partial<SubscriptionNews> = {}) =>
      database.sql.transaction().execute((transaction) =>
        tools.note(transaction, {
          type: 'subscription.withdrawn',
          record: randomUUID(),
          site: 'default',
          at: '2026-11-22T11:59:58.000Z',
          contact: { email: 'claire@example.org' },
          choices: CHOICES,
          ...given,
        }),
      );
    const late = async (tool = 'crm') => {
      let said: LateTool | undefined;
      await tools.noticeLate('default', tool, async (_, one) => void (said = one));
      return said;
    };
    return { tools, clock, pass, note, late };
  }

  it('are not told late of what was granted and is over by then (001-37, 002-32)', async () => {
    const { tools, note } = setup();
    const record = randomUUID();
    const contact = randomUUID();
    const [choice] = CHOICES;
    const { topic, channel, controller } = choice!;
    const row = { site: 'default', contact, topic, channel, controller, record };
    await database.sql
      .insertInto('subscription')
      .values({ ...row, status: 'active', basis: 'consent', since: NOW, epoch: 0 })
      .execute();
    const [told] = await note({ type: 'subscription.granted', record });
    server.answer = (response) => void response.writeHead(503).end();
    await assert.rejects(tools.deliver('default', 'crm', told!.event));
    assert.equal(server.calls.length, 1);
    await database.sql.deleteFrom('subscription').where('contact', '=', contact).execute();
    await tools.deliver('default', 'crm', told!.event);
    assert.equal(server.calls.length, 1);
    assert.equal((await tools.status())[0]!.waiting, 0);
  });

  it('are told what happened, to whom and when, signed, and acknowledge it', async () => {
    const { tools, note, pass } = setup();
    const [told] = await note({ record: '0192f3c0-0000-7000-8000-000000000001', language: 'fr' });
    pass(5000);
    await tools.deliver('default', 'crm', told!.event);
    const [call] = server.calls;
    assert.deepEqual(
      [call!.method, call!.url, call!.headers['content-type']],
      ['POST', '/hook', 'application/json'],
    );
    assert.deepEqual(JSON.parse(call!.body), {
      id: told!.event.id,
      type: 'subscription.withdrawn',
      timestamp: '2026-11-22T11:59:58.000Z',
      data: {
        record: '0192f3c0-0000-7000-8000-000000000001',
        site: 'default',
        contact: { email: 'claire@example.org' },
        choices: CHOICES,
        language: 'fr',
      },
    });
    assert.equal(
      call!.headers['webhook-signature'],
      new Webhook(SECRET).sign(told!.event.id, new Date(NOW.getTime() + 5000), call!.body),
    );
    assert.deepEqual(await tools.status(), [
      {
        tool: 'crm',
        site: 'default',
        acknowledged: 1,
        waiting: 0,
        lastAcknowledged: new Date(NOW.getTime() + 5000).toISOString(),
      },
      { tool: 'crm', site: 'other', acknowledged: 0, waiting: 0 },
    ]);
  });

  it('count for no more than one acknowledgement, however often it comes', async () => {
    const { tools, note } = setup();
    const [told] = await note();
    await tools.deliver('default', 'crm', told!.event);
    await tools.deliver('default', 'crm', told!.event);
    assert.equal(server.calls[0]!.body, server.calls[1]!.body);
    assert.equal((await tools.status())[0]!.acknowledged, 1);
  });

  it('have not heard unless they said 2xx: 500, redirects, silence and hanging up are tried again', async () => {
    const { tools, note, pass } = setup();
    const hasty = setup({ timeout: 50 }).tools;
    const [told] = await note();
    const attempts: [string, HookServer['answer']][] = [
      ['http-500', (response) => void response.writeHead(500).end('claire@example.org')],
      ['http-404', (response) => void response.writeHead(404).end()],
      ['http-302', (response) => void response.writeHead(302, { location: '/elsewhere' }).end()],
      ['http-307', (response) => void response.writeHead(307, { location: '/elsewhere' }).end()],
      ['TimeoutError', () => {}],
      ['UND_ERR_SOCKET', (response) => void response.destroy()],
    ];
    for (const [reason, answer] of attempts) {
      server.answer = answer;
      const caller = reason === 'TimeoutError' ? hasty : tools;
      await assert.rejects(caller.deliver('default', 'crm', told!.event));
      const [status] = await tools.status();
      assert.match(status!.lastError!, new RegExp(`^(${reason}|ECONNRESET)$`));
      assert.equal(status!.waiting, 1);
      pass(HOUR);
    }
    assert.ok(
      server.calls.every(({ url }) => url === '/hook'),
      'no redirect is followed',
    );
    server.answer = (response) => void response.writeHead(202).end('x'.repeat(100_000));
    await tools.deliver('default', 'crm', told!.event);
    const [status] = await tools.status();
    assert.deepEqual([status!.waiting, status!.lastError], [0, undefined]);
    const { attempts: count } = await database.sql
      .selectFrom('tool_delivery')
      .select('attempts')
      .executeTakeFirstOrThrow();
    assert.equal(count, attempts.length + 1);
  });

  it('that cannot be reached at all are named by what went wrong', async () => {
    const { tools, note } = setup();
    const [told] = await note();
    await server.close();
    await assert.rejects(tools.deliver('default', 'crm', told!.event));
    assert.equal((await tools.status())[0]!.lastError, 'ECONNREFUSED');
    server = await startHookServer();
  });

  it('each hear for themselves, of the sites that are theirs', async () => {
    const tool = { url: server.url, secret: SECRET };
    const { tools, note } = setup({
      tools: [
        { ...tool, id: 'crm' },
        { ...tool, id: 'esp', sites: ['other'], secret: OTHER_SECRET },
      ],
    });
    assert.deepEqual(
      (await note()).map(({ tool }) => tool),
      ['crm'],
    );
    const told = await note({ site: 'other' });
    assert.deepEqual(
      told.map(({ tool }) => tool),
      ['crm', 'esp'],
    );
    assert.equal(told[0]!.event.id, told[1]!.event.id);
    await tools.deliver('other', 'esp', told[1]!.event);
    assert.deepEqual(
      (await tools.status()).map(({ tool, site, acknowledged, waiting }) => [
        tool,
        site,
        acknowledged,
        waiting,
      ]),
      [
        ['crm', 'default', 0, 1],
        ['crm', 'other', 0, 1],
        ['esp', 'other', 1, 0],
      ],
    );
  });

  it('that are configured no more are told nothing', async () => {
    const { note } = setup();
    const [told] = await note();
    const { tools } = setup({ tools: [] });
    await tools.deliver('default', 'crm', told!.event);
    assert.deepEqual([server.calls, await tools.status()], [[], []]);
  });

  it('stay behind once the oldest has waited a day: said once a day, among all processes', async () => {
    const { tools, note, late, pass } = setup();
    const [first] = await note();
    pass(HOUR);
    await note();
    pass(23 * HOUR - 1);
    assert.equal(await late(), undefined);
    pass(1);
    const said = await Promise.all([late(), late(), late()]);
    assert.deepEqual(said.filter(Boolean), [
      { tool: 'crm', site: 'default', waiting: 2, since: NOW },
    ]);
    pass(20 * HOUR);
    await tools.deliver('default', 'crm', first!.event);
    assert.equal(await late(), undefined, 'another one is late, but it was said today');
    pass(4 * HOUR);
    assert.deepEqual((await late())?.since, new Date(NOW.getTime() + HOUR));
  });

  it('are said to stay behind only if what tells it was put down, too', async () => {
    const { tools, note, late, pass } = setup();
    await note();
    pass(24 * HOUR);
    const failing = tools.noticeLate('default', 'crm', () => Promise.reject(new Error('No mail.')));
    await assert.rejects(failing);
    assert.equal((await late())?.waiting, 1);
  });

  it('are known by what they sign', () => {
    const tool = { url: server.url, secret: SECRET };
    const { tools } = setup({
      tools: [
        { ...tool, id: 'crm' },
        { ...tool, id: 'esp', secret: OTHER_SECRET },
      ],
    });
    const body = '{"contact":"claire@example.org"}';
    const sign = (secret: string) => new Headers(signWebhook({ id: '1', body, at: NOW }, secret));
    assert.equal(tools.senderOf(sign(OTHER_SECRET), body)?.id, 'esp');
    assert.equal(
      tools.senderOf(sign(`whsec_${randomBytes(32).toString('base64')}`), body),
      undefined,
    );
    assert.equal(tools.senderOf(new Headers(), body), undefined);
  });
});
