import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import { verifyReceipt, type SignedReceipt } from '@placet/contract';
import type { Database } from '../database/database.js';
import { deriveKeys } from '../keys.js';
import type { RightsParts } from '../rights/parts.js';
import { describeOnBoth } from '../testing/both.js';
import { everythingIn } from '../testing/everything.js';
import { tokenOf } from '../testing/opt-in-server.js';
import { NOW } from '../testing/register.js';
import { CAMILLE_SIGNED_IN, NAMESAKE_SIGNED_IN, testRequest } from '../testing/requests.js';
import { RIGHTS_CONFIG, rightsServer, signIn } from '../testing/rights.js';
import { FROM_FORM, NEWSLETTER, SMS, testOptIn } from '../testing/subscriptions.js';
import { createPlacetSystem } from './placet-system.js';
import type { CollectedRecord } from './system.js';

const SECRET = 'a secret of tests, long enough to be taken';
const EMAIL = 'camille@example.org';
const PHONE = '+33612345678';
const SUBJECT = { site: 'default', scope: 'site', contacts: { email: EMAIL } } as const;

/** Each test begins with nobody known. */
const TABLES = [
  'contact',
  'subscription',
  'contact_entry',
  'evidence',
  'suppression',
  'sent_message',
  'request',
  'request_contact',
  'job',
] as const;

