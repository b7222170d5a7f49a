import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import type { SiteConfig } from '@placet/contract';
import type { Database } from '../database/database.js';
import { createJobs } from '../jobs/create-jobs.js';
import type { Jobs } from '../jobs/jobs.js';
import { deriveKeys } from '../keys.js';
import type { LogEntry } from '../log/entry.js';
import { createMailer } from '../mail/create-mailer.js';
import type { Sms } from '../sms/sms.js';
import { describeOnBoth } from '../testing/both.js';
import { startHookServer, type HookServer } from '../testing/hook-server.js';
import { CHOICES, MARKETING_CONFIG } from '../testing/marketing.js';
import { NOW, testTimers } from '../testing/register.js';
import { startSmtp, type TestSmtp } from '../testing/smtp.js';
import { createTools } from '../tools/create-tools.js';
import { createOutgoing } from './create-outgoing.js';
import { createHandlers } from './handlers.js';
import { createLinks } from './links.js';
import type { Outgoing, SubscriptionNews } from './outgoing.js';
import type { IssuedConfirmation } from './subscriptions.js';
import type { HandlersOptions } from './tasks.js';

const HOUR = 3_600_000;
const RECORD = '0192f3c0-0000-7000-8000-000000000001';
const CONTACT = '0192f3c0-0000-7000-8000-000000000002';
const TOOL_SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const CONFIRM = 'https://tilleul.example/placet/subscriptions/confirm?token=c-token';
const MANAGE = 'https://tilleul.example/placet/subscriptions/manage?token=m-token';

