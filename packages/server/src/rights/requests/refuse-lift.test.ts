import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { NewRequest } from '@placet/contract';
import type { Database } from '../../database/database.js';
import type { ManualSystem } from '../../systems/system.js';
import { testDatabase } from '../../testing/database.js';
import { CAMILLE, memorySystem } from '../../testing/memory-system.js';
import { CAMILLE_SIGNED_IN, testRequest } from '../../testing/requests.js';
import { rightsServer } from '../../testing/rights.js';

const SITE = 'default';
const BY = { actor: 'Alix' };
const PAPER: ManualSystem = {
  id: 'paper',
  describe: () => ({ name: { en: 'The cupboard' }, kind: 'paper', categories: [] }),
};

describe('what staff refuse or lift', () => {
  let database: Database;
  beforeEach(async () => void (database = await testDatabase()));
  afterEach(() => database.close());

  async function setup() {
    const given = await rightsServer(database, { systems: [memorySystem(), PAPER] });
    const { server } = given;
    const { person, staff } = server.rights;
    async function settled(changed: Partial<NewRequest>) {
      const { status } = await person.submit(SITE, CAMILLE_SIGNED_IN, testRequest(changed));
      await server.jobs.idle();
      return status.id;
    }
    return { ...given, person, staff, settled };
  }

  it('is refused for abuse or a stranger alone where it is a no to marketing, which lifts nothing (R-20)', async () => {
    const { server, staff, settled, mails } = await setup();
    const id = await settled({ type: 'objection' });
    const reason = 'We like to write.';
    for (const ground of [undefined, 'compelling-grounds', 'legal-claims', 'no-such-case'] as const)
      await assert.rejects(staff.refuse(SITE, id, { ...BY, reason, ground }), {
        code: 'request/invalid',
      });
    assert.equal((await staff.view(SITE, id)).state, 'in-progress');
    await staff.refuse(SITE, id, { ...BY, reason: 'Every hour.', ground: 'excessive' });
    await server.jobs.idle();
    assert.equal((await staff.view(SITE, id)).state, 'refused');
    assert.match(mails.at(-1)!.text, /asked for too often.*Every hour\./);
    const other = await settled({ type: 'objection' });
    await staff.settle(SITE, other, 'paper/look', { ...BY, status: 'done', note: 'Crossed out.' });
    await server.jobs.idle();
    const before = mails.length;
    assert.equal((await staff.view(SITE, other)).state, 'completed');
    await assert.rejects(staff.lift(SITE, other, { ...BY, reason }), { code: 'rights/too-late' });
    await server.jobs.idle();
    assert.equal(mails.length, before, 'nobody is told that a restriction is over');
  });

  it('lifts a restriction once, and tells the person once (R-17)', async () => {
    const { server, staff, settled, person, mails } = await setup();
    const id = await settled({ type: 'restriction' });
    await staff.settle(SITE, id, 'paper/look', { ...BY, status: 'done', note: 'Set aside.' });
    await server.jobs.idle();
    const before = mails.length;
    const lift = () => staff.lift(SITE, id, { ...BY, reason: 'It is settled.' });
    await lift();
    await server.jobs.idle();
    assert.equal(await person.restrictionOf(SITE, CAMILLE.email!), 'none');
    await assert.rejects(lift(), { code: 'rights/too-late' });
    await server.jobs.idle();
    assert.equal(mails.length, before + 1);
  });
});
