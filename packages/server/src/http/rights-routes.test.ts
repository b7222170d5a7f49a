import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { NewRequest } from '@placet/contract';
import {
  erasurePreviewSchema,
  holdingsSchema,
  problemSchema,
  requestsSchema,
  requestStatusSchema,
} from '@placet/contract/schema';
import type { Database } from '../database/database.js';
import { testDatabase } from '../testing/database.js';
import { testRequest } from '../testing/requests.js';
import { RIGHTS_CONFIG, rightsServer, signIn, type RightsServer } from '../testing/rights.js';
import { STAFF_KEY } from '../testing/server.js';

describe('what people do about their data, over HTTP', () => {
  let database: Database;
  let shop: RightsServer;
  let camille: Record<string, string>;
  let namesake: Record<string, string>;
  before(async () => {
    database = await testDatabase();
    const config = [RIGHTS_CONFIG, { ...RIGHTS_CONFIG, site: 'other' }];
    shop = await rightsServer(database, { config });
    camille = { cookie: await signIn(shop) };
    namesake = { cookie: await signIn(shop, 'camille.roy@example.net') };
  });
  after(async () => {
    await shop.server.close();
    await database.close();
  });

  async function submit(changed: Partial<NewRequest> = {}, who = camille) {
    const response = await shop.ask('POST', '/requests', testRequest(changed), who);
    return { status: response.status, body: (await response.json()) as unknown };
  }
  async function codeOf(response: Response): Promise<string> {
    return problemSchema.parse(await response.json()).code;
  }
  let id: string;
  beforeEach(async () => {
    const { status, body } = await submit({ type: 'restriction' });
    assert.equal(status, 201);
    ({ id } = requestStatusSchema.parse(body));
    await shop.server.jobs.idle();
  });

  it('is stored, followed, listed and previewed, and never cached', async () => {
    const get = async (path: string) => {
      const response = await shop.ask('GET', path, undefined, camille);
      assert.equal(response.status, 200, path);
      assert.equal(response.headers.get('cache-control'), 'no-store');
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
      return (await response.json()) as unknown;
    };
    assert.equal(requestStatusSchema.parse(await get(`/requests/${id}`)).id, id);
    assert.equal(requestsSchema.parse(await get('/requests')).requests[0]!.id, id);
    holdingsSchema.parse(await get('/holdings?language=fr'));
    erasurePreviewSchema.parse(await get('/requests/preview?type=erasure'));
    const again = testRequest({ type: 'erasure' });
    assert.equal((await submit(again)).status, 201);
    assert.equal((await submit(again)).status, 200);
    const taken = await shop.ask('DELETE', `/requests/${again.id}`, undefined, camille);
    assert.equal(requestStatusSchema.parse(await taken.json()).state, 'cancelled');
  });

  it('asks on every route who it is, before it says anything (000-27)', async () => {
    for (const [method, path, body] of [
      ['GET', '/holdings'],
      ['GET', '/requests'],
      ['POST', '/requests', testRequest()],
      ['POST', '/requests', { nonsense: true }],
      ['GET', `/requests/${id}`],
      ['DELETE', `/requests/${id}`],
      ['POST', `/requests/${id}/confirm`],
      ['GET', '/requests/preview?type=erasure'],
      ['GET', `/requests/${id}/receipt`],
      ['GET', `/requests/${id}/package`],
      ['GET', '/requests/x/package?format=exe'],
    ] as const)
      for (const cookie of ['', '__Host-placet-me=AAAA', `__Host-placet-me=${'A'.repeat(43)}`]) {
        const response = await shop.ask(method, path, body, { cookie });
        assert.equal(await codeOf(response), 'identity/required', `${method} ${path}`);
      }
  });

  it('gives nobody another’s request by its id, on any route, nor on another site', async () => {
    const answers = new Set<string>();
    for (const [who, query] of [
      [namesake, ''],
      [camille, '?site=other'],
    ] as const)
      for (const [method, path] of [
        ['GET', `/requests/${id}`],
        ['DELETE', `/requests/${id}`],
        ['POST', `/requests/${id}/confirm`],
        ['GET', `/requests/${id}/receipt`],
        ['GET', `/requests/${id}/package`],
        ['GET', `/requests/${randomUUID()}`],
        ['GET', `/requests/${randomUUID()}/receipt`],
        ['POST', `/requests/${randomUUID()}/confirm`],
        ['GET', '/requests/..%2f..%2fstaff'],
      ] as const) {
        const response = await shop.ask(method, path + query, undefined, who);
        assert.ok([401, 404].includes(response.status), `${method} ${path}`);
        if (response.status === 404) answers.add(await response.text());
      }
    assert.equal(answers.size, 1, 'the answer for another’s is the one for none');
    const list = await shop.ask('GET', '/requests', undefined, namesake);
    assert.deepEqual(requestsSchema.parse(await list.json()).requests, []);
    const { status, body } = await submit({ id, type: 'restriction' }, namesake);
    assert.deepEqual([status, problemSchema.parse(body).code], [409, 'rights/conflict']);
    const own = await shop.ask('GET', `/requests/${id}`, undefined, camille);
    assert.equal(own.status, 200);
  });

  it('takes nothing from pages of elsewhere, whoever is signed in', async () => {
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: '' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const sent: Record<string, string> = Object.assign({}, camille, headers);
      for (const [method, path, body] of [
        ['POST', '/requests', testRequest()],
        ['DELETE', `/requests/${id}`],
        ['POST', `/requests/${id}/confirm`],
      ] as const)
        assert.equal(await codeOf(await shop.ask(method, path, body, sent)), 'request/origin');
    }
    assert.equal((await shop.ask('GET', `/requests/${id}`, undefined, camille)).status, 200);
  });

  it('opens what staff entered at the person’s word, once, and nobody else’s (000-26)', async () => {
    const { staff } = shop.server.rights;
    const enter = () =>
      staff.enter({
        site: 'default',
        type: 'restriction',
        channel: 'phone',
        receivedAt: shop.clock.now,
        contacts: { email: 'camille@example.org' },
        actor: 'Alix',
      });
    const entered = await enter();
    const confirm = (one: string, who: Record<string, string>) =>
      shop.ask('POST', `/requests/${one}/confirm`, undefined, who);
    for (const who of [namesake, { ...camille, origin: 'https://evil.example' }])
      assert.notEqual((await confirm(entered, who)).status, 200);
    const opened = await shop.ask('GET', `/requests/${entered}/confirm`, undefined, camille);
    assert.notEqual(opened.status, 200, 'nothing acts on GET');
    const read = async () => {
      const response = await shop.ask('GET', `/requests/${entered}`, undefined, camille);
      return requestStatusSchema.parse(await response.json());
    };
    assert.equal((await read()).state, 'unverified');
    for (let time = 0; time < 2; time++) {
      const response = await confirm(entered, camille);
      assert.equal(response.status, 200);
      const { id: one, timeline } = requestStatusSchema.parse(await response.json());
      assert.deepEqual([one, timeline[1]?.act], [entered, 'verify']);
    }
    const denied = await enter();
    await shop.ask('DELETE', `/requests/${denied}`, undefined, camille);
    assert.equal(await codeOf(await confirm(denied, camille)), 'rights/too-late');
  });

  it('refuses what makes no sense, and repeats nothing of it', async () => {
    for (const path of [
      '/requests/preview',
      '/requests/preview?type=access',
      '/holdings?language=%3Cscript%3E',
      `/requests/${id}/package?format=exe`,
    ]) {
      const response = await shop.ask('GET', path, undefined, camille);
      assert.equal(response.status, 400, path);
      assert.doesNotMatch(await response.text(), /script|exe"/);
    }
    for (const changed of [
      { type: 'rectification' },
      { type: 'objection', against: 'other' },
      { corrections: [] },
      { site: 'nowhere' },
    ] as const)
      assert.equal((await submit(changed)).status, 400);
  });

  it('keeps a package that is not there yet apart from one that never will be', async () => {
    const restricted = await shop.ask('GET', `/requests/${id}/package`, undefined, camille);
    assert.equal(await codeOf(restricted), 'rights/unknown');
  });
});