describeOnBoth('what subscriptions ask to be sent', (open) => {
  let database: Database;
  let smtp: TestSmtp;
  let hook: HookServer;
  const refuse: { recipient?: number | undefined; data?: number | 'hang-up' | undefined } = {};
  const closing: (() => Promise<void>)[] = [];
  before(async () => void (database = await open()));
  after(() => database.close());
  beforeEach(async () => {
    refuse.recipient = refuse.data = undefined;
    smtp = await startSmtp({ recipient: () => refuse.recipient, data: () => refuse.data });
    hook = await startHookServer();
    for (const table of ['job', 'tool_delivery'] as const)
      await database.sql.deleteFrom(table).execute();
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await smtp.close();
    await hook.close();
  });

  function setup(given: { config?: SiteConfig } & Partial<HandlersOptions> = {}) {
    const { config = MARKETING_CONFIG, ...options } = given;
    const clock = { now: NOW };
    const timers = testTimers();
    const logged: LogEntry[] = [];
    const sent: Sms[] = [];
    const asked: string[][] = [];
    const issued: Partial<IssuedConfirmation>[] = [];
    const sites = new Map([['default', config]]);
    const now = () => clock.now;
    const log = (entry: LogEntry) => void logged.push(entry);
    const tools = createTools({
      tools: [{ id: 'crm', url: hook.url, secret: TOOL_SECRET }],
      sites: sites.keys(),
      database,
      now,
    });
    const service: ReturnType<HandlersOptions['service']> = {
      async issue(...about) {
        asked.push(about);
        const next = issued.shift();
        return (
          next && {
            kind: 'email',
            address: 'claire@example.org',
            isGuardian: false,
            language: 'en',
            choices: CHOICES,
            ...next,
          }
        );
      },
      async issueLink(site, contact) {
        asked.push([site, contact]);
        const [next] = issued.splice(0, 1);
        const { address = 'claire@example.org', language = 'fr', token = 'm-token' } = next ?? {};
        return next && { kind: 'email', address, language, token };
      },
    };
    const handlers = createHandlers({
      service: () => service,
      jobs: (): Jobs => jobs,
      mailer: createMailer(smtp.url),
      sms: { send: async (sms) => void sent.push(sms) },
      links: createLinks({ publicUrl: 'https://tilleul.example', endpoint: '/placet', sites }),
      sites,
      tools,
      log,
      ...options,
    });
    const keys = deriveKeys('a secret for tests');
    const jobs = createJobs({
      database,
      keys,
      handlers,
      now,
      after: timers.after,
      random: () => 0,
      log,
    });
    closing.push(() => jobs.close());
    const outgoing = createOutgoing({ jobs, tools });
    const put = (work: (transaction: Parameters<Outgoing['news']>[0]) => Promise<void>) =>
      database.sql.transaction().execute(work);
    const pass = (milliseconds: number) =>
      (clock.now = new Date(clock.now.getTime() + milliseconds));
    const jobsLeft = () => database.sql.selectFrom('job').selectAll().execute();
    const confirmation = (kind: 'email' | 'phone' = 'email') =>
      put((transaction) =>
        outgoing.confirmation(transaction, {
          site: 'default',
          record: RECORD,
          contact: CONTACT,
          kind,
        }),
      );
    const link = (kind: 'email' | 'phone' = 'email') =>
      put((transaction) => outgoing.link(transaction, { site: 'default', contact: CONTACT, kind }));
    const news = (changed: Partial<SubscriptionNews> = {}) =>
      put((transaction) =>
        outgoing.news(transaction, {
          type: 'subscription.withdrawn',
          record: randomUUID(),
          site: 'default',
          at: NOW.toISOString(),
          contact: { email: 'claire@example.org' },
          choices: CHOICES,
          ...changed,
        }),
      );
    return {
      jobs,
      outgoing,
      confirmation,
      link,
      news,
      put,
      pass,
      jobsLeft,
      issued,
      asked,
      sent,
      logged,
      tools,
    };
  }

  it('is sent if the transaction commits, and only then', async () => {
    const { jobs, put, outgoing, issued } = setup();
    issued.push({ token: 'c-token' });
    await assert.rejects(
      put(async (transaction) => {
        const about = { site: 'default', record: RECORD, contact: CONTACT, kind: 'email' as const };
        await outgoing.confirmation(transaction, about);
        throw new Error('Something else failed.');
      }),
    );
    outgoing.wake();
    await jobs.idle();
    assert.equal(smtp.mails.length, 0);
  });

  it('confirms by mail: the link to the page with the button, from somebody who answers (002-36)', async () => {
    const { jobs, confirmation, issued, asked, jobsLeft } = setup();
    issued.push({ token: 'c-token', expires: new Date('2026-11-25T12:00:00Z') });
    await confirmation();
    await jobs.idle();
    assert.deepEqual(asked, [['default', RECORD, CONTACT]]);
    const [{ to, from, parsed }] = smtp.mails as [(typeof smtp.mails)[0]];
    assert.deepEqual([from, ...to], ['hello@tilleul.example', 'claire@example.org']);
    assert.deepEqual(parsed.from?.value[0], {
      name: 'Maison Tilleul',
      address: 'hello@tilleul.example',
    });
    assert.equal(parsed.replyTo?.text, 'bonjour@tilleul.example');
    assert.equal(parsed.subject, 'Please confirm: messages from Maison Tilleul');
    assert.equal(parsed.headers.get('auto-submitted'), 'auto-generated');
    assert.ok(parsed.text?.includes(CONFIRM));
    assert.ok((parsed.html as string).includes(`href="${CONFIRM}"`));
    assert.match(parsed.text!, /until 25 November 2026/);
    assert.deepEqual(await jobsLeft(), []);
  });

  it('asks the parent where there is one', async () => {
    const { jobs, confirmation, issued } = setup();
    issued.push({
      token: 'c-token',
      isGuardian: true,
      address: 'parent@example.org',
      language: 'fr',
    });
    await confirmation();
    await jobs.idle();
    const [{ to, parsed }] = smtp.mails as [(typeof smtp.mails)[0]];
    assert.deepEqual(to, ['parent@example.org']);
    assert.match(parsed.subject!, /^Votre accord est demandé/);
  });

  it('confirms by SMS: the code and the sender’s name', async () => {
    const { jobs, confirmation, issued, sent } = setup();
    issued.push({ kind: 'phone', address: '+33612345678', code: '042137' });
    await confirmation('phone');
    await jobs.idle();
    assert.equal(sent.length, 1);
    assert.equal(sent[0]!.to, '+33612345678');
    assert.match(sent[0]!.text, /^Maison Tilleul: 042137 /);
    assert.equal(smtp.mails.length, 0);
  });

  it('brings a fresh link to the preference centre, once, however often it was asked for', async () => {
    const { jobs, link, issued, sent } = setup();
    issued.push({}, {}, {});
    for (let count = 0; count < 5; count += 1) await link();
    await jobs.idle();
    assert.equal(smtp.mails.length, 1);
    const [{ parsed }] = smtp.mails as [(typeof smtp.mails)[0]];
    assert.match(parsed.subject!, /^Votre lien/);
    assert.ok(parsed.text!.includes(MANAGE));
    await link('phone');
    await jobs.idle();
    assert.ok(sent[0]!.text.endsWith(MANAGE));
  });

  it('says nothing where there is nothing left to confirm, or nobody to write to', async () => {
    const { jobs, confirmation, link, jobsLeft, sent, logged } = setup();
    await confirmation();
    await confirmation('phone');
    await link();
    await link('phone');
    await jobs.idle();
    assert.deepEqual([smtp.mails.length, sent, logged, await jobsLeft()], [0, [], [], []]);
  });

  it('tries again when the mail server is not well, with a token of its own each time', async () => {
    for (const trouble of [{ recipient: 450 }, { data: 451 }, { data: 'hang-up' as const }]) {
      Object.assign(refuse, trouble);
      const { jobs, confirmation, issued, pass, jobsLeft } = setup();
      issued.push({ token: 'first' }, { token: 'c-token' });
      await confirmation();
      await jobs.idle();
      assert.equal(smtp.mails.length, 0);
      assert.equal((await jobsLeft()).length, 1);
      refuse.recipient = refuse.data = undefined;
      pass(2000);
      await jobs.idle();
      assert.deepEqual([smtp.mails.length, await jobsLeft()], [1, []]);
      assert.ok(smtp.mails.pop()!.parsed.text!.includes(CONFIRM));
    }
  });

  it('gives up an address that takes no mail, and names nobody', async () => {
    const { jobs, confirmation, issued, jobsLeft, logged } = setup();
    refuse.recipient = 550;
    issued.push({ token: 'c-token' });
    await confirmation();
    await jobs.idle();
    const [row] = await jobsLeft();
    assert.deepEqual([row!.attempts, row!.failed_at, row!.last_error], [1, NOW, 'EENVELOPE']);
    assert.deepEqual(
      logged.map(({ event }) => event),
      ['job/given-up'],
    );
    assert.doesNotMatch(JSON.stringify([logged, row]), /claire|token/);
  });

  it('gives up an SMS after some minutes: nobody waits for the code any more', async () => {
    const { jobs, confirmation, issued, pass, logged } = setup({
      sms: { send: () => Promise.reject(new Error('The provider is away.')) },
    });
    issued.push(...Array.from({ length: 20 }, () => ({ code: '042137' })));
    await confirmation('phone');
    for (let count = 0; count < 12; count += 1) {
      await jobs.idle();
      pass(10 * 60_000);
    }
    assert.equal(logged.at(-1)!.event, 'job/given-up');
    assert.equal(logged.at(-1)!['attempts'], 8);
  });

  it('is given up where there is nothing to send it with, nor an address to link to', async () => {
    const { jobs, confirmation, logged } = setup({ mailer: undefined, sms: undefined });
    await confirmation();
    await confirmation('phone');
    const unlinked = setup({ links: undefined });
    await unlinked.link();
    await jobs.idle();
    await unlinked.jobs.idle();
    assert.ok(logged.concat(unlinked.logged).every(({ event }) => event === 'job/given-up'));
    assert.equal(logged.length + unlinked.logged.length, 3);
  });

  it('tells the owner’s tools at once, and again until they have heard (001-23, 001-37)', async () => {
    const { jobs, news, pass, tools, jobsLeft } = setup();
    hook.answer = (response) => void response.writeHead(503).end();
    await news();
    await news({ type: 'subscription.withdrawn' });
    await jobs.idle();
    assert.equal(hook.calls.length, 2);
    assert.equal((await tools.status())[0]!.waiting, 2);
    hook.answer = (response) => void response.writeHead(204).end();
    pass(2000);
    await jobs.idle();
    const [status] = await tools.status();
    assert.deepEqual([status!.acknowledged, status!.waiting, await jobsLeft()], [2, 0, []]);
    const ids = hook.calls.map(({ headers }) => headers['webhook-id']);
    assert.deepEqual(new Set(ids.slice(0, 2)), new Set(ids.slice(2)));
  });

  it('goes on trying a tool for weeks', async () => {
    const { jobs, news, pass, tools } = setup();
    hook.answer = (response) => void response.writeHead(503).end();
    await news();
    await database.sql.updateTable('job').set({ attempts: 700 }).execute();
    await jobs.idle();
    hook.answer = (response) => void response.writeHead(204).end();
    pass(HOUR);
    await jobs.idle();
    assert.equal((await tools.status())[0]!.waiting, 0);
  });

  it('tells the owner once a day of a tool that stays behind, in the log and by mail (001-37)', async () => {
    const { jobs, news, pass, logged } = setup();
    hook.answer = (response) => void response.writeHead(503).end();
    await news();
    await news();
    for (let hours = 0; hours < 12; hours += 1) {
      await jobs.idle();
      pass(2 * HOUR);
    }
    assert.equal(smtp.mails.length, 0);
    for (let hours = 0; hours < 12; hours += 1) {
      await jobs.idle();
      pass(2 * HOUR);
    }
    const late = logged.filter(({ event }) => event === 'tool/late');
    assert.deepEqual(late, [
      {
        level: 'error',
        event: 'tool/late',
        site: 'default',
        tool: 'crm',
        waiting: 2,
        since: NOW.toISOString(),
      },
    ]);
    const [{ to, parsed }] = smtp.mails as [(typeof smtp.mails)[0]];
    assert.equal(smtp.mails.length, 1);
    assert.deepEqual(to, ['bonjour@tilleul.example']);
    assert.equal(parsed.subject, 'Placet: the tool crm stays behind');
    assert.doesNotMatch(parsed.text! + JSON.stringify(logged), /claire/);
    await jobs.idle();
    assert.equal(smtp.mails.length, 2, 'a day later');
  });

  it('tells of a late tool in the log alone where the owner has no mailbox', async () => {
    const { contact: _, ...controller } = MARKETING_CONFIG.controller;
    const { jobs, news, pass, logged, jobsLeft } = setup({
      config: { ...MARKETING_CONFIG, controller },
    });
    hook.answer = (response) => void response.writeHead(503).end();
    await news();
    pass(24 * HOUR);
    await jobs.idle();
    assert.ok(logged.some(({ event }) => event === 'tool/late'));
    assert.deepEqual(
      (await jobsLeft()).map(({ queue }) => queue),
      ['tool/crm'],
    );
  });
});
