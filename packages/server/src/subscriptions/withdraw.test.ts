import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import {
  PlacetError,
  verifyReceipt,
  type Choosable,
  type ErrorCode,
  type SubscriptionChange,
} from '@placet/contract';
import type { Database } from '../database/database.js';
import { describeOnBoth } from '../testing/both.js';
import {
  FROM_FORM,
  NEWSLETTER,
  OFFERS,
  SMS,
  later,
  testChange,
  testGround,
  testOptIn,
  testSubscriptions,
} from '../testing/subscriptions.js';
import type { ImportedContact } from './subscriptions.js';

const rejects = (promise: Promise<unknown>, code: ErrorCode) =>
  assert.rejects(promise, (error: unknown) => error instanceof PlacetError && error.code === code);
const site = 'default';

describeOnBoth('what ends, and what may be sent', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());

  const setup = async (granted: readonly Choosable[] = [NEWSLETTER, OFFERS, SMS]) => {
    const email = `${randomUUID().slice(0, 8)}@example.org`;
    const phone = `+3368${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;
    const subscriptions = await testSubscriptions(database);
    const optIn = testOptIn(granted, { contacts: { email, phone } });
    const { access } = await subscriptions.subscribe(optIn);
    return { ...subscriptions, email, phone, optIn, who: { token: access } };
  };
  const count = async (table: 'record' | 'contact' | 'notice') => {
    const row = await database.sql
      .selectFrom(table)
      .select((of) => of.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(row.count);
  };
  const imported = (changed: Partial<ImportedContact>): ImportedContact => ({
    site,
    contact: 'x@example.org',
    kind: 'email',
    language: 'en',
    choices: [{ ...NEWSLETTER, granted: true }],
    basis: 'consent',
    at: '2024-05-01T10:00:00.000Z',
    wording: 'I would like to get the newsletter.',
    source: 'paper',
    reference: 'binder 3',
    id: randomUUID(),
    ...changed,
  });

  it('ends everything of the person by one click, at once, and tells the tools (002-35, 001-37)', async () => {
    const { service, sent, may, email, phone } = await setup();
    const mail = sent.confirmations.find(({ kind }) => kind === 'email')!;
    const { unsubscribe } = service.linksFor(site, mail.contact, NEWSLETTER);
    const granted = sent.news.length;
    await service.withdraw({ site, who: { token: unsubscribe }, how: 'one-click' });
    assert.equal(await may(NEWSLETTER, email), 'withdrawn');
    assert.equal(await may(OFFERS, email), 'withdrawn');
    assert.equal(await may(SMS, phone), 'withdrawn');
    const news = sent.news.slice(granted);
    assert.deepEqual(
      news.map(({ type }) => type),
      Array(2).fill('subscription.withdrawn'),
    );
    assert.deepEqual(new Set(news.map(({ record }) => record)).size, 1);
    const records = await count('record');
    await service.withdraw({ site, who: { token: unsubscribe }, how: 'one-click' });
    assert.equal(await count('record'), records, 'again: nothing changes');
  });

  it('ends one list where one is named, and nothing else', async () => {
    const { service, may, email, phone } = await setup();
    const who = { contact: email };
    await service.withdraw({ site, who, how: 'unsubscribe', topic: 'offers' });
    assert.equal(await may(OFFERS, email), 'withdrawn');
    assert.equal(await may(NEWSLETTER, email), true);
    assert.equal(await may(SMS, phone), true);
    await service.withdraw({ site, who: { contact: phone }, how: 'sms-stop', channel: 'sms' });
    assert.equal(await may(SMS, phone), 'withdrawn');
    assert.equal(await may(NEWSLETTER, email), true);
  });

  it('keeps that a stranger is not to be written to, and not the address (001-38, 002-32)', async () => {
    const { service, may, register } = await setup();
    const stranger = `${randomUUID()}@example.org`;
    const contacts = await count('contact');
    const id = randomUUID();
    await service.withdraw({ site, who: { contact: stranger }, how: 'tool', id, by: 'mailer' });
    assert.equal(await count('contact'), contacts);
    assert.equal(await may(NEWSLETTER, stranger), 'suppressed');
    const { about, leaf } = (await register.optIn(site, { id }))!;
    assert.equal(about.about['by'], 'mailer');
    assert.ok(!JSON.stringify([about, leaf]).includes(stranger));
    const [outcome] = await service.importContacts([imported({ contact: stranger })]);
    assert.equal(outcome, 'suppressed');
    assert.equal(await count('contact'), contacts);
  });

  it('is told twice without harm: the same withdrawal undoes nothing said after it', async () => {
    const { service, subscribe, may, email, clock } = await setup();
    const id = randomUUID();
    const told = { site, who: { contact: email }, how: 'tool', id } as const;
    await service.withdraw(told);
    clock.now = later(5);
    await subscribe(testOptIn([NEWSLETTER], { contacts: { email } }));
    assert.equal(await may(NEWSLETTER, email), true, 'the person’s own new word');
    assert.equal(await may(OFFERS, email), 'withdrawn', 'of what was newly confirmed alone');
    await service.withdraw(told);
    assert.equal(await may(NEWSLETTER, email), true);
  });

  it('says yes only to what was said yes to, with the proof (001-22, 001-39)', async () => {
    const { service, email, sent } = await setup([NEWSLETTER]);
    const asked = { site, contact: email, ...NEWSLETTER };
    const { proof, ...answer } = await service.maySend(asked);
    const { contact } = sent.confirmations[0]!;
    assert.deepEqual(answer, {
      send: true,
      reason: 'consent',
      contact: { id: contact, language: 'en' },
    });
    const { history } = await service.read(site, { contacts: { email } });
    assert.equal(history.find(({ act }) => act === 'confirmed')?.record, proof);
    const other = await service.maySend({ ...asked, topic: 'offers' });
    assert.deepEqual([other.send, other.reason], [false, 'no-consent']);
    await rejects(service.maySend({ ...asked, contact: 'nobody' }), 'contact/invalid');
  });

  it('holds to the frequency chosen and to a pause, also when many send at once (002-27)', async () => {
    const { service, email, clock, may, who } = await setup([NEWSLETTER, OFFERS]);
    await service.update(site, who, testChange({ frequency: 'monthly' }));
    const asked = { site, contact: email, ...NEWSLETTER, sending: true };
    const answers = await Promise.all(Array.from({ length: 6 }, () => service.maySend(asked)));
    assert.equal(answers.filter(({ send }) => send).length, 1);
    assert.equal(await may(OFFERS, email), 'too-soon');
    clock.now = new Date('2026-12-22T11:59:59Z');
    assert.equal(await may(NEWSLETTER, email), 'too-soon');
    clock.now = new Date('2026-12-22T12:00:00Z');
    assert.equal(await may(NEWSLETTER, email), true);
    const token = service.linksFor(site, answers[0]!.contact!.id, {}).manage;
    const until = '2027-03-01T00:00:00.000Z';
    const paused = await service.update(site, { token }, testChange({ pausedUntil: until }));
    assert.equal(paused.pausedUntil, until);
    assert.equal(await may(NEWSLETTER, email), 'paused');
    const tooLong = testChange({ pausedUntil: '2028-03-01T00:00:00.000Z' });
    await rejects(service.update(site, { token }, tooLong), 'request/invalid');
    await service.update(site, { token }, testChange({ pausedUntil: null, frequency: null }));
    assert.equal(await may(NEWSLETTER, email), true);
  });

  it('changes in the preference centre what is said there, once (002-27, 002-33)', async () => {
    const { service, email, may, who, sent } = await setup([NEWSLETTER]);
    const news = sent.news.length;
    const change = testChange({
      choices: [
        { ...NEWSLETTER, granted: false },
        { ...OFFERS, granted: true },
      ],
    });
    const shown = await service.update(site, who, change);
    assert.deepEqual(await service.update(site, who, change), shown);
    assert.equal(sent.news.length, news + 2);
    assert.deepEqual([await may(NEWSLETTER, email), await may(OFFERS, email)], ['withdrawn', true]);
    assert.deepEqual(
      shown.items.map(({ topic, status }) => [topic, status]),
      [
        ['newsletter', 'withdrawn'],
        ['offers', 'active'],
      ],
    );
    assert.deepEqual(
      shown.history.map(({ act }) => act),
      ['changed', 'confirmed', 'asked'],
    );
    const gesture = { control: 'save', trusted: false };
    const again = { choices: [{ ...NEWSLETTER, granted: true }], gesture };
    await rejects(service.update(site, who, testChange(again)), 'consent/no-gesture');
    const none = { version: '2026-11', hash: 'cd'.repeat(32) };
    const stop = { choices: [{ ...OFFERS, granted: false }], gesture, notice: none };
    await service.update(site, who, testChange(stop));
    assert.equal(await may(OFFERS, email), 'withdrawn', 'nothing holds a withdrawal up');
  });

  it('ends what a change refuses, whatever else in it may not be (001-38)', async () => {
    const stranger = { ...NEWSLETTER, topic: 'lottery', granted: true };
    const none = { version: '2026-11', hash: 'cd'.repeat(32) };
    const granted = { ...OFFERS, granted: true };
    const wrong: Partial<SubscriptionChange>[] = [
      { choices: [stranger] },
      { choices: [granted], gesture: { control: 'save', trusted: false } },
      { choices: [granted], notice: none },
      { pausedUntil: '2028-03-01T00:00:00.000Z' },
    ];
    for (const { choices = [], ...changed } of wrong) {
      const { service, email, may, who } = await setup([NEWSLETTER, OFFERS]);
      await service.update(site, who, testChange({ choices: [{ ...OFFERS, granted: false }] }));
      const stop = [{ ...NEWSLETTER, granted: false }, ...choices];
      const shown = await service.update(site, who, testChange({ ...changed, choices: stop }));
      assert.deepEqual(
        [await may(NEWSLETTER, email), await may(OFFERS, email), shown.pausedUntil],
        ['withdrawn', 'withdrawn', undefined],
      );
      assert.deepEqual(shown.history[0]!.choices, [{ ...NEWSLETTER, granted: false }]);
    }
  });

  it('writes nothing and tells nobody where a refusal ends nothing, and answers as ever (002-33)', async () => {
    const { service, who, sent, email } = await setup([NEWSLETTER]);
    const refuse = (...refused: Choosable[]) =>
      service.update(
        site,
        who,
        testChange({
          choices: refused.map((choice) => ({ ...choice, granted: false })),
          notice: { version: '2026-11', text: `another text ${randomUUID()}` },
        }),
      );
    const counted = async () => [await count('record'), await count('notice'), sent.news.length];
    // Said for the first time, it is news: nobody may send it from now on.
    const first = await counted();
    const shown = await refuse(NEWSLETTER, OFFERS);
    const before = await counted();
    assert.deepEqual(before, [first[0]! + 1, first[1]! + 1, first[2]! + 1]);
    for (let times = 0; times < 5; times += 1) {
      assert.deepEqual(await refuse(NEWSLETTER, OFFERS), shown);
      assert.deepEqual(await refuse(OFFERS, SMS), shown);
      assert.deepEqual(await service.update(site, who, testChange()), shown);
    }
    assert.deepEqual(await counted(), before);
    // What waits to be confirmed ends by it.
    await service.submit(testOptIn([OFFERS], { contacts: { email } }), FROM_FORM);
    const asked = await counted();
    await refuse(OFFERS);
    assert.deepEqual(await counted(), [asked[0]! + 1, asked[1]! + 1, asked[2]! + 1]);
    assert.equal(
      await service.issue(
        site,
        sent.confirmations.at(-1)!.record,
        sent.confirmations.at(-1)!.contact,
      ),
      undefined,
    );
  });

  it('shows whoever the host’s session knows everything that is theirs, also if that is nothing', async () => {
    const { service, email, phone } = await setup([NEWSLETTER, SMS]);
    const { contacts } = await service.read(site, { contacts: { email } });
    assert.equal(contacts.length, 2, 'of the same person');
    assert.ok(!JSON.stringify(contacts).includes(phone));
    const nobody = await service.read(site, { contacts: { email: `${randomUUID()}@x.example` } });
    assert.ok(nobody.items.every(({ status }) => status === 'none'));
    await rejects(service.read(site, { contacts: {} }), 'token/unknown');
  });

  it('sends a link to whom it knows, and tells nobody whether it does', async () => {
    const { service, sent, email } = await setup([NEWSLETTER]);
    await service.sendLink(site, { email: `${randomUUID()}@example.org` });
    await service.sendLink(site, { email: 'nonsense' });
    assert.equal(sent.links.length, 0);
    await service.sendLink(site, { email: email.toUpperCase() });
    const { contact } = sent.links[0]!;
    const link = await service.issueLink(site, contact);
    assert.equal(link!.address, email);
    assert.equal((await service.read(site, { token: link!.token })).contacts.length, 1);
    for (let asked = 0; asked < 5; asked += 1) await service.sendLink(site, { email });
    assert.equal(sent.links.length, 2, 'with the one that confirmed: three an hour');
  });

  it('gives the person a signed copy of each entry that is theirs, with its place in the log (001-34)', async () => {
    const { service, register, who, keys, email } = await setup([NEWSLETTER]);
    const other = await setup([NEWSLETTER]);
    const { history } = await service.read(site, who);
    await register.close();
    for (const { record, act } of history) {
      const signed = await service.receipt(site, who, record);
      assert.match(signed.jws!, /^[\w-]+\.[\w-]+\.[\w-]+$/);
      const verdict = await verifyReceipt(signed, { keys: [keys.signing.jwk] });
      const unchecked = verdict.checks.filter(({ ok }) => ok !== true).map(({ name }) => name);
      assert.deepEqual(unchecked, ['evidence']);
      // A link may have been forwarded with its message; who is signed in is told all.
      assert.ok(!JSON.stringify(signed).includes(email));
      const whole = await service.receipt(site, { contacts: { email } }, record);
      const { checks } = await verifyReceipt(whole, { keys: [keys.signing.jwk] });
      assert.ok(checks.every(({ ok }) => ok === true));
      const activity = signed.receipt['dpv:hasRecordOfActivity'] as Record<string, unknown>;
      assert.equal(activity['dct:identifier'], record);
      const event = activity['dpv:hasConsentStatus'] as Record<string, unknown>;
      assert.equal(event['placet:act'], act);
    }
    const theirs = (await other.service.read(site, other.who)).history[0]!.record;
    await rejects(service.receipt(site, who, theirs), 'receipt/unknown');
    await rejects(service.receipt(site, who, randomUUID()), 'receipt/unknown');
  });

  it('takes in contacts with their proof, each once, and no consent without (001-09, 002-28)', async () => {
    const { service, may, register, sent } = await setup();
    const [one, two, three] = [1, 2, 3].map(() => `${randomUUID()}@example.org`);
    const { conditions } = testGround('soft-opt-in');
    const sold = { basis: 'soft-opt-in', conditions: conditions! } as const;
    const rows = [
      imported({ contact: one! }),
      imported({ contact: two!, choices: [] }),
      imported({ contact: three!, ...sold, choices: [{ ...OFFERS, granted: true }] }),
      imported({ contact: one!.toUpperCase() }),
    ];
    const outcomes = ['granted', 'no-consent', 'granted', 'unchanged'];
    assert.deepEqual(await service.importContacts(rows), outcomes);
    assert.equal(await may(NEWSLETTER, one), true);
    assert.equal(await may(NEWSLETTER, two), 'no-consent');
    assert.equal(await may(OFFERS, three), true);
    const { leaf, about } = (await register.optIn(site, { id: rows[0]!.id }))!;
    assert.deepEqual([leaf.act, leaf.at], ['imported', '2024-05-01T10:00:00.000Z']);
    assert.equal(about.about['reference'], 'binder 3');
    assert.equal(sent.news.filter(({ contact }) => contact.email === one).length, 1);
    const again = ['unchanged', 'no-consent', 'unchanged', 'unchanged'];
    assert.deepEqual(await service.importContacts(rows), again);
    const call = [{ ...NEWSLETTER, channel: 'phone' as const, granted: true }];
    const sale = imported({ contact: '+33655555555', kind: 'phone', ...sold });
    assert.deepEqual(await service.importContacts([{ ...sale, choices: call }]), ['no-consent']);
  });

  it('forgets who it was on erasure, and still that they must not be written to (002-32, 002-33)', async () => {
    const { service, register, optIn, email, phone, may, subscribe } = await setup();
    assert.equal(await service.erase(site, phone), true);
    assert.equal(await service.erase(site, phone), false);
    assert.equal(await may(NEWSLETTER, email), 'suppressed');
    assert.equal(await may(SMS, phone), 'suppressed');
    assert.equal(await register.optIn(site, { id: optIn.id }), undefined);
    assert.deepEqual(await service.importContacts([imported({ contact: email })]), ['suppressed']);
    await service.submit(
      testOptIn([NEWSLETTER], {
        ...testGround('b2b'),
        contacts: { email, phone },
      }),
      { how: 'api', isHost: true },
    );
    assert.equal(await may(NEWSLETTER, email), 'suppressed');
    // Only the person takes it back, and only for what they newly confirm.
    await subscribe(testOptIn([NEWSLETTER], { contacts: { email } }));
    assert.equal(await may(NEWSLETTER, email), true);
    assert.equal(await may(OFFERS, email), 'suppressed');
  });

  it('blocks who was erased without being known here, when a file names them (002-32)', async () => {
    const { service, may } = await setup();
    const contact = `${randomUUID()}@example.org`;
    assert.equal(await service.erase(site, contact), false);
    assert.deepEqual(await service.importContacts([imported({ contact })]), ['suppressed']);
    assert.equal(await may(NEWSLETTER, contact), 'suppressed');
  });

  it('refuses the id of another withdrawal, so that nothing is acknowledged and not done (001-24, 001-39)', async () => {
    const [one, other] = [await setup(), await setup()];
    const { service } = one;
    const id = randomUUID();
    const about = { site, how: 'api', id } as const;
    for (let times = 0; times < 2; times += 1)
      await service.withdraw({ ...about, who: { contact: one.email } });
    assert.equal(await one.may(NEWSLETTER, one.email), 'withdrawn');
    for (const wrong of [
      { ...about, who: { contact: other.email } },
      { ...about, who: { contact: one.email }, topic: 'offers' },
      { ...about, who: { contact: other.email }, id: other.optIn.id },
    ])
      await rejects(service.withdraw(wrong), 'opt-in/conflict');
    assert.equal(await other.may(NEWSLETTER, other.email), true);
    // The same in the preference centre.
    const change = testChange({ choices: [{ ...OFFERS, granted: false }] });
    for (let times = 0; times < 2; times += 1) await service.update(site, other.who, change);
    const another = { ...change, choices: [{ ...NEWSLETTER, granted: false }] };
    await rejects(service.update(site, other.who, another), 'opt-in/conflict');
    assert.equal(await other.may(NEWSLETTER, other.email), true);
  });

  it('gives out what may be sent now, and nothing that ended or pauses', async () => {
    const { service, email, phone, who } = await setup([NEWSLETTER, OFFERS, SMS]);
    const mine = async () => {
      const found = [];
      for await (const piece of service.exportActive(site))
        found.push(...piece.filter(({ contact }) => contact === email || contact === phone));
      return found.map(({ topic, channel }) => `${topic}/${channel}`).sort();
    };
    assert.deepEqual(await mine(), ['newsletter/email', 'newsletter/sms', 'offers/email']);
    await service.withdraw({ site, who: { contact: email }, how: 'staff', topic: 'offers' });
    assert.deepEqual(await mine(), ['newsletter/email', 'newsletter/sms']);
    await service.update(site, who, testChange({ pausedUntil: '2027-01-01T00:00:00.000Z' }));
    assert.deepEqual(await mine(), []);
  });

  it('ends all of a person, also a contact that is being confirmed at that moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { service, sent, may, ...person } = await testSubscriptions(database);
      const email = `${randomUUID()}@example.org`;
      const phone = `+3367${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;
      const optIn = testOptIn([NEWSLETTER, SMS], { contacts: { email, phone } });
      await service.submit(optIn, FROM_FORM);
      const [mail, sms] = await Promise.all(
        ['email', 'phone'].map(async (kind) => {
          const { record, contact } = sent.confirmations.find((each) => each.kind === kind)!;
          return service.issue(site, record, contact);
        }),
      );
      await service.confirm({ token: mail!.token! });
      await Promise.allSettled([
        service.confirm({ id: optIn.id, code: sms!.code! }),
        service.withdraw({ site, who: { contact: email }, how: 'staff' }),
      ]);
      assert.notEqual(await may(NEWSLETTER, email), true);
      assert.notEqual(await may(SMS, phone), true);
      await person.register.close();
    }
  });
});
