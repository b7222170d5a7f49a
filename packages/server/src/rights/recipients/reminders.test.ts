import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import type { Database } from '../../database/database.js';
import type { Mail, Mailer } from '../../mail/mailer.js';
import type { PlacetServerOptions } from '../../options.js';
import type { PlacetServer } from '../../placet-server.js';
import { describeOnBoth } from '../../testing/both.js';
import { startHookServer, type HookServer } from '../../testing/hook-server.js';
import { ORIGIN, tokenOf } from '../../testing/opt-in-server.js';
import { OFFICE, program, recipientServer } from '../../testing/recipients.js';
import { rightsServer } from '../../testing/rights.js';
import type { Recipient } from './recipients.js';

const STAFF = 'bonjour@tilleul.example';

/** A mailer whose server knows some mailboxes no more. */
function strictMailer() {
  const taken: Mail[] = [];
  let refused: string | undefined;
  const mailer: Mailer = {
    async send(mail) {
      if (mail.to === refused)
        throw Object.assign(new Error('No such mailbox.'), {
          ...{ command: 'RCPT TO', responseCode: 550, code: 'EENVELOPE' },
        });
      taken.push(mail);
    },
  };
  const refuse = (recipient?: Recipient) =>
    (refused = recipient?.by.kind === 'mail' ? recipient.by.address : undefined);
  return { mailer, taken, refuse };
}

