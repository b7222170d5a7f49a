import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { canonicalNotice, expiryOf, type ConsentRecord, type ErrorCode } from '@placet/contract';
import type { Database } from '../database/database.js';
import { deriveKeys } from '../keys.js';
import { openCheckpoint } from '../log/checkpoint.js';
import { hex, leafHash, sha256 } from '../log/hash.js';
import { verifyInclusion } from '../log/merkle.js';
import { testDatabase } from '../testing/database.js';
import { CONFIG, NOTICE, NOTICE_HASH, NOW, testRecord, testRegister } from '../testing/register.js';
import { commitmentOf } from './evidence.js';
import type { Leaf } from './leaf.js';

const rejects = (promise: Promise<unknown>, code: ErrorCode) =>
  assert.rejects(promise, (error: { code?: string }) => error.code === code);

const newNotice = (title: string) => {
  const text = canonicalNotice([
    ['title', title],
    ['purpose', 'analytics', 'A', 'B'],
  ]);
  return { text, hash: hex(sha256(text)) };
};

describe('createRegister', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  const setup = (options = {}) => testRegister(database, options);
  const count = async (table: 'record' | 'evidence' | 'notice') => {
    const row = await database.sql
      .selectFrom(table)
      .select((of) => of.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(row.count);
  };

  it('refuses to go on with a log that was begun with another secret or under another name', async () => {
    const own = await testDatabase();
    try {
      const { register } = await testRegister(own);
      await register.add(testRecord());
      await register.close();
      await rejects(testRegister(own, { keys: deriveKeys('another secret') }), 'config/invalid');
      await rejects(testRegister(own, { origin: 'elsewhere.example' }), 'config/invalid');
      const { register: same } = await testRegister(own);
      await same.close();
    } finally {
      await own.close();
    }
  });

  it('keeps a decision with both times, the notice, the gesture and no whereabouts (001-31, 001-32, G-02)', async () => {
    const { register } = await setup();
    const record = testRecord({
      replaces: { id: testRecord().id, notice: '2026-10', reason: 'notice' },
    });
    const { receipt, isNew } = await register.add(record, {
      address: '203.0.113.9',
      agent: 'Lynx',
    });
    assert.ok(isNew);
    assert.deepEqual(receipt, {
      id: record.id,
      receivedAt: NOW.toISOString(),
      expires: '2027-12-22T11:59:58.000Z',
      notice: { version: '2026-11', hash: NOTICE_HASH },
      leaf: receipt.leaf,
    });

    const entry = await register.entry('default', record.id);
    assert.deepEqual(entry.receipt, receipt);
    assert.deepEqual(entry.config, CONFIG);
    assert.equal(hex(leafHash(entry.body)), receipt.leaf);
    assert.deepEqual(entry.record, {
      ...record,
      site: 'default',
      notice: { version: '2026-11', hash: NOTICE_HASH },
      receivedAt: NOW.toISOString(),
      skew: -2,
    });
    const leaf = JSON.parse(entry.body) as Leaf;
    assert.equal(leaf.controller, 'Maison Tilleul');
    assert.equal(leaf.origin, 'https://maison-tilleul.example');
    assert.deepEqual(leaf.replaces, { notice: '2026-10', reason: 'notice' });
    for (const secret of [record.id, record.replaces!.id, '/soins', '203.0', 'Lynx'])
      assert.ok(!entry.body.includes(secret), secret);
    assert.deepEqual(JSON.parse(entry.evidence.data), {
      decision: record.id,
      page: record.page,
      replaces: record.replaces!.id,
    });
    const key = Buffer.from(entry.evidence.key, 'base64url');
    assert.equal(commitmentOf(key, entry.evidence.data), leaf.evidence);
  });

  it('keeps address and agent only if told to, truncated and hashed', async () => {
    const { register } = await setup({ evidence: { address: true, agent: true } });
    const record = testRecord();
    await register.add(record, { address: '203.0.113.9', agent: 'Lynx' });
    const { evidence } = await register.entry('default', record.id);
    const { address, agent } = JSON.parse(evidence.data) as Record<string, string>;
    assert.equal(address, '203.0.113.0');
    assert.match(agent!, /^[\da-f]{64}$/);
  });

  it('answers a repetition exactly as the first time, with or without the text', async () => {
    const { register, clock } = await setup();
    const record = testRecord();
    const first = await register.add(record);
    clock.now = new Date(NOW.getTime() + 86_400_000);
    const again = await register.add({
      ...record,
      notice: { version: '2026-11', hash: NOTICE_HASH },
    });
    assert.deepEqual(again, { receipt: first.receipt, isNew: false });
    const { register: restarted } = await setup();
    assert.deepEqual(await restarted.add(record), { receipt: first.receipt, isNew: false });
  });

  it('stores a decision that comes many times at once just once', async () => {
    const { register } = await setup();
    const before = await count('record');
    const record = testRecord();
    const all = await Promise.all(Array.from({ length: 25 }, () => register.add(record)));
    assert.equal(all.filter(({ isNew }) => isNew).length, 1);
    assert.equal(new Set(all.map(({ receipt }) => JSON.stringify(receipt))).size, 1);
    assert.equal(await count('record'), before + 1);
  });

  it('refuses other content under the same id, and keeps the first', async () => {
    const { register } = await setup();
    const record = testRecord();
    await register.add(record);
    const before = await count('notice');
    const other = newNotice('Only with the conflict');
    const conflicts: Partial<ConsentRecord>[] = [
      { granted: [], denied: ['analytics', 'marketing'] },
      { months: 12 },
      { page: 'https://maison-tilleul.example/' },
      { gesture: { control: 'accept', trusted: true } },
      { notice: { version: '2026-11', ...other }, granted: ['analytics'] },
    ];
    for (const changed of conflicts)
      await rejects(register.add({ ...record, ...changed }), 'consent/conflict');
    assert.deepEqual((await register.entry('default', record.id)).record.months, 13);
    assert.equal(await count('notice'), before, 'nothing is stored');
  });

  it('lets one of two that differ win when they come at once', async () => {
    const { register } = await setup();
    const record = testRecord();
    const results = await Promise.allSettled([
      register.add(record),
      register.add({ ...record, months: 6 }),
    ]);
    assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  });

  it('stores nothing of what it refuses', async () => {
    const { register } = await setup();
    const before = [await count('record'), await count('evidence'), await count('notice')];
    const { text, hash } = newNotice('Never stored');
    await rejects(register.add(testRecord({ site: 'elsewhere' })), 'request/invalid');
    await rejects(
      register.add(testRecord({ notice: { version: '2026-11', text, hash: NOTICE_HASH } })),
      'notice/mismatch',
    );
    await rejects(
      register.add(testRecord({ notice: { version: '2026-11', hash } })),
      'notice/unknown',
    );
    await rejects(
      register.add(testRecord({ granted: ['fax'], notice: { version: '2026-11', text } })),
      'consent/unknown-purpose',
    );
    await rejects(
      register.add(testRecord({ denied: ['marketing/youtube'] })),
      'consent/unknown-purpose',
    );
    assert.deepEqual(
      [await count('record'), await count('evidence'), await count('notice')],
      before,
    );
  });

  it('stores a notice once, after which its hash is enough, also after a restart', async () => {
    const { register } = await setup();
    const { text, hash } = newNotice('Shown once');
    const notice = { version: '2026-11', hash };
    await rejects(register.add(testRecord({ notice })), 'notice/unknown');
    const { receipt } = await register.add(testRecord({ notice: { version: '2026-11', text } }));
    assert.equal(receipt.notice.hash, hash);
    assert.ok((await register.add(testRecord({ notice }))).isNew);
    const { register: restarted } = await setup();
    assert.ok((await restarted.add(testRecord({ notice }))).isNew);
    const stored = await database.sql
      .selectFrom('notice')
      .select(['text', 'source', 'language'])
      .where('hash', '=', Buffer.from(hash, 'hex'))
      .execute();
    assert.deepEqual(stored, [{ text, source: 'browser', language: 'en' }]);
  });

  it('takes a decision on an older notice for what was asked then (G-14)', async () => {
    const purposes = [{ id: 'chat', label: 'Chat', description: 'Talk to us.' }];
    await setup({ configs: [{ ...CONFIG, notice: '2025-01', purposes }] });
    const { register } = await setup();
    const older = { version: '2025-01', text: NOTICE };
    const record = testRecord({ notice: older, granted: ['chat'], denied: [] });
    await register.add(record);
    await rejects(register.add(testRecord({ notice: older })), 'consent/unknown-purpose');
    // No configuration had this version: then what the text asks for counts.
    const unheard = { version: '2024-01', text: newNotice('Older').text };
    await register.add(testRecord({ notice: unheard, granted: [], denied: ['analytics'] }));
    await rejects(
      register.add(testRecord({ notice: unheard, denied: ['marketing'] })),
      'consent/unknown-purpose',
    );
  });

  it('keeps the configuration that a record was made under', async () => {
    const { register } = await setup();
    const record = testRecord();
    await register.add(record);
    const changed = { ...CONFIG, controller: { ...CONFIG.controller, name: 'Tilleul SAS' } };
    const { register: later } = await setup({ configs: [changed] });
    assert.deepEqual((await later.entry('default', record.id)).config, CONFIG);
  });

  it('stores wrong clocks with their skew, and never lengthens a choice by them', async () => {
    const { register } = await setup();
    for (const [at, skew, expires] of [
      ['2027-11-22T12:00:00Z', 31_536_000, expiryOf({ at: NOW.toISOString(), months: 13 })],
      ['2020-01-31T00:00:00Z', -214_920_000, new Date('2021-02-28T00:00:00Z')],
      ['2026-11-22T12:00:00.400Z', 0, expiryOf({ at: NOW.toISOString(), months: 13 })],
    ] as const) {
      const record = testRecord({ at });
      const { receipt } = await register.add(record);
      assert.equal(receipt.expires, expires.toISOString());
      const stored = (await register.entry('default', record.id)).record;
      assert.deepEqual([stored.skew, stored.at], [skew, at]);
    }
  });

  it('lists each record once, in the order of acknowledgement, page by page (002-47)', async () => {
    const own = await testDatabase();
    const { register } = await testRegister(own);
    const records = Array.from({ length: 23 }, () => testRecord());
    for (const record of records.slice(0, 5)) await register.add(record);
    await Promise.all(records.slice(5).map((record) => register.add(record)));
    await register.erase('default', records[3]!.id);
    const ids: string[] = [];
    let next: string | undefined;
    do {
      const page = await register.list('default', { limit: 4, ...(next && { after: next }) });
      assert.ok(page.records.length <= 4);
      ids.push(...page.records.map(({ id }) => id));
      next = page.next;
    } while (next);
    assert.deepEqual(
      ids,
      records.map(({ id }) => id).filter((id) => id !== records[3]!.id),
    );
    for (const cursor of ['', 'x', 'a b', "' or 1=1", 'AAAA'.repeat(9)])
      await rejects(register.list('default', { after: cursor, limit: 4 }), 'request/invalid');
    await rejects(register.list('elsewhere', { limit: 4 }), 'request/invalid');
    await own.close();
  });

  it('forgets a person and keeps the proof: nothing left opens the leaf', async () => {
    const { register } = await setup();
    const record = testRecord();
    const { receipt } = await register.add(record);
    assert.equal(await register.erase('default', record.id), true);
    assert.equal(await register.erase('default', record.id), false);
    await rejects(register.entry('default', record.id), 'record/unknown');
    const leaf = await database.sql
      .selectFrom('record')
      .select('body')
      .where('leaf_hash', '=', Buffer.from(receipt.leaf!, 'hex'))
      .executeTakeFirst();
    assert.ok(leaf && !leaf.body.includes(record.id));
  });

  it('proves a sealed entry by the signed log (G-03)', async () => {
    const own = await testDatabase();
    const { register, keys, timers } = await testRegister(own);
    const records = Array.from({ length: 300 }, () => testRecord());
    await Promise.all(records.map((record) => register.add(record)));
    assert.equal((await register.entry('default', records[0]!.id)).proof, undefined);
    assert.deepEqual(timers.waiting(), [0, 1_000]);
    await register.close();
    assert.deepEqual(timers.waiting(), []);
    for (const record of [records[0]!, records[255]!, records[256]!, records[299]!]) {
      const { proof, receipt } = await register.entry('default', record.id);
      const checkpoint = openCheckpoint(proof!.checkpoint, [keys.signing.jwk]);
      assert.equal(checkpoint?.origin, 'maison-tilleul.example/default');
      assert.equal(proof!.size, 300);
      assert.ok(
        verifyInclusion({
          leaf: Buffer.from(receipt.leaf!, 'hex'),
          index: proof!.index,
          size: proof!.size,
          path: proof!.path.map((hash) => Buffer.from(hash, 'hex')),
          root: checkpoint!.root,
        }),
      );
    }
    await own.close();
  });

  it('is unavailable, with a time to try again, when the database is gone', async () => {
    const own = await testDatabase();
    const { register } = await testRegister(own);
    await register.add(testRecord());
    await own.close();
    await rejects(register.add(testRecord()), 'server/unavailable');
    await rejects(register.entry('default', testRecord().id), 'server/unavailable');
    await rejects(register.list('default', { limit: 1 }), 'server/unavailable');
    await rejects(register.erase('default', testRecord().id), 'server/unavailable');
  });

  it('refuses two configurations of one site, and a name that no log can have', async () => {
    await rejects(setup({ configs: [CONFIG, CONFIG] }), 'config/invalid');
    await assert.rejects(setup({ origin: 'two words' }), TypeError);
  });
});
