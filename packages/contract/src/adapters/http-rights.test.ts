import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { runInNewContext } from 'node:vm';
import { SAMPLE_CONFIG, sampleRequest } from '../conformance/index.js';
import { ERRORS, PlacetError, type ErrorCode } from '../errors.js';
import { scriptedServer, type Answer } from '../testing/scripted-server.js';
import { httpAdapter } from './http.js';
import { httpRights, type HttpRightsOptions } from './http-rights.js';

const SESSION = { contacts: [], by: 'link', scope: { kind: 'site', controllers: ['Maison'] } };
const statusOf = (id: string) => ({ id, timeline: [] });
const OPEN_ERASURE = { ...statusOf('open'), type: 'erasure' };

async function setup(
  t: TestContext,
  answers: readonly Answer[],
  options: Partial<HttpRightsOptions> = {},
) {
  const { baseUrl, seen, close } = await scriptedServer(...answers);
  t.after(close);
  return { ...httpRights({ baseUrl, ...options }), seen };
}

const codeIs = (code: ErrorCode) => (error: unknown) => {
  assert.ok(error instanceof PlacetError);
  assert.equal(error.code, code, error.message);
  return true;
};

describe('httpRights', () => {
  it('uses the addresses and methods of the wire format', async (t) => {
    const request = sampleRequest(SAMPLE_CONFIG);
    const { id } = request;
    const { identity, holdings, requests, seen } = await setup(t, [
      { status: 202, body: {} },
      { body: SESSION },
      { body: { session: SESSION } },
      { body: {} },
      { body: {} },
      { body: { holdings: [] } },
      { status: 201, body: statusOf(id) },
      { body: { requests: [statusOf(id)] } },
      { body: statusOf(id) },
      { body: statusOf(id) },
      { body: statusOf(id) },
      { body: { systems: [] } },
    ]);
    assert.equal(await identity.start({ email: 'a@example.org' }), undefined);
    assert.deepEqual(await identity.finish({ token: 't' }), SESSION);
    assert.deepEqual(await identity.session(), SESSION);
    assert.equal(await identity.session(), undefined);
    assert.equal(await identity.end(), undefined);
    assert.deepEqual(await holdings.read(), []);
    assert.deepEqual(await requests.submit(request), statusOf(id));
    assert.deepEqual(await requests.list(), [statusOf(id)]);
    assert.deepEqual(await requests.read(id), statusOf(id));
    assert.deepEqual(await requests.cancel(id), statusOf(id));
    assert.deepEqual(await requests.confirm(id), statusOf(id));
    assert.deepEqual(await requests.preview('erasure'), { systems: [] });
    assert.deepEqual(
      seen.map(({ method, url }) => `${method} ${url}`),
      [
        'POST /placet/identity',
        'POST /placet/identity/verify',
        'GET /placet/identity',
        'GET /placet/identity',
        'DELETE /placet/identity',
        'GET /placet/holdings',
        'POST /placet/requests',
        'GET /placet/requests',
        `GET /placet/requests/${id}`,
        `DELETE /placet/requests/${id}`,
        `POST /placet/requests/${id}/confirm`,
        'GET /placet/requests/preview?type=erasure',
      ],
    );
    assert.deepEqual(JSON.parse(seen[0]!.body), { email: 'a@example.org' });
    assert.deepEqual(JSON.parse(seen[1]!.body), { token: 't' });
    assert.deepEqual(JSON.parse(seen[6]!.body), request);
  });

  it('names the site and the language where they are given', async (t) => {
    const { identity, holdings, requests, seen } = await setup(
      t,
      [{ body: {} }, { body: { holdings: [] } }, { body: { systems: [] } }],
      { site: 'shop 2' },
    );
    await identity.start({ email: 'a@example.org' }, { language: 'fr' });
    await holdings.read({ language: 'fr' });
    await requests.preview('erasure', { language: 'fr' });
    assert.deepEqual(JSON.parse(seen[0]!.body), {
      email: 'a@example.org',
      language: 'fr',
      site: 'shop 2',
    });
    assert.equal(seen[1]!.url, '/placet/holdings?language=fr&site=shop+2');
    assert.equal(seen[2]!.url, '/placet/requests/preview?type=erasure&language=fr&site=shop+2');
  });

  it('fetches a file, of the type that was asked for', async (t) => {
    const types = {
      json: 'application/json',
      csv: 'text/csv; charset=utf-8',
      zip: 'application/zip',
    };
    for (const [format, type] of Object.entries(types)) {
      const { requests, seen } = await setup(t, [
        { body: { held: 'é' }, headers: { 'content-type': type } },
      ]);
      const file = await requests.download('a/b', format as keyof typeof types);
      assert.equal(await file.text(), '{"held":"é"}');
      assert.match(file.type, new RegExp(format));
      assert.equal(seen[0]!.url, `/placet/requests/a%2Fb/package?format=${format}`);
    }
  });

  it('takes what a proxy or a captive portal answers for no file', async (t) => {
    for (const type of ['text/html', 'text/plain']) {
      const { requests } = await setup(t, [
        { body: 'Log in first', headers: { 'content-type': type } },
      ]);
      await assert.rejects(requests.download('a', 'json'), codeIs('adapter/unreachable'));
    }
  });

  it('counts a file that breaks off as missing', async (t) => {
    const { requests } = await setup(t, ['break']);
    await assert.rejects(requests.download('a', 'json'), codeIs('adapter/unreachable'));
  });

  it('says why there is no file', async (t) => {
    for (const code of ['rights/not-ready', 'rights/unknown', 'identity/required'] as const) {
      const { requests } = await setup(t, [{ status: 409, body: { code } }]);
      await assert.rejects(requests.download('a', 'zip'), codeIs(code));
    }
  });

  it('gives a download up when it is told to', async (t) => {
    const controller = new AbortController();
    const { requests } = await setup(t, ['hang']);
    const pending = requests.download('a', 'zip', { signal: controller.signal });
    controller.abort();
    await assert.rejects(pending, codeIs('adapter/aborted'));
  });

  it('takes nothing else for an answer', async (t) => {
    const { identity, holdings, requests } = await setup(t, [{ body: { nothing: true } }]);
    const strange = await setup(t, [{ body: { session: 'me' } }]);
    const others = await setup(t, [{ body: statusOf('another') }]);
    const erasure = await setup(t, [{ body: OPEN_ERASURE }]);
    for (const call of [
      () => identity.finish({ token: 't' }),
      () => strange.identity.session(),
      () => holdings.read(),
      () => requests.list(),
      () => requests.read('a'),
      () => requests.preview('erasure'),
      () => others.requests.read('a'),
      () => others.requests.cancel('a'),
      () => others.requests.confirm('a'),
      () => others.requests.submit(sampleRequest(SAMPLE_CONFIG)),
      () => others.requests.submit(sampleRequest(SAMPLE_CONFIG, { type: 'erasure' })),
      () => erasure.requests.submit(sampleRequest(SAMPLE_CONFIG)),
      () => erasure.requests.read('a'),
      () => erasure.requests.cancel('a'),
    ])
      await assert.rejects(call, codeIs('adapter/unreachable'));
  });

  it('takes what another realm’s fetch answers, as it takes its own', async () => {
    const answers: unknown[] = [
      '{ requests: [] }',
      '{ receipt: {} }',
      '{ session: { contacts: [], by: "link" } }',
      '{ consents: { receipts: true } }',
    ].map((text) => runInNewContext(`(${text})`));
    const fetch = async () =>
      ({ ok: true, status: 200, json: async () => answers.shift() }) as Response;
    const { requests, identity, capabilities } = httpAdapter({ baseUrl: '/placet', fetch });
    assert.equal((await requests.list()).length, 0);
    assert.ok(await requests.receipt('x'));
    assert.equal((await identity.session())?.by, 'link');
    assert.ok((await capabilities()).consents);
  });

  it('takes the erasure that is open for the one that was sent, or was confirmed', async (t) => {
    const { requests } = await setup(t, [{ body: OPEN_ERASURE }]);
    const request = sampleRequest(SAMPLE_CONFIG, { type: 'erasure' });
    assert.deepEqual(await requests.submit(request), OPEN_ERASURE);
    assert.deepEqual(await requests.confirm('entered'), OPEN_ERASURE);
  });

  it('passes on every code that a backend can refuse people’s rights with', async (t) => {
    const own =
      /^(config|preferences|adapter|server|import|consent|notice|receipt|record|opt-in)\//;
    const codes = (Object.keys(ERRORS) as ErrorCode[]).filter((code) => !own.test(code));
    assert.ok(codes.length >= 18);
    for (const code of codes) {
      const { requests } = await setup(t, [{ status: 400, body: { code, detail: 'So it is' } }]);
      await assert.rejects(requests.list(), codeIs(code));
    }
    const strange = await setup(t, [{ status: 400, body: { code: 'consent/conflict' } }]);
    await assert.rejects(strange.requests.list(), codeIs('adapter/rejected'));
    const busy = await setup(t, [{ status: 503, body: { code: 'server/unavailable' } }]);
    await assert.rejects(busy.requests.list(), codeIs('server/unavailable'));
  });

  it('refuses what is no plain data without sending it', async (t) => {
    const { identity, requests, seen } = await setup(t, [{}]);
    const senseless = { token: 13n } as never;
    await assert.rejects(identity.start(senseless), codeIs('request/invalid'));
    await assert.rejects(identity.finish(senseless), codeIs('request/invalid'));
    await assert.rejects(requests.submit(senseless), codeIs('request/invalid'));
    assert.equal(seen.length, 0);
  });
});
