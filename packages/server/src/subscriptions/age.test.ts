import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import { verifyReceipt, type ErrorCode, type OptIn } from '@placet/contract';
import type { Database } from '../database/database.js';
import { describeOnBoth } from '../testing/both.js';
import {
  AGELESS_CONFIG,
  FROM_FORM,
  FROM_HOST,
  NEWSLETTER,
  OFFERS,
  testChange,
  testOptIn,
  testSubscriptions,
} from '../testing/subscriptions.js';

const rejects = (promise: Promise<unknown>, code: ErrorCode) =>
  assert.rejects(promise, (error: { code?: string }) => error.code === code);
const site = 'default';

describeOnBoth('a site that asks the age', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());

  const setup = async () => {
    const email = `${randomUUID().slice(0, 8)}@example.org`;
    const subscriptions = await testSubscriptions(database);
    const mine = (changed: Partial<OptIn> = {}, granted = [NEWSLETTER]) =>
      testOptIn(granted, { contacts: { email }, ...changed });
    return { ...subscriptions, email, mine };
  };
  /** Somebody whom a parent vouched for, and the link to their preference centre. */
  async function child(bench: Awaited<ReturnType<typeof setup>>): Promise<string> {
    const { service, issued, mine } = bench;
    const guardian = { email: `${randomUUID().slice(0, 8)}@parents.example` };
    await service.submit(mine({ guardian }), FROM_FORM);
    await service.confirm({ token: (await issued())!.token! });
    const { access } = await service.confirm({ token: (await issued())!.token! });
    return access!;
  }
  const granting = (choices = [{ ...OFFERS, granted: true }]) => testChange({ choices });

  it('takes no consent without an answer, by whatever way it comes, and none of a child alone (GDPR art. 8)', async () => {
    const { service, sent, mine } = await setup();
    const { age: _, ...silent } = mine();
    const child = { ...silent, age: 'under' as const };
    const contrary = { ...mine(), guardian: { email: 'parent@example.org' } };
    for (const optIn of [silent, child, contrary])
      for (const way of [FROM_FORM, FROM_HOST, { how: 'plain-form', isHost: false } as const])
        await rejects(service.submit(optIn, way), 'request/invalid');
    assert.deepEqual(sent.confirmations, []);
    // Nobody is asked: what is missing can follow.
    const { missing } = await service.submit({ ...silent, contacts: {} }, FROM_FORM);
    assert.deepEqual(missing, ['email']);
    const other = await testSubscriptions(database, { config: AGELESS_CONFIG });
    const { age: _own, ...plain } = testOptIn(
      [NEWSLETTER],
      { contacts: silent.contacts },
      AGELESS_CONFIG,
    );
    assert.deepEqual((await other.service.submit(plain, FROM_FORM)).confirm, ['email']);
  });

  it('keeps the answer in the proof, and in the person’s own copy (001-33, 001-34)', async () => {
    const { service, subscribe, register, mine } = await setup();
    const { optIn, access } = await subscribe(mine());
    const { leaf } = (await register.optIn(site, { id: optIn.id }))!;
    assert.equal(leaf.age, 'over');
    const { history } = await service.read(site, { token: access });
    for (const { record } of history) {
      const signed = await service.receipt(site, { token: access }, record);
      const event = (signed.receipt as { 'dpv:hasRecordOfActivity': Record<string, unknown> })[
        'dpv:hasRecordOfActivity'
      ]['dpv:hasConsentStatus'] as Record<string, unknown>;
      assert.equal(event['placet:age'], 'over');
      assert.notEqual((await verifyReceipt(signed, { keys: signed.keys ?? [] })).ok, false);
    }
    const guardian = { email: `${randomUUID().slice(0, 8)}@parents.example` };
    const young = testOptIn([NEWSLETTER], {
      contacts: { email: `${randomUUID()}@x.example` },
      guardian,
    });
    await service.submit(young, FROM_FORM);
    assert.equal((await register.optIn(site, { id: young.id }))!.leaf.age, 'under');
  });

  it('lets a child leave what a parent agreed to, and add nothing alone (GDPR art. 8, 001-35)', async () => {
    const bench = await setup();
    const { service, may, email } = bench;
    const who = { token: await child(bench) };
    assert.equal(await may(NEWSLETTER, email), true);
    const shown = await service.read(site, who);
    assert.equal(shown.formOnly, true);
    assert.deepEqual(
      shown.items.map(({ topic, channel }) => `${topic}/${channel}`),
      ['newsletter/email'],
    );
    await rejects(service.update(site, who, granting()), 'opt-in/unknown-choice');
    await rejects(
      service.update(site, { contacts: { email } }, granting()),
      'opt-in/unknown-choice',
    );
    await service.update(site, who, testChange({ frequency: 'monthly' }));
    const left = await service.update(
      site,
      who,
      testChange({ choices: [{ ...NEWSLETTER, granted: false }] }),
    );
    assert.deepEqual([left.items, left.formOnly], [[], true]);
    assert.equal(await may(NEWSLETTER, email), 'withdrawn');
    await rejects(
      service.update(site, who, granting([{ ...NEWSLETTER, granted: true }])),
      'opt-in/unknown-choice',
    );
    assert.equal(await may(OFFERS, email), 'no-consent');
  });

  it('stops what a change stops, and leaves out what the same change may not add (001-38, GDPR art. 8)', async () => {
    const bench = await setup();
    const { service, may, mine, email } = bench;
    const who = { token: await child(bench) };
    const guardian = { email: `${randomUUID().slice(0, 8)}@parents.example` };
    await service.submit(mine({ guardian }, [OFFERS]), FROM_FORM);
    const { items } = await service.read(site, who);
    assert.deepEqual(
      items.map(({ topic, status }) => [topic, status]),
      [
        ['newsletter', 'active'],
        ['offers', 'pending'],
      ],
    );
    const swap = items.map(({ topic, channel, controller, status }) => ({
      ...{ topic, channel, controller },
      granted: status === 'pending',
    }));
    const left = await service.update(site, who, testChange({ choices: swap }));
    assert.deepEqual(left.items, []);
    assert.equal(await may(NEWSLETTER, email), 'withdrawn');
    assert.equal(await may(OFFERS, email), 'no-consent');
    const { choices, act } = left.history[0]!;
    assert.deepEqual([act, choices], ['withdrawn', [{ ...NEWSLETTER, granted: false }]]);
  });

  it('lets whoever is old enough add, and whoever never said so use the form', async () => {
    const { service, subscribe, may, mine, email } = await setup();
    const stranger = { contacts: { email: `${randomUUID()}@example.org` } };
    assert.deepEqual((await service.read(site, stranger)).items, []);
    await rejects(service.update(site, stranger, granting()), 'opt-in/unknown-choice');
    const { access } = await subscribe(mine());
    const { formOnly, items } = await service.update(site, { token: access }, granting());
    assert.equal(formOnly, undefined);
    assert.ok(items.length > 1);
    assert.equal(await may(OFFERS, email), true);
  });
});
