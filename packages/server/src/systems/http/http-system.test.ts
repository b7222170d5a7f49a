import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { startHookServer, type HookServer } from '../../testing/hook-server.js';
import { verifyWebhook } from '../../tools/webhook.js';
import type { KeptRecord } from '../system.js';
import { httpSystem, type HttpSystemOptions } from './http-system.js';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const NOW = new Date('2026-11-22T12:00:00Z');
const END = '{"end":true}\n';

describe('A program that is asked over HTTP', () => {
  let server: HookServer;
  let options: HttpSystemOptions;
  beforeEach(async () => {
    server = await startHookServer();
    options = {
      id: 'crm',
      name: 'Mailing house',
      url: server.url,
      secret: SECRET,
      categories: [
        { id: 'letters', label: 'Letters', purpose: 'Post', basis: 'consent', retention: 'A year' },
      ],
      offers: ['checks', 'rectify', 'restrict', 'subjects'],
      now: () => NOW,
    };
  });
  afterEach(() => server.close());

  const says = (body: string, status = 200) => {
    server.answer = (response) => void response.writeHead(status).end(body);
  };
  const allOf = async <Item>(items: AsyncIterable<Item>) => {
    const all: Item[] = [];
    for await (const item of items) all.push(item);
    return all;
  };

  it('gets every question signed, with nobody in the address (DP-32)', async () => {
    says('{"matches":[{"ref":"c-7","label":"Camille Roy"}]}');
    const found = await httpSystem(options).find({
      site: 'default',
      scope: 'group',
      contacts: { email: 'camille@example.org' },
    });
    assert.deepEqual(found, [{ ref: 'c-7', label: 'Camille Roy' }]);
    const [call] = server.calls;
    assert.deepEqual(JSON.parse(call!.body), {
      method: 'find',
      contacts: { email: 'camille@example.org' },
      site: 'default',
      scope: 'group',
    });
    assert.equal(call!.url, '/hook');
    const headers = new Headers(call!.headers as Record<string, string>);
    assert.ok(verifyWebhook(headers, call!.body, [SECRET], NOW));
  });

  it('answers records line by line, however the lines arrive', async () => {
    const record = (n: number) =>
      `{"category":"letters","record":"${n}","fields":{"text":"é${n}\\n","read":true,"n":null}}\n`;
    const bytes = Buffer.from(`${record(1)}\n${record(2)}${END}`);
    server.answer = (response) => {
      for (let at = 0; at < bytes.length; at += 7) response.write(bytes.subarray(at, at + 7));
      response.end();
    };
    const records = await allOf(httpSystem(options).collect(['c-7']));
    assert.deepEqual(
      records.map(({ record: name, fields }) => [name, fields['text']]),
      [
        ['1', 'é1\n'],
        ['2', 'é2\n'],
      ],
    );
  });

  it('hands over what is kept before it is told to delete, and how much that was (000-21)', async () => {
    const kept: KeptRecord[] = [];
    server.answer = (response, { body }) => {
      const { method } = JSON.parse(body) as { method: string };
      response.end(
        method === 'keep'
          ? `{"category":"letters","record":"1","fields":{},"kept":{"ground":"Tax","until":"2034-02-28"},"person":{"name":"Camille Roy"}}\n${END}`
          : '{"erased":[{"category":"letters","deleted":3,"kept":1}]}',
      );
    };
    const erased = await httpSystem(options).erase(['c-7'], async (record) => {
      assert.equal(server.calls.length, 1);
      kept.push(record);
    });
    assert.deepEqual(erased, [{ category: 'letters', deleted: 3, kept: 1 }]);
    assert.deepEqual(
      kept.map(({ kept: why, person }) => ({ ...why, person })),
      [{ ground: 'Tax', until: new Date('2034-02-28T00:00:00Z'), person: { name: 'Camille Roy' } }],
    );
    assert.deepEqual(
      server.calls.map(({ body }) => JSON.parse(body) as unknown),
      [
        { method: 'keep', refs: ['c-7'] },
        { method: 'erase', refs: ['c-7'], kept: 1 },
      ],
    );
  });

  it('is told to delete nothing while what is kept did not arrive whole', async () => {
    const line =
      '{"category":"letters","record":"1","fields":{},"kept":{"ground":"Tax","until":"2034-02-28"}}\n';
    for (const body of [line, `${line}{"category":"letters","rec`, '', `{"record":"1"}\n${END}`]) {
      says(body);
      await assert.rejects(
        httpSystem(options).erase(['c-7'], async () => {}),
        {
          code: 'server/unavailable',
        },
      );
    }
    says(`${line}${END}`);
    await assert.rejects(
      httpSystem(options).erase(['c-7'], async () => {
        throw new Error('The archive is full.');
      }),
      /full/,
    );
    assert.ok(server.calls.every(({ body }) => body.includes('"keep"')));
  });

  it('is not believed where it answers something else, and not repeated in what is said of it', async () => {
    const system = httpSystem(options);
    const subject = { site: 'default', scope: 'site', contacts: {} } as const;
    for (const [body, status] of [
      ['Camille is here', 200],
      ['{"matches":[{"ref":7}]}', 200],
      ['{"matches":"Camille"}', 200],
      ['', 200],
      ['', 503],
      ['Camille', 401],
      [`{"matches":[{"ref":"${'x'.repeat(2_000_000)}"}]}`, 200],
    ] as const) {
      says(body, status);
      await assert.rejects(system.find(subject), (error: Error & { code?: string }) => {
        assert.equal(error.code, 'server/unavailable');
        assert.doesNotMatch(error.message, /Camille/);
        return true;
      });
    }
    says('{"surveys":[{"category":"secrets","count":1,"kept":[]}]}');
    await assert.rejects(system.survey(['c-7']), { code: 'server/unavailable' });
    says(`{"category":"letters","record":"1","fields":{"a":{"b":1}}}\n${END}`);
    await assert.rejects(allOf(system.collect(['c-7'])), { code: 'server/unavailable' });
  });

  it('is not followed elsewhere', async () => {
    const elsewhere = await startHookServer();
    server.answer = (response) => void response.writeHead(307, { location: elsewhere.url }).end();
    await assert.rejects(httpSystem(options).restrict!(['c-7'], 'restricted'), {
      code: 'server/unavailable',
    });
    assert.equal(elsewhere.calls.length, 0);
    await elsewhere.close();
  });

  it('is given up when it does not answer in time, at the beginning or in the middle', async () => {
    const system = httpSystem({ ...options, timeout: 20 });
    server.answer = () => {};
    await assert.rejects(allOf(system.collect(['c-7'])), /took too long/);
    server.answer = (response) => void response.write('{"category":"letters",');
    await assert.rejects(allOf(system.collect(['c-7'])), /took too long/);
  });

  it('says that it cannot be reached where nobody listens', async () => {
    await server.close();
    await assert.rejects(allOf(httpSystem(options).collect(['c-7'])), /cannot be reached/);
    server = await startHookServer();
  });

  it('refuses corrections with 422, and nothing else is tried again in vain (R-14)', async () => {
    const system = httpSystem(options);
    const correction = { system: 'crm', category: 'letters', record: '1', field: 'a', value: 'b' };
    says('', 422);
    await assert.rejects(system.rectify!(['c-7'], [correction]), { code: 'request/invalid' });
    says('', 204);
    server.answer = (response) => void response.writeHead(204).end();
    await system.rectify!(['c-7'], [correction]);
    await system.restrict!(['c-7'], 'hidden');
    assert.deepEqual(JSON.parse(server.calls.at(-1)!.body), {
      method: 'restrict',
      refs: ['c-7'],
      restriction: 'hidden',
    });
  });

  it('offers what it says it offers', async () => {
    const { offers: _, ...plain } = options;
    const system = httpSystem(plain);
    for (const method of ['checks', 'rectify', 'restrict', 'subjects'] as const)
      assert.equal(system[method], undefined);
    says('{"checks":[{"id":"unpaid","label":"Unpaid","count":2}]}');
    assert.deepEqual(await httpSystem(options).checks!(['c-7']), [
      { id: 'unpaid', label: 'Unpaid', count: 2 },
    ]);
    says(`{"ref":"c-7","contacts":{"email":"camille@example.org"}}\n${END}`);
    assert.deepEqual(await allOf(httpSystem(options).subjects!()), [
      { ref: 'c-7', contacts: { email: 'camille@example.org' } },
    ]);
  });

  it('is refused in the clear over the network, or with a weak secret', () => {
    for (const wrong of [
      { url: 'http://crm.example/placet' },
      { url: 'crm.example' },
      { url: 'https://user:password@crm.example/' },
      { secret: 'secret' },
      { secret: 'whsec_c2hvcnQ=' },
    ])
      assert.throws(() => httpSystem({ ...options, ...wrong }), { code: 'config/invalid' });
  });
});
