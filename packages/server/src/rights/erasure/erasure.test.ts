import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import { createPublicKey, verify } from 'node:crypto';
import type { Database } from '../../database/database.js';
import { deriveKeys } from '../../keys.js';
import { openText } from '../../register/evidence.js';
import { describeOnBoth } from '../../testing/both.js';
import { executeErasure, passHours } from '../../testing/erasing.js';
import { memorySystem, PEOPLE, type MemoryMethod } from '../../testing/memory-system.js';
import { ORIGIN } from '../../testing/opt-in-server.js';
import { CAMILLE_SIGNED_IN, NAMESAKE_SIGNED_IN } from '../../testing/requests.js';
import { rightsServer, signIn, type RightsServer } from '../../testing/rights.js';

const keys = deriveKeys('a secret of tests, long enough to be taken');
const DAY = 24;

describeOnBoth('an erasure', (open) => {
  let database: Database;
  let folder: string;
  let journal: string;
  let given: RightsServer;
  before(async () => void (folder = await mkdtemp(join(tmpdir(), 'placet-erasure-'))));
  after(() => rm(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    database = await open();
    journal = join(folder, String(Math.random()));
    given = await rightsServer(database, { erasureJournal: journal });
  });
  afterEach(async () => {
    await given.server.close();
    await database.close();
  });

  const stateOf = async (id: string) =>
    database.sql
      .selectFrom('request')
      .select(['state', 'key', 'data', 'outcome'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
  const erasedMails = () => given.mails.filter(({ subject }) => /deleted/.test(subject));
  const namesakeIsWhole = () =>
    assert.deepEqual(given.system.people.get('1002')?.records, PEOPLE[1]!.records);

  it('shows before what goes, what stays, on which ground and until when, and changes nothing (A-10)', async () => {
    const { server, system } = given;
    const preview = await server.rights.person.preview('default', CAMILLE_SIGNED_IN, 'fr');
    assert.deepEqual(preview.systems[0], {
      system: 'bookings',
      name: 'Réservations',
      deleted: [
        { category: 'customers', label: 'Vos coordonnées', count: 1 },
        { category: 'appointments', label: 'Rendez-vous', count: 2 },
      ],
      kept: [
        {
          category: 'orders',
          label: 'Commandes',
          count: 1,
          ground: 'Droit fiscal (10 ans)',
          until: '2036-12-31T23:59:59.999Z',
        },
      ],
    });
    assert.deepEqual([...new Set(system.calls.map(({ method }) => method))].sort(), [
      'checks',
      'find',
      'survey',
    ]);
  });

  it('still shows a system that is away, and says that it is (A-10)', async () => {
    given.system.failNext('find', 2);
    const { systems } = await given.server.rights.person.preview(
      'default',
      CAMILLE_SIGNED_IN,
      'en',
    );
    const about = { system: 'bookings', name: 'Bookings', status: 'unavailable' };
    assert.deepEqual(systems, [{ ...about, deleted: [], kept: [] }]);
  });

  it('hides at once, signs the person out, and purges on its day, not before (000-22, 000-23)', async () => {
    const cookie = await signIn(given);
    const id = await executeErasure(given);
    const { system, ask } = given;
    assert.equal(system.restrictionOf('1001'), 'hidden');
    assert.equal(system.restrictionOf('1002'), 'none');
    assert.deepEqual(await (await ask('GET', '/identity', undefined, { cookie })).json(), {});
    const status = await given.server.rights.person.read('default', CAMILLE_SIGNED_IN, id);
    assert.equal(status.state, 'executed');
    assert.equal(status.outcome?.[0]?.kept[0]?.count, 1, 'whichever system was hidden first');

    // Due a month after receipt, which is before 30 days have passed since the execution.
    await passHours(given, 23 * DAY);
    assert.equal(system.people.get('1001')?.records.length, 4);
    assert.equal((await stateOf(id)).state, 'executed');
    await passHours(given, 5 * DAY);
    assert.equal(system.people.get('1001')?.records.length, 0);
    assert.equal((await stateOf(id)).state, 'completed');
    namesakeIsWhole();
  });

  it('keeps apart what the law wants kept, with ground and end, until its day (000-21)', async () => {
    const id = await executeErasure(given);
    await passHours(given, 31 * DAY);
    const [kept, ...others] = await database.sql.selectFrom('kept_record').selectAll().execute();
    assert.equal(others.length, 0);
    assert.deepEqual([kept!.request, kept!.system, kept!.record], [id, 'bookings', 'o1']);
    assert.deepEqual(JSON.parse(kept!.ground), PEOPLE[0]!.records[3]!.kept!.ground);
    assert.deepEqual(kept!.until, new Date('2036-12-31T23:59:59.999Z'));
    const { fields } = PEOPLE[0]!.records[3]!;
    assert.deepEqual(JSON.parse(openText(keys.contact, kept!)), { fields });
  });

  it('tells the person what was deleted and what is kept, once, with a signed certificate that names nobody', async () => {
    const id = await executeErasure(given);
    await passHours(given, 31 * DAY, 2);
    const [mail, ...more] = erasedMails();
    assert.equal(more.length, 0);
    assert.equal(mail!.to, 'camille@example.org');
    assert.match(mail!.text, /Bookings: Appointments \(2\)/);
    assert.match(mail!.text, /Orders \(1\), Tax law \(10 years\), until 31 December 2036/);
    const [link = ''] = /https:\/\/shop\.example\/placet\/certificates\S+/.exec(mail!.text) ?? [];
    const page = await given.ask('GET', link.slice(ORIGIN.length));
    const html = await page.text();
    assert.equal(page.status, 200);
    assert.match(html, /Appointments \(2\)/);
    assert.equal((await given.ask('GET', '/certificates?token=guess')).status, 404);

    const { body } = await database.sql
      .selectFrom('certificate')
      .select('body')
      .executeTakeFirstOrThrow();
    const [header = '', payload = '', signature = ''] = body.split('.');
    const key = createPublicKey({ key: { ...keys.signing.jwk }, format: 'jwk' });
    const bytes = Buffer.from(signature, 'base64url');
    assert.ok(verify(null, Buffer.from(`${header}.${payload}`), key, bytes));
    const text = Buffer.from(payload, 'base64url').toString();
    assert.ok(text.includes(id) && !/camille|1001|\+336/i.test(text + html));
  });

  it('leaves nothing in the end by which the person is found (000-22)', async () => {
    const id = await executeErasure(given);
    await passHours(given, 31 * DAY);
    const row = await stateOf(id);
    assert.deepEqual([row.key, row.data], [null, null]);
    for (const table of [
      'request_contact',
      'restricted_contact',
      'identity_session',
      'contact',
      'package_part',
    ] as const)
      assert.deepEqual(await database.sql.selectFrom(table).selectAll().execute(), [], table);
    const steps = await database.sql.selectFrom('request_step').select('data').execute();
    assert.ok(steps.every(({ data }) => data === null));
    const notes = await database.sql.selectFrom('request_event').select('note').execute();
    assert.ok(notes.every(({ note }) => note === null));
    const list = await given.server.rights.person.list('default', CAMILLE_SIGNED_IN);
    assert.deepEqual(list, []);
  });

  it('ends the same wherever it was broken off', async () => {
    const broken: [MemoryMethod, number][] = [
      ['find', 2],
      ['survey', 1],
      ['restrict', 2],
      ['erase', 1],
      ['erase', 3],
    ];
    const id = await executeErasure(given);
    for (const [method, times] of broken) given.system.failNext(method, times);
    await passHours(given, 28 * DAY);
    assert.equal((await stateOf(id)).state, 'executed', 'nothing half-deleted is called done');
    assert.equal(erasedMails().length, 0);
    await passHours(given, 2, 12);
    const { state, outcome } = await stateOf(id);
    assert.equal(state, 'completed');
    const [bookings] = JSON.parse(outcome!) as [{ deleted: { count: number }[] }];
    assert.deepEqual(
      bookings.deleted.map(({ count }) => count),
      [1, 2],
      'counted as before the first attempt',
    );
    assert.equal(erasedMails().length, 1);
    namesakeIsWhole();
  });

  it('that a system does not carry out is not completed: staff are told, and it can be tried again', async () => {
    const id = await executeErasure(given);
    given.system.failNext('find', 1000);
    await passHours(given, 28 * DAY);
    await passHours(given, 2, 40);
    const { staff } = given.server.rights;
    const stuck = await staff.view('default', id);
    assert.equal(stuck.state, 'executed');
    const item = stuck.items.find((each) => each.item === 'bookings/erase');
    assert.deepEqual([item?.required, item?.status], [true, 'open']);
    assert.ok(given.mails.some(({ subject }) => /needs somebody/.test(subject)));
    assert.equal(erasedMails().length, 0);

    const how = { actor: 'Ada', status: 'done', note: 'The database is back.' } as const;
    await staff.settle('default', id, 'bookings/erase', how);
    await given.server.jobs.idle();
    assert.equal(
      (await staff.view('default', id)).items.find((each) => each.item === 'bookings/erase')
        ?.status,
      'done',
    );
    given.system.failNext('find', 0);
    await passHours(given, 2, 3);
    assert.equal((await stateOf(id)).state, 'completed');
  });

  it('erases what came in meanwhile, too', async () => {
    await executeErasure(given);
    given.system.add('1001', { category: 'appointments', record: 'a3', fields: { day: 'late' } });
    await passHours(given, 31 * DAY);
    assert.equal(given.system.people.get('1001')?.records.length, 0);
    namesakeIsWhole();
  });

  it('deletes nobody who shares the address since: that is for staff (004-07)', async () => {
    const [camille, namesake] = PEOPLE;
    const contacts = { ...namesake!.contacts };
    const system = memorySystem([camille!, { ...namesake!, contacts }]);
    await given.server.close();
    given = { ...(await rightsServer(database, { systems: [system] })), system };
    const id = await executeErasure(given);
    contacts.email = camille!.contacts.email!;
    await passHours(given, 28 * DAY);
    const { staff } = given.server.rights;
    assert.equal((await stateOf(id)).state, 'executed');
    namesakeIsWhole();
    const item = 'bookings/erase';
    const found = (await staff.view('default', id)).items.find((each) => each.item === item);
    assert.equal(found?.status, 'open');
    const how = { actor: 'Ada', status: 'done', note: 'It is her sister.' } as const;
    await staff.settle('default', id, item, how);
    await given.server.jobs.idle();
    assert.equal((await stateOf(id)).state, 'completed');
    assert.equal(system.people.get('1001')?.records.length, 0);
    namesakeIsWhole();
  });

  it('ends what was entered for the person and never confirmed: no mail follows (000-22)', async () => {
    const { contacts } = CAMILLE_SIGNED_IN;
    const id = await executeErasure(given);
    const entered = await given.server.rights.staff.enter({
      ...{ site: 'default', type: 'access', channel: 'phone', contacts, actor: 'Ada' },
      receivedAt: given.clock.now,
    });
    await passHours(given, 28 * DAY);
    assert.equal((await stateOf(id)).state, 'completed');
    const { state, key, data } = await stateOf(entered);
    assert.deepEqual([state, key, data], ['cancelled', null, null]);
    const before = given.mails.length;
    await passHours(given, 31 * DAY);
    assert.equal(given.mails.length, before);
  });

  it('keeps no address because its mail could not be delivered (000-22)', async () => {
    await given.server.close();
    const refused = Object.assign(new Error('No such mailbox.'), {
      command: 'RCPT TO',
      responseCode: 550,
    });
    const mailer = { send: () => Promise.reject(refused) };
    given = { ...given, ...(await rightsServer(database, { mailer, erasureJournal: journal })) };
    const id = await executeErasure(given);
    await passHours(given, 31 * DAY);
    assert.equal((await stateOf(id)).state, 'completed');
    const jobs = await database.sql.selectFrom('job').select('queue').execute();
    assert.ok(jobs.every(({ queue }) => queue !== 'rights/mail'));
  });

  it('deletes nothing that the journal does not know of (R-16)', async () => {
    await given.server.close();
    given = await rightsServer(database, { erasureJournal: folder });
    const id = await executeErasure(given);
    await passHours(given, 31 * DAY);
    assert.ok(given.system.calls.every(({ method }) => method !== 'erase'));
    assert.equal((await stateOf(id)).state, 'executed');
  });

  it('leaves the namesake all rights', async () => {
    await executeErasure(given);
    const preview = await given.server.rights.person.preview('default', NAMESAKE_SIGNED_IN, 'en');
    assert.equal(preview.systems[0]?.deleted.length, 2);
    const hidden = await given.server.rights.person.preview('default', CAMILLE_SIGNED_IN, 'en');
    assert.deepEqual([hidden.systems, hidden.checks], [[], []]);
  });
});
