import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { NewRequest } from '@placet/contract';
import type { Database } from '../../database/database.js';
import type { PlacetServerOptions } from '../../options.js';
import type { ConnectedSystem, ManualSystem } from '../../systems/system.js';
import { testDatabase } from '../../testing/database.js';
import { executeErasure, passHours } from '../../testing/erasing.js';
import { CAMILLE, memorySystem, PEOPLE } from '../../testing/memory-system.js';
import { CAMILLE_SIGNED_IN, hoursAfter, testRequest } from '../../testing/requests.js';
import { RIGHTS_CONFIG, rightsServer } from '../../testing/rights.js';

const SITE = 'default';
const STRANGER = { contacts: { email: 'nobody@example.org' }, by: 'link' } as const;
const PAPER: ManualSystem = {
  id: 'paper',
  describe: () => ({ name: { en: 'The cupboard' }, kind: 'paper', categories: [] }),
};

/** A system whose connector finds and deletes, and does nothing else. */
function plainSystem(id: string, basis?: 'legitimate-interest'): ConnectedSystem {
  const { describe: told, find, survey, collect, erase } = memorySystem(PEOPLE, { id });
  const { categories, ...description } = told();
  const changed = categories.map((each) => ({ ...each, ...(basis && { basis }) }));
  const describe = () => ({ ...description, categories: changed });
  return { id, describe, find, survey, collect, erase };
}

