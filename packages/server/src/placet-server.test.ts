import assert from 'node:assert/strict';
import { readFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Database } from './database/database.js';
import type { PlacetServerOptions } from './options.js';
import { createPlacetServer } from './placet-server.js';
import { keepSecret } from './secret.js';
import { testDatabase } from './testing/database.js';
import { MARKETING_CONFIG } from './testing/marketing.js';
import { CONFIG, testRecord } from './testing/register.js';
import { countRecords, testServer } from './testing/server.js';

const SECRET = '0123456789abcdef0123456789abcdef';
const mailer = { send: () => Promise.resolve() };

describe('createPlacetServer', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  it('says in a sentence which option makes no sense', async () => {
    const cases: [Partial<PlacetServerOptions>, RegExp][] = [
      [{ config: { ...CONFIG, months: 14 } }, /13 months at most/],
      [{ config: [] }, /no site/],
      [{ config: [CONFIG, CONFIG] }, /Two sites are called "default"/],
      [{ secret: 'hunter2' }, /shorter than 32/],
      [{ endpoint: 'placet' }, /endpoint is "placet"/],
      [{ endpoint: '/placet/' }, /endpoint/],
      [{ origins: ['https://a.example/'] }, /no origin/],
      [{ origins: ['*'] }, /no origin/],
      [{ origins: ['null'] }, /no origin/],
      [{ rate: -1 }, /rate is -1/],
      [{ proxies: 0.5 }, /proxies is 0.5/],
      [{ staffKeys: ['secret'] }, /SHA-256/],
      [{ apiKeys: ['secret'] }, /An API key is no SHA-256/],
      [{ publicUrl: 'shop.example' }, /publicUrl \(PLACET_URL\) is "shop/],
      [{ publicUrl: 'https://shop.example/placet' }, /without a path/],
      [{ publicUrl: 'http://shop.example' }, /publicUrl/],
      [{ config: MARKETING_CONFIG, mailer }, /no address for the links/],
      [{ tools: [{ id: 'x', url: 'http://crm.example', secret: 'y' }] }, /https:/],
    ];
    for (const [options, sentence] of cases)
      await assert.rejects(
        createPlacetServer({ config: CONFIG, database, secret: SECRET, ...options }),
        (error: { code?: string; message: string }) => {
          assert.equal(error.code, 'config/invalid');
          assert.match(error.message, sentence);
          assert.ok(!error.message.includes('hunter2'));
          return true;
        },
      );
  });

  it('takes marketing with a mailer and an address, and either without the other (E-04)', async () => {
    for (const options of [
      { mailer, publicUrl: 'https://shop.example/' },
      { publicUrl: 'http://localhost:8080' },
      {},
    ])
      await createPlacetServer({ config: MARKETING_CONFIG, database, secret: SECRET, ...options });
    await createPlacetServer({ config: CONFIG, database, secret: SECRET, mailer });
  });

  it('asks for a secret where there is no folder to keep one', async () => {
    for (const where of [database, { memory: true } as const, { url: 'postgres://x/y' }])
      await assert.rejects(createPlacetServer({ config: CONFIG, database: where }), {
        code: 'config/invalid',
      });
  });

  it('is mounted where it was told, and at the root if told so', async () => {
    const { server } = await testServer(database, { endpoint: '' });
    assert.equal((await server.request('/config')).status, 200);
    assert.equal((await server.request('/placet/config')).status, 404);
  });

  it('closes once, seals what waits, and leaves a database open that was handed in open', async () => {
    const { server, post } = await testServer(database);
    const record = testRecord();
    await post(record);
    const closing = server.close();
    assert.equal(server.close(), closing);
    await closing;
    assert.ok((await server.register.entry('default', record.id)).proof);
    assert.ok((await countRecords(database)) > 0);
  });

  it('keeps address and agent only where configured, cut short and apart from the record', async () => {
    const kept = async (options: Partial<PlacetServerOptions>) => {
      const addressOf = () => '203.0.113.77';
      const { server, post } = await testServer(database, { addressOf, ...options });
      const record = testRecord();
      await post(record, { 'user-agent': 'Lynx' });
      const { evidence, body } = await server.register.entry('default', record.id);
      assert.doesNotMatch(body, /203\.0|Lynx/);
      return evidence.data;
    };
    assert.doesNotMatch(await kept({}), /203\.0|agent/);
    const data = await kept({ evidence: { address: true, agent: true } });
    assert.match(data, /"address":"203\.0\.113\./);
    assert.doesNotMatch(data, /113\.77|Lynx/);
  });
});

describe('keepSecret', () => {
  let folder: string;
  before(async () => void (folder = await mkdtemp(join(tmpdir(), 'placet-secret-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  it('makes one secret, even for several that ask at once, and keeps it to its owner', async () => {
    const data = join(folder, 'data');
    const secrets = await Promise.all(Array.from({ length: 8 }, () => keepSecret(data)));
    assert.equal(new Set(secrets).size, 1);
    assert.equal((await readFile(join(data, 'secret'), 'utf8')).trim(), secrets[0]);
    assert.equal((await stat(join(data, 'secret'))).mode & 0o777, 0o600);
    assert.equal((await stat(data)).mode & 0o777, 0o700);
    assert.equal(Buffer.from(secrets[0]!, 'base64url').length, 32);
  });
});