describeOnBoth('reminders of recipients', (open) => {
  let database: Database;
  let hook: HookServer;
  const servers: { server: PlacetServer }[] = [];
  before(async () => void (database = await open()));
  after(() => database.close());
  beforeEach(async () => void (hook = await startHookServer()));
  afterEach(async () => {
    await hook.close();
    await Promise.all(servers.splice(0).map(({ server }) => server.close()));
  });

  async function setup(recipients: readonly Recipient[], options?: Partial<PlacetServerOptions>) {
    const opened = await recipientServer(database, recipients, options);
    servers.push(opened);
    return opened;
  }
  /** Another process on the same database. */
  async function join(recipients: readonly Recipient[]) {
    const opened = await rightsServer(database, { recipients });
    servers.push(opened);
    return opened;
  }

  it('come weekly, four times, and then it is for staff, once (000-36)', async () => {
    const { tell, pass, mails, rows } = await setup([OFFICE]);
    const request = await tell();
    const [row] = await rows();
    const counts: number[] = [];
    for (let week = 1; week <= 8; week += 1) {
      await pass(6.9);
      const early = mails.length;
      await pass(0.1);
      counts.push(mails.length - early);
    }
    assert.deepEqual(counts, [1, 1, 1, 1, 1, 0, 0, 0]);
    assert.deepEqual(
      mails.map(({ to }) => to),
      [...Array<string>(5).fill('cabinet@dupont.example'), STAFF],
    );
    for (const { subject, text, html = '' } of mails.slice(1)) {
      assert.doesNotMatch(
        subject + text + html,
        /camille|33612345678/,
        'by now they may be erased',
      );
      assert.doesNotMatch(subject, /Dupont.*@/);
    }
    assert.match(mails[1]!.subject, /^Reminder/);
    assert.ok(mails[1]!.text.includes(row!.id));
    assert.equal(linkIn(mails[4]!), linkIn(mails[0]!), 'the link is the same, and still works');
    assert.equal(mails[5]!.subject, 'Placet: Cabinet Dupont does not answer');
    assert.ok(mails[5]!.text.includes(request));
    assert.equal((await rows())[0]!.status, 'sent');
  });

  it('of programs are signed calls without the person', async () => {
    const { recipient, secret } = program(hook.url);
    const { tell, pass, rows, answer } = await setup([recipient]);
    await tell();
    await pass(7);
    const [row] = await rows();
    assert.deepEqual(JSON.parse(hook.calls[1]!.body), {
      id: `${row!.id}-1`,
      type: 'rights.reminder',
      timestamp: '2026-11-29T12:00:00.000Z',
      data: {
        notice: row!.id,
        event: 'erasure',
        site: 'default',
        respond: { url: `${ORIGIN}/placet/recipients/mailing/answers` },
      },
    });
    assert.equal(await answer('mailing', { notice: row!.id, status: 'confirmed' }, secret), 200);
    await pass(60);
    assert.equal(hook.calls.length, 2);
  });

  it('end with the answer, also one that is given in the answer to a reminder', async () => {
    const { recipient } = program(hook.url);
    const { tell, pass, rows, ask, mails } = await setup([recipient, OFFICE]);
    await tell();
    const token = tokenOf(linkIn(mails[0]!));
    hook.answer = (response) => void response.writeHead(200).end('{"status":"confirmed"}');
    await pass(7);
    assert.equal(mails.length, 2);
    await ask('POST', '/recipients/answer', new URLSearchParams({ token, status: 'confirmed' }));
    for (let week = 0; week < 6; week += 1) await pass(7);
    assert.deepEqual([mails.length, hook.calls.length], [2, 2]);
    assert.deepEqual(
      (await rows()).map(({ status }) => status),
      ['confirmed', 'confirmed'],
    );
  });

  it('go on after one that never arrived', async () => {
    const { mailer, taken, refuse } = strictMailer();
    const { tell, pass, rows } = await setup([OFFICE], { mailer });
    await tell();
    refuse(OFFICE);
    await pass(7);
    assert.equal((await rows())[0]!.last_error, 'EENVELOPE');
    refuse();
    await pass(6);
    assert.equal(taken.length, 1);
    await pass(1);
    assert.equal(taken.length, 2);
    assert.deepEqual([(await rows())[0]!.status, (await rows())[0]!.last_error], ['sent', null]);
  });

  it('are sent once by several processes, and after a restart', async () => {
    const { recipient } = program(hook.url);
    const { tell, server, clock } = await setup([recipient]);
    for (let count = 0; count < 5; count += 1) await tell();
    clock.now = new Date(clock.now.getTime() + 7 * 86_400_000);
    const others = await Promise.all([join([recipient]), join([recipient])]);
    for (const other of others) other.clock.now = clock.now;
    const all = [server, ...others.map((other) => other.server)];
    await Promise.all(all.map(({ jobs }) => jobs.idle()));
    const reminders = hook.calls.filter(({ body }) => body.includes('rights.reminder'));
    assert.equal(reminders.length, 5);
  });

  it('are none for those who could never be told: staff are, and the contacts are kept no longer', async () => {
    const { mailer, taken, refuse } = strictMailer();
    const { tell, pass, rows } = await setup([OFFICE], { mailer });
    refuse(OFFICE);
    const request = await tell();
    assert.deepEqual(
      taken.map(({ to, subject }) => [to, subject]),
      [[STAFF, 'Placet: Cabinet Dupont could not be told']],
    );
    assert.ok(taken[0]!.text.includes(request));
    assert.doesNotMatch(JSON.stringify(taken[0]), /camille|33612345678/);
    assert.equal((await rows())[0]!.status, 'waiting');
    assert.deepEqual(await database.sql.selectFrom('job').select('id').execute(), []);
    await pass(60);
    assert.equal(taken.length, 1);
  });

  it('of recipients that are configured no more are none, and staff see to them', async () => {
    const first = await setup([OFFICE]);
    await first.tell();
    await first.server.close();
    const { clock, server, mails } = await join([]);
    clock.now = new Date(first.clock.now.getTime() + 7 * 86_400_000);
    await server.jobs.idle();
    assert.deepEqual(mails, []);
    for (let week = 0; week < 5; week += 1) {
      clock.now = new Date(clock.now.getTime() + 7 * 86_400_000);
      await server.jobs.idle();
    }
    assert.deepEqual(
      mails.map(({ to, subject }) => [to, subject]),
      [[STAFF, 'Placet: accountant does not answer']],
    );
  });

  const linkIn = ({ text }: { text: string }) => /https:\/\/shop\.example\S+/.exec(text)![0];
});
