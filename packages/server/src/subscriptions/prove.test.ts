import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import type { Database } from '../database/database.js';
import { describeOnBoth } from '../testing/both.js';
import {
  FROM_FORM,
  NEWSLETTER,
  later,
  testOptIn,
  testSubscriptions,
} from '../testing/subscriptions.js';

const site = 'default';

describeOnBoth('the proof of an opt-in', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());

  it('holds what was asked and agreed to, whichever process had the slower clock (001-31, 002-25)', async () => {
    const [ahead, behind] = [await testSubscriptions(database), await testSubscriptions(database)];
    ahead.clock.now = later(5);
    const contacts = { email: `${randomUUID()}@example.org` };
    const guardian = { email: `${randomUUID()}@parents.example` };
    const confirm = async ({ service, sent }: typeof ahead, from: typeof ahead) => {
      const { record, contact } = from.sent.confirmations.at(-1)!;
      sent.confirmations.push(...from.sent.confirmations);
      const { token } = (await service.issue(site, record, contact))!;
      return service.confirm({ token: token! });
    };
    // Somebody else's, and another of their own, in between: neither is part of it.
    await ahead.subscribe(
      testOptIn([NEWSLETTER], { contacts: { email: `${randomUUID()}@x.example` } }),
    );
    await ahead.service.submit(testOptIn([NEWSLETTER], { contacts }), FROM_FORM);
    await ahead.service.submit(testOptIn([NEWSLETTER], { contacts, guardian }), FROM_FORM);
    await confirm(ahead, ahead);
    await confirm(behind, ahead);
    const asked = { site, contact: contacts.email, ...NEWSLETTER };
    const { proof } = await ahead.service.maySend(asked);
    const { entries } = await behind.service.prove(site, proof!);
    assert.deepEqual(
      entries.map(({ leaf }) => leaf.act),
      ['asked', 'agreed', 'confirmed'],
    );
    assert.equal(entries[0]!.about['guardian'], guardian.email);
    assert.equal(entries[2]!.leaf.id, proof);
    await ahead.register.close();
    await behind.register.close();
  });
});
