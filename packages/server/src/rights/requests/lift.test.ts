import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Database } from '../../database/database.js';
import { testDatabase } from '../../testing/database.js';
import { passHours } from '../../testing/erasing.js';
import { memorySystem } from '../../testing/memory-system.js';
import { CAMILLE_SIGNED_IN, testRequest } from '../../testing/requests.js';
import { rightsServer } from '../../testing/rights.js';

const SITE = 'default';
const BY = { actor: 'Alix' };
const STUCK = 'Placet: a request needs somebody';

describe('a restriction that a system does not end', () => {
  let database: Database;
  beforeEach(async () => void (database = await testDatabase()));
  afterEach(() => database.close());

  async function setup() {
    const system = memorySystem();
    const given = await rightsServer(database, { systems: [system] });
    const { server, mails } = given;
    const { person, staff } = server.rights;
    async function submit(request = testRequest({ type: 'restriction' })) {
      await person.submit(SITE, CAMILLE_SIGNED_IN, request);
      return request.id;
    }
    const lift = (id: string) => staff.lift(SITE, id, { ...BY, reason: 'It is settled.' });
    const lines = async (id: string) =>
      (await staff.view(SITE, id)).items
        .filter(({ item }) => item.endsWith('/use-again'))
        .map(({ item, status, required }) => [item, status, required]);
    const stuck = () => mails.filter(({ subject }) => subject === STUCK).length;
    const due = async () => (await staff.due(SITE)).map(({ id }) => id);
    return { ...given, system, person, staff, submit, lift, lines, stuck, due };
  }

  it('is ended there by staff, who are told, once the system was asked for a day (R-17)', async () => {
    const given = await setup();
    const { server, system, staff, submit, lift, lines, stuck, due } = given;
    const id = await submit();
    await server.jobs.idle();
    assert.equal(system.restrictionOf('1001'), 'restricted');
    system.failNext('restrict', 1000);
    await lift(id);
    await passHours(given, 3, 40);
    assert.deepEqual(await lines(id), [['bookings/use-again', 'open', false]]);
    assert.deepEqual([stuck(), await due()], [1, [id]]);
    await staff.settle(SITE, id, 'bookings/use-again', { ...BY, status: 'done', note: 'By hand.' });
    assert.deepEqual(await due(), []);
  });

  it('is ended there by staff who made it by hand, whatever the system does now (R-17)', async () => {
    const given = await setup();
    const { system, staff, submit, lift, lines } = given;
    system.failNext('restrict', 1000);
    const id = await submit();
    await passHours(given, 3, 20);
    const byHand = { ...BY, status: 'done', note: 'By hand.' } as const;
    await staff.settle(SITE, id, 'bookings/restrict', byHand);
    await lift(id);
    await passHours(given, 3, 40);
    assert.deepEqual(await lines(id), [['bookings/use-again', 'open', false]]);
  });

  it('ends all the same if it was taken back while the system was at it, and failed then (R-17)', async () => {
    const given = await setup();
    const { server, system, person, submit } = given;
    const { restrict } = system;
    const request = testRequest({ type: 'restriction' });
    let sayEnded = () => {};
    const ended = new Promise<void>((resolve) => (sayEnded = resolve));
    system.restrict = async (refs, how) => {
      if (how === 'restricted') {
        await person.cancel(SITE, CAMILLE_SIGNED_IN, request.id);
        await ended;
        await restrict(refs, how);
        system.failNext('restrict');
        return;
      }
      await restrict(refs, how);
      sayEnded();
    };
    await submit(request);
    await server.jobs.idle();
    assert.equal(system.restrictionOf('1001'), 'restricted', 'it failed');
    await passHours(given, 3, 2);
    assert.equal(system.restrictionOf('1001'), 'none');
  });
});
