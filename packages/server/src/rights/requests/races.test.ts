import assert from 'node:assert/strict';
import { afterEach, beforeEach, it } from 'node:test';
import { PlacetError } from '@placet/contract';
import type { Database } from '../../database/database.js';
import { describeOnBoth } from '../../testing/both.js';
import { NOW } from '../../testing/register.js';
import { CAMILLE_SIGNED_IN, hoursAfter, testRequest } from '../../testing/requests.js';
import { rightsServer } from '../../testing/rights.js';

const SITE = 'default';

/** How each of several attempts at once ended: `done`, or by which code. */
async function atOnce(attempts: readonly Promise<unknown>[]): Promise<string[]> {
  const results = await Promise.allSettled(attempts);
  return results
    .map((result) => {
      if (result.status === 'fulfilled') return 'done';
      const reason: unknown = result.reason;
      if (!(reason instanceof PlacetError)) throw reason;
      return reason.code;
    })
    .sort();
}

describeOnBoth('requests, when several act at once', (open) => {
  let database: Database;
  beforeEach(async () => void (database = await open()));
  afterEach(() => database.close());

  async function erasure() {
    const { server, clock } = await rightsServer(database);
    const { person, staff } = server.rights;
    const request = testRequest({ type: 'erasure' });
    await person.submit(SITE, CAMILLE_SIGNED_IN, request);
    await server.jobs.idle();
    clock.now = hoursAfter(NOW, 72);
    return { person, staff, id: request.id };
  }

  it('are executed or taken back, never both', async () => {
    const { person, staff, id } = await erasure();
    const ends = await atOnce([
      staff.execute(SITE, id, { actor: 'Alix' }),
      person.cancel(SITE, CAMILLE_SIGNED_IN, id),
    ]);
    assert.deepEqual(ends, ['done', 'rights/too-late']);
    const { state, history } = await staff.view(SITE, id);
    const acts = history.map(({ act }) => act);
    assert.equal(acts.includes('execute'), state === 'executed');
    assert.equal(acts.includes('cancel'), state === 'cancelled');
  });

  it('are executed once', async () => {
    const { staff, id } = await erasure();
    const ends = await atOnce(
      ['Alix', 'Bo', 'Cleo'].map((actor) => staff.execute(SITE, id, { actor })),
    );
    assert.deepEqual(ends, ['done', 'rights/too-late', 'rights/too-late']);
    const { history } = await staff.view(SITE, id);
    assert.equal(history.filter(({ act }) => act === 'execute').length, 1);
  });

  it('are stored once under an id, whoever is first', async () => {
    const { server } = await rightsServer(database);
    const { person } = server.rights;
    const request = testRequest({ type: 'objection', against: 'other', note: 'No profiling.' });
    const stored = await Promise.all(
      [1, 2, 3, 4].map(() => person.submit(SITE, CAMILLE_SIGNED_IN, request)),
    );
    assert.equal(stored.filter(({ isNew }) => isNew).length, 1);
    const another = { contacts: { email: 'another@example.org' }, by: 'link' } as const;
    const fresh = testRequest();
    const ends = await atOnce([
      person.submit(SITE, CAMILLE_SIGNED_IN, fresh),
      person.submit(SITE, another, fresh),
    ]);
    assert.deepEqual(ends, ['done', 'rights/conflict']);
  });

  it('for erasure are one of a person, however many are sent off together', async () => {
    const { server } = await rightsServer(database);
    const { person } = server.rights;
    const stored = await Promise.all(
      [1, 2, 3].map(() => person.submit(SITE, CAMILLE_SIGNED_IN, testRequest({ type: 'erasure' }))),
    );
    assert.equal(stored.filter(({ isNew }) => isNew).length, 1);
    assert.equal(new Set(stored.map(({ status }) => status.id)).size, 1);
  });

  it('are completed once, whoever finishes the last step', async () => {
    const one = await rightsServer(database);
    const other = await rightsServer(database, { systems: [one.system] });
    const request = testRequest({ type: 'restriction' });
    await one.server.rights.person.submit(SITE, CAMILLE_SIGNED_IN, request);
    await Promise.all([one, other, one, other].map(({ server }) => server.jobs.idle()));
    const { state, history } = await one.server.rights.staff.view(SITE, request.id);
    assert.equal(state, 'completed');
    assert.deepEqual(
      history.map(({ act }) => act),
      ['receive', 'start', 'complete'],
    );
    const told = [...one.mails, ...other.mails].map(({ subject }) => subject).sort();
    assert.deepEqual(told, [
      'Placet: a request has come in',
      'We have your request',
      'Your request is done',
    ]);
  });
});
