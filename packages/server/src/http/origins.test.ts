import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Database } from '../database/database.js';
import { testDatabase } from '../testing/database.js';
import { testRecord } from '../testing/register.js';
import { testServer } from '../testing/server.js';

describe('Origins', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  const CALLED = 'https://www.example.com';
  const statusOf = async (
    headers: Record<string, string>,
    options: Parameters<typeof testServer>[1] = {},
  ) => (await (await testServer(database, options)).post(testRecord(), headers)).status;

  it('lets pages of the same origin write, and calls that come from no page', async () => {
    assert.equal(await statusOf({}), 201);
    assert.equal(await statusOf({ origin: 'https://shop.example' }), 201);
    assert.equal(
      await statusOf({ origin: 'http://shop.example:8080', host: 'Shop.example:8080' }),
      201,
    );
    assert.equal(await statusOf({ origin: 'https://shop.example', host: 'shop.example:443' }), 201);
    // A proxy that names itself: the browser vouches for the page.
    assert.equal(
      await statusOf({
        origin: 'https://shop.example',
        host: '127.0.0.1:3000',
        'sec-fetch-site': 'same-origin',
      }),
      201,
    );
  });

  it('refuses pages of any other origin, and those without one', async () => {
    for (const origin of [
      'null',
      '',
      'https://evil.example',
      'https://shop.example.evil.example',
      'https://shop.example:8443',
      'https://evil.example@shop.example',
      'file://shop.example',
    ])
      assert.equal(await statusOf({ origin }), 403, origin);
    assert.equal(await statusOf({ origin: 'null', 'sec-fetch-site': 'same-origin' }), 403);
  });

  it('believes X-Forwarded-Host only from a proxy that is known', async () => {
    const forwarded = { origin: CALLED, 'x-forwarded-host': 'www.example.com' };
    assert.equal(await statusOf(forwarded), 403);
    assert.equal(await statusOf(forwarded, { proxies: 1 }), 201);
  });

  it('lets configured origins read the answers, and no others', async () => {
    const { server, post } = await testServer(database, { origins: [CALLED] });
    const allowed = await post(testRecord(), { origin: CALLED });
    assert.equal(allowed.status, 201);
    assert.equal(allowed.headers.get('access-control-allow-origin'), CALLED);
    assert.equal(allowed.headers.get('vary'), 'Origin');
    const failed = await post('{}', { origin: CALLED });
    assert.equal(failed.headers.get('access-control-allow-origin'), CALLED);
    assert.equal(failed.headers.get('access-control-expose-headers'), 'Retry-After');

    for (const path of ['/consents', '/config', '/keys', '/staff/consents']) {
      const response = await server.request(`/placet${path}`, {
        headers: { origin: 'https://evil.example' },
      });
      assert.equal(response.headers.get('access-control-allow-origin'), null, path);
    }
  });

  it('answers the preflight of configured origins alone', async () => {
    const { server } = await testServer(database, { origins: [CALLED] });
    const preflight = (origin: string) =>
      server.request('/placet/consents', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const allowed = await preflight(CALLED);
    assert.equal(allowed.status, 204);
    assert.equal(allowed.headers.get('access-control-allow-methods'), 'POST');
    assert.equal(
      allowed.headers.get('access-control-allow-headers'),
      'Content-Type, Authorization',
    );
    const refused = await preflight('https://evil.example');
    assert.equal(refused.headers.get('access-control-allow-origin'), null);
    assert.equal(refused.headers.get('access-control-allow-methods'), null);
  });

  it('says nothing of origins where none is configured', async () => {
    const { post } = await testServer(database);
    const { headers } = await post(testRecord(), { origin: 'https://shop.example' });
    assert.equal(headers.get('access-control-allow-origin'), null);
  });
});
