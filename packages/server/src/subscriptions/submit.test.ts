import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import { PlacetError, type Choosable, type ErrorCode, type OptIn } from '@placet/contract';
import type { Database } from '../database/database.js';
import { describeOnBoth } from '../testing/both.js';
import { NOW } from '../testing/register.js';
import {
  FROM_FORM,
  FROM_HOST,
  NEWSLETTER,
  OFFERS,
  SMS,
  later,
  testGround,
  testNotice,
  testOptIn,
  testSubscriptions,
} from '../testing/subscriptions.js';

const rejects = (promise: Promise<unknown>, code: ErrorCode) =>
  assert.rejects(promise, (error: unknown) => error instanceof PlacetError && error.code === code);

describeOnBoth('an opt-in that comes in', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());

  const setup = async () => {
    const email = `${randomUUID().slice(0, 8)}@example.org`;
    const subscriptions = await testSubscriptions(database);
    const mine = (granted: readonly Choosable[] = [NEWSLETTER], changed: Partial<OptIn> = {}) =>
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

  it('is kept with both times, notice, gesture and choices, and tells nobody’s address (001-31, 001-32, G-02)', async () => {
    const { service, register, email, mine } = await setup();
    const optIn = mine();
    await service.submit(optIn, { ...FROM_FORM, address: '203.0.113.9' });
    const known = await register.optIn('default', { id: optIn.id });
    const { leaf, body, about } = known!;
    assert.deepEqual(
      [leaf.act, leaf.how, leaf.at, leaf.receivedAt, leaf.skew, leaf.basis, leaf.language],
      ['asked', 'form', optIn.at, NOW.toISOString(), -2, 'consent', 'en'],
    );
    assert.deepEqual(leaf.notice, { version: '2026-11', hash: testNotice().hash });
    assert.deepEqual(leaf.gesture, { control: 'submit', trusted: true });
    assert.deepEqual(leaf.choices, optIn.choices);
    assert.deepEqual(leaf.controllers, { default: 'Maison Tilleul' });
    assert.equal(leaf.origin, 'https://maison-tilleul.example');
    for (const secret of [email, optIn.id, '/lettre', '203.0']) assert.ok(!body.includes(secret));
    assert.equal(about.about['email'], email);
    assert.equal(about.page, optIn.page);
    assert.equal(about.address, undefined, 'only if configured');
  });

  it('keeps nothing when nothing is ticked: the booking goes on (001-25, DP-31)', async () => {
    const { service, mine } = await setup();
    const before = [await count('record'), await count('contact')];
    const { confirm, missing } = await service.submit(mine([]), FROM_FORM);
    assert.deepEqual([confirm, missing], [[], []]);
    assert.deepEqual([await count('record'), await count('contact')], before);
  });

  it('takes what can be reached and tells what is missing, of which it keeps nothing', async () => {
    const { service, register, mine } = await setup();
    const optIn = mine([NEWSLETTER, SMS]);
    const { confirm, missing } = await service.submit(optIn, FROM_FORM);
    assert.deepEqual([confirm, missing], [['email'], ['phone']]);
    const { leaf } = (await register.optIn('default', { id: optIn.id }))!;
    assert.ok(!leaf.choices.some(({ channel, granted }) => channel === 'sms' && granted));
  });

  it('takes consent only with a gesture that the browser vouches for, or by a plain form', async () => {
    const { service, mine } = await setup();
    const gesture = { control: 'submit', trusted: false };
    await rejects(service.submit(mine(undefined, { gesture }), FROM_FORM), 'consent/no-gesture');
    await rejects(service.submit(mine(undefined, { gesture }), FROM_HOST), 'consent/no-gesture');
    await service.submit(mine(undefined, { gesture }), { how: 'plain-form', isHost: false });
  });

  it('refuses what the site does not offer, and what the notice did not ask for (002-26)', async () => {
    const { service, mine } = await setup();
    const other = (changed: Partial<Choosable>) => [{ ...NEWSLETTER, ...changed, granted: true }];
    for (const changed of [{ topic: 'lottery' }, { controller: 'partner' }])
      await rejects(
        service.submit(mine([], { choices: other(changed) }), FROM_FORM),
        'opt-in/unknown-choice',
      );
    const notice = testNotice();
    const text = notice.text.replace(/^box\toffers\/sms.*\n/m, '');
    await rejects(
      service.submit(mine([NEWSLETTER], { notice: { version: '2026-11', text } }), FROM_FORM),
      'opt-in/unknown-choice',
    );
  });

  it('refuses a text without its hash, a hash without its text, and stores neither', async () => {
    const { service, mine } = await setup();
    const before = await count('notice');
    const { hash, text } = testNotice();
    const version = '2026-11';
    const word = text.replace('newsletter', 'letters');
    await rejects(
      service.submit(mine(undefined, { notice: { version, hash, text: word } }), FROM_FORM),
      'notice/mismatch',
    );
    const unknown = 'ab'.repeat(32);
    await rejects(
      service.submit(mine(undefined, { notice: { version, hash: unknown } }), FROM_FORM),
      'notice/unknown',
    );
    assert.equal(await count('notice'), before);
  });

  it('knows the notices of its own forms by their hash (001-32)', async () => {
    const { service, mine } = await setup();
    const { version, hash, text } = testNotice({ basis: 'b2b' });
    const other = { ...testGround('b2b'), notice: { version, hash } };
    await service.submit(mine([OFFERS], other), FROM_HOST);
    const stored = await database.sql
      .selectFrom('notice')
      .select(['text', 'source'])
      .where('hash', '=', Buffer.from(hash, 'hex'))
      .executeTakeFirst();
    assert.deepEqual(stored, { text, source: 'server' });
  });

  it('refuses what cannot be an address, and takes people’s ways of writing one as the same', async () => {
    const { service, sent, mine } = await setup();
    for (const email of ['x', 'x@', 'x@y', 'a b@example.org', 'x@1.2.3.4', '.x@example.org'])
      await rejects(
        service.submit(mine([NEWSLETTER], { contacts: { email } }), FROM_FORM),
        'contact/invalid',
      );
    for (const phone of ['12', '+3361234', 'sixteen', '+33612345678 ext. 5'])
      await rejects(
        service.submit(mine([SMS], { contacts: { phone } }), FROM_FORM),
        'contact/invalid',
      );
    const id = randomUUID().slice(0, 6);
    for (const email of [`Zoé.${id}@exämple.org`, ` zoe.${id}@EXÄMPLE.org `].map((each) =>
      each.replace('Zoé', 'ZOE'),
    ))
      await service.submit(mine([NEWSLETTER], { contacts: { email } }), FROM_FORM);
    assert.equal(new Set(sent.confirmations.map(({ contact }) => contact)).size, 1);
    const phones = ['06 87 65 43 21', '+33 6 87 65 43 21', '0033687654321'];
    for (const phone of phones)
      await service.submit(mine([SMS], { contacts: { phone } }), FROM_FORM);
    const numbers = sent.confirmations.filter(({ kind }) => kind === 'phone');
    assert.equal(new Set(numbers.map(({ contact }) => contact)).size, 1);
  });

  it('floods nobody’s mailbox: three messages an hour, ten a day, the answer stays the same', async () => {
    const { service, sent, mine, clock } = await setup();
    const answers = new Set<string>();
    const ask = async (times: number) => {
      for (let asked = 0; asked < times; asked += 1)
        answers.add(JSON.stringify((await service.submit(mine(), FROM_FORM)).confirm));
      return sent.confirmations.length;
    };
    assert.equal(await ask(5), 3);
    for (const [hour, total] of [6, 9, 10, 10].entries()) {
      clock.now = later((hour + 1) * 61);
      assert.equal(await ask(4), total);
    }
    clock.now = later(26 * 60);
    assert.equal(await ask(1), 11);
    assert.equal(answers.size, 1);
  });

  it('counts by the parent’s mailbox, too', async () => {
    const { service, sent, mine } = await setup();
    const guardian = { email: `${randomUUID().slice(0, 8)}@parents.example` };
    for (let child = 0; child < 5; child += 1) {
      const contacts = { email: `${randomUUID()}@example.org` };
      await service.submit(mine([NEWSLETTER], { contacts, guardian }), FROM_FORM);
    }
    assert.equal(sent.confirmations.length, 3);
  });

  it('counts those that come at the same moment (E-04)', async () => {
    const { service, sent, mine } = await setup();
    const guardian = { email: `${randomUUID().slice(0, 8)}@parents.example` };
    const children = Array.from({ length: 20 }, () => ({ email: `${randomUUID()}@example.org` }));
    await Promise.all(
      children.map((contacts) =>
        service.submit(mine([NEWSLETTER], { contacts, guardian }), FROM_FORM),
      ),
    );
    assert.equal(sent.confirmations.length, 3);
  });

  it('lets a parent who was written to twice agree, and confirm nobody’s address (GDPR art. 8, E-04)', async () => {
    const { service, issued, mine, may, email } = await setup();
    const guardian = { email: `${randomUUID().slice(0, 8)}@parents.example` };
    await service.submit(mine([NEWSLETTER], { guardian }), FROM_FORM);
    const [first, second] = [await issued(), await issued()];
    await service.confirm({ token: first!.token! });
    await rejects(service.confirm({ token: second!.token! }), 'token/unknown');
    assert.equal(await may(NEWSLETTER, email), 'pending');
  });

  it('asks the parent first, then each contact itself; the child’s address goes if nobody agrees (GDPR art. 8)', async () => {
    const { service, sent, issued, may, mine, email, clock } = await setup();
    const guardian = { email: 'parent@example.org' };
    const phone = '+33698765432';
    await rejects(
      service.submit(mine([NEWSLETTER], { guardian: { email } }), FROM_FORM),
      'contact/invalid',
    );
    const optIn = mine([NEWSLETTER, SMS], { contacts: { email, phone }, guardian });
    assert.deepEqual((await service.submit(optIn, FROM_FORM)).confirm, ['email']);
    assert.equal(sent.confirmations.length, 1);
    const message = await issued();
    assert.deepEqual([message!.address, message!.isGuardian], [guardian.email, true]);
    assert.equal(message!.choices.length, 2);
    const agreed = await service.confirm({ token: message!.token! });
    assert.deepEqual(agreed, { choices: [], confirm: agreed.confirm });
    assert.deepEqual([...agreed.confirm!].sort(), ['email', 'phone']);
    // A parent cannot vouch for somebody's address.
    assert.deepEqual([await may(NEWSLETTER, email), await may(SMS, phone)], ['pending', 'pending']);
    const own = sent.confirmations.slice(1);
    assert.equal(own.length, 2);
    for (const { site, record, contact } of own) {
      const next = await service.issue(site, record, contact);
      assert.deepEqual([next!.isGuardian, next!.code], [false, undefined]);
      assert.ok((await service.confirm({ token: next!.token! })).access);
    }
    assert.deepEqual([await may(NEWSLETTER, email), await may(SMS, phone)], [true, true]);

    const child = { email: `${randomUUID()}@example.org` };
    await service.submit(mine([NEWSLETTER], { contacts: child, guardian }), FROM_FORM);
    const before = await count('contact');
    clock.now = later(7 * 24 * 60);
    assert.ok((await service.forgetExpired()) >= 1);
    assert.ok((await count('contact')) < before);
    assert.equal(await issued(), undefined);
  });

  it('takes a sale’s basis from the host alone, with the sale, for no calls, and at once (002-23, E-05, E-08)', async () => {
    const { service, register, sent, may, mine, email } = await setup();
    const sale = testGround('soft-opt-in');
    await rejects(service.submit(mine([NEWSLETTER], sale), FROM_FORM), 'request/unauthorized');
    const call = [{ ...NEWSLETTER, channel: 'phone' as const, granted: true }];
    await rejects(
      service.submit(mine([], { ...sale, choices: call }), FROM_HOST),
      'request/invalid',
    );
    const optIn = mine([NEWSLETTER], sale);
    const { confirm } = await service.submit(optIn, FROM_HOST);
    assert.deepEqual([confirm, sent.confirmations], [[], []]);
    assert.equal(await may(NEWSLETTER, email), true);
    assert.equal(await may(OFFERS, email), 'suppressed', 'objected');
    const { leaf, about } = (await register.optIn('default', { id: optIn.id }))!;
    assert.deepEqual(leaf.conditions, sale.conditions);
    const { id, at } = sale.sale!;
    assert.deepEqual([about.about['sale'], about.about['saleAt']], [id, at]);
    await service.withdraw({ site: 'default', who: { contact: email }, how: 'staff' });
    await service.submit(mine([NEWSLETTER], sale), FROM_HOST);
    assert.equal(await may(NEWSLETTER, email), 'withdrawn', 'a sale brings nobody back');
  });

  it('refuses a sale or a profession of which the host does not state all, and says what is missing (002-22, 002-23, E-05)', async () => {
    const { service, register, may, mine, email } = await setup();
    const [sale, b2b] = [testGround('soft-opt-in'), testGround('b2b')];
    const cases: [Partial<OptIn>, RegExp][] = [
      [{ basis: 'soft-opt-in', conditions: sale.conditions! }, /`sale`/],
      [{ ...sale, sale: { id: 'order-17' } }, /`at`/],
      [{ basis: 'soft-opt-in', sale: sale.sale! }, /similar-products/],
      [{ ...sale, conditions: b2b.conditions! }, /same-controller/],
      ...sale.conditions!.map((left): [Partial<OptIn>, RegExp] => [
        { ...sale, conditions: sale.conditions!.filter((each) => each !== left) },
        new RegExp(`missing: ${left}`),
      ]),
      [{ basis: 'b2b', conditions: b2b.conditions! }, /`profession`/],
      [{ ...b2b, conditions: ['objection-offered'] }, /role-related/],
      [{ ...b2b, conditions: ['role-related'] }, /objection-offered/],
    ];
    for (const [changed, reason] of cases)
      await assert.rejects(
        service.submit(mine([NEWSLETTER], changed), FROM_HOST),
        (error: PlacetError) => error.code === 'request/invalid' && reason.test(error.message),
      );
    assert.equal(await may(NEWSLETTER, email), 'no-consent');
    const optIn = mine([NEWSLETTER], b2b);
    await service.submit(optIn, FROM_HOST);
    const { leaf, body, about } = (await register.optIn('default', { id: optIn.id }))!;
    assert.deepEqual(leaf.conditions, b2b.conditions);
    const { role, source } = b2b.profession!;
    assert.deepEqual([about.about['role'], about.about['source']], [role, source]);
    assert.ok(!body.includes(role), 'what somebody does can be destroyed');
  });

  it('takes an objection as the end of what held (002-22)', async () => {
    const { service, subscribe, may, mine, email } = await setup();
    await subscribe(mine([NEWSLETTER, OFFERS]));
    await service.submit(mine([NEWSLETTER], testGround('b2b')), FROM_HOST);
    assert.equal(await may(NEWSLETTER, email), true);
    assert.equal(await may(OFFERS, email), 'withdrawn');
  });

  it('hears an objection of which the host states nothing: what is not sent needs no ground (001-38, 002-22, E-05)', async () => {
    const { service, register, sent, subscribe, may, mine, email } = await setup();
    const mails = [NEWSLETTER, OFFERS].map((choice) => ({ ...choice, granted: false }));
    for (const basis of ['b2b', 'soft-opt-in'] as const) {
      await subscribe(mine([NEWSLETTER, OFFERS]));
      assert.equal(await may(NEWSLETTER, email), true);
      const calls = { ...NEWSLETTER, channel: 'phone' as const, granted: false };
      const optIn = mine([], { basis, choices: [...mails, calls] });
      await service.submit(optIn, FROM_HOST);
      assert.deepEqual(
        [await may(NEWSLETTER, email), await may(OFFERS, email)],
        ['withdrawn', 'withdrawn'],
      );
      assert.equal(sent.news.at(-1)!.type, 'subscription.withdrawn');
      assert.equal((await register.optIn('default', { id: optIn.id }))!.leaf.choices.length, 3);
    }
  });

  it('hears an objection beside something that lacks its ground, once, and still takes the whole when all is stated (001-38, 002-22)', async () => {
    const { service, subscribe, may, mine, email } = await setup();
    await subscribe(mine([OFFERS]));
    const { conditions, ...b2b } = testGround('b2b');
    const { version, hash } = testNotice({ basis: 'b2b' });
    const optIn = mine([NEWSLETTER], { ...b2b, notice: { version, hash } });
    await rejects(service.submit(optIn, FROM_HOST), 'request/invalid');
    assert.deepEqual(
      [await may(NEWSLETTER, email), await may(OFFERS, email)],
      ['no-consent', 'withdrawn'],
    );
    const records = await count('record');
    await rejects(service.submit(optIn, FROM_HOST), 'request/invalid');
    assert.equal(await count('record'), records, 'again: nothing changes');
    await service.submit({ ...optIn, conditions: conditions! }, FROM_HOST);
    assert.deepEqual([await may(NEWSLETTER, email), await may(OFFERS, email)], [true, 'withdrawn']);
  });

  it('answers whoever is known as whoever is not, and sends a message all the same', async () => {
    const { service, sent, subscribe, mine } = await setup();
    await subscribe(mine());
    const known = await service.submit(mine(), FROM_FORM);
    const stranger = await service.submit(
      mine([NEWSLETTER], { contacts: { email: `${randomUUID()}@example.org` } }),
      FROM_FORM,
    );
    assert.deepEqual({ ...known, id: '' }, { ...stranger, id: '' });
    assert.equal(sent.confirmations.length, 3);
  });
});
