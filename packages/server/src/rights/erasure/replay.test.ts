import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import { copyIn, copyOut, type TableRows } from '../../database/copy.js';
import type { Database } from '../../database/database.js';
import { sealPayload } from '../../jobs/payload.js';
import { deriveKeys } from '../../keys.js';
import { IMPORT_QUEUE } from '../../subscriptions/import-at-once.js';
import type { ImportedContact } from '../../subscriptions/subscriptions.js';
import { describeOnBoth } from '../../testing/both.js';
import { executeErasure, passHours } from '../../testing/erasing.js';
import { NOW } from '../../testing/register.js';
import { memorySystem, PEOPLE, type MemorySystem } from '../../testing/memory-system.js';
import {
  CAMILLE_SIGNED_IN,
  NAMESAKE_SIGNED_IN,
  hoursAfter,
  testRequest,
} from '../../testing/requests.js';
import { rightsServer, signIn, type RightsServer } from '../../testing/rights.js';
import { FROM_HOST, NEWSLETTER, testGround, testOptIn } from '../../testing/subscriptions.js';
import { contactHash, refHash } from './journal-hash.js';
import { openJournal } from './journal.js';

const keys = deriveKeys('a secret of tests, long enough to be taken');
const EMAIL = CAMILLE_SIGNED_IN.contacts.email!;
const OTHER = NAMESAKE_SIGNED_IN.contacts.email!;

