import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import {
  maySendSchema,
  optInSchema,
  problemSchema,
  subscriptionChangeSchema,
  withdrawalSchema,
} from '@placet/contract/schema';
import type { Database } from '../database/database.js';
import { testDatabase } from '../testing/database.js';
import { API_KEY, optInServer } from '../testing/opt-in-server.js';
import { countRecords, STAFF_KEY } from '../testing/server.js';
import { NEWSLETTER, testChange, testOptIn } from '../testing/subscriptions.js';

/** What attackers and mistakes put into texts; none of it may be repeated in a problem, or logged. */
const PAYLOADS = [
  "'; drop table contact; --",
  '<script>alert("jean.dupont@example.com")</script>',
  '../../../../etc/passwd',
  '%00',
  '\u0000',
  '\ud800',
  'a\r\nBcc: jean.dupont@example.com',
  '__proto__',
  'jean.dupont@example.com, other@example.com',
  '+33612345678;ext=1',
  'x'.repeat(5000),
];

const anyValue = fc.oneof(
  fc.constantFrom<unknown>(...PAYLOADS),
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, [], {}, [[]], '', ['x'], { email: 1 }),
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary' }),
);

/** Where something can be put, in each of the bodies. */
const PLACES = {
  '/subscriptions': [
    'id',
    'at',
    'choices',
    'choices.0',
    'choices.0.topic',
    'choices.0.channel',
    'choices.0.granted',
    'basis',
    'contacts',
    'contacts.email',
    'contacts.phone',
    'missing',
    'frequency',
    'guardian',
    'guardian.email',
    'sale',
    'notice',
    'notice.hash',
    'notice.text',
    'gesture',
    'gesture.trusted',
    'language',
    'page',
    'site',
    'other',
  ],
  '/subscriptions/confirm': ['token', 'id', 'code', 'other'],
  '/subscriptions/link': ['email', 'phone', 'other'],
  '/may-send': ['contact', 'channel', 'topic', 'controller', 'site', 'sending', 'other'],
  '/withdrawals': ['id', 'contact', 'channel', 'topic', 'controller', 'at', 'site', 'other'],
  '/sms/inbound': ['from', 'text', 'other'],
  '/staff/subscriptions/withdraw': ['id', 'contact', 'channel', 'topic', 'by', 'other'],
  '/staff/subscriptions/lookup': ['contact', 'other'],
} as const;

type Path = keyof typeof PLACES;

const WHOLE: Readonly<Record<Path, () => object>> = {
  '/subscriptions': () => testOptIn([NEWSLETTER], { contacts: { email: 'fuzz@example.org' } }),
  '/subscriptions/confirm': () => ({ token: 'x' }),
  '/subscriptions/link': () => ({ email: 'fuzz@example.org' }),
  '/may-send': () => ({ contact: 'fuzz@example.org', ...NEWSLETTER }),
  '/withdrawals': () => ({ id: crypto.randomUUID(), contact: 'fuzz@example.org' }),
  '/sms/inbound': () => ({ from: '+33612345678', text: 'hello' }),
  '/staff/subscriptions/withdraw': () => ({ contact: 'fuzz@example.org', by: 'x' }),
  '/staff/subscriptions/lookup': () => ({ contact: 'fuzz@example.org' }),
};

const SCHEMAS = {
  '/subscriptions': optInSchema,
  '/may-send': maySendSchema,
  '/withdrawals': withdrawalSchema,
} as const;

function put(target: unknown, [key, ...rest]: readonly string[], value: unknown): void {
  if (typeof target !== 'object' || target === null || key === undefined) return;
  if (rest.length > 0) return put((target as Record<string, unknown>)[key], rest, value);
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true });
}

const request = fc.constantFrom(...(Object.keys(PLACES) as Path[])).chain((path) =>
  fc
    .array(fc.tuple(fc.constantFrom(...PLACES[path]), anyValue), { minLength: 1, maxLength: 3 })
    .map((changes) => {
      const body = WHOLE[path]();
      for (const [place, value] of changes) put(body, place.split('.'), value);
      return { path, body: JSON.stringify(body) };
    }),
);

describe('Bad input about subscriptions', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  const keyOf = (path: string) => (path.startsWith('/staff') ? STAFF_KEY : API_KEY);
  const needsKey = (path: string) => !path.startsWith('/subscriptions');

  it('is a 4xx problem that repeats nothing and stores nothing, or was valid; never a 500', async () => {
    const bench = await optInServer(database);
    await fc.assert(
      fc.asyncProperty(request, async ({ path, body }) => {
        const before = await countRecords(database);
        const headers: Record<string, string> = needsKey(path)
          ? { authorization: `Bearer ${keyOf(path)}` }
          : {};
        const response = await bench.ask('POST', path, body, headers);
        const text = await response.text();
        if (response.ok) {
          const schema = SCHEMAS[path as keyof typeof SCHEMAS];
          assert.ok(!schema || schema.safeParse(JSON.parse(body)).success, body);
          return;
        }
        assert.ok(response.status < 500, `${response.status} ${path} ${body}`);
        assert.equal(problemSchema.parse(JSON.parse(text)).status, response.status);
        assert.doesNotMatch(text, /jean|dupont|script|drop table|fuzz/);
        assert.equal(await countRecords(database), before, body);
      }),
      { numRuns: 700 },
    );
    await bench.server.jobs.idle();
    assert.doesNotMatch(
      JSON.stringify(bench.lines),
      /jean|dupont|fuzz@|drop table|"event":"failure"/,
    );
    for (const { to, subject } of bench.mails) assert.doesNotMatch(to + subject, /[\r\n,]/);
  });

  it('is refused as a change and as a form, in whichever field, and nothing is withdrawn or stored', async () => {
    const bench = await optInServer(database);
    const fields = fc.array(
      fc.tuple(
        fc.constantFrom(
          'email',
          'phone',
          'choice',
          'age',
          'guardian',
          'notice',
          'site',
          'language',
          'page',
          'topics',
          'token',
          'do',
          'pause',
          'frequency',
          'id',
          'code',
        ),
        fc.oneof(fc.constantFrom(...PAYLOADS), fc.string()),
      ),
      { maxLength: 8 },
    );
    const paths = fc.constantFrom(
      '/subscriptions',
      '/subscriptions/confirm',
      '/subscriptions/manage',
      '/unsubscribe',
    );
    const before = await countRecords(database);
    await fc.assert(
      fc.asyncProperty(paths, fields, anyValue, async (path, given, value) => {
        const body = new URLSearchParams(given.map(([name, text]) => [name, text]));
        const response = await bench.ask('POST', path, body);
        assert.ok(response.status < 500, `${response.status} ${path} ${body}`);
        assert.doesNotMatch(await response.text(), /<script|\ud800/);
        const change = { ...testChange(), choices: value };
        const refused = await bench.ask('PUT', '/subscriptions', change, {
          authorization: 'Bearer x',
        });
        assert.ok(refused.status >= 400 && refused.status < 500);
        assert.ok(refused.status === 404 || !subscriptionChangeSchema.safeParse(change).success);
      }),
      { numRuns: 250 },
    );
    assert.equal(await countRecords(database), before);
  });
});
