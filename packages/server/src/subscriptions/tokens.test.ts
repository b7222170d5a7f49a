import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import { PlacetError, type Choosable, type ErrorCode } from '@placet/contract';
import type { Database } from '../database/database.js';
import { describeOnBoth } from '../testing/both.js';
import {
  FROM_FORM,
  NEWSLETTER,
  OFFERS,
  SMS,
  later,
  testChange,
  testOptIn,
  testSubscriptions,
} from '../testing/subscriptions.js';

const rejects = (promise: Promise<unknown>, code: ErrorCode) =>
  assert.rejects(promise, (error: unknown) => error instanceof PlacetError && error.code === code);

describeOnBoth('links and codes', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());

  const setup = async (granted: readonly Choosable[] = [NEWSLETTER]) => {
    const email = `${randomUUID().slice(0, 8)}@example.org`;
    const phone = `+3369${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;
    const subscriptions = await testSubscriptions(database);
    const optIn = testOptIn(granted, { contacts: { email, phone } });
    return { ...subscriptions, email, phone, optIn };
  };

  it('confirm nothing when they are guessed, altered, expired, used or overtaken: which, nobody is told', async () => {
    const { service, issued, optIn, clock, email, may } = await setup();
    await service.submit(optIn, FROM_FORM);
    const { token } = (await issued())!;
    const wrong = ['', 'x', token!.slice(1), `${token}A`, 'A'.repeat(43), token!.toLowerCase()];
    for (const each of wrong) await rejects(service.confirm({ token: each }), 'token/unknown');
    clock.now = later(7 * 24 * 60);
    await rejects(service.confirm({ token: token! }), 'token/unknown');
    clock.now = later(1);
    await service.withdraw({ site: 'default', who: { contact: email }, how: 'staff' });
    await rejects(service.confirm({ token: token! }), 'token/unknown');
    assert.equal(await service.pending(token!), undefined);
    assert.equal(await issued(), undefined, 'and no message is sent any more');
    assert.notEqual(await may(NEWSLETTER, email), true);
  });

  it('are not in the database: only their hashes', async () => {
    const { service, issued, optIn } = await setup([NEWSLETTER, SMS]);
    await service.submit(optIn, FROM_FORM);
    const { token } = (await issued({ kind: 'email' }))!;
    const { code } = (await issued({ kind: 'phone' }))!;
    const rows = [
      ...(await database.sql.selectFrom('token').selectAll().execute()),
      ...(await database.sql.selectFrom('pending_opt_in').selectAll().execute()),
    ];
    const bytes = rows.flatMap((row) =>
      Object.values(row).map((value) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value),
      ),
    );
    for (const secret of [token!, Buffer.from(token!, 'base64url').toString('latin1'), code!])
      assert.ok(!bytes.some((each) => each === secret || each.includes(secret)), secret);
  });

  it('of SMS last ten minutes and five attempts, however many come at once', async () => {
    const { service, issued, optIn, clock, may, phone } = await setup([SMS]);
    await service.submit(optIn, FROM_FORM);
    const { code } = (await issued())!;
    const other = code === '000000' ? '000001' : '000000';
    const { id } = optIn;
    clock.now = later(11);
    await rejects(service.confirm({ id, code: code! }), 'token/unknown');
    clock.now = later(0);
    const guesses = Array.from({ length: 20 }, () => service.confirm({ id, code: other }));
    for (const each of await Promise.allSettled(guesses)) assert.equal(each.status, 'rejected');
    await rejects(service.confirm({ id, code: code! }), 'token/unknown');
    assert.equal(await may(SMS, phone), 'pending');
    const fresh = await issued();
    await service.confirm({ id, code: fresh!.code! });
    assert.equal(await may(SMS, phone), true);
    await rejects(service.confirm({ id, code: fresh!.code! }), 'token/unknown');
  });

  it('answer for ids that nobody gave as for those that somebody did', async () => {
    const { service, issued, optIn } = await setup([SMS]);
    await service.submit(optIn, FROM_FORM);
    const { code } = (await issued())!;
    await rejects(service.confirm({ id: randomUUID(), code: code! }), 'token/unknown');
    await rejects(service.confirm({ id: optIn.id, code: 'x' }), 'token/unknown');
  });

  it('cannot be swapped between people, purposes and sites', async () => {
    const one = await setup();
    const two = await setup();
    const { access: mine } = await one.subscribe(one.optIn);
    const { access: yours } = await two.subscribe(two.optIn);
    const { service } = one;
    const [payload, signature] = mine.split('.');
    const [other, sign] = yours.split('.');
    const contact = (await database.sql.selectFrom('contact').select('id').execute())[0]!.id;
    const { unsubscribe } = service.linksFor('default', contact, NEWSLETTER);
    const forged = [
      `${payload}.${sign}`,
      `${other}.${signature}`,
      `${mine}.`,
      `${mine}A`,
      mine.slice(0, -1),
      unsubscribe,
      '',
    ];
    for (const token of forged) {
      await rejects(service.read('default', { token }), 'token/unknown');
      await rejects(service.update('default', { token }, testChange()), 'token/unknown');
    }
    await rejects(service.confirm({ token: mine }), 'token/unknown');
    // What opens the preference centre is no unsubscribe link, and the other way round.
    const who = { token: mine };
    await service.withdraw({ site: 'default', who, how: 'one-click' });
    assert.equal(await one.may(NEWSLETTER, one.email), true);
    await service.withdraw({ site: 'default', who: { token: unsubscribe }, how: 'preferences' });
    assert.equal(await two.may(NEWSLETTER, two.email), true);
    const read = await service.read('default', who);
    assert.match(read.contacts[0]!.shown, new RegExp(`^${one.email.slice(0, 1)}`));
  });

  it('open the preference centre for a month, and unsubscribe for ever (001-35)', async () => {
    const { service, subscribe, optIn, clock, may, email, sent } = await setup();
    const { access } = await subscribe(optIn);
    const { contact } = sent.confirmations[0]!;
    const { unsubscribe, manage } = service.linksFor('default', contact, OFFERS);
    assert.deepEqual(await service.look(unsubscribe), {
      site: 'default',
      language: 'en',
      topic: 'offers',
    });
    assert.ok(!Buffer.from(manage, 'base64url').toString('latin1').includes('example.org'));
    clock.now = later(31 * 24 * 60);
    await rejects(service.read('default', { token: access }), 'token/unknown');
    assert.equal((await service.look(access))?.site, 'default');
    clock.now = later(4000 * 24 * 60);
    await service.withdraw({ site: 'default', who: { token: unsubscribe }, how: 'one-click' });
    assert.equal(await may(NEWSLETTER, email), 'withdrawn', 'everything by default (002-35)');
    await service.erase('default', email);
    assert.equal(await service.look(unsubscribe), undefined);
    await service.withdraw({ site: 'default', who: { token: unsubscribe }, how: 'one-click' });
  });
});
