import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, it } from 'node:test';
import type { Database } from '../../database/database.js';
import { describeOnBoth } from '../../testing/both.js';
import { passHours } from '../../testing/erasing.js';
import { createGate } from '../../testing/gate.js';
import { CAMILLE, memorySystem, PEOPLE } from '../../testing/memory-system.js';
import { NOW } from '../../testing/register.js';
import { CAMILLE_SIGNED_IN, hoursAfter, testRequest } from '../../testing/requests.js';
import { rightsServer } from '../../testing/rights.js';

const SITE = 'default';
const BY = { actor: 'Alix' };
/** As a site says who is signed in to it. */
const BY_BOTH = { contacts: CAMILLE, by: 'host' } as const;
const KNOWN = { ...BY, note: 'Known at the counter.' };
const ENTERED = {
  ...BY,
  site: SITE,
  type: 'erasure',
  channel: 'post',
  receivedAt: new Date('2026-11-10T09:00:00Z'),
  contacts: { email: CAMILLE.email! },
} as const;

describeOnBoth('two erasures of one person', (open) => {
  let database: Database;
  beforeEach(async () => void (database = await open()));
  afterEach(() => database.close());

  async function setup(system = memorySystem()) {
    const opened = await rightsServer(database, { systems: [system] });
    const { person, staff } = opened.server.rights;
    async function own() {
      const request = testRequest({ type: 'erasure' });
      const { status } = await person.submit(SITE, CAMILLE_SIGNED_IN, request);
      await opened.server.jobs.idle();
      return status.id;
    }
    return { ...opened, system, person, staff, own };
  }

  it('are one once both are confirmed: due by the earlier receipt, executed once (R-04, 000-24)', async () => {
    const { staff, own, clock, server } = await setup();
    const id = await own();
    const entered = await staff.enter(ENTERED);
    assert.notEqual(entered, id, 'not before it is clear whose it is');
    await staff.verify(SITE, entered, KNOWN);
    const other = await staff.view(SITE, entered);
    assert.equal(other.state, 'cancelled');
    assert.deepEqual(
      other.history.map(({ act, actor, note }) => [act, actor, note]),
      [
        ['receive', 'Alix', undefined],
        ['verify', 'Alix', KNOWN.note],
        ['cancel', 'Alix', `It goes on as ${id}.`],
      ],
    );
    const one = await staff.view(SITE, id);
    assert.equal(one.receivedAt, ENTERED.receivedAt.toISOString());
    assert.equal(one.due, '2026-12-10T23:59:59.999Z');
    assert.equal(one.undoUntil, hoursAfter(NOW, 72).toISOString(), 'as long as it was to be');
    clock.now = hoursAfter(NOW, 72);
    await staff.execute(SITE, id, BY);
    await server.jobs.idle();
    assert.equal((await staff.view(SITE, id)).purgeAt, '2026-12-10T23:59:59.999Z');
  });

  it('are due as the open one was, if that came first', async () => {
    const { staff, own } = await setup();
    const id = await own();
    const { due, receivedAt } = await staff.view(SITE, id);
    const entered = await staff.enter({ ...ENTERED, receivedAt: NOW });
    await staff.verify(SITE, entered, KNOWN);
    const after = await staff.view(SITE, id);
    assert.deepEqual([after.due, after.receivedAt], [due, receivedAt]);
    assert.equal((await staff.view(SITE, entered)).state, 'cancelled');
  });

  it('are looked for by the contacts of both', async () => {
    const byPhone = { ...PEOPLE[0]!, contacts: { phone: CAMILLE.phone! } };
    const { staff, own, system, server, ...given } = await setup(memorySystem([byPhone]));
    const id = await own();
    const entered = await staff.enter({ ...ENTERED, contacts: CAMILLE });
    await staff.verify(SITE, entered, KNOWN);
    await server.jobs.idle();
    assert.deepEqual((await staff.view(SITE, id)).contacts, CAMILLE);
    const [line] = (await staff.view(SITE, id)).items;
    assert.equal(line?.item, 'bookings/which', 'people share telephones');
    const note = 'The same name.';
    await staff.pick(SITE, id, 'bookings', { ...BY, refs: ['1001'], note });
    given.clock.now = hoursAfter(NOW, 72);
    await staff.execute(SITE, id, BY);
    await passHours({ server, clock: given.clock }, 24 * 31, 2);
    assert.equal((await staff.view(SITE, id)).state, 'completed');
    assert.deepEqual(system.people.get('1001')?.records, []);
  });

  it('are one after the execution, too: purged and hidden as both ask', async () => {
    const { staff, own, server, clock, person } = await setup();
    const id = await own();
    clock.now = hoursAfter(NOW, 72);
    await staff.execute(SITE, id, BY);
    await server.jobs.idle();
    const entered = await staff.enter({ ...ENTERED, contacts: CAMILLE });
    await staff.verify(SITE, entered, KNOWN);
    await server.jobs.idle();
    assert.equal(await person.restrictionOf(SITE, CAMILLE.phone!), 'hidden');
    const { state, purgeAt } = await staff.view(SITE, id);
    assert.deepEqual([state, purgeAt], ['executed', '2026-12-10T23:59:59.999Z']);
    clock.now = new Date('2026-12-11T00:00:00Z');
    await passHours({ server, clock }, 1, 3);
    assert.equal((await staff.view(SITE, id)).state, 'completed');
  });

  it('stay two where a telephone alone is shared (004-07)', async () => {
    const { staff, own, person, server } = await setup();
    await own();
    const partner = { contacts: { phone: CAMILLE.phone! }, by: 'host' } as const;
    const theirs = testRequest({ type: 'erasure' });
    await person.submit(SITE, partner, theirs);
    const entered = await staff.enter({
      ...ENTERED,
      contacts: { email: 'third@example.org', phone: CAMILLE.phone! },
    });
    await staff.verify(SITE, entered, KNOWN);
    await server.jobs.idle();
    assert.notEqual((await staff.view(SITE, entered)).state, 'cancelled');
    assert.deepEqual((await staff.view(SITE, theirs.id)).contacts, partner.contacts);
  });

  it('stay two where somebody else was first to ask, by the telephone that they share (004-07)', async () => {
    const { staff, person, server } = await setup();
    const theirs = await staff.enter({ ...ENTERED, contacts: { phone: CAMILLE.phone! } });
    await staff.verify(SITE, theirs, KNOWN);
    const request = testRequest({ type: 'erasure' });
    const { status, isNew } = await person.submit(SITE, BY_BOTH, request);
    await server.jobs.idle();
    assert.deepEqual([status.id, isNew], [request.id, true]);
    assert.deepEqual((await staff.view(SITE, request.id)).contacts, CAMILLE);
    const { state, contacts } = await staff.view(SITE, theirs);
    assert.deepEqual([state, contacts], ['in-progress', { phone: CAMILLE.phone! }]);
  });

  it('are one where the second tells a telephone, too: looked for by both, and once more no other', async () => {
    const byPhone = { ...PEOPLE[0]!, contacts: { phone: CAMILLE.phone! } };
    const { staff, own, person, server } = await setup(memorySystem([byPhone]));
    const id = await own();
    for (const isAgain of [false, true]) {
      const request = testRequest({ type: 'erasure' });
      const { status, isNew } = await person.submit(SITE, BY_BOTH, request);
      assert.deepEqual([status.id, isNew], [id, false], String(isAgain));
      await server.jobs.idle();
    }
    const { contacts, items } = await staff.view(SITE, id);
    assert.deepEqual(contacts, CAMILLE);
    assert.deepEqual(
      items.map(({ item }) => item),
      ['bookings/which'],
    );
    assert.equal((await staff.due(SITE)).length, 1);
  });

  it('are looked for again, although the job of the first look is not put away yet', async () => {
    const { staff, own, server, clock } = await setup();
    const id = await own();
    // As it stands from when a look is written down until its job is.
    const queue = 'rights/find';
    await database.sql
      .insertInto('job')
      .values({
        ...{ id: randomUUID(), site: SITE, queue, dedupe: `${id}/bookings`, attempts: 1 },
        ...{ payload: Buffer.of(0), due_at: NOW, created_at: NOW },
        lease_until: hoursAfter(NOW, 1),
      })
      .execute();
    const entered = await staff.enter({ ...ENTERED, contacts: CAMILLE });
    await staff.verify(SITE, entered, KNOWN);
    await server.jobs.idle();
    const { steps } = await staff.view(SITE, id);
    assert.deepEqual([...new Set(steps.map(({ status }) => status))], ['done']);
    clock.now = hoursAfter(NOW, 72);
    await staff.execute(SITE, id, BY);
  });

  it('are not called hidden by whoever looked for them by less', async () => {
    const byPhone = { ...PEOPLE[0]!, ref: '1003', contacts: { phone: CAMILLE.phone! } };
    const system = memorySystem([...PEOPLE, byPhone]);
    const { survey } = system;
    const [looking, told] = [createGate(), createGate()];
    system.survey = async (refs) => {
      looking.open();
      await told.opened;
      return survey(refs);
    };
    const { staff, own, server, clock } = await setup(system);
    const id = await own();
    clock.now = hoursAfter(NOW, 72);
    await staff.execute(SITE, id, BY);
    await looking.opened;
    const entered = await staff.enter({ ...ENTERED, contacts: CAMILLE });
    await staff.verify(SITE, entered, KNOWN);
    told.open();
    await server.jobs.idle();
    const { items, steps } = await staff.view(SITE, id);
    const hidden = steps.find(({ system: name, step }) => name === 'bookings' && step === 'hide');
    assert.equal(hidden?.status, 'failed', 'people share telephones: staff see to it');
    assert.deepEqual(
      items.map(({ item, status }) => [item, status]),
      [['bookings/hide', 'open']],
    );
  });

  it('are one, however verifying and submitting fall together', async () => {
    const { staff, person, server } = await setup();
    const entered = await staff.enter(ENTERED);
    const again = await staff.enter({ ...ENTERED, receivedAt: NOW });
    const request = testRequest({ type: 'erasure' });
    await Promise.all([
      staff.verify(SITE, entered, KNOWN),
      person.submit(SITE, CAMILLE_SIGNED_IN, request),
      staff.verify(SITE, again, KNOWN),
    ]);
    await server.jobs.idle();
    const open = await staff.due(SITE);
    assert.equal(open.length, 1);
    assert.equal(open[0]!.due, '2026-12-10T23:59:59.999Z');
  });
});
