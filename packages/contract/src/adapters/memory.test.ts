import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SAMPLE_CONFIG, sampleNotice, sampleRecord } from '../conformance/index.js';
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
});