describe('what no program can do in a system', () => {
  let database: Database;
  beforeEach(async () => void (database = await testDatabase()));
  afterEach(() => database.close());

  async function setup(options: Partial<PlacetServerOptions>) {
    const opened = await rightsServer(database, options);
    const { server } = opened;
    const { person, staff } = server.rights;
    const stateOf = async (id: string) => (await staff.view(SITE, id)).state;
    const linesOf = async (id: string) =>
      (await staff.view(SITE, id)).items.map(({ item, status }) => `${item} ${status}`);
    const settle = (id: string, item: string) =>
      staff.settle(SITE, id, item, { actor: 'Alix', status: 'done', note: 'By hand.' });
    /** Submits, and waits until nothing goes on by itself. */
    async function settled(changed: Partial<NewRequest>, who = CAMILLE_SIGNED_IN) {
      const { status } = await person.submit(SITE, who, testRequest(changed));
      await server.jobs.idle();
      return status.id;
    }
    return { ...opened, person, staff, stateOf, linesOf, settle, settled };
  }

  it('is asked of staff before a restriction is done, where the person was found (R-17)', async () => {
    const { settled, stateOf, linesOf, settle, staff } = await setup({
      systems: [memorySystem(), plainSystem('till')],
    });
    for (const asked of [
      { type: 'restriction' },
      { type: 'objection', against: 'other', note: 'No.' },
    ] as const) {
      const id = await settled(asked);
      assert.ok((await linesOf(id)).includes('till/restrict open'));
      if (asked.type === 'objection') await settle(id, 'objection/assess');
      assert.equal(await stateOf(id), 'in-progress');
      await settle(id, 'till/restrict');
      assert.equal(await stateOf(id), 'completed');
      const [line] = (await staff.view(SITE, id)).items.filter(({ item }) => /till/.test(item));
      assert.equal(line?.label, 'Bookings: stop every use of the data but keeping it, by hand');
    }
    assert.equal(await stateOf(await settled({ type: 'restriction' }, STRANGER)), 'completed');
  });

  it('is asked of staff again once a restriction is over that was made by hand (R-17)', async () => {
    const { settled, server, linesOf, settle, staff } = await setup({
      systems: [memorySystem(), plainSystem('till'), PAPER],
    });
    const [first, second] = [
      await settled({ type: 'restriction' }),
      await settled({ type: 'objection', against: 'other', note: 'No.' }),
    ];
    await settle(second, 'objection/assess');
    for (const id of [first, second])
      for (const item of ['till/restrict', 'paper/look']) await settle(id, item);
    const lift = async (id: string) => {
      await staff.lift(SITE, id, { actor: 'Alix', reason: 'It is settled.' });
      await server.jobs.idle();
    };
    const again = async (id: string) =>
      (await linesOf(id)).filter((line) => line.includes('use-again'));
    await lift(first);
    assert.deepEqual(await again(first), [], 'the other request restricts it still');
    await lift(second);
    assert.deepEqual(await again(second), ['paper/use-again open', 'till/use-again open']);
    const due = async () => (await staff.due(SITE)).map(({ id }) => id);
    assert.deepEqual(await due(), [second]);
    for (const item of ['till/use-again', 'paper/use-again']) await settle(second, item);
    assert.deepEqual(await due(), []);
  });

  it('is asked of staff before a correction is done, wherever the person was found (R-14)', async () => {
    const { settled, stateOf, linesOf, settle } = await setup({
      systems: [memorySystem(), plainSystem('till')],
    });
    const name = { category: 'customers', record: '1001', field: 'name', value: 'Camille Le Roy' };
    const corrections = [{ system: 'bookings', ...name }];
    const id = await settled({ type: 'rectification', corrections });
    assert.deepEqual(await linesOf(id), ['till/rectify open']);
    assert.equal(await stateOf(id), 'in-progress');
    await settle(id, 'till/rectify');
    assert.equal(await stateOf(id), 'completed');
  });

  it('is asked of staff once an erasure is executed, until they did it or it is deleted (000-22)', async () => {
    const opened = await setup({ systems: [plainSystem('till'), plainSystem('crm')] });
    const { linesOf, settle, stateOf, mails } = opened;
    const before = mails.length;
    const id = await executeErasure(opened);
    assert.deepEqual(await linesOf(id), ['crm/stop-using open', 'till/stop-using open']);
    const told = mails.slice(before).map(({ subject }) => subject);
    assert.ok(told.includes('Placet: a request needs somebody'));
    await settle(id, 'crm/stop-using');
    assert.deepEqual(await linesOf(id), ['crm/stop-using done', 'till/stop-using open']);
    await passHours(opened, 24 * 31);
    assert.deepEqual(await linesOf(id), ['crm/stop-using done', 'till/stop-using done']);
    const actors = (await opened.staff.view(SITE, id)).items.map(({ actor }) => actor);
    assert.deepEqual(actors, ['Alix', 'system']);
    assert.equal(await stateOf(id), 'completed');
  });

  it('is not asked where an erasure has deleted it before it could be hidden there', async () => {
    const till = plainSystem('till');
    let isAway = false;
    const system: typeof till = {
      ...till,
      survey: async (refs) => {
        if (isAway) throw new Error('The system is away.');
        return till.survey(refs);
      },
    };
    const opened = await setup({ systems: [system] });
    const request = testRequest({ type: 'erasure' });
    await opened.server.rights.person.submit(SITE, CAMILLE_SIGNED_IN, request);
    await passHours(opened, 73);
    isAway = true;
    await opened.staff.execute(SITE, request.id, { actor: 'Ada' });
    await opened.server.jobs.idle();
    isAway = false;
    // It is tried again only after the purge.
    await database.sql
      .updateTable('job')
      .set({ due_at: hoursAfter(opened.clock.now, 24 * 60) })
      .where('queue', '=', 'rights/hide')
      .execute();
    await passHours(opened, 24 * 31, 2);
    assert.deepEqual(await opened.linesOf(request.id), []);
    assert.equal(await opened.stateOf(request.id), 'completed');
  });

  it('is not asked where nobody was found', async () => {
    const opened = await setup({ systems: [plainSystem('till')] });
    const id = await executeErasure(opened, STRANGER);
    assert.deepEqual(await opened.linesOf(id), []);
  });

  it('is asked about advertising from systems that may send it, while what Placet sends has ended (R-20)', async () => {
    const { settled, stateOf, linesOf, settle } = await setup({
      systems: [plainSystem('till'), plainSystem('crm', 'legitimate-interest')],
    });
    const id = await settled({ type: 'objection', against: 'marketing' });
    assert.deepEqual(await linesOf(id), ['crm/advertising open']);
    assert.equal(await stateOf(id), 'in-progress');
    await settle(id, 'crm/advertising');
    assert.equal(await stateOf(id), 'completed');
    assert.equal(await stateOf(await settled({ type: 'objection' }, STRANGER)), 'completed');
  });

  it('is asked about all advertising where Placet sends none (R-20)', async () => {
    const { marketing: _, ...config } = RIGHTS_CONFIG;
    const { settled, stateOf, linesOf, settle } = await setup({
      config,
      systems: [plainSystem('till'), PAPER],
    });
    const id = await settled({ type: 'objection', against: 'marketing' });
    const lines = ['objection/advertising', 'paper/look', 'till/advertising'];
    assert.deepEqual(
      await linesOf(id),
      lines.map((line) => `${line} open`),
    );
    for (const line of lines) {
      assert.equal(await stateOf(id), 'in-progress');
      await settle(id, line);
    }
    assert.equal(await stateOf(id), 'completed');
    const nobody = await settled({ type: 'objection', against: 'marketing' }, STRANGER);
    assert.deepEqual(await linesOf(nobody), ['objection/advertising open', 'paper/look open']);
  });

  it('holds no recipient up: they hear of a no to advertising at once (R-20)', async () => {
    const { settled, stateOf, mails } = await setup({
      systems: [PAPER],
      recipients: [
        {
          id: 'printer',
          name: 'The printer',
          by: { kind: 'mail', address: 'rights@printer.example' },
        },
      ],
    });
    const id = await settled({ type: 'objection', against: 'marketing' });
    assert.equal(await stateOf(id), 'in-progress');
    const told = () => mails.filter(({ to }) => to === 'rights@printer.example');
    assert.equal(told().length, 1);
    assert.ok(told()[0]!.text.includes(CAMILLE.email!));
  });
});
