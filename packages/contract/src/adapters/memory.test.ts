import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  freshContacts,
  SAMPLE_CONFIG,
  sampleNotice,
  sampleOptIn,
  sampleRecord,
} from '../conformance/index.js';
import { recordedNotice } from '../conformance/sample.js';
import { memoryAdapter } from './memory.js';

// The promises of its interface are checked by the conformance suite; here stands what is its own.
describe('memoryAdapter', () => {
  it('goes by the clock that it is given', async () => {
    const now = () => new Date('2026-11-22T10:00:00Z');
    const { consents, staff } = memoryAdapter({ config: SAMPLE_CONFIG, now });
    const record = await sampleRecord(SAMPLE_CONFIG, { at: '2026-11-22T10:01:00Z' });
    const receipt = await consents.record(record);
    assert.equal(receipt.receivedAt, '2026-11-22T10:00:00.000Z');
    assert.equal(receipt.expires, '2027-12-22T10:00:00.000Z');
    assert.equal((await staff.register.read(record.id)).skew, 60);
  });

  it('knows what an older version asked from its text (G-14)', async () => {
    const { consents } = memoryAdapter({ config: SAMPLE_CONFIG });
    const purposes = [{ id: 'raffle', services: [{ id: 'wheel', name: 'W', owner: 'O' }] }];
    const old = { ...SAMPLE_CONFIG, notice: 'of-old', purposes };
    const record = await sampleRecord(old, { granted: ['raffle/wheel'], denied: ['raffle'] });
    assert.equal((await consents.record(record)).id, record.id);
  });

  it('does not take the current version’s text for a list of purposes', async () => {
    const { consents } = memoryAdapter({ config: SAMPLE_CONFIG });
    const text = sampleNotice({ ...SAMPLE_CONFIG, purposes: [{ id: 'raffle' }] });
    const record = await sampleRecord(SAMPLE_CONFIG, {
      granted: ['raffle'],
      notice: await recordedNotice(SAMPLE_CONFIG.notice, text),
    });
    await assert.rejects(consents.record(record), { code: 'consent/unknown-purpose' });
  });

  it('says what is wrong, and where', async () => {
    const { consents } = memoryAdapter();
    const record = await sampleRecord(SAMPLE_CONFIG, { months: 14 });
    await assert.rejects(consents.record(record), { message: /^request\/invalid: months: / });
  });

  it('says that it makes no proof: receipts without signature, leaf or log', async () => {
    const { consents } = memoryAdapter();
    const { id, ...receipt } = await consents.record(await sampleRecord(SAMPLE_CONFIG));
    assert.deepEqual(Object.keys(receipt).sort(), ['expires', 'notice', 'receivedAt']);
    assert.deepEqual(Object.keys(await consents.receipt(id)), ['receipt']);
  });

  it('has nothing to subscribe to, and no rights, without a configuration of them', async () => {
    const { marketing: _marketing, rights: _rights, ...config } = SAMPLE_CONFIG;
    for (const adapter of [memoryAdapter(), memoryAdapter({ config })]) {
      for (const group of ['subscriptions', 'identity', 'holdings', 'requests', 'rights'] as const)
        assert.equal(adapter[group], undefined);
      assert.deepEqual(await adapter.capabilities(), { consents: { receipts: true } });
    }
  });

  it('shows what it would have sent, as there is no mailbox', async () => {
    const { subscriptions, sent, maySend } = memoryAdapter({ config: SAMPLE_CONFIG });
    const optIn = await sampleOptIn(SAMPLE_CONFIG);
    const email = ` ${optIn.contacts.email!.toUpperCase()} `;
    await subscriptions!.submit({ ...optIn, contacts: { email } });
    assert.deepEqual(
      sent.map(({ to, token, code }) => [to, typeof token, code]),
      [[optIn.contacts.email, 'string', undefined]],
    );
    await subscriptions!.confirm({ token: sent[0]!.token! });
    const choice = { topic: 'newsletter', channel: 'email', controller: 'default' } as const;
    assert.ok(maySend({ ...choice, contact: email }));
    assert.ok(!maySend({ ...choice, contact: email, topic: 'offers' }));
    assert.ok(!maySend({ ...choice, contact: 'b@example.org' }));
  });

  it('waits a week for a link, ten minutes for a code, and ends a pause by itself', async () => {
    let at = Date.parse('2026-11-22T10:00:00Z');
    const now = () => new Date(at);
    const { subscriptions, sent, maySend } = memoryAdapter({ config: SAMPLE_CONFIG, now });
    const contacts = freshContacts();
    const { choices, ...optIn } = await sampleOptIn(SAMPLE_CONFIG, { contacts });
    const all = choices.map((each) => ({ ...each, granted: true }));
    const ask = async () => {
      const id = crypto.randomUUID();
      await subscriptions!.submit({ ...optIn, id, choices: all });
      return { id, token: sent.at(-2)!.token!, code: sent.at(-1)!.code! };
    };
    const { id, token, code } = await ask();
    at += 10 * 60_000;
    await assert.rejects(subscriptions!.confirm({ id, code }), { code: 'token/unknown' });
    at += 7 * 86_400_000;
    await assert.rejects(subscriptions!.confirm({ token }), { code: 'token/unknown' });

    const { access } = await subscriptions!.confirm({ token: (await ask()).token });
    const { contacts: _contacts, age: _age, ...change } = optIn;
    const pausedUntil = new Date(at + 86_400_000).toISOString();
    await subscriptions!.update({ token: access }, { ...change, pausedUntil });
    const message = { ...choices[0]!, contact: contacts.email };
    assert.ok(!maySend(message));
    at += 86_400_000;
    assert.ok(maySend(message));
  });
});
