import assert from 'node:assert/strict';
import { afterEach, beforeEach, it } from 'node:test';
import type { Database } from '../../database/database.js';
import { describeOnBoth } from '../../testing/both.js';
import { passHours } from '../../testing/erasing.js';
import { CAMILLE, memorySystem, PEOPLE } from '../../testing/memory-system.js';
import { testRequest } from '../../testing/requests.js';
import { rightsServer } from '../../testing/rights.js';

const SITE = 'default';
const ALIX = { actor: 'Alix' };
const PARTNER = { phone: CAMILLE.phone! };

describeOnBoth('whoever shares a telephone with somebody who is erased', (openDatabase) => {
  let database: Database;
  beforeEach(async () => void (database = await openDatabase()));
  afterEach(() => database.close());

  it('keeps their own requests, and stays restricted by them (004-07, R-17)', async () => {
    const [camille, namesake] = PEOPLE;
    const system = memorySystem([
      { ...camille!, contacts: { email: CAMILLE.email! } },
      { ...namesake!, ref: '2000', contacts: PARTNER },
    ]);
    const given = await rightsServer(database, { systems: [system] });
    const { server, clock } = given;
    const { person, staff } = server.rights;
    async function partnerAsks(type: 'restriction' | 'rectification', contacts = PARTNER) {
      const about = { site: SITE, type, channel: 'phone', receivedAt: clock.now } as const;
      const id = await staff.enter({ ...ALIX, ...about, contacts, note: 'They say so.' });
      await staff.verify(SITE, id, { ...ALIX, note: 'Called back.' });
      await server.jobs.idle();
      return id;
    }
    const restriction = await partnerAsks('restriction');
    // Of somebody else again, who has an address.
    const third = { ...PARTNER, email: 'third@example.org' };
    const another = await partnerAsks('restriction', third);
    const own = testRequest({ type: 'erasure' });
    await person.submit(SITE, { contacts: CAMILLE, by: 'host' }, own);
    await server.jobs.idle();
    const note = 'Not the partner.';
    await staff.pick(SITE, own.id, 'bookings', { ...ALIX, refs: ['1001'], note });
    await passHours(given, 73);
    await staff.execute(SITE, own.id, ALIX);
    const open = await partnerAsks('rectification');
    await passHours(given, 24 * 31, 3);

    assert.equal((await staff.view(SITE, own.id)).state, 'completed');
    const states = await Promise.all(
      [restriction, open].map(async (id) => {
        const { state, contacts } = await staff.view(SITE, id);
        return [state, contacts];
      }),
    );
    assert.deepEqual(states, [
      ['completed', PARTNER],
      ['in-progress', PARTNER],
    ]);
    assert.equal(await person.restrictionOf(SITE, PARTNER.phone), 'restricted');
    await staff.lift(SITE, restriction, { ...ALIX, reason: 'It is right now.' });
    await staff.settle(SITE, restriction, 'tell/lifted', {
      ...ALIX,
      status: 'done',
      note: 'Told.',
    });
    assert.equal(await person.restrictionOf(SITE, PARTNER.phone), 'restricted', 'by the third');
    assert.deepEqual((await staff.view(SITE, another)).contacts, third);
    await server.close();
  });
});
