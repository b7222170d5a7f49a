import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Database } from '../database/database.js';
import { testDatabase } from '../testing/database.js';
import { CONFIG } from '../testing/register.js';
import { testServer } from '../testing/server.js';

describe('What pages load', () => {
  let database: Database;
  let folder: string;
  before(async () => {
    database = await testDatabase();
    folder = await mkdtemp(join(tmpdir(), 'placet-script-'));
    const script = join(folder, 'script');
    await mkdir(join(script, '0a1z'), { recursive: true });
    await mkdir(join(script, 'notes'), { recursive: true });
    await writeFile(join(folder, 'secret.js'), 'secret');
    await writeFile(join(script, 'placet.js'), 'placet');
    await writeFile(join(script, 'readme.txt'), 'nothing to serve');
    await writeFile(join(script, '0a1z', 'banner.js'), 'banner');
    await symlink(join(folder, 'secret.js'), join(script, 'linked.js'));
  });
  after(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  const setup = async (options = {}) => {
    const { server } = await testServer(database, {
      scriptFolder: join(folder, 'script'),
      ...options,
    });
    return (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      server.request(`/placet${path}`, { headers, method });
  };

  it('are the script’s files, for pages of every origin', async () => {
    const get = await setup();
    const script = await get('/placet.js', { origin: 'https://any.example' });
    assert.equal(await script.text(), 'placet');
    assert.equal(script.headers.get('content-type'), 'text/javascript; charset=utf-8');
    assert.equal(script.headers.get('access-control-allow-origin'), '*');
    assert.equal(script.headers.get('x-content-type-options'), 'nosniff');
    const head = await get('/placet.js', {}, 'HEAD');
    assert.equal(head.headers.get('content-length'), '6');
    assert.equal(await head.text(), '');
  });

  it('are asked for again only where they can change', async () => {
    const get = await setup();
    const module = await get('/0a1z/banner.js');
    assert.equal(await module.text(), 'banner');
    assert.equal(module.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    const script = await get('/placet.js');
    assert.equal(script.headers.get('cache-control'), 'no-cache');
    const etag = script.headers.get('etag')!;
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`]) {
      const again = await get('/placet.js', { 'if-none-match': known });
      assert.equal(again.status, 304);
      assert.equal(again.headers.get('etag'), etag);
    }
    assert.equal((await get('/placet.js', { 'if-none-match': '"x"' })).status, 200);
  });

  it('are no files from anywhere else', async () => {
    const get = await setup();
    for (const path of [
      '/secret.js',
      '/..%2fsecret.js',
      '/0a1z/..%2f..%2fsecret.js',
      '/%2e%2e/secret.js',
      '/../secret.js',
      '/linked.js',
      '/readme.txt',
      '/0a1z',
      '/0a1z/',
      '/',
      '/placet.js%00',
      '/constructor',
    ])
      assert.equal((await get(path)).status, 404, path);
    assert.equal((await (await setup({ scriptFolder: undefined }))('/placet.js')).status, 404);
  });

  it('are the configuration of the site, or of the one named', async () => {
    const spa = { ...CONFIG, site: 'spa', notice: '2026-12' };
    const get = await setup({ config: [CONFIG, spa] });
    assert.deepEqual(await (await get('/config')).json(), CONFIG);
    assert.deepEqual(await (await get('/config?site=spa')).json(), spa);
    assert.equal((await get('/config?site=other')).status, 400);
    const only = await setup({ config: spa });
    assert.deepEqual(await (await only('/config')).json(), spa);
  });

  it('say what the backend offers, and its public keys alone', async () => {
    const get = await setup();
    assert.deepEqual(await (await get('/capabilities')).json(), { consents: { receipts: true } });
    const { keys } = (await (await get('/keys')).json()) as { keys: Record<string, string>[] };
    assert.deepEqual(Object.keys(keys[0]!).sort(), ['crv', 'kid', 'kty', 'x']);
    assert.deepEqual(await (await get('/health')).json(), { status: 'ok' });
  });

  it('carry headers that keep browsers from guessing', async () => {
    const get = await setup();
    for (const path of ['/config', '/keys', '/nothing', '/health']) {
      const { headers } = await get(path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
      assert.match(headers.get('cache-control') ?? '', /no-(store|cache)/);
    }
  });
});
