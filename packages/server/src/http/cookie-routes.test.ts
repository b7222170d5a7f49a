import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { expiryOf } from '@placet/contract';
import type { Database } from '../database/database.js';
import { testDatabase } from '../testing/database.js';
import { CONFIG, NOW, testRecord } from '../testing/register.js';
import { testServer } from '../testing/server.js';

describe('Set-Cookie of POST /consents', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  const SHOP = { origin: 'https://shop.example', host: 'shop.example' };
  const expiresOf = (response: Response) =>
    new Date(/Expires=([^;]*)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? NaN);

  it('comes with the first answer and with every repetition, until the same date', async () => {
    let now = NOW;
    const { post } = await testServer(database, { now: () => now });
    const record = testRecord();
    const promised = expiryOf(record);
    assert.deepEqual(expiresOf(await post(record, SHOP)), promised);
    now = new Date('2027-06-01T00:00:00Z');
    assert.deepEqual(expiresOf(await post(record, SHOP)), promised);
    now = promised;
    assert.equal((await post(record, SHOP)).headers.get('set-cookie'), null);
  });

  it('runs from the earlier of two clocks, so that a wrong one lengthens nothing', async () => {
    const { post } = await testServer(database);
    const ahead = await post(testRecord({ at: '2027-11-22T12:00:00.000Z' }), SHOP);
    assert.deepEqual(expiresOf(ahead), new Date('2027-12-22T12:00:00Z'));
    const behind = await post(testRecord({ at: '2026-01-01T00:00:00.000Z', months: 12 }), SHOP);
    assert.deepEqual(expiresOf(behind), new Date('2027-01-01T00:00:00Z'));
    const longAgo = await post(testRecord({ at: '2020-01-01T00:00:00.000Z' }), SHOP);
    assert.equal(longAgo.status, 201);
    assert.equal(longAgo.headers.get('set-cookie'), null);
  });

  it('is for all subdomains where the site says so', async () => {
    const config = { ...CONFIG, cookie: { domain: '.shop.example' } };
    const { post } = await testServer(database, { config });
    const headers = { origin: 'https://www.shop.example', host: 'www.shop.example' };
    const cookie = (await post(testRecord(), headers)).headers.get('set-cookie');
    assert.match(cookie ?? '', /; Domain=\.shop\.example; Secure; SameSite=Lax$/);
  });

  it('does not bring an older choice back when the outbox is late', async () => {
    const { post } = await testServer(database);
    const [older, newer] = [testRecord(), testRecord()];
    const set = (await post(newer, SHOP)).headers.get('set-cookie') ?? '';
    const late = await post(older, { ...SHOP, cookie: set.split(';')[0]! });
    assert.equal(late.status, 201);
    assert.equal(late.headers.get('set-cookie'), null);
  });

  it('is never sent to a page of another origin, even one that may call', async () => {
    const { post } = await testServer(database, { origins: ['https://www.shop.example'] });
    const response = await post(testRecord(), { ...SHOP, origin: 'https://www.shop.example' });
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('set-cookie'), null);
  });
});
