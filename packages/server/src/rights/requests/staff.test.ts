import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { NewRequest } from '@placet/contract';
import type { Database } from '../../database/database.js';
import type { PlacetServerOptions } from '../../options.js';
import { testDatabase } from '../../testing/database.js';
import { CAMILLE, memorySystem, PEOPLE } from '../../testing/memory-system.js';
import { NOW } from '../../testing/register.js';
import { CAMILLE_SIGNED_IN, hoursAfter, testRequest } from '../../testing/requests.js';
import { rightsServer } from '../../testing/rights.js';
import { UNVERIFIED_DAYS } from './clock.js';

const SITE = 'default';
const BY = { actor: 'Alix' };
const ENTERED = {
  site: SITE,
  type: 'restriction',
  channel: 'phone',
  receivedAt: new Date('2026-11-10T09:00:00Z'),
  contacts: { email: 'Camille@Example.org' },
  ...BY,
} as const;

describe('requests, as staff work on them', () => {
  let database: Database;
  beforeEach(async () => void (database = await testDatabase()));
  afterEach(() => database.close());

  async function setup(options: Partial<PlacetServerOptions> = {}) {
    const opened = await rightsServer(database, options);
    const { server } = opened;
    const { person, staff } = server.rights;
    async function settled(changed: Partial<NewRequest> = {}) {
      const { status } = await person.submit(SITE, CAMILLE_SIGNED_IN, testRequest(changed));
      await server.jobs.idle();
      return person.read(SITE, CAMILLE_SIGNED_IN, status.id);
    }
    return { ...opened, person, staff, settled };
  }

  it('run from the day of receipt, and look for nobody before it is clear whose they are (000-24…27)', async () => {
    const { server, staff, person, system, mails } = await setup();
    await assert.rejects(staff.enter({ ...ENTERED, receivedAt: hoursAfter(NOW, 1) }), {
      code: 'request/invalid',
    });
    await assert.rejects(staff.enter({ ...ENTERED, contacts: { email: 'x' } }), {
      code: 'contact/invalid',
    });
    const id = await staff.enter(ENTERED);
    await server.jobs.idle();
    const entered = await staff.view(SITE, id);
    assert.deepEqual([entered.state, entered.channel], ['unverified', 'phone']);
    assert.equal(entered.due, '2026-12-10T23:59:59.999Z');
    assert.deepEqual(entered.contacts, { email: CAMILLE.email });
    assert.equal(system.calls.length, 0);
    assert.deepEqual(
      mails.map(({ subject }) => subject),
      ['Was this request yours?'],
    );
    await staff.verify(SITE, id, { ...BY, note: 'Called back at the number on file.' });
    await server.jobs.idle();
    const { state, history } = await staff.view(SITE, id);
    assert.equal(state, 'completed', 'as one from the site (000-26)');
    assert.deepEqual(
      history.map(({ act, actor }) => [act, actor]),
      [
        ['receive', 'Alix'],
        ['verify', 'Alix'],
        ['start', 'system'],
        ['complete', 'system'],
      ],
    );
    const seen = await person.read(SITE, CAMILLE_SIGNED_IN, id);
    assert.ok(
      seen.timeline.every(({ note }) => note === undefined),
      'what staff note is theirs',
    );
    await assert.rejects(staff.verify(SITE, id, { ...BY, note: 'Again.' }), {
      code: 'rights/too-late',
    });
  });

  it('expire when nobody has shown within 30 days whose they are, and the person is told', async () => {
    const { clock, server, staff, mails } = await setup();
    const id = await staff.enter(ENTERED);
    clock.now = hoursAfter(NOW, 24 * UNVERIFIED_DAYS - 1);
    await server.jobs.idle();
    assert.equal((await staff.view(SITE, id)).state, 'unverified');
    clock.now = hoursAfter(NOW, 24 * UNVERIFIED_DAYS);
    await server.jobs.idle();
    assert.equal((await staff.view(SITE, id)).state, 'expired');
    assert.deepEqual(
      mails.map(({ to, subject }) => [to, subject]),
      [
        [CAMILLE.email, 'Was this request yours?'],
        [CAMILLE.email, 'Your request was not confirmed'],
      ],
    );
  });

  it('are extended once, with the reason, and within the first month only (R-04)', async () => {
    const { clock, server, staff, settled, person, mails } = await setup();
    const { id } = await settled({ type: 'erasure' });
    const extend = (reason: string) => staff.extend(SITE, id, { ...BY, reason });
    await assert.rejects(extend(''), { code: 'request/invalid' });
    const before = mails.length;
    await extend('Three archives are abroad.');
    await server.jobs.idle();
    const { due, extension, state } = await person.read(SITE, CAMILLE_SIGNED_IN, id);
    // The 22nd of February 2027 is a Monday.
    assert.deepEqual([state, due], ['extended', '2027-02-22T23:59:59.999Z']);
    assert.deepEqual(extension, { at: NOW.toISOString(), reason: 'Three archives are abroad.' });
    assert.match(mails[before]!.text, /Three archives are abroad/);
    await assert.rejects(extend('Again.'), { code: 'rights/too-late' });

    await person.cancel(SITE, CAMILLE_SIGNED_IN, id);
    const late = await settled({ type: 'erasure' });
    clock.now = new Date('2026-12-23T00:00:00Z');
    await assert.rejects(staff.extend(SITE, late.id, { ...BY, reason: 'Late.' }), {
      code: 'rights/too-late',
    });
  });

  it('refused tell why, and where to complain (R-05)', async () => {
    const { server, staff, settled, person, mails } = await setup();
    const { id } = await settled({ type: 'objection', against: 'other', note: 'No profiling.' });
    await staff.refuse(SITE, id, { ...BY, reason: 'A court has asked for the data.' });
    await server.jobs.idle();
    const { state, refusal } = await person.read(SITE, CAMILLE_SIGNED_IN, id);
    assert.deepEqual([state, refusal?.reason], ['refused', 'A court has asked for the data.']);
    const { subject, text } = mails.at(-1)!;
    assert.equal(subject, 'The answer to your request');
    assert.match(text, /A court has asked for the data\./);
    assert.match(text, /complain to the data protection authority.*court/);
    assert.equal(await person.restrictionOf(SITE, CAMILLE.email!), 'none', 'once it was told');
  });

  it('refused on a ground of the law tell it in their language, too; it stays as a word (R-11, R-15)', async () => {
    const { server, staff, settled, person, mails } = await setup();
    const { id } = await settled({ type: 'erasure', language: 'fr' });
    const reason = 'Un procès est en cours.';
    await assert.rejects(
      staff.refuse(SITE, id, { ...BY, reason, ground: 'compelling-grounds' }),
      { code: 'request/invalid' },
      'that is a ground against objections',
    );
    await staff.refuse(SITE, id, { ...BY, reason, ground: 'legal-claims' });
    await server.jobs.idle();
    const law = 'Les données sont nécessaires à des droits en justice';
    assert.match(mails.at(-1)!.text, new RegExp(`${law}.*${reason}`));
    const read = await person.read(SITE, CAMILLE_SIGNED_IN, id);
    assert.equal(read.refusal?.ground, 'legal-claims');
    assert.ok(read.refusal.reason.startsWith(law) && read.refusal.reason.endsWith(reason));
    const english = await person.read(SITE, CAMILLE_SIGNED_IN, id, 'en');
    assert.match(english.refusal!.reason, /^The data is needed for legal claims/);
  });

  it('are listed by when they are due, and closed ones are not', async () => {
    const { server, staff, settled } = await setup();
    await settled({ type: 'restriction' });
    const { id } = await settled({ type: 'erasure' });
    const older = await staff.enter(ENTERED);
    await server.jobs.idle();
    assert.deepEqual(
      (await staff.due(SITE)).map((each) => each.id),
      [older, id],
    );
    await assert.rejects(staff.view('other', id), { code: 'rights/unknown' });
  });

  it('remind staff before they are due, and daily once they are late, with nothing of the person (000-10, 000-16)', async () => {
    const { clock, server, settled, mails } = await setup();
    const { id } = await settled({ type: 'erasure' });
    const due = new Date('2026-12-22T23:59:59.999Z');
    const subjects: string[] = [];
    for (let day = 0; day <= 33; day += 1) {
      clock.now = hoursAfter(NOW, 24 * day);
      const before = mails.length;
      await server.jobs.idle();
      // A process that looks again finds nothing to do.
      await server.jobs.idle();
      for (const { subject, to, text } of mails.slice(before)) {
        assert.equal(to, 'bonjour@tilleul.example');
        assert.match(text, new RegExp(id));
        assert.doesNotMatch(text, /camille/i);
        subjects.push(
          `${Math.ceil((due.getTime() - clock.now.getTime()) / 86_400_000)} ${subject}`,
        );
      }
    }
    assert.deepEqual(subjects, [
      '7 Placet: a request is due soon',
      '3 Placet: a request is due soon',
      '1 Placet: a request is due soon',
      '0 Placet: a request is overdue',
      '-1 Placet: a request is overdue',
      '-2 Placet: a request is overdue',
    ]);
  });

  it('for erasure are not executed before the undo window ends, nor while something is open (000-17…20)', async () => {
    const check = { id: 'future-appointments', label: { en: 'Appointments to come' }, count: 1 };
    const system = memorySystem([{ ...PEOPLE[0]!, checks: [check] }, PEOPLE[1]!]);
    const { clock, staff, settled, person } = await setup({ systems: [system] });
    const { id, cancellableUntil, state } = await settled({ type: 'erasure' });
    assert.equal(cancellableUntil, hoursAfter(NOW, 72).toISOString());
    assert.equal(state, 'in-progress');
    await assert.rejects(staff.execute(SITE, id, BY), { code: 'rights/too-late' });
    clock.now = hoursAfter(NOW, 72);
    await assert.rejects(staff.execute(SITE, id, BY), { code: 'rights/blocked' });
    const { items } = await staff.view(SITE, id);
    assert.deepEqual(
      items.map(({ item, label }) => [item, label]),
      [['bookings/check/future-appointments', 'Appointments to come (1)']],
    );
    const note = 'Cancelled by telephone.';
    const how = { ...BY, status: 'done', note } as const;
    await staff.settle(SITE, id, 'bookings/check/future-appointments', how);
    const other = await person.submit(
      SITE,
      CAMILLE_SIGNED_IN,
      testRequest({ type: 'objection', against: 'other', note: 'No profiling.' }),
    );
    await assert.rejects(staff.execute(SITE, id, BY), { code: 'rights/blocked' });
    await person.cancel(SITE, CAMILLE_SIGNED_IN, other.status.id);
    await staff.execute(SITE, id, BY);
    const executed = await staff.view(SITE, id);
    assert.equal(executed.state, 'executed');
    assert.equal(executed.purgeAt, '2026-12-22T23:59:59.999Z', 'the due date is earlier');
    await assert.rejects(staff.execute(SITE, id, BY), { code: 'rights/too-late' });
    await assert.rejects(person.cancel(SITE, CAMILLE_SIGNED_IN, id), { code: 'rights/too-late' });
  });

  it('for erasure are settled by themselves once nothing is left to be settled, and only then', async () => {
    const checks = [{ id: 'orders', label: 'Open orders', count: 2 }];
    const system = memorySystem([{ ...PEOPLE[0]!, checks }]);
    const { clock, staff, settled } = await setup({ systems: [system] });
    const { id } = await settled({ type: 'erasure' });
    clock.now = hoursAfter(NOW, 73);
    system.failNext('checks');
    await assert.rejects(staff.execute(SITE, id, BY), { code: 'rights/blocked' });
    checks[0]!.count = 0;
    await staff.execute(SITE, id, BY);
    const [item] = (await staff.view(SITE, id)).items;
    assert.deepEqual([item!.status, item!.actor], ['done', 'system']);
  });

  it('for erasure are open again where something else has come since it was settled (000-19)', async () => {
    const checks = [{ id: 'appointments', label: 'Appointments to come', count: 1 }];
    const system = memorySystem([{ ...PEOPLE[0]!, checks }]);
    const { clock, staff, settled } = await setup({ systems: [system] });
    const { id } = await settled({ type: 'erasure' });
    const item = 'bookings/check/appointments';
    const settle = () =>
      staff.settle(SITE, id, item, { ...BY, status: 'done', note: 'Cancelled.' });
    await settle();
    checks[0]!.count = 2;
    clock.now = hoursAfter(NOW, 73);
    await assert.rejects(staff.execute(SITE, id, BY), { code: 'rights/blocked' });
    const [line] = (await staff.view(SITE, id)).items;
    assert.deepEqual([line!.status, line!.label], ['open', 'Appointments to come (2)']);
    assert.deepEqual([line!.actor, line!.note], [undefined, undefined]);
    await settle();
    await staff.execute(SITE, id, BY);
  });

  it('for erasure that nobody has confirmed do not stand for the person’s own (000-27)', async () => {
    const { person, staff } = await setup();
    const entered = await staff.enter({ ...ENTERED, type: 'erasure' });
    const own = testRequest({ type: 'erasure' });
    const { status, isNew } = await person.submit(SITE, CAMILLE_SIGNED_IN, own);
    assert.deepEqual([isNew, status.id], [true, own.id]);
    assert.notEqual(status.state, 'unverified');
    assert.equal((await staff.view(SITE, entered)).state, 'unverified');
  });

  it('for erasure stand for a second one of the same person', async () => {
    const { person, settled } = await setup();
    const { id } = await settled({ type: 'erasure' });
    const again = testRequest({ type: 'erasure' });
    const { status, isNew } = await person.submit(SITE, CAMILLE_SIGNED_IN, again);
    assert.deepEqual([isNew, status.id], [false, id]);
    await person.cancel(SITE, CAMILLE_SIGNED_IN, id);
    assert.equal((await person.submit(SITE, CAMILLE_SIGNED_IN, again)).isNew, true);
  });
});