describeOnBoth('after a restore', (open) => {
  let folder: string;
  let journal: string;
  let opened: Database[];
  let restored: Database;
  let given: RightsServer;
  /** The owner's own system, as it was before, too. */
  let bookings: MemorySystem;
  before(async () => void (folder = await mkdtemp(join(tmpdir(), 'placet-replay-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  const sold = (email: string) =>
    testOptIn([NEWSLETTER], {
      ...testGround('soft-opt-in'),
      contacts: { email },
    });
  const maySend = async (contact: string) =>
    (await given.server.subscriptions.maySend({ ...NEWSLETTER, site: 'default', contact })).send;

  /** A copy is taken, then Camille is erased, then a server runs on the copy. */
  beforeEach(async () => {
    journal = join(folder, randomUUID());
    const first = await open();
    restored = await open();
    opened = [first, restored];
    given = await rightsServer(first, { erasureJournal: journal });
    for (const email of [EMAIL, OTHER])
      await given.server.subscriptions.submit(sold(email), FROM_HOST);
    await signIn(given);
    await given.server.rights.person.submit('default', CAMILLE_SIGNED_IN, testRequest());
    await given.server.jobs.idle();
    const copy = await collect(first);
    await executeErasure(given);
    await passHours(given, 31 * 24);
    const { clock } = given;
    await given.server.close();
    await restored.sql.transaction().execute((transaction) => copyIn(transaction, from(copy)));
    bookings = memorySystem();
    const systems = [bookings];
    const now = () => clock.now;
    const options = { erasureJournal: journal, systems, now };
    given = { ...(await rightsServer(restored, options)), clock };
  });
  afterEach(async () => {
    await given.server.close();
    for (const database of opened) await database.close();
  });

  it('everything of whoever was erased is erased again, here and in the systems; the namesake is whole (R-16)', async () => {
    assert.equal(await maySend(EMAIL), true, 'the copy brought her back');
    assert.deepEqual(await given.server.replayErasures(), { entries: 1, erased: 2, unsure: [] });
    assert.equal(await maySend(EMAIL), false);
    assert.equal(await maySend(OTHER), true);
    assert.equal(bookings.people.get('1001')?.records.length, 0);
    assert.deepEqual(bookings.people.get('1002')?.records, PEOPLE[1]!.records);
    const { sql } = restored;
    const requests = await sql.selectFrom('request').select(['state', 'key', 'data']).execute();
    assert.deepEqual(requests, [{ state: 'completed', key: null, data: null }]);
    for (const table of ['request_contact', 'identity_session', 'identity_challenge'] as const)
      assert.deepEqual(await sql.selectFrom(table).selectAll().execute(), [], table);
    assert.equal((await sql.selectFrom('evidence').selectAll().execute()).length, 1);
    const kept = await sql.selectFrom('kept_record').select('record').execute();
    assert.deepEqual(kept, [{ record: 'o1' }], 'what the law keeps is kept again');
  });

  it('of an import that was under way, whoever was erased is left out, and nobody else', async () => {
    const row = (contact: string): ImportedContact[] => [
      {
        site: 'default',
        contact,
        kind: 'email',
        language: 'en',
        choices: [{ ...NEWSLETTER, granted: true }],
        basis: 'consent',
        at: '2024-05-31T00:00:00.000Z',
        wording: 'I would like it',
        source: 'web',
        reference: 'form 12',
        id: randomUUID(),
      },
    ];
    for (const rows of [[row(EMAIL), row('third@example.org')], [row(EMAIL)]])
      await restored.sql
        .insertInto('job')
        .values({
          id: randomUUID(),
          site: 'default',
          queue: IMPORT_QUEUE,
          payload: sealPayload(keys, rows),
          created_at: NOW,
          due_at: NOW,
          attempts: 0,
          // Another process has it, for now.
          lease_until: hoursAfter(given.clock.now, 1),
        })
        .execute();
    await given.server.replayErasures();
    await passHours(given, 2);
    assert.equal(await maySend(EMAIL), false);
    assert.equal(await maySend('third@example.org'), true);
    const contacts = await restored.sql.selectFrom('contact').select('id').execute();
    assert.equal(contacts.length, 2, 'the namesake, and the third');
    assert.deepEqual(await restored.sql.selectFrom('job').select('queue').execute(), []);
  });

  it('the same again finds nothing more to do', async () => {
    await given.server.replayErasures();
    assert.deepEqual(await given.server.replayErasures(), { entries: 1, erased: 0, unsure: [] });
  });

  it('whoever came back by themselves after their erasure stays; who may be they is told', async () => {
    await given.server.replayErasures();
    given.clock.now = new Date(given.clock.now.getTime() + 86_400_000);
    await given.server.subscriptions.submit({ ...sold(EMAIL), id: randomUUID() }, FROM_HOST);
    const contacts = () => restored.sql.selectFrom('contact').select('id').execute();
    assert.equal((await contacts()).length, 2);
    const came = memorySystem([{ ...PEOPLE[0]!, ref: '2001' }]);
    await given.server.close();
    const { clock } = given;
    const options = { erasureJournal: journal, systems: [came], now: () => clock.now };
    given = { ...(await rightsServer(restored, options)), clock };
    assert.deepEqual(await given.server.replayErasures(), {
      entries: 1,
      erased: 0,
      unsure: [{ system: 'bookings', ref: '2001' }],
    });
    assert.equal((await contacts()).length, 2);
    assert.equal(came.people.get('2001')?.records.length, 4);
  });

  it('erasures from before the moment that systems were put back to are left alone there', async () => {
    const since = new Date(given.clock.now.getTime() + 1);
    const { entries } = await given.server.replayErasures({ since });
    assert.equal(entries, 0);
    assert.equal(bookings.people.get('1001')?.records.length, 4);
    assert.equal(await maySend(EMAIL), false, 'here it is known who was there before');
  });

  it('an erasure that was under way goes on by itself, and the person is told', async () => {
    const person = NAMESAKE_SIGNED_IN;
    const id = await executeErasure(given, person);
    await openJournal(journal).append({
      v: 1,
      at: given.clock.now.toISOString(),
      request: id,
      sites: ['default'],
      lookups: [contactHash(keys, OTHER)],
      refs: [refHash(keys, 'bookings', '1002')],
    });
    await given.server.replayErasures();
    assert.equal((await given.server.rights.staff.view('default', id)).state, 'executed');
    given.mails.length = 0;
    await passHours(given, 31 * 24);
    assert.equal((await given.server.rights.staff.view('default', id)).state, 'completed');
    assert.ok(given.mails.some(({ to, subject }) => to === OTHER && /deleted/.test(subject)));
  });

  it('without a journal there is nothing to replay, which is said', async () => {
    const server = await rightsServer(restored);
    await assert.rejects(server.server.replayErasures(), { code: 'config/invalid' });
    const warnings = server.lines.filter(({ event }) => event === 'erasure/no-journal');
    assert.equal(warnings.length, 1);
    await server.server.close();
  });
});

async function collect(database: Database) {
  const pieces: TableRows[] = [];
  for await (const piece of copyOut(database.sql)) pieces.push(piece);
  return pieces;
}

async function* from<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}
