import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { memoryAdapter } from '../adapters/memory.js';
import { MALFORMED_REQUESTS } from '../conformance/malformed-requests.js';
import { SAMPLE_CONFIG, sampleRequest } from '../conformance/index.js';
import {
  capabilitiesSchema,
  erasurePreviewSchema,
  holdingsSchema,
  identityProofSchema,
  identitySchema,
  identityStartSchema,
  newRequestSchema,
  requestsSchema,
  requestStatusSchema,
  sessionSchema,
} from '../schema.js';
import { MOVES } from '../rights/states.js';
import { REQUEST_ACTS, REQUEST_STATES } from '../rights/words.js';
import { PEOPLE } from '../testing/people.js';

interface Schema {
  safeParse(given: unknown): { success: boolean; data?: unknown };
}

const takes = (schema: Schema, given: unknown) => schema.safeParse(given).success;
const correction = { system: 's', category: 'c', record: 'r', field: 'f', value: '' };

describe('The wire format of rights', () => {
  it('takes every kind of request', () => {
    for (const members of [
      {},
      { type: 'portability' },
      { type: 'erasure', note: 'Please.' },
      { type: 'restriction', site: 'shop-2' },
      { type: 'rectification', corrections: [correction] },
      { type: 'objection' },
      { type: 'objection', against: 'marketing' },
      { type: 'objection', against: 'other', note: 'No profiling.' },
    ] as const)
      assert.ok(takes(newRequestSchema, sampleRequest(SAMPLE_CONFIG, members)));
  });

  it('refuses what is malformed, by what is wrong with it', () => {
    for (const [what, members] of MALFORMED_REQUESTS)
      assert.ok(!takes(newRequestSchema, sampleRequest(SAMPLE_CONFIG, members)), what);
    const many = Array.from({ length: 101 }, () => correction);
    const request = sampleRequest(SAMPLE_CONFIG, { type: 'rectification', corrections: many });
    assert.ok(!takes(newRequestSchema, request), 'more than 100 corrections');
  });

  it('changes nothing of what it takes', () => {
    const texts = fc.string({ minLength: 1, maxLength: 100 });
    const plain = { noNullPrototype: true };
    const given = fc.record(
      {
        type: fc.constant('rectification' as const),
        note: texts,
        corrections: fc.array(
          fc.record(
            {
              system: texts,
              category: texts,
              record: texts,
              field: texts,
              value: fc.string({ maxLength: 100 }),
            },
            plain,
          ),
          { minLength: 1, maxLength: 100 },
        ),
      },
      plain,
    );
    fc.assert(
      fc.property(given, (members) => {
        const request = sampleRequest(SAMPLE_CONFIG, members);
        assert.deepEqual(newRequestSchema.safeParse(request).data, request);
      }),
    );
  });

  it('never throws, whatever JSON it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (given) => {
        for (const schema of [newRequestSchema, identityProofSchema, identityStartSchema])
          assert.equal(typeof takes(schema, given), 'boolean');
      }),
    );
  });

  it('takes a link’s token or a code as people type it, and not both', () => {
    for (const proof of [{ token: 'a'.repeat(43) }, { code: '123456' }, { code: ' 123 - 456 ' }])
      assert.ok(takes(identityProofSchema, proof), JSON.stringify(proof));
    for (const proof of [
      {},
      { token: '' },
      { token: 'a'.repeat(257) },
      { code: '' },
      { code: 'ABCDEF' },
      { code: '1'.repeat(17) },
      { token: 'a', code: '123456' },
    ])
      assert.ok(!takes(identityProofSchema, proof), JSON.stringify(proof));
  });

  it('takes an address with the language and the site, and nothing else', () => {
    assert.ok(takes(identityStartSchema, { email: 'a@example.org', language: 'fr-CA' }));
    assert.ok(takes(identityStartSchema, { phone: '+33612345678', site: 'shop-2' }));
    for (const given of [
      { email: '' },
      { email: 'a'.repeat(321) },
      { email: 'a@example.org', language: '../en' },
      { email: 'a@example.org', name: 'Camille' },
    ])
      assert.ok(!takes(identityStartSchema, given), JSON.stringify(given));
  });

  it('knows every state and act of the table', () => {
    for (const { act, from, to } of MOVES) {
      assert.ok(REQUEST_ACTS.includes(act));
      for (const state of [...from, to]) assert.ok(REQUEST_STATES.includes(state));
    }
  });

  it('describes everything that the backend in memory answers', async () => {
    const adapter = memoryAdapter({ config: SAMPLE_CONFIG, people: PEOPLE });
    const { identity, holdings, requests, sent, rights } = adapter;
    const check = (schema: Schema, answer: unknown) => {
      assert.deepEqual(schema.safeParse(answer).data, answer);
    };
    check(capabilitiesSchema, await adapter.capabilities());
    check(identitySchema, {});
    await identity!.start(PEOPLE[0]!.contacts);
    const session = await identity!.finish({ token: sent.at(-1)!.identity!.token });
    check(sessionSchema, session);
    check(identitySchema, { session });
    check(holdingsSchema, { holdings: await holdings!.read() });
    check(erasurePreviewSchema, await requests!.preview('erasure'));
    const ask = (type: 'access' | 'erasure' | 'restriction') =>
      requests!.submit(sampleRequest(SAMPLE_CONFIG, { type }));
    check(requestStatusSchema, await ask('access'));
    check(requestStatusSchema, await ask('restriction'));
    const { id } = await ask('erasure');
    check(requestStatusSchema, rights!.move(id, 'extend', 'Very many.'));
    check(requestStatusSchema, rights!.move(id, 'refuse', 'Not you.'));
    check(requestsSchema, { requests: await requests!.list() });
  });
});
