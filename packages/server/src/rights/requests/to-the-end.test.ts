import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Database } from '../../database/database.js';
import { testDatabase } from '../../testing/database.js';
import { CAMILLE } from '../../testing/memory-system.js';
import { NOW } from '../../testing/register.js';
import { CAMILLE_SIGNED_IN, hoursAfter, testRequest } from '../../testing/requests.js';
import { rightsServer } from '../../testing/rights.js';

const SITE = 'default';

describe('a request, from the click to the answer', () => {
  let database: Database;
  beforeEach(async () => void (database = await testDatabase()));
  afterEach(() => database.close());

  it('for access is collected, mailed as ready, downloaded, and gone once it has expired (R-13)', async () => {
    const { server, clock, mails } = await rightsServer(database);
    const { person } = server.rights;
    const request = testRequest();
    await person.submit(SITE, CAMILLE_SIGNED_IN, request);
    const early = person.open(SITE, CAMILLE_SIGNED_IN, request.id, 'json');
    await assert.rejects(early, { code: 'rights/not-ready' });
    await server.jobs.idle();
    const status = await person.read(SITE, CAMILLE_SIGNED_IN, request.id);
    assert.equal(status.state, 'completed');
    assert.equal(status.package?.expires, hoursAfter(NOW, 24 * 30).toISOString());
    assert.ok(mails.some(({ subject }) => subject === 'Your data is ready'));
    const file = await person.open(SITE, CAMILLE_SIGNED_IN, request.id, 'json');
    const text = await new Response(file.body).text();
    assert.match(text, /Massage/);
    assert.doesNotMatch(text, /Hammam/, 'the namesake’s');
    clock.now = hoursAfter(NOW, 24 * 30);
    assert.equal((await person.read(SITE, CAMILLE_SIGNED_IN, request.id)).package, undefined);
    await assert.rejects(person.open(SITE, CAMILLE_SIGNED_IN, request.id, 'json'), {
      code: 'rights/unknown',
    });
  });

  it('for erasure hides the person at once, and ends with nothing that tells who it was (000-22, 000-23)', async () => {
    const { server, clock, mails, system } = await rightsServer(database);
    const { person, staff } = server.rights;
    const access = testRequest();
    await person.submit(SITE, CAMILLE_SIGNED_IN, access);
    const request = testRequest({ type: 'erasure' });
    await person.submit(SITE, CAMILLE_SIGNED_IN, request);
    await server.jobs.idle();
    clock.now = hoursAfter(NOW, 72);
    await staff.execute(SITE, request.id, { actor: 'Alix' });
    assert.equal(await person.restrictionOf(SITE, CAMILLE.email!), 'hidden');
    assert.deepEqual(
      (await person.list(SITE, CAMILLE_SIGNED_IN)).map(({ type, state }) => [type, state]),
      [['erasure', 'executed']],
    );
    await assert.rejects(person.open(SITE, CAMILLE_SIGNED_IN, access.id, 'zip'), {
      code: 'rights/unknown',
    });
    const shown = await person.holdings(SITE, CAMILLE_SIGNED_IN);
    assert.ok(shown.flatMap(({ categories }) => categories).every(({ count }) => count === 0));
    await server.jobs.idle();
    const { outcome, state: before } = await person.read(SITE, CAMILLE_SIGNED_IN, request.id, 'fr');
    assert.equal(before, 'executed');
    assert.equal(outcome?.find((each) => each.system === 'bookings')?.name, 'Réservations');
    clock.now = new Date('2026-12-23T00:00:00Z');
    for (let look = 0; look < 5; look += 1) {
      await server.jobs.idle();
      clock.now = hoursAfter(clock.now, 1);
    }
    const { state, contacts } = await staff.view(SITE, request.id);
    assert.deepEqual([state, contacts], ['completed', undefined]);
    assert.deepEqual(system.people.get('1001')!.records, []);
    assert.equal(system.people.get('1002')!.records.length, 2, 'the namesake is whole');
    assert.deepEqual(await person.list(SITE, CAMILLE_SIGNED_IN), []);
    const told = mails.filter(({ to }) => to === CAMILLE.email).at(-1)!;
    assert.match(told.text, /Tax law \(10 years\)/, 'what is kept, and why');
  });
});
