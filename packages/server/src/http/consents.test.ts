import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { verifyReceipt, type PublicKey, type SignedReceipt } from '@placet/contract';
import { problemSchema, receiptSchema, signedReceiptSchema } from '@placet/contract/schema';
import type { Database } from '../database/database.js';
import { testDatabase } from '../testing/database.js';
import { CONFIG, NOTICE, NOTICE_HASH, NOW, testRecord } from '../testing/register.js';
import { countRecords, testServer } from '../testing/server.js';

describe('POST /consents', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  it('stores a decision once and answers a repetition with the same receipt (001-31)', async () => {
    const { post } = await testServer(database);
    const before = await countRecords(database);
    const record = testRecord();
    const first = await post(record);
    assert.equal(first.status, 201);
    const receipt = receiptSchema.parse(await first.json());
    assert.equal(receipt.id, record.id);
    assert.equal(receipt.notice.hash, NOTICE_HASH);

    const again = await post(record);
    assert.equal(again.status, 200);
    assert.deepEqual(await again.json(), receipt);
    assert.equal(await countRecords(database), before + 1);
  });

  it('refuses with a problem document that names the code and repeats nothing that was sent', async () => {
    const { server, post } = await testServer(database);
    const first = testRecord();
    await post(first);
    const before = await countRecords(database);
    const unknownNotice = { version: '2026-11', hash: 'ab'.repeat(32) };
    const cases: [Parameters<typeof post>, number, string][] = [
      [[{ ...first, granted: [], denied: ['analytics'] }], 409, 'consent/conflict'],
      [[testRecord({ granted: ['jean-dupont'] })], 422, 'consent/unknown-purpose'],
      [[testRecord({ notice: unknownNotice })], 422, 'notice/unknown'],
      [[testRecord({ notice: { ...unknownNotice, text: NOTICE } })], 422, 'notice/mismatch'],
      [[testRecord({ site: 'jean-dupont' })], 400, 'request/invalid'],
      [[testRecord({ months: 14 })], 400, 'request/invalid'],
      [['jean-dupont'], 400, 'request/unreadable'],
      [[testRecord(), { 'content-type': 'text/plain' }], 415, 'request/media-type'],
      [
        [testRecord(), { 'content-type': 'application/json; charset=utf-16' }],
        415,
        'request/media-type',
      ],
      [[testRecord(), { 'content-encoding': 'gzip' }], 415, 'request/media-type'],
      [[`"${'x'.repeat(65_536)}"`], 413, 'request/too-large'],
      [[testRecord(), { origin: 'https://evil.example' }], 403, 'request/origin'],
      [[testRecord(), { origin: 'null' }], 403, 'request/origin'],
    ];
    for (const [sent, status, code] of cases) {
      const response = await post(...sent);
      const text = await response.text();
      assert.equal(response.status, status, text);
      assert.equal(response.headers.get('content-type'), 'application/problem+json');
      const problem = problemSchema.parse(JSON.parse(text));
      assert.equal(problem.code, code);
      assert.equal(problem.status, status);
      assert.match(problem.type, new RegExp(`#${code.replace('/', '-')}$`));
      assert.ok(!text.includes('jean-dupont'), text);
    }
    assert.equal(await countRecords(database), before);

    const put = await server.request('/placet/consents', { method: 'PUT' });
    assert.equal(put.status, 405);
    assert.equal(put.headers.get('allow'), 'POST, OPTIONS');
    assert.equal((await server.request('/placet/nothing')).status, 404);
    assert.equal((await server.request('/elsewhere')).status, 404);
  });

  it('says where a record is wrong, and what is', async () => {
    const { post } = await testServer(database);
    const wrong = { ...testRecord(), months: '13', granted: ['Analytics!'], email: 'a@b.example' };
    const response = await post(JSON.stringify(wrong));
    const { errors } = problemSchema.parse(await response.json());
    assert.deepEqual(errors, [
      { path: 'months', problem: 'Is missing, or is not of the type number.' },
      { path: 'granted[0]', problem: 'Has not the form that is asked for.' },
      { path: '', problem: 'Has a key that is not known here.' },
    ]);
  });

  it('asks to come back later when the database is gone, and says so in /health', async () => {
    const own = await testDatabase();
    const { server, post, lines } = await testServer(own);
    assert.equal((await server.request('/placet/health')).status, 200);
    await own.close();
    const response = await post();
    assert.equal(response.status, 503);
    assert.match(response.headers.get('retry-after') ?? '', /^\d+$/);
    assert.equal(problemSchema.parse(await response.json()).code, 'server/unavailable');
    assert.equal((await server.request('/placet/health')).status, 503);
    assert.ok(lines.some(({ event, level }) => event === 'failure' && level === 'error'));
  });

  it('answers an unforeseen failure with 500 and no word about it', async () => {
    const { server, post, lines } = await testServer(database);
    server.register.add = () => Promise.reject(new Error('jean.dupont@example.com'));
    const response = await post();
    assert.equal(response.status, 500);
    assert.ok(!(await response.text()).includes('jean'));
    assert.ok(!JSON.stringify(lines).includes('jean'));
    assert.ok(lines.some(({ event, name }) => event === 'failure' && name === 'Error'));
  });
});

