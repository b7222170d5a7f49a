import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { PreviewedSystem } from '@placet/contract';
import type { Database } from '../../database/database.js';
import { testDatabase } from '../../testing/database.js';
import { passHours } from '../../testing/erasing.js';
import { memorySystem } from '../../testing/memory-system.js';
import { CAMILLE_SIGNED_IN, testRequest } from '../../testing/requests.js';
import { rightsServer, type RightsServer } from '../../testing/rights.js';
import { manualSystem } from '../../systems/manual-system.js';

const SITE = 'default';
const PAPER = manualSystem({
  id: 'paper',
  name: { en: 'Paper files', fr: 'Les dossiers en papier' },
  categories: [],
});
const LINE = { system: 'paper', name: 'Paper files', status: 'manual', deleted: [], kept: [] };

describe('of systems that people look through, an erasure', () => {
  let database: Database;
  let given: RightsServer;
  beforeEach(async () => {
    database = await testDatabase();
    given = await rightsServer(database, { systems: [memorySystem(), PAPER] });
  });
  afterEach(async () => {
    await given.server.close();
    await database.close();
  });

  const lineOf = (systems: readonly PreviewedSystem[] = []) =>
    systems.find(({ system }) => system === 'paper');

  it('says beforehand that they are looked through by hand (A-10)', async () => {
    const { person } = given.server.rights;
    const { systems } = await person.preview(SITE, CAMILLE_SIGNED_IN, 'en');
    assert.deepEqual(lineOf(systems), LINE);
    const french = await person.preview(SITE, CAMILLE_SIGNED_IN, 'fr');
    assert.equal(lineOf(french.systems)?.name, 'Les dossiers en papier');
  });

  it('says so again once they were, in the request and in its certificate', async () => {
    const { person, staff } = given.server.rights;
    const request = testRequest({ type: 'erasure' });
    const { id } = (await person.submit(SITE, CAMILLE_SIGNED_IN, request)).status;
    await given.server.jobs.idle();
    await staff.settle(SITE, id, 'paper/look', { actor: 'Ada', status: 'done', note: 'Shredded.' });
    assert.equal((await person.read(SITE, CAMILLE_SIGNED_IN, id)).outcome, undefined);
    await passHours(given, 73);
    await staff.execute(SITE, id, { actor: 'Ada' });
    await given.server.jobs.idle();
    const { outcome } = await person.read(SITE, CAMILLE_SIGNED_IN, id, 'en');
    assert.deepEqual(
      outcome?.map(({ system }) => system),
      ['bookings', 'placet', 'paper'],
    );
    assert.deepEqual(lineOf(outcome), LINE);

    await passHours(given, 31 * 24);
    const { body } = await database.sql
      .selectFrom('certificate')
      .select('body')
      .executeTakeFirstOrThrow();
    const payload = Buffer.from(body.split('.')[1]!, 'base64url').toString();
    assert.deepEqual(lineOf((JSON.parse(payload) as { systems: PreviewedSystem[] }).systems), LINE);
  });
});
