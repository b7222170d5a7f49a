import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { SAMPLE_CONFIG, sampleOptIn } from '../conformance/index.js';
import { ERRORS, PlacetError, type ErrorCode } from '../errors.js';
import type { SubscriptionChange } from '../opt-in/opt-in.js';
import { scriptedServer, type Answer } from '../testing/scripted-server.js';
import { httpAdapter, type HttpAdapterOptions } from './http.js';

const STATE = { contacts: [], items: [], history: [] };
const TOKEN = { token: 'the-token' };

const resultOf = (id: string) => ({
  id,
  receivedAt: '2026-11-22T10:00:01.000Z',
  notice: { version: '2026-11', hash: 'a'.repeat(64) },
  confirm: ['email'],
  missing: [],
});

async function setup(
  t: TestContext,
  answers: (id: string) => readonly Answer[],
  options: Partial<HttpAdapterOptions> = {},
) {
  const optIn = await sampleOptIn(SAMPLE_CONFIG);
  const { baseUrl, seen, close } = await scriptedServer(...answers(optIn.id));
  t.after(close);
  const { choices: _choices, contacts: _contacts, ...rest } = optIn;
  const change: SubscriptionChange = { ...rest, frequency: 'monthly' };
  return { group: httpAdapter({ baseUrl, ...options }).subscriptions, optIn, change, seen };
}

const codeIs = (code: ErrorCode) => (error: unknown) => {
  assert.ok(error instanceof PlacetError);
  assert.equal(error.code, code, error.message);
  return true;
};

describe('httpSubscriptions', () => {
  it('posts the opt-in without its notice’s text, and with it where it is asked for', async (t) => {
    const { group, optIn, seen } = await setup(t, (id) => [
      { status: 422, body: { code: 'notice/unknown' } },
      { status: 202, body: resultOf(id) },
    ]);
    assert.deepEqual(await group.submit(optIn), resultOf(optIn.id));
    const { text: _text, ...notice } = optIn.notice;
    assert.deepEqual(
      seen.map(({ method, url }) => `${method} ${url}`),
      ['POST /placet/subscriptions', 'POST /placet/subscriptions'],
    );
    assert.deepEqual(JSON.parse(seen[0]!.body), { ...optIn, notice });
    assert.deepEqual(JSON.parse(seen[1]!.body), optIn);
  });

  it('uses the addresses and methods of the wire format, with the token in a header alone', async (t) => {
    const copy = { receipt: {} };
    const { group, change, seen } = await setup(t, () => [
      { body: STATE },
      { body: STATE },
      { body: STATE },
      { body: copy },
      { body: { choices: [], access: 'a' } },
      { status: 202, body: {} },
      { body: STATE },
    ]);
    await group.read(TOKEN);
    await group.update(TOKEN, change);
    await group.unsubscribeAll(TOKEN);
    assert.deepEqual(await group.receipt(TOKEN, 'a/b'), copy);
    assert.deepEqual(await group.confirm({ token: 'x' }), { choices: [], access: 'a' });
    assert.equal(await group.sendLink({ email: 'a@example.org' }), undefined);
    await group.read({});
    assert.deepEqual(
      seen.map(({ method, url, headers }) => [`${method} ${url}`, headers['authorization']]),
      [
        ['GET /placet/subscriptions', 'Bearer the-token'],
        ['PUT /placet/subscriptions', 'Bearer the-token'],
        ['DELETE /placet/subscriptions', 'Bearer the-token'],
        ['GET /placet/subscriptions/receipts/a%2Fb', 'Bearer the-token'],
        ['POST /placet/subscriptions/confirm', undefined],
        ['POST /placet/subscriptions/link', undefined],
        ['GET /placet/subscriptions', undefined],
      ],
    );
    assert.deepEqual(JSON.parse(seen[4]!.body), { token: 'x' });
    assert.deepEqual(JSON.parse(seen[5]!.body), { email: 'a@example.org' });
  });

  it('names the site where the backend has several', async (t) => {
    const { group, change, seen } = await setup(
      t,
      () => [
        { body: STATE },
        { body: STATE },
        { body: STATE },
        { body: { receipt: {} } },
        { body: {} },
      ],
      { site: 'shop-2' },
    );
    await group.read(TOKEN);
    await group.update(TOKEN, change);
    await group.unsubscribeAll(TOKEN);
    await group.receipt(TOKEN, 'x');
    await group.sendLink({});
    for (const { url } of seen) assert.match(url, /\?site=shop-2$/);
  });

  it('takes for an answer only what is one', async (t) => {
    for (const body of [
      '<h1>Wi-Fi</h1>',
      'null',
      '[]',
      '{}',
      '{"id":"x","confirm":[],"receivedAt":"y"}',
    ]) {
      const { group, optIn, change } = await setup(t, () => [{ body }]);
      for (const call of [
        () => group.submit(optIn),
        () => group.confirm({ token: 'x' }),
        () => group.read(TOKEN),
        () => group.update(TOKEN, change),
        () => group.unsubscribeAll(TOKEN),
        () => group.receipt(TOKEN, 'x'),
      ])
        await assert.rejects(call, codeIs('adapter/unreachable'));
    }
  });

  it('passes on every code that a backend can refuse an opt-in with', async (t) => {
    const own =
      /^(config|preferences|adapter|server|import|identity|rights)\/|^consent\/(conflict|unknown-purpose)$|^record\//;
    const codes = (Object.keys(ERRORS) as ErrorCode[]).filter((code) => !own.test(code));
    assert.ok(codes.length >= 16);
    for (const code of codes) {
      const { group } = await setup(t, () => [{ status: 400, body: { code, detail: 'So it is' } }]);
      await assert.rejects(group.read(TOKEN), codeIs(code));
    }
    const strange = await setup(t, () => [{ status: 400, body: { code: 'consent/conflict' } }]);
    await assert.rejects(strange.group.read(TOKEN), codeIs('adapter/rejected'));
    const busy = await setup(t, () => [{ status: 503, body: { code: 'server/unavailable' } }]);
    await assert.rejects(busy.group.read(TOKEN), codeIs('server/unavailable'));
  });

  it('refuses what is no plain data without sending it', async (t) => {
    const { group, optIn, seen } = await setup(t, () => [{}]);
    const senseless = { ...optIn, at: 13n as unknown as string };
    await assert.rejects(group.submit(senseless), codeIs('request/invalid'));
    await assert.rejects(group.confirm(senseless as never), codeIs('request/invalid'));
    assert.equal(seen.length, 0);
  });
});
