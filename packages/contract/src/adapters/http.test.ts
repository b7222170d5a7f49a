import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { SAMPLE_CONFIG, sampleRecord } from '../conformance/index.js';
import { ERRORS, PlacetError, type ErrorCode } from '../errors.js';
import { scriptedServer, type Answer } from '../testing/scripted-server.js';
import { httpAdapter, type HttpAdapterOptions } from './http.js';

const receiptOf = (id: string) => ({
  id,
  receivedAt: '2026-11-22T10:00:01.000Z',
  expires: '2027-12-22T10:00:00.000Z',
  notice: { version: '2026-11', hash: 'a'.repeat(64) },
  leaf: 'b'.repeat(64),
});

const problem = (status: number, code: string, more: object = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: { type: 'about:blank', title: 'No', status, code, ...more },
});

async function setup(
  t: TestContext,
  answers: (id: string) => readonly Answer[],
  options: Partial<HttpAdapterOptions> = {},
) {
  const record = await sampleRecord(SAMPLE_CONFIG);
  const { baseUrl, seen, close } = await scriptedServer(...answers(record.id));
  t.after(close);
  const adapter = httpAdapter({ baseUrl, ...options });
  return { adapter, consents: adapter.consents!, record, seen, baseUrl };
}

const withCode = (code: ErrorCode, message?: RegExp, retryAfter?: number) => (error: unknown) => {
  assert.ok(error instanceof PlacetError);
  assert.equal(error.code, code, error.message);
  if (message) assert.match(error.message, message);
  assert.equal(error.retryAfter, retryAfter);
  return true;
};

