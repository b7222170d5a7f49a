import assert from 'node:assert/strict';
import { afterEach, beforeEach, it } from 'node:test';
import type { Database } from '../../database/database.js';
import { describeOnBoth } from '../../testing/both.js';
import { CAMILLE, memorySystem } from '../../testing/memory-system.js';
import { NOW } from '../../testing/register.js';
import { CAMILLE_SIGNED_IN, hoursAfter, testRequest } from '../../testing/requests.js';
import { rightsServer } from '../../testing/rights.js';

const SITE = 'default';
const BY = { actor: 'Alix' };

describeOnBoth('who fits in a system', (open) => {
  let database: Database;
  beforeEach(async () => void (database = await open()));
  afterEach(() => database.close());

  it('is to be picked no more once a second look finds one alone, and nothing waits for it (R-07, 000-17)', async () => {
    const system = memorySystem();
    const { find } = system;
    let isTwo = true;
    system.find = async (by) => (isTwo ? [{ ref: '1001' }, { ref: '1002' }] : find(by));
    const { server, clock } = await rightsServer(database, { systems: [system] });
    const { person, staff } = server.rights;
    const own = testRequest({ type: 'erasure' });
    const { id } = (await person.submit(SITE, CAMILLE_SIGNED_IN, own)).status;
    await server.jobs.idle();
    const which = async () =>
      (await staff.view(SITE, id)).items.map(({ item, status, actor }) => [item, status, actor]);
    assert.deepEqual(await which(), [['bookings/which', 'open', undefined]]);
    isTwo = false;
    // A second erasure, which tells the telephone, too, has everybody looked for again.
    const other = await staff.enter({
      ...{ ...BY, site: SITE, type: 'erasure', channel: 'post', receivedAt: NOW },
      contacts: CAMILLE,
    });
    await staff.verify(SITE, other, { ...BY, note: 'Known at the counter.' });
    await server.jobs.idle();
    assert.deepEqual(await which(), [['bookings/which', 'done', 'system']]);
    assert.equal((await staff.view(SITE, id)).matches, undefined);
    clock.now = hoursAfter(NOW, 73);
    await staff.execute(SITE, id, BY);
    assert.equal((await staff.view(SITE, id)).state, 'executed');
    await server.close();
  });
});