describe('GET /consents/{id}/receipt', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  const read = async (response: Response) =>
    signedReceiptSchema.parse(await response.json()) as SignedReceipt;

  it('gives the person a signed receipt, and its place in the log once sealed (001-34, G-03)', async () => {
    const { server, post } = await testServer(database);
    const record = testRecord();
    await post(record);
    const path = `/placet/consents/${record.id}/receipt`;
    const response = await server.request(path);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const { keys } = (await (await server.request('/placet/keys')).json()) as { keys: PublicKey[] };
    const early = await read(response);
    assert.equal((await verifyReceipt(early, { keys })).ok, early.proof ? true : undefined);

    await server.register.close();
    const sealed = await read(await server.request(path));
    assert.deepEqual(sealed.receipt, early.receipt);
    assert.equal(sealed.jws, early.jws);
    const verdict = await verifyReceipt(sealed, { keys });
    assert.deepEqual(
      verdict.checks.filter(({ ok }) => !ok),
      [],
    );
    assert.equal(verdict.ok, true);
  });

  it('tells of no decision but the one asked for, and of none that is not there', async () => {
    const { server, post } = await testServer(database);
    const [mine, other] = [testRecord(), testRecord()];
    await Promise.all([post(mine), post(other)]);
    const receipt = await (await server.request(`/placet/consents/${mine.id}/receipt`)).text();
    assert.ok(receipt.includes(mine.id) && !receipt.includes(other.id));
    for (const id of [randomUUID(), 'x', '%00', "'%20or%20true--", mine.id.toUpperCase()]) {
      const response = await server.request(`/placet/consents/${id}/receipt`);
      assert.equal(response.status, 404, id);
      assert.equal(problemSchema.parse(await response.json()).code, 'receipt/unknown');
    }
  });

  it('finds the receipt in whichever site of the group it is, or in the one named', async () => {
    const config = [CONFIG, { ...CONFIG, site: 'spa' }];
    const { server, post } = await testServer(database, { config });
    const record = testRecord({ site: 'spa' });
    assert.equal((await post(record)).status, 201);
    const path = `/placet/consents/${record.id}/receipt`;
    assert.equal((await server.request(path)).status, 200);
    assert.equal((await server.request(`${path}?site=spa`)).status, 200);
    assert.equal((await server.request(`${path}?site=default`)).status, 404);
    assert.equal((await server.request(`${path}?site=other`)).status, 400);
  });

  it('is gone when the person is erased, and stays so', async () => {
    const { server, post } = await testServer(database, { now: () => NOW });
    const record = testRecord();
    await post(record);
    assert.ok(await server.register.erase('default', record.id));
    assert.equal((await server.request(`/placet/consents/${record.id}/receipt`)).status, 404);
  });
});
