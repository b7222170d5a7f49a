import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { NewRequest } from '@placet/contract';
import { requestStatusSchema } from '@placet/contract/schema';
import type { Database } from '../../database/database.js';
import type { PlacetServerOptions } from '../../options.js';
import type { ManualSystem } from '../../systems/system.js';
import { testDatabase } from '../../testing/database.js';
import { CAMILLE, memorySystem, PEOPLE } from '../../testing/memory-system.js';
import { NOW } from '../../testing/register.js';
import {
  CAMILLE_SIGNED_IN,
  NAMESAKE_SIGNED_IN,
  hoursAfter,
  testRequest,
} from '../../testing/requests.js';
import { RIGHTS_CONFIG, rightsServer } from '../../testing/rights.js';
import { NEWSLETTER, testOptIn } from '../../testing/subscriptions.js';

const SITE = 'default';
const BY = { actor: 'Alix' };
const PAPER: ManualSystem = {
  id: 'paper',
  describe: () => ({ name: { en: 'The cupboard' }, kind: 'paper', categories: [] }),
};

describe('requests', () => {
  let database: Database;
  beforeEach(async () => void (database = await testDatabase()));
  afterEach(() => database.close());

  async function setup(options: Partial<PlacetServerOptions> = {}) {
    const opened = await rightsServer(database, options);
    const { server } = opened;
    const { person, staff } = server.rights;
    const submit = (changed: Partial<NewRequest> = {}, who = CAMILLE_SIGNED_IN) =>
      person.submit(SITE, who, testRequest(changed));
    /** Submits, and waits until nothing goes on by itself. */
    async function settled(changed: Partial<NewRequest> = {}, who = CAMILLE_SIGNED_IN) {
      const { status } = await submit(changed, who);
      await server.jobs.idle();
      return person.read(SITE, who, status.id);
    }
    return { ...opened, person, staff, submit, settled };
  }

  it('have a due date a calendar month on, and are worked on at once (000-07, R-04)', async () => {
    const { server, mails, submit, person, system } = await setup();
    const { status, isNew } = await submit({ type: 'restriction' });
    requestStatusSchema.parse(status);
    assert.equal(isNew, true);
    assert.equal(status.due, '2026-12-22T23:59:59.999Z');
    assert.equal(status.receivedAt, NOW.toISOString());
    await server.jobs.idle();
    const done = requestStatusSchema.parse(await person.read(SITE, CAMILLE_SIGNED_IN, status.id));
    assert.equal(done.state, 'completed');
    assert.deepEqual(
      done.timeline.map(({ act }) => act),
      ['receive', 'start', 'complete'],
    );
    assert.equal(system.restrictionOf('1001'), 'restricted');
    assert.equal(system.restrictionOf('1002'), 'none', 'the namesake is whole');
    assert.deepEqual(mails.map(({ to, subject }) => [to, subject]).sort(), [
      ['bonjour@tilleul.example', 'Placet: a request has come in'],
      ['camille@example.org', 'We have your request'],
      ['camille@example.org', 'Your request is done'],
    ]);
  });

  it('count from receipt by the server, whatever the browser’s clock says (R-04)', async () => {
    const { submit } = await setup();
    const { status } = await submit({ at: '2031-01-01T00:00:00.000Z' });
    assert.equal(status.receivedAt, NOW.toISOString());
    assert.equal(status.due, '2026-12-22T23:59:59.999Z');
  });

  it('change nothing when they come again, and refuse another one under their id', async () => {
    const { submit, person } = await setup();
    const request = testRequest();
    const { status } = await submit(request);
    const again = await submit(request);
    assert.deepEqual([again.isNew, again.status.id], [false, status.id]);
    await assert.rejects(submit({ ...request, language: 'fr' }), { code: 'rights/conflict' });
    await assert.rejects(submit(request, NAMESAKE_SIGNED_IN), { code: 'rights/conflict' });
    assert.equal((await person.list(SITE, CAMILLE_SIGNED_IN)).length, 1);
  });

  it('are refused without contacts, on sites without rights, and where a right is exercised otherwise (000-13)', async () => {
    const config = { ...RIGHTS_CONFIG, rights: { url: '/', erasure: 'on-request' as const } };
    const { submit, person } = await setup({ config });
    await assert.rejects(submit({}, { contacts: {}, by: 'host' }), { code: 'identity/required' });
    await assert.rejects(submit({ type: 'erasure' }), { code: 'rights/unsupported' });
    await assert.rejects(person.submit('nowhere', CAMILLE_SIGNED_IN, testRequest()), {
      code: 'rights/unsupported',
    });
    await assert.rejects(person.list('nowhere', CAMILLE_SIGNED_IN), { code: 'rights/unsupported' });
    assert.equal((await submit()).isNew, true);
  });

  it('are fifty open ones of one person at most', async () => {
    const { submit, person } = await setup({ systems: [PAPER] });
    for (let number = 0; number < 50; number += 1) await submit();
    await assert.rejects(submit(), { code: 'request/too-many' });
    assert.equal((await submit({}, NAMESAKE_SIGNED_IN)).isNew, true);
    assert.equal((await person.list(SITE, CAMILLE_SIGNED_IN)).length, 50);
  });

  it('are fifty a day of one person at most, answered or not, and more the day after', async () => {
    const { submit, clock, server } = await setup({ systems: [] });
    for (let number = 0; number < 50; number += 1) await submit({ type: 'objection' });
    assert.equal((await server.rights.staff.due(SITE)).length, 0, 'none of them is open');
    await assert.rejects(submit({ type: 'objection' }), { code: 'request/too-many' });
    clock.now = hoursAfter(NOW, 25);
    assert.equal((await submit({ type: 'objection' })).isNew, true);
  });

  it('end marketing before the answer to an objection, which can be sent again (R-20)', async () => {
    const { server, submit, settled, person, ask, lastLink } = await setup();
    const choice = { site: SITE, contact: CAMILLE.email!, ...NEWSLETTER };
    await server.subscriptions.submit(testOptIn(), { how: 'form', isHost: false });
    const token = new URL(await lastLink(), 'https://shop.example').searchParams.get('token')!;
    await ask('POST', '/subscriptions/confirm', { token });
    assert.equal((await server.subscriptions.maySend(choice)).send, true);
    const request = testRequest({ type: 'objection' });
    const { status } = await submit(request);
    assert.equal((await server.subscriptions.maySend(choice)).send, false);
    assert.equal(status.state, 'completed');
    assert.equal((await submit(request)).isNew, false);
    const other = await settled({ type: 'objection', against: 'other', note: 'No profiling.' });
    assert.equal(other.state, 'in-progress', 'staff assess it (R-21)');
    assert.equal(await person.restrictionOf(SITE, 'Camille@Example.org'), 'restricted');
  });

  it('put right what people may put right, and hand the rest to staff (R-14)', async () => {
    const { settled, system, staff, person } = await setup();
    const correction = { system: 'bookings', category: 'customers', record: '1001' };
    const right = { ...correction, field: 'name', value: 'Camille Le Roy' };
    const done = await settled({ type: 'rectification', corrections: [right] });
    assert.equal(done.state, 'completed');
    assert.equal(system.people.get('1001')!.records[0]!.fields['name'], 'Camille Le Roy');
    const wrong = { ...correction, field: 'email', value: 'other@example.org' };
    const left = await settled({ type: 'rectification', corrections: [wrong] });
    assert.equal(left.state, 'in-progress');
    assert.equal(system.people.get('1001')!.records[0]!.fields['email'], CAMILLE.email);
    const { items, corrections } = await staff.view(SITE, left.id);
    assert.deepEqual(
      items.map(({ item, status }) => [item, status]),
      [['bookings/rectify', 'open']],
    );
    assert.deepEqual(corrections, [wrong]);
    const note = 'Changed at the desk.';
    await staff.settle(SITE, left.id, 'bookings/rectify', { ...BY, status: 'done', note });
    assert.equal((await person.read(SITE, CAMILLE_SIGNED_IN, left.id)).state, 'completed');
    const nowhere = { ...right, system: 'nowhere' };
    await assert.rejects(settled({ type: 'rectification', corrections: [nowhere] }), {
      code: 'request/invalid',
    });
  });

  it('cannot put right the record of somebody else', async () => {
    const { settled, system } = await setup();
    const theirs = {
      system: 'bookings',
      category: 'customers',
      record: '1002',
      field: 'name',
      value: 'Mallory',
    };
    const { state } = await settled({ type: 'rectification', corrections: [theirs] });
    assert.equal(state, 'in-progress');
    assert.equal(system.people.get('1002')!.records[0]!.fields['name'], 'Camille Roy');
  });

  it('lift a restriction only once the person was told why (R-17)', async () => {
    const { settled, server, staff, person, system, mails } = await setup();
    const { id } = await settled({ type: 'restriction' });
    assert.equal(await person.restrictionOf(SITE, CAMILLE.email!), 'restricted');
    const before = mails.length;
    await staff.lift(SITE, id, { ...BY, reason: 'The data was put right.' });
    await server.jobs.idle();
    const told = mails.slice(before);
    assert.deepEqual(
      told.map(({ subject }) => subject),
      ['Your data is used again'],
    );
    assert.match(told[0]!.text, /The data was put right\./);
    assert.equal(await person.restrictionOf(SITE, CAMILLE.email!), 'none');
    assert.equal(system.restrictionOf('1001'), 'none');
  });

  it('keep a restriction while the mail about its end has not gone (R-17)', async () => {
    let isAway = false;
    const mailer = { send: async () => (isAway ? Promise.reject(new Error('away')) : undefined) };
    const { settled, server, staff, person } = await setup({ mailer });
    const { id } = await settled({ type: 'restriction' });
    isAway = true;
    await staff.lift(SITE, id, { ...BY, reason: 'It was put right.' });
    await server.jobs.idle();
    assert.equal(await person.restrictionOf(SITE, CAMILLE.email!), 'restricted');
  });

  it('taken back release what they restricted, and stay as they are (R-17)', async () => {
    const { system } = await setup();
    const { settled, server, person } = await setup({ systems: [system, PAPER] });
    const { id, state } = await settled({ type: 'restriction' });
    assert.equal(state, 'in-progress');
    assert.equal(system.restrictionOf('1001'), 'restricted');
    assert.equal(await person.restrictionOf(SITE, CAMILLE.email!), 'restricted');
    const cancelled = await person.cancel(SITE, CAMILLE_SIGNED_IN, id);
    assert.equal(cancelled.state, 'cancelled');
    assert.equal(cancelled.cancellableUntil, undefined);
    await server.jobs.idle();
    assert.equal(await person.restrictionOf(SITE, CAMILLE.email!), 'none');
    assert.equal(system.restrictionOf('1001'), 'none');
    assert.equal((await person.cancel(SITE, CAMILLE_SIGNED_IN, id)).state, 'cancelled');
  });

  it('cannot be taken back once they are answered', async () => {
    const { settled, person } = await setup();
    const { id } = await settled({ type: 'restriction' });
    await assert.rejects(person.cancel(SITE, CAMILLE_SIGNED_IN, id), { code: 'rights/too-late' });
  });

  it('wait for staff where several people fit, and never go by the name (004-07)', async () => {
    const shared = { ...PEOPLE[1]!, contacts: { email: CAMILLE.email! } };
    const system = memorySystem([PEOPLE[0]!, shared]);
    const { settled, server, staff, person } = await setup({ systems: [system] });
    const { id, state } = await settled({ type: 'restriction' });
    assert.equal(state, 'open');
    const holdings = await person.holdings(SITE, CAMILLE_SIGNED_IN);
    const bookings = holdings.find((each) => each.system === 'bookings')!;
    assert.equal(bookings.status, 'manual', 'nobody is shown another’s data');
    assert.ok(bookings.categories.every(({ records }) => records.length === 0));
    const { matches } = await staff.view(SITE, id);
    assert.deepEqual(
      matches?.map((each) => [each.system, each.matches.map(({ ref }) => ref)]),
      [['bookings', ['1001', '1002']]],
    );
    const note = 'By the telephone number.';
    const pick = (refs: string[]) => staff.pick(SITE, id, 'bookings', { ...BY, refs, note });
    await assert.rejects(pick(['1003']), { code: 'request/invalid' });
    await pick(['1001']);
    await server.jobs.idle();
    assert.equal((await person.read(SITE, CAMILLE_SIGNED_IN, id)).state, 'completed');
    assert.equal(system.restrictionOf('1001'), 'restricted');
    assert.equal(system.restrictionOf('1002'), 'none');
    await assert.rejects(pick(['1002']), { code: 'rights/too-late' });
  });

  it('go by a shared telephone to nobody’s data: staff tell who it is (004-07)', async () => {
    const { settled, person, staff, server, system } = await setup();
    const contacts = { email: 'partner@example.org', phone: CAMILLE.phone! };
    const partner = { contacts, by: 'host' } as const;
    const [held] = await person.holdings(SITE, partner);
    assert.deepEqual([held!.status, held!.categories[0]!.records], ['manual', []]);
    const { systems } = await person.preview(SITE, partner);
    assert.deepEqual(systems[0]?.deleted, []);
    const { id } = await settled({}, partner);
    assert.equal((await staff.view(SITE, id)).items[0]?.item, 'bookings/which');
    await staff.pick(SITE, id, 'bookings', { ...BY, refs: [], note: 'They are a couple.' });
    await server.jobs.idle();
    const { state } = await person.read(SITE, partner, id);
    assert.deepEqual(
      [state, system.calls.some(({ refs }) => refs.includes('1001'))],
      ['completed', false],
    );
    const [own] = await person.holdings(SITE, { contacts: CAMILLE, by: 'host' });
    assert.equal(own!.status, 'answered');
  });

  it('go on once staff have looked where no program can (000-35)', async () => {
    const { system } = await setup();
    const { settled, staff, person } = await setup({ systems: [system, PAPER] });
    const { id } = await settled({ type: 'restriction' });
    const { items } = await staff.view(SITE, id);
    assert.deepEqual(
      items.map(({ item, label, required }) => [item, label, required]),
      [['paper/look', 'The cupboard: look there, and do by hand what is asked', true]],
    );
    const settle = (note: string) =>
      staff.settle(SITE, id, 'paper/look', { ...BY, status: 'not-applicable', note });
    await assert.rejects(settle(' '), { code: 'request/invalid' });
    await settle('Nothing there.');
    assert.equal((await person.read(SITE, CAMILLE_SIGNED_IN, id)).state, 'completed');
    const [item] = (await staff.view(SITE, id)).items;
    assert.deepEqual(
      [item!.actor, item!.status, item!.at, item!.note],
      ['Alix', 'not-applicable', NOW.toISOString(), 'Nothing there.'],
    );
  });

  it('tell staff to send apart what they find, since no package has it (R-08)', async () => {
    const { settled, staff, person } = await setup({ systems: [PAPER] });
    for (const type of ['access', 'portability'] as const) {
      const { id } = await settled({ type });
      const [line] = (await staff.view(SITE, id)).items;
      assert.deepEqual(
        [line?.item, line?.required, line?.label],
        [
          'paper/look',
          true,
          'The cupboard: look there, and send the person what is found; the file to download does not have it',
        ],
      );
      assert.equal((await person.read(SITE, CAMILLE_SIGNED_IN, id)).state, 'in-progress');
    }
  });

  it('go onto the checklist where a system does not answer for good, and staff are told', async () => {
    const { clock, settled, system, server, staff, person, mails } = await setup();
    system.failNext('restrict', 1000);
    const { id, state } = await settled({ type: 'restriction' });
    assert.equal(state, 'in-progress');
    for (let attempt = 0; attempt < 20; attempt += 1) {
      clock.now = hoursAfter(clock.now, 2);
      await server.jobs.idle();
    }
    const { items, steps } = await staff.view(SITE, id);
    assert.deepEqual(
      items.map(({ item }) => item),
      ['bookings/restrict'],
    );
    assert.ok(steps.some(({ step, status }) => step === 'restrict' && status === 'failed'));
    assert.ok(mails.some(({ subject }) => subject === 'Placet: a request needs somebody'));
    const note = 'By hand.';
    await staff.settle(SITE, id, 'bookings/restrict', { ...BY, status: 'done', note });
    assert.equal((await person.read(SITE, CAMILLE_SIGNED_IN, id)).state, 'completed');
  });

  it('say what is held and why, with each system that could not be asked (000-04, R-08)', async () => {
    const { person, system } = await setup();
    const [bookings] = await person.holdings(SITE, CAMILLE_SIGNED_IN, 'fr');
    assert.deepEqual([bookings!.name, bookings!.status], ['Réservations', 'answered']);
    const appointments = bookings!.categories.find(({ category }) => category === 'appointments')!;
    assert.deepEqual([appointments.count, appointments.records.length], [2, 2]);
    assert.deepEqual(appointments.recipients, ['Agenda SARL']);
    system.failNext('find');
    const [away] = await person.holdings(SITE, CAMILLE_SIGNED_IN);
    assert.equal(away!.status, 'unavailable');
    const [unknown] = await person.holdings(SITE, {
      contacts: { email: `${randomUUID()}@example.org` },
      by: 'link',
    });
    assert.ok(unknown!.categories.every(({ count, records }) => count + records.length === 0));
  });
});