describe('httpAdapter', () => {
  it('posts the record without its notice’s text and answers the receipt', async (t) => {
    const { consents, record, seen } = await setup(t, (id) => [
      { status: 201, body: receiptOf(id) },
    ]);
    assert.deepEqual(await consents.record(record), receiptOf(record.id));
    const { text: _text, ...notice } = record.notice;
    assert.equal(seen.length, 1);
    assert.equal(`${seen[0]!.method} ${seen[0]!.url}`, 'POST /placet/consents');
    assert.equal(seen[0]!.headers['content-type'], 'application/json');
    assert.deepEqual(JSON.parse(seen[0]!.body), { ...record, notice });
  });

  it('sends the text along when the register does not know the notice, once', async (t) => {
    const { consents, record, seen } = await setup(t, (id) => [
      problem(422, 'notice/unknown'),
      { body: receiptOf(id) },
    ]);
    assert.deepEqual(await consents.record(record), receiptOf(record.id));
    assert.deepEqual(JSON.parse(seen[1]!.body), record);
    assert.equal(seen.length, 2);
  });

  it('does not send the text a second time, nor ask again without one', async (t) => {
    const { consents, record, seen } = await setup(t, () => [problem(422, 'notice/unknown')]);
    await assert.rejects(consents.record(record), withCode('notice/unknown'));
    assert.equal(seen.length, 2);
    const { text: _text, ...notice } = record.notice;
    await assert.rejects(consents.record({ ...record, notice }), withCode('notice/unknown'));
    assert.equal(seen.length, 3);
  });

  it('sends the text at once where there is no hash', async (t) => {
    const { consents, record, seen } = await setup(t, (id) => [{ body: receiptOf(id) }]);
    const { hash: _hash, ...notice } = record.notice;
    await consents.record({ ...record, notice });
    assert.deepEqual(JSON.parse(seen[0]!.body), { ...record, notice });
  });

  it('takes for an acknowledgement only a receipt of this very decision', async (t) => {
    const others: readonly unknown[] = [
      '<!doctype html><title>Welcome to our Wi-Fi</title>',
      '',
      'null',
      '[]',
      '"ok"',
      '{}',
      receiptOf('00000000-0000-4000-8000-000000000000'),
    ];
    for (const body of others) {
      const { consents, record } = await setup(t, () => [{ status: 200, body }]);
      await assert.rejects(consents.record(record), withCode('adapter/unreachable', /200/));
    }
    const { consents, record } = await setup(t, (id) => [{ body: { id } }]);
    await assert.rejects(consents.record(record), withCode('adapter/unreachable'));
  });

  it('tells what may succeed later from what will not', async (t) => {
    const outcomes: readonly (readonly [Answer, ErrorCode, retryAfter?: number])[] = [
      [{ status: 500 }, 'adapter/unreachable'],
      [{ status: 502, body: '<h1>Bad gateway</h1>' }, 'adapter/unreachable'],
      [problem(500, 'consent/conflict'), 'adapter/unreachable'],
      [{ status: 503, headers: { 'retry-after': '7' } }, 'adapter/unreachable', 7],
      [{ ...(problem(503, 'server/unavailable') as object) }, 'server/unavailable'],
      [{ status: 408 }, 'adapter/unreachable'],
      [{ status: 425 }, 'adapter/unreachable'],
      [{ status: 429, headers: { 'retry-after': '30' } }, 'request/too-many', 30],
      [{ status: 429, headers: { 'retry-after': 'soon' } }, 'request/too-many'],
      [problem(429, 'request/too-many'), 'request/too-many'],
      [problem(409, 'consent/conflict'), 'consent/conflict'],
      [{ status: 400 }, 'adapter/rejected'],
      [{ status: 404, body: '<h1>Not found</h1>' }, 'adapter/rejected'],
      [problem(400, 'no/such-code'), 'adapter/rejected'],
      [problem(400, 'adapter/aborted'), 'adapter/rejected'],
      ['break', 'adapter/unreachable'],
    ];
    for (const [answer, code, retryAfter] of outcomes) {
      const { consents, record } = await setup(t, () => [answer]);
      await assert.rejects(consents.record(record), withCode(code, undefined, retryAfter));
    }
  });

  it('names the status of a refusal without a known code', async (t) => {
    const { consents, record } = await setup(t, () => [{ status: 418 }]);
    await assert.rejects(consents.record(record), withCode('adapter/rejected', /consents.* 418/));
  });

  it('passes on every code that a backend can refuse a decision with, and its detail', async (t) => {
    const own =
      /^(config|preferences|adapter|server|opt-in|contact|token|import|identity|rights)\/|^consent\/no-gesture$/;
    const codes = (Object.keys(ERRORS) as ErrorCode[]).filter((code) => !own.test(code));
    assert.ok(codes.length >= 15);
    for (const code of codes.filter((each) => each !== 'notice/unknown')) {
      const { consents, record } = await setup(t, () => [
        problem(400, code, { detail: 'So it is' }),
      ]);
      await assert.rejects(consents.record(record), withCode(code, /So it is/));
    }
  });

  it('reaches nothing where nobody listens', async (t) => {
    const { record } = await setup(t, () => [{}]);
    const gone = await scriptedServer({});
    await gone.close();
    const { consents } = httpAdapter({ baseUrl: gone.baseUrl });
    await assert.rejects(consents!.record(record), withCode('adapter/unreachable'));
  });

  it('counts an answer that takes too long as missing', async (t) => {
    const { consents, record } = await setup(t, () => ['hang'], { timeout: 20 });
    await assert.rejects(consents.record(record), withCode('adapter/unreachable'));
  });

  it('gives a call up when it is told to, before and under way', async (t) => {
    const controller = new AbortController();
    const { consents, record, seen } = await setup(t, () => ['hang'], {
      fetch: (url, init) => {
        queueMicrotask(() => controller.abort());
        return fetch(url, init);
      },
    });
    const { signal } = controller;
    await assert.rejects(consents.record(record, { signal }), withCode('adapter/aborted'));
    await assert.rejects(consents.record(record, { signal }), withCode('adapter/aborted'));
    await assert.rejects(consents.receipt!(record.id, { signal }), withCode('adapter/aborted'));
    assert.equal(seen.length, 0);
  });

  it('lets a last call outlive the page, without cookies: a late answer changes no newer choice', async (t) => {
    const { record, baseUrl } = await setup(t, (id) => [{ body: receiptOf(id) }]);
    const inits: RequestInit[] = [];
    const { consents } = httpAdapter({
      baseUrl,
      fetch: (url, init) => {
        inits.push(init);
        return fetch(url, init);
      },
    });
    await consents!.record(record);
    await consents!.record(record, { isLast: true });
    assert.deepEqual(
      inits.map(({ keepalive, credentials }) => [keepalive, credentials]),
      [
        [false, 'same-origin'],
        [true, 'omit'],
      ],
    );
  });

  it('fetches the person’s copy and what the backend offers', async (t) => {
    const copy = { receipt: { '@type': 'dpv:ConsentReceipt' } };
    const { adapter, consents, seen } = await setup(t, () => [
      { body: copy },
      { body: { consents: { receipts: true } } },
      { body: {} },
      { body: { consents: 'yes' } },
      { body: '"yes"' },
      { body: {} },
    ]);
    assert.deepEqual(await consents.receipt!('a/b?c'), copy);
    assert.equal(seen[0]!.url, '/placet/consents/a%2Fb%3Fc/receipt');
    assert.deepEqual(await adapter.capabilities(), { consents: { receipts: true } });
    assert.deepEqual(await adapter.capabilities(), {});
    assert.equal(`${seen[2]!.method} ${seen[2]!.url}`, 'GET /placet/capabilities');
    await assert.rejects(adapter.capabilities(), withCode('adapter/unreachable'));
    await assert.rejects(adapter.capabilities(), withCode('adapter/unreachable'));
    await assert.rejects(consents.receipt!('a'), withCode('adapter/unreachable'));
  });

  it('refuses what is no plain data without sending it', async (t) => {
    const { consents, record, seen } = await setup(t, () => [{}]);
    const senseless = { ...record, months: 13n as unknown as number };
    await assert.rejects(consents.record(senseless), withCode('request/invalid'));
    assert.equal(seen.length, 0);
  });
});