describeOnBoth('Placet’s own data', (open) => {
  let database: Database;
  let given: Awaited<ReturnType<typeof setup>>;
  before(async () => void (database = await open()));
  after(() => database.close());
  beforeEach(async () => {
    for (const table of TABLES) await database.sql.deleteFrom(table).execute();
    given = await setup();
  });
  afterEach(() => given.server.close());

  async function setup() {
    const rights = await rightsServer(database, { secret: SECRET });
    const { server } = rights;
    const parts: Partial<RightsParts> = {
      database,
      keys: deriveKeys(SECRET),
      register: server.register,
      sites: new Map([['default', RIGHTS_CONFIG]]),
      sharedCustomers: false,
      subscriptions: () => server.subscriptions,
      now: () => NOW,
    };
    const system = createPlacetSystem(() => parts as RightsParts);
    const refs = async (subject: Parameters<typeof system.find>[0] = SUBJECT) =>
      (await system.find(subject)).map(({ ref }) => ref);
    return { ...rights, system, refs };
  }

  /** Opts in to the newsletter and to SMS on one form, and confirms both. */
  async function subscribe(email: string, phone: string) {
    const { server, lastLink, lastCode } = given;
    const optIn = testOptIn([NEWSLETTER, SMS], { contacts: { email, phone } });
    await server.subscriptions.submit(optIn, FROM_FORM);
    await server.subscriptions.confirm({ token: tokenOf(await lastLink()) });
    await server.subscriptions.confirm({ id: optIn.id, code: await lastCode() });
  }

  async function collect(refs: readonly string[]) {
    const all: CollectedRecord[] = [];
    for await (const record of given.system.collect(refs)) all.push(record);
    return all;
  }

  it('is found by an address, with what was confirmed together with it, and with the proof of each choice (001-33, R-08)', async () => {
    await subscribe(EMAIL, PHONE);
    await subscribe('camille.roy@example.net', '+33712345678');
    await given.server.rights.person.submit(
      'default',
      CAMILLE_SIGNED_IN,
      testRequest({ note: 'Hello' }),
    );
    await given.server.rights.person.submit('default', NAMESAKE_SIGNED_IN, testRequest());
    const records = await collect(await given.refs());
    const of = (category: string) =>
      records.filter((record) => record.category === category).map(({ fields }) => fields);
    assert.deepEqual(
      of('contacts').map(({ address }) => address),
      [EMAIL, PHONE],
    );
    assert.deepEqual(
      of('subscriptions')
        .map(({ topic, channel, status }) => [topic, channel, status])
        .sort(),
      [
        ['newsletter', 'email', 'active'],
        ['newsletter', 'sms', 'active'],
      ],
    );
    assert.deepEqual(
      of('history').map(({ act }) => act),
      ['asked', 'confirmed', 'confirmed'],
    );
    for (const { receipt } of of('history')) {
      const signed = JSON.parse(String(receipt)) as SignedReceipt;
      const verdict = await verifyReceipt(signed, { keys: signed.keys });
      assert.notEqual(verdict.ok, false);
    }
    assert.deepEqual(
      of('requests').map(({ type, note }) => [type, note]),
      [['access', 'Hello']],
    );
    assert.doesNotMatch(JSON.stringify(records), /camille\.roy|\+337/);
    assert.deepEqual(
      (await given.system.survey(await given.refs())).map(({ category, count }) => [
        category,
        count,
      ]),
      [
        ['contacts', 2],
        ['subscriptions', 2],
        ['history', 3],
        ['requests', 1],
      ],
    );
  });

  it('does not tell who else shares a telephone (004-07)', async () => {
    await subscribe(EMAIL, PHONE);
    const contacts = { email: 'partner@example.org', phone: PHONE };
    const records = await collect(await given.refs({ ...SUBJECT, contacts }));
    assert.doesNotMatch(JSON.stringify(records.map(({ fields }) => fields['address'])), /camille/);
  });

  it('is erased so that nothing tells who it was, and nobody can bring them back; the log stays valid (002-32, R-16)', async () => {
    await subscribe(EMAIL, PHONE);
    await subscribe('camille.roy@example.net', '+33712345678');
    const closed = testRequest();
    const { person } = given.server.rights;
    await person.submit('default', CAMILLE_SIGNED_IN, closed);
    await person.cancel('default', CAMILLE_SIGNED_IN, closed.id);
    const pending = testRequest({ type: 'objection', against: 'other', note: 'The notes.' });
    await person.submit('default', CAMILLE_SIGNED_IN, pending);
    const open = testRequest({ type: 'erasure' });
    await person.submit('default', CAMILLE_SIGNED_IN, open);
    await given.server.jobs.idle();
    // As it stands by the time of its purge.
    await database.sql
      .updateTable('request')
      .set({ state: 'executed' })
      .where('id', '=', open.id)
      .execute();
    const cookie = await signIn(given, EMAIL);
    const refs = await given.refs();
    const others = await given.refs({ ...SUBJECT, contacts: { email: 'camille.roy@example.net' } });
    // A receipt changes once its entry is sealed.
    const plain = (records: readonly CollectedRecord[]) =>
      records.map(({ record, fields: { receipt: _, ...fields } }) => ({ record, fields }));
    const theirs = plain(await collect(others));

    const erased = await given.system.erase(refs, async () => assert.fail());
    assert.deepEqual(
      erased.map(({ category, deleted }) => [category, deleted]),
      [
        ['contacts', 2],
        ['subscriptions', 2],
        ['history', 3],
        ['requests', 2],
      ],
    );
    const left = await collect(refs);
    assert.deepEqual(
      left.map(({ record }) => record),
      [`default/${open.id}`],
    );
    for (const { id } of [closed, pending])
      await assert.rejects(person.read('default', CAMILLE_SIGNED_IN, id), {
        code: 'rights/unknown',
      });
    const { state } = await database.sql
      .selectFrom('request')
      .select('state')
      .where('id', '=', pending.id)
      .executeTakeFirstOrThrow();
    assert.equal(state, 'cancelled', 'nothing is left that it was about');
    const signedIn = await given.ask('GET', '/holdings', undefined, { cookie });
    assert.equal(signedIn.status, 401);
    for (const [contact, choice] of [
      [EMAIL, NEWSLETTER],
      [PHONE, SMS],
    ] as const) {
      const { reason } = await given.server.subscriptions.maySend({
        ...choice,
        site: 'default',
        contact,
      });
      assert.equal(reason, 'suppressed');
    }
    assert.doesNotMatch(await everythingIn(database), /camille@example\.org|\+33612345678/);
    assert.deepEqual(plain(await collect(others)), theirs);
  });

  it('is erased once, however often it is run after it was broken off', async () => {
    await subscribe(EMAIL, PHONE);
    const refs = await given.refs();
    await given.server.subscriptions.erase('default', EMAIL);
    await given.system.erase(refs, async () => assert.fail());
    const records = async () =>
      (await database.sql.selectFrom('record').select('id').execute()).length;
    const before = await records();
    await given.system.erase(refs, async () => assert.fail());
    assert.equal(await records(), before);
    assert.deepEqual(await collect(refs), []);
  });
});