describe('/staff/requests', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  it('enters, lists, shows and moves requests, with a key only (000-25)', async () => {
    const shop = await rightsServer(database);
    const key = { authorization: `Bearer ${STAFF_KEY}` };
    const entered = {
      type: 'restriction',
      channel: 'post',
      received: '2026-11-20',
      email: 'camille@example.org',
      by: 'Alix',
    };
    for (const [method, path] of [
      ['GET', '/staff/requests'],
      ['POST', '/staff/requests'],
      ['GET', `/staff/requests/${randomUUID()}`],
      ['POST', `/staff/requests/${randomUUID()}/act`],
      ['POST', `/staff/requests/${randomUUID()}/doubt`],
    ] as const)
      assert.equal((await shop.ask(method, path, method === 'POST' ? {} : undefined)).status, 401);
    const post = (path: string, body: unknown) =>
      shop.ask('POST', `/staff/requests${path}`, body, key);
    const response = await post('', entered);
    assert.equal(response.status, 200);
    const { id } = (await response.json()) as { id: string };
    assert.equal((await post('', { ...entered, channel: 'web' })).status, 400);
    assert.equal((await post('', { ...entered, received: 'yesterday' })).status, 400);
    assert.equal((await post('', { ...entered, received: undefined })).status, 400);
    const act = { act: 'verify', note: 'Signed letter.', by: 'Alix' };
    for (const by of ['', 'system', ' Person'])
      assert.equal((await post(`/${id}/act`, { ...act, by })).status, 400, by);
    const doubt = { reason: 'Another voice.', question: 'When were you here?', by: 'Alix' };
    assert.equal((await post(`/${id}/doubt`, doubt)).status, 409, 'nobody has confirmed it yet');
    assert.equal((await post(`/${id}/act`, act)).status, 200);
    assert.equal((await post(`/${id}/act`, act)).status, 409);
    assert.equal((await post(`/${randomUUID()}/act`, act)).status, 404);
    await shop.server.jobs.idle();
    const shown = await shop.ask('GET', `/staff/requests/${id}`, undefined, key);
    assert.equal(((await shown.json()) as { state: string }).state, 'completed');
    const erasure = await post('', { ...entered, type: 'erasure' });
    const { id: other } = (await erasure.json()) as { id: string };
    assert.equal((await post(`/${other}/act`, act)).status, 200);
    for (const wrong of [
      { reason: '' },
      { question: undefined },
      { by: 'system' },
      { act: 'doubt' },
    ])
      assert.equal((await post(`/${other}/doubt`, { ...doubt, ...wrong })).status, 400);
    const doubted = await post(`/${other}/doubt`, doubt);
    assert.equal(doubted.status, 200);
    const { items } = (await doubted.json()) as { items: { item: string; status: string }[] };
    assert.equal(items.find(({ item }) => item === 'identity/doubt')?.status, 'open');
    assert.equal((await post(`/${other}/doubt`, doubt)).status, 409, 'it is asked once');
    const taken = await post(`/${other}/act`, { act: 'refuse', reason: 'No answer.', by: 'Alix' });
    assert.equal(taken.status, 200);
    const list = await shop.ask('GET', '/staff/requests', undefined, key);
    assert.deepEqual(await list.json(), { requests: [] });
    await shop.server.close();
  });
});
