import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scriptedServer } from '../testing/scripted-server.js';
import { httpStaffAdapter } from './http-staff.js';

describe('httpStaffAdapter', () => {
  it('asks with its key, page by page', async (t) => {
    const page = { records: [], next: 'b' };
    const { baseUrl, seen, close } = await scriptedServer({ body: page });
    t.after(close);
    const { register } = httpStaffAdapter({ baseUrl, key: 'secret' });
    assert.deepEqual(await register!.list(), page);
    await register!.list({ after: 'a&b', limit: 7 });
    assert.deepEqual(
      seen.map(({ method, url, headers }) => [method, url, headers['authorization']]),
      [
        ['GET', '/placet/staff/consents', 'Bearer secret'],
        ['GET', '/placet/staff/consents?after=a%26b&limit=7', 'Bearer secret'],
      ],
    );
  });

  it('reads one record, and takes no other for it', async (t) => {
    const { baseUrl, seen, close } = await scriptedServer({ body: { id: 'a/b' } });
    t.after(close);
    const { register } = httpStaffAdapter({ baseUrl, key: 'secret' });
    assert.deepEqual(await register!.read('a/b'), { id: 'a/b' });
    assert.equal(seen[0]!.url, '/placet/staff/consents/a%2Fb');
    await assert.rejects(register!.read('c'), { code: 'adapter/unreachable' });
  });

  it('says what staff can do, and passes on that the key is not right', async (t) => {
    const { baseUrl, seen, close } = await scriptedServer(
      { body: { register: {} } },
      { status: 401, body: { code: 'request/unauthorized', detail: 'Another key.' } },
    );
    t.after(close);
    const { capabilities } = httpStaffAdapter({ baseUrl, key: 'secret' });
    assert.deepEqual(await capabilities(), { register: {} });
    assert.equal(seen[0]!.url, '/placet/staff/capabilities');
    await assert.rejects(capabilities(), { code: 'request/unauthorized' });
  });
});
