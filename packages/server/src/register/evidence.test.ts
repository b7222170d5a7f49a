import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deriveKeys } from '../keys.js';
import { testRecord } from '../testing/register.js';
import {
  commitmentOf,
  evidenceOf,
  lookupOf,
  openEvidence,
  sealEvidence,
  truncateAddress,
} from './evidence.js';

const keys = deriveKeys('a secret for tests');

describe('evidence', () => {
  it('can be read, and checked against its commitment, as long as its key is there', () => {
    const data = { decision: 'd', page: 'https://shop.example/é' };
    const sealed = sealEvidence(keys, data);
    const text = openEvidence(keys, sealed);
    assert.deepEqual(JSON.parse(text), data);
    assert.equal(commitmentOf(sealed.key, text), sealed.commitment);
    assert.ok(!sealed.data.includes('shop'));
  });

  it('says nothing to whoever has a copy of the database alone', () => {
    const sealed = sealEvidence(keys, { decision: 'd', page: 'p' });
    assert.throws(() => openEvidence(deriveKeys('another'), sealed));
  });

  it('does not open when it was altered, or with the key of another', () => {
    const sealed = sealEvidence(keys, { decision: 'd', page: 'p' });
    const other = sealEvidence(keys, { decision: 'd', page: 'p' });
    assert.notEqual(sealed.commitment, other.commitment);
    assert.throws(() => openEvidence(keys, { ...sealed, key: other.key }));
    for (const at of sealed.data.keys()) {
      const data = Buffer.from(sealed.data);
      data[at]! ^= 1;
      assert.throws(() => openEvidence(keys, { ...sealed, data }));
    }
    assert.throws(() => openEvidence(keys, { ...sealed, data: Buffer.alloc(3) }));
  });

  it('is found by a hash that only the keys make, another on each site', () => {
    const hashes = [
      lookupOf(keys, 'a', 'd'),
      lookupOf(keys, 'b', 'd'),
      lookupOf(keys, 'a', 'e'),
      lookupOf(deriveKeys('another'), 'a', 'd'),
    ];
    assert.equal(new Set(hashes.map((hash) => hash.toString('hex'))).size, 4);
  });

  it('keeps neither address nor agent unless told to', () => {
    const circumstances = { address: '203.0.113.9', agent: 'Lynx' };
    const record = testRecord();
    const least = { decision: record.id, page: record.page };
    assert.deepEqual(evidenceOf(keys, record, circumstances, {}), least);
    const both = { address: true, agent: true };
    assert.deepEqual(evidenceOf(keys, record, {}, both), least);
    assert.deepEqual(evidenceOf(keys, record, { address: 'nonsense' }, both), least);
    const kept = evidenceOf(keys, record, circumstances, both);
    assert.equal(kept.address, '203.0.113.0');
    assert.ok(kept.agent && !kept.agent.includes('Lynx'));
    assert.equal(evidenceOf(keys, testRecord(), circumstances, both).agent, kept.agent);
  });

  it('keeps of an address only the network', () => {
    for (const [address, network] of [
      ['203.0.113.255', '203.0.113.0'],
      ['::ffff:203.0.113.9', '203.0.113.0'],
      ['2001:db8:1:2:3:4:5:6', '2001:db8:1::'],
      ['2001:0DB8:0001::9', '2001:db8:1::'],
      ['2001:db8::9', '2001:db8:0::'],
      ['fe80::1%eth0', 'fe80:0:0::'],
      ['::1', '0:0:0::'],
      ['unknown', undefined],
      ['', undefined],
    ])
      assert.equal(truncateAddress(address!), network);
  });
});
