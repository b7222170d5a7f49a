import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  verifyReceipt,
  type PublicKey,
  type RequestReceipt,
  type SignedReceipt,
} from '@placet/contract';
import { signedReceiptSchema } from '@placet/contract/schema';
import type { Database } from '../database/database.js';
import { testDatabase } from '../testing/database.js';
import { testRequest } from '../testing/requests.js';
import { rightsServer, signIn, type RightsServer } from '../testing/rights.js';

describe('the receipt of a request', () => {
  let database: Database;
  let shop: RightsServer;
  let camille: Record<string, string>;
  let keys: PublicKey[];
  before(async () => {
    database = await testDatabase();
    shop = await rightsServer(database);
    camille = { cookie: await signIn(shop) };
    ({ keys } = (await (await shop.ask('GET', '/keys')).json()) as { keys: PublicKey[] });
  });
  after(async () => {
    await shop.server.close();
    await database.close();
  });

  async function read(id: string): Promise<SignedReceipt> {
    const response = await shop.ask('GET', `/requests/${id}/receipt`, undefined, camille);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-disposition') ?? '', /^attachment;/);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    return signedReceiptSchema.parse(await response.json()) as SignedReceipt;
  }

  it('says what was asked, when, by when it is due and how it stands, and names nobody (001-34)', async () => {
    const note = 'The trainees read my file.';
    const asked = testRequest({ type: 'objection', against: 'other', note });
    await shop.server.rights.person.submit(
      'default',
      { contacts: { email: 'camille@example.org' }, by: 'link' },
      asked,
    );
    await shop.server.jobs.idle();
    const { receipt } = await read(asked.id);
    const { request, ...said } = receipt as unknown as RequestReceipt;
    assert.deepEqual(said, {
      '@type': 'placet:RequestReceipt',
      'dct:identifier': asked.id,
      'dct:created': shop.clock.now.toISOString(),
      asked: { against: 'other', note },
    });
    assert.deepEqual(
      [request.type, request.state, request.receivedAt, request.due.slice(0, 10)],
      ['objection', 'in-progress', shop.clock.now.toISOString(), '2026-12-22'],
    );
    assert.doesNotMatch(JSON.stringify(receipt), /camille|@example/i);
  });

  it('says nothing in the words of staff who entered it: they are not the person’s, who may be another (000-26)', async () => {
    const id = await shop.server.rights.staff.enter({
      site: 'default',
      type: 'objection',
      against: 'other',
      channel: 'phone',
      receivedAt: shop.clock.now,
      contacts: { email: 'camille@example.org' },
      actor: 'Alix',
      note: 'Mme Durand, 06 12 34 56 78, rang.',
    });
    const saidIn = async () => {
      const { receipt } = await read(id);
      assert.doesNotMatch(JSON.stringify(receipt), /Durand|34 56|Alix/);
      return (receipt as unknown as RequestReceipt).asked;
    };
    assert.deepEqual(await saidIn(), { against: 'other' });
    const confirmed = await shop.ask('POST', `/requests/${id}/confirm`, undefined, camille);
    assert.equal(confirmed.status, 200);
    assert.deepEqual(await saidIn(), { against: 'other' });
  });

  it('is checked without asking anybody, and nothing in it can be changed (G-03)', async () => {
    const asked = testRequest({ type: 'erasure' });
    const sent = await shop.ask('POST', '/requests', asked, camille);
    assert.equal(sent.status, 201);
    const signed = await read(asked.id);
    const verdict = await verifyReceipt(signed, { keys });
    assert.deepEqual(
      [verdict.ok, ...verdict.checks.map(({ name, detail }) => `${name} ${detail}`)],
      [true, 'signature valid', 'keys valid'],
    );
    const { receipt } = signed;
    const request = { ...(receipt['request'] as object), due: '2027-12-22T22:59:59.999Z' };
    const later: SignedReceipt = { ...signed, receipt: { ...receipt, request } };
    assert.equal((await verifyReceipt(later, { keys })).ok, false);
    assert.equal((await verifyReceipt(signed)).ok, undefined, 'whose keys they are is not known');
  });

  it('is no proof of a decision, whatever it is taken for', async () => {
    const asked = testRequest({ type: 'restriction' });
    assert.equal((await shop.ask('POST', '/requests', asked, camille)).status, 201);
    const signed = await read(asked.id);
    const other = { ...signed, receipt: { ...signed.receipt, '@type': 'dpv:ConsentReceipt' } };
    assert.equal((await verifyReceipt(other, { keys })).ok, false);
  });
});
