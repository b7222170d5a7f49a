import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import type { ErrorCode } from '@placet/contract';
import type { Database } from '../database/database.js';
import { describeOnBoth } from '../testing/both.js';
import {
  FROM_FORM,
  NEWSLETTER,
  OFFERS,
  SMS,
  testNotice,
  testOptIn,
  testSubscriptions,
} from '../testing/subscriptions.js';
import { NOW } from '../testing/register.js';

const rejects = (promise: Promise<unknown>, code: ErrorCode) =>
  assert.rejects(promise, (error: { code?: string }) => error.code === code);

describeOnBoth('opting in', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());

  /** Each test has a person of its own. */
  const setup = async () => {
    const email = `${randomUUID().slice(0, 8)}@example.org`;
    const subscriptions = await testSubscriptions(database);
    const mine = (granted = [NEWSLETTER], changed: Parameters<typeof testOptIn>[1] = {}) =>
      testOptIn(granted, { contacts: { email }, ...changed });
    return { ...subscriptions, email, mine };
  };
  const count = async (table: 'record' | 'pending_opt_in' | 'contact' | 'notice') => {
    const row = await database.sql
      .selectFrom(table)
      .select((of) => of.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(row.count);
  };

  it('holds only once the link is confirmed, and says what holds (001-22, 001-29)', async () => {
    const { service, sent, issued, may, email, mine } = await setup();
    const optIn = mine([NEWSLETTER, OFFERS]);
    assert.deepEqual(await service.submit(optIn, FROM_FORM), {
      id: optIn.id,
      receivedAt: NOW.toISOString(),
      notice: { version: '2026-11', hash: testNotice().hash },
      confirm: ['email'],
      missing: [],
    });
    assert.equal(await may(NEWSLETTER, email), 'pending');
    assert.deepEqual(sent.news, []);
    const message = await issued();
    assert.equal(message!.address, email);
    assert.match(message!.token!, /^[\w-]{43}$/);
    const { choices } = await service.confirm({ token: message!.token! });
    assert.deepEqual(
      choices.map(({ topic, channel }) => `${topic}/${channel}`),
      ['newsletter/email', 'offers/email'],
    );
    assert.equal(await may(NEWSLETTER, email), true);
    assert.equal(await may({ ...NEWSLETTER, channel: 'sms' }, '+33612345678'), 'no-consent');
    assert.deepEqual(
      sent.news.map(({ type, contact }) => [type, contact]),
      [['subscription.granted', { email }]],
    );
  });

  it('confirms once, whoever looks first: a scanner that opens the link changes nothing', async () => {
    const { service, issued, may, email, mine } = await setup();
    await service.submit(mine(), FROM_FORM);
    const { token } = (await issued())!;
    for (let looked = 0; looked < 3; looked += 1)
      assert.equal((await service.pending(token!))?.isGuardian, false);
    assert.equal(await may(NEWSLETTER, email), 'pending');
    const all = await Promise.allSettled(
      Array.from({ length: 5 }, () => service.confirm({ token: token! })),
    );
    assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1);
    await rejects(service.confirm({ token: token! }), 'token/unknown');
    assert.equal(await service.pending(token!), undefined);
    assert.equal(await may(NEWSLETTER, email), true);
  });

  it('answers the same opt-in the same, stores nothing more and sends nothing more', async () => {
    const { service, sent, mine, clock } = await setup();
    const optIn = mine();
    const first = await service.submit(optIn, FROM_FORM);
    const records = await count('record');
    clock.now = new Date(NOW.getTime() + 5000);
    const { hash } = testNotice();
    const again = { ...optIn, notice: { version: '2026-11', hash } };
    const answers = await Promise.all([1, 2, 3].map(() => service.submit(again, FROM_FORM)));
    for (const answer of answers) assert.deepEqual(answer, first);
    assert.equal(await count('record'), records);
    assert.equal(sent.confirmations.length, 1);
    await rejects(
      service.submit({ ...optIn, contacts: { email: 'other@example.org' } }, FROM_FORM),
      'opt-in/conflict',
    );
  });

  it('stores one of many that come at once', async () => {
    const { service, mine } = await setup();
    const optIn = mine();
    const records = await count('record');
    const all = await Promise.all(
      Array.from({ length: 8 }, () => service.submit(optIn, FROM_FORM)),
    );
    assert.equal(new Set(all.map((each) => JSON.stringify(each))).size, 1);
    assert.equal(await count('record'), records + 1);
  });

  it('confirms an e-mail address and a telephone number apart, and knows them as one person’s', async () => {
    const { service, sent, may, email } = await setup();
    const phone = '06 12 34 56 11';
    const optIn = testOptIn([NEWSLETTER, SMS], { contacts: { email, phone } });
    const { confirm } = await service.submit(optIn, FROM_FORM);
    assert.deepEqual(confirm, ['email', 'phone']);
    const [mail, sms] = await Promise.all(
      ['email', 'phone'].map(async (kind) => {
        const { site, record, contact } = sent.confirmations.find((each) => each.kind === kind)!;
        return service.issue(site, record, contact);
      }),
    );
    assert.equal(sms!.address, '+33612345611');
    assert.match(sms!.code!, /^\d{6}$/);
    await service.confirm({
      id: optIn.id,
      code: `${sms!.code!.slice(0, 3)} ${sms!.code!.slice(3)}`,
    });
    assert.equal(await may(SMS, phone), true);
    assert.equal(await may(NEWSLETTER, email), 'pending');
    const { access = '' } = await service.confirm({ token: mail!.token! });
    const { contacts, items } = await service.read('default', { token: access });
    assert.deepEqual(contacts.map(({ shown }) => shown).sort(), [
      '+33•••11',
      `${email.slice(0, 1)}•••@example.org`,
    ]);
    assert.equal(items.filter(({ status }) => status === 'active').length, 2);
    await service.withdraw({ site: 'default', who: { contact: phone }, how: 'sms-stop' });
    assert.equal(await may(NEWSLETTER, email), 'withdrawn');
  });
});
