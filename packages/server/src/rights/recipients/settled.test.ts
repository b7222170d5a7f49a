import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import { PlacetError } from '@placet/contract';
import type { Database } from '../../database/database.js';
import type { PlacetServerOptions } from '../../options.js';
import { describeOnBoth } from '../../testing/both.js';
import { closedAfterEach } from '../../testing/closing.js';
import { startHookServer, type HookServer } from '../../testing/hook-server.js';
import { CAMILLE } from '../../testing/memory-system.js';
import { program, recipientServer } from '../../testing/recipients.js';
import { NOW } from '../../testing/register.js';
import { STAFF_KEY } from '../../testing/server.js';
import type { Recipient } from './recipients.js';

describeOnBoth('recipients whose answer staff have heard', (open) => {
  let database: Database;
  let hook: HookServer;
  before(async () => void (database = await open()));
  after(() => database.close());
  beforeEach(async () => void (hook = await startHookServer()));
  afterEach(() => hook.close());

  const setup = closedAfterEach(
    (recipients: readonly Recipient[], options?: Partial<PlacetServerOptions>) =>
      recipientServer(database, recipients, options),
  );

  it('count as having answered at the word of staff, once (users-ask 37)', async () => {
    const { recipient, secret } = program(hook.url);
    const { tell, rows, answer, service } = await setup([recipient]);
    const request = await tell();
    const said = { status: 'confirmed', note: 'By telephone.', actor: 'Nadia' } as const;
    await service.settle('default', request, 'mailing', said);
    const [row] = await rows();
    assert.deepEqual(
      [row!.status, row!.note, row!.actor, row!.answered_at],
      ['confirmed', 'By telephone.', 'Nadia', NOW],
    );
    const late = { code: 'rights/too-late' };
    await assert.rejects(service.settle('default', request, 'mailing', said), late);
    assert.equal(await answer('mailing', { notice: row!.id, status: 'confirmed' }, secret), 409);
    for (const [of, who] of [
      [randomUUID(), 'mailing'],
      [request, 'other'],
    ] as const)
      await assert.rejects(
        service.settle('default', of, who, said),
        (error) => error instanceof PlacetError && error.code === 'rights/unknown',
      );
  });

  it('are told when an erasure is executed, and settled by staff with their key and nobody else (000-36)', async () => {
    const { recipient } = program(hook.url);
    const { server, rows, ask } = await setup([recipient], { rights: { undoHours: 0 } });
    const id = randomUUID();
    const asked = { id, type: 'erasure', at: NOW.toISOString(), language: 'en' } as const;
    const page = 'https://maison-tilleul.example/my-data/';
    await server.rights.person.submit(
      'default',
      { contacts: CAMILLE, by: 'link' },
      { ...asked, page },
    );
    await server.jobs.idle();
    assert.deepEqual(hook.calls, [], 'nobody is told of what may be taken back');
    await server.rights.staff.execute('default', id, { actor: 'Nadia' });
    await server.jobs.idle();
    assert.equal(hook.calls.length, 1);

    const settle = async (said: unknown, headers: Record<string, string>, request: string = id) =>
      ask('POST', `/staff/requests/${request}/recipients/mailing`, said, headers);
    const said = { status: 'confirmed', note: 'By telephone.', by: 'Nadia' };
    const key = { authorization: `Bearer ${STAFF_KEY}` };
    assert.equal((await settle(said, {})).status, 401);
    assert.equal((await settle({ ...said, note: ' ' }, key)).status, 400);
    assert.equal((await settle({ ...said, status: 'sent' }, key)).status, 400);
    assert.equal((await settle(said, key, randomUUID())).status, 404);
    assert.equal((await settle(said, key, 'nothing')).status, 404);
    assert.equal((await rows())[0]!.status, 'sent');
    const settled = await settle(said, key);
    assert.equal(settled.status, 200);
    const { recipients } = (await settled.json()) as { recipients: unknown };
    assert.deepEqual(recipients, [{ recipient: 'mailing', event: 'erasure', status: 'confirmed' }]);
    assert.equal((await rows())[0]!.actor, 'Nadia');
    assert.equal((await settle(said, key)).status, 409);
  });

  it('that have answered before they could be told are not told any more', async () => {
    const { recipient } = program(hook.url);
    const { tell, pass, service } = await setup([recipient]);
    hook.answer = (response) => void response.writeHead(503).end();
    const request = await tell();
    const said = { status: 'not-applicable', note: 'By telephone.', actor: 'Nadia' } as const;
    await service.settle('default', request, 'mailing', said);
    await pass(1);
    assert.equal(hook.calls.length, 1);
    assert.equal((await service.statusOf('default', request))[0]!.status, 'not-applicable');
  });
});
