import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { RequestType } from '@placet/contract';
import type { Database } from '../../database/database.js';
import { testDatabase } from '../../testing/database.js';
import { passHours } from '../../testing/erasing.js';
import { CAMILLE } from '../../testing/memory-system.js';
import { NOW } from '../../testing/register.js';
import { hoursAfter } from '../../testing/requests.js';
import { rightsServer } from '../../testing/rights.js';
import { UNVERIFIED_DAYS } from './clock.js';

const SITE = 'default';
const BY = { actor: 'Alix' };
const PHONE = CAMILLE.phone!;

describe('somebody without an e-mail address', () => {
  let database: Database;
  beforeEach(async () => void (database = await testDatabase()));
  afterEach(() => database.close());

  async function setup() {
    const given = await rightsServer(database);
    const { server, mails } = given;
    const { person, staff } = server.rights;
    const openLines = async (id: string) =>
      (await staff.view(SITE, id)).items
        .filter(({ status }) => status === 'open')
        .map(({ item }) => item);
    async function settle(id: string, item: string) {
      await staff.settle(SITE, id, item, { ...BY, status: 'done', note: 'By telephone.' });
      await server.jobs.idle();
    }
    async function entered(type: RequestType) {
      const id = await staff.enter({
        ...BY,
        site: SITE,
        type,
        channel: 'phone',
        receivedAt: NOW,
        contacts: { phone: PHONE },
        ...(type === 'objection' && { against: 'other', note: 'No profiling.' }),
      });
      await server.jobs.idle();
      return id;
    }
    async function opened(type: RequestType) {
      const id = await entered(type);
      await staff.verify(SITE, id, { ...BY, note: 'Called back.' });
      await server.jobs.idle();
      return id;
    }
    const stuck = () =>
      mails.filter(({ subject }) => subject === 'Placet: a request needs somebody').length;
    const isDue = async (id: string) => (await staff.due(SITE)).some((each) => each.id === id);
    return { ...given, person, staff, openLines, settle, entered, opened, stuck, isDue };
  }

  it('is told by staff of an extension, before anything is answered (R-04)', async () => {
    const { staff, opened, openLines, settle, stuck, clock } = await setup();
    const id = await opened('erasure');
    await staff.extend(SITE, id, { ...BY, reason: 'Three archives are abroad.' });
    assert.deepEqual(await openLines(id), ['tell/extended', 'tell/received']);
    clock.now = hoursAfter(NOW, 72);
    await assert.rejects(staff.execute(SITE, id, BY), { code: 'rights/blocked' });
    await settle(id, 'tell/extended');
    assert.equal(stuck(), 1);
    await staff.execute(SITE, id, BY);
    assert.equal((await staff.view(SITE, id)).state, 'executed');
  });

  it('is told by staff of a refusal, which lifts what was restricted, and not before (R-05, R-17)', async () => {
    const { staff, opened, openLines, settle, person, isDue, system } = await setup();
    const id = await opened('objection');
    await staff.refuse(SITE, id, { ...BY, reason: 'A court has asked for the data.' });
    assert.ok((await openLines(id)).includes('tell/refused'));
    assert.ok(await isDue(id), 'staff go on seeing it');
    assert.equal(await person.restrictionOf(SITE, PHONE), 'restricted');
    await assert.rejects(settle(id, 'objection/assess'), { code: 'rights/too-late' });
    await settle(id, 'tell/refused');
    assert.equal(await person.restrictionOf(SITE, PHONE), 'none');
    assert.equal(system.restrictionOf('1001'), 'none');
    await settle(id, 'tell/received');
    assert.equal(await isDue(id), false);
  });

  it('is told by staff that a restriction is lifted, before it is (R-17)', async () => {
    const { staff, opened, openLines, settle, person, isDue, system } = await setup();
    const id = await opened('restriction');
    const { state, items } = await staff.view(SITE, id);
    assert.equal(state, 'completed');
    assert.deepEqual(await openLines(id), ['tell/completed', 'tell/received']);
    assert.match(items[0]!.label, /by post or telephone that what they asked for is done/);
    await settle(id, 'tell/completed');
    await staff.lift(SITE, id, { ...BY, reason: 'The data was put right.' });
    assert.equal(await person.restrictionOf(SITE, PHONE), 'restricted');
    assert.ok(await isDue(id));
    await settle(id, 'tell/lifted');
    assert.equal(await person.restrictionOf(SITE, PHONE), 'none');
    assert.equal(system.restrictionOf('1001'), 'none');
  });

  it('is told by staff what was deleted and kept, before nothing tells who it was (000-23)', async () => {
    const { staff, opened, openLines, settle, clock, server, stuck } = await setup();
    const id = await opened('erasure');
    clock.now = hoursAfter(NOW, 72);
    await staff.execute(SITE, id, BY);
    await passHours({ server, clock }, 24 * 31, 3);
    assert.ok((await openLines(id)).includes('tell/erased'));
    assert.equal(stuck(), 1, 'staff are told once');
    const { state, contacts, outcome } = await staff.view(SITE, id);
    assert.deepEqual([state, contacts], ['executed', { phone: PHONE }]);
    const bookings = outcome?.find(({ system }) => system === 'bookings');
    assert.deepEqual(
      [bookings?.deleted.map(({ count }) => count), bookings?.kept.map(({ ground }) => ground)],
      [[1, 2], ['Tax law (10 years)']],
    );
    await settle(id, 'tell/erased');
    const done = await staff.view(SITE, id);
    assert.deepEqual([done.state, done.contacts], ['completed', undefined]);
  });

  it('is off the list once they are erased: nobody is left to tell anything (000-22)', async () => {
    const { staff, opened, settle, isDue, clock, server } = await setup();
    const other = await opened('access');
    const id = await opened('erasure');
    clock.now = hoursAfter(NOW, 72);
    await staff.execute(SITE, id, BY);
    await passHours({ server, clock }, 24 * 31, 3);
    await settle(id, 'tell/erased');
    assert.equal((await staff.view(SITE, id)).state, 'completed');
    for (const each of [id, other]) {
      assert.equal(await isDue(each), false);
      const { items } = await staff.view(SITE, each);
      const received = items.find(({ item }) => item === 'tell/received');
      assert.deepEqual([received?.status, received?.actor], ['not-applicable', 'system']);
    }
  });

  it('is told by staff that nobody confirmed what was entered', async () => {
    const { entered, openLines, clock, server, mails } = await setup();
    const id = await entered('access');
    clock.now = hoursAfter(NOW, 24 * UNVERIFIED_DAYS);
    await server.jobs.idle();
    assert.deepEqual(await openLines(id), ['tell/expired']);
    assert.ok(mails.every(({ to }) => to === 'bonjour@tilleul.example'));
  });

  it('is told by staff how they get what was collected', async () => {
    const { opened, openLines } = await setup();
    assert.deepEqual(await openLines(await opened('access')), ['tell/ready', 'tell/received']);
  });
});
