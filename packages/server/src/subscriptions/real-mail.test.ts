import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Database } from '../database/database.js';
import { createMailer } from '../mail/create-mailer.js';
import { testDatabase } from '../testing/database.js';
import { optInServer, tokenOf } from '../testing/opt-in-server.js';
import { NOW } from '../testing/register.js';
import { startSmtp, type TestSmtp } from '../testing/smtp.js';
import { NEWSLETTER, testOptIn } from '../testing/subscriptions.js';

describe('double opt-in by real mail', () => {
  let database: Database;
  let smtp: TestSmtp;
  let refusal: number | undefined;
  let close: () => Promise<void>;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());
  beforeEach(async () => {
    refusal = undefined;
    smtp = await startSmtp({ recipient: () => refusal });
  });
  afterEach(async () => {
    await close();
    await smtp.close();
  });

  async function setup(email: string) {
    const clock = { now: NOW };
    const opened = await optInServer(database, {
      mailer: createMailer(smtp.url),
      now: () => clock.now,
    });
    const { server, ask, askHost } = opened;
    close = () => server.close();
    const may = async () => {
      const { topic, channel } = NEWSLETTER;
      const response = await askHost('/may-send', { contact: email, topic, channel });
      return (await response.json()) as { send: boolean; reason: string };
    };
    const submit = () =>
      ask('POST', '/subscriptions', testOptIn([NEWSLETTER], { contacts: { email } }));
    const confirmLink = () => {
      const { text, html } = smtp.mails.at(-1)!.parsed;
      const [link] = /https:\/\/shop\.example\S+/.exec(text!)!;
      assert.ok((html as string).includes(`href="${link}"`));
      return link.replace('https://shop.example', '');
    };
    const pass = (hours: number) => (clock.now = new Date(NOW.getTime() + hours * 3_600_000));
    return { server, ask, may, submit, confirmLink, pass };
  }

  it('takes a link that came by mail, a page that changes nothing, and a POST (001-22)', async () => {
    const { server, ask, may, submit, confirmLink } = await setup('camille@example.org');
    assert.equal((await submit()).status, 202);
    await server.jobs.idle();
    assert.deepEqual(
      smtp.mails.map(({ to }) => to),
      [['camille@example.org']],
    );
    assert.doesNotMatch(smtp.mails[0]!.parsed.subject!, /camille|example/);
    const link = confirmLink();
    for (let scanner = 0; scanner < 3; scanner += 1) {
      const page = await ask('GET', link);
      assert.equal(page.status, 200);
    }
    assert.equal((await may()).reason, 'pending');
    const confirmed = await ask('POST', '/subscriptions/confirm', { token: tokenOf(link) });
    assert.equal(confirmed.status, 200);
    assert.equal((await may()).send, true);
  });

  it('sends nothing for an opt-in that a withdrawal has overtaken (001-24)', async () => {
    const { server, ask, submit, pass, confirmLink } = await setup('dominique@example.org');
    await submit();
    await server.jobs.idle();
    await ask('POST', '/subscriptions/confirm', { token: tokenOf(confirmLink()) });
    refusal = 450;
    await submit();
    await server.jobs.idle();
    assert.equal(smtp.mails.length, 1, 'it waits to be tried again');
    await server.subscriptions.withdraw({
      site: 'default',
      who: { contact: 'dominique@example.org' },
      how: 'staff',
    });
    refusal = undefined;
    pass(1);
    await server.jobs.idle();
    assert.equal(smtp.mails.length, 1);
    assert.deepEqual(await database.sql.selectFrom('job').select('id').execute(), []);
  });
});
