import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import fc from 'fast-check';
import type { Database } from '../database/database.js';
import { deriveKeys } from '../keys.js';
import { exportLog } from '../log/export.js';
import { describeOnBoth } from '../testing/both.js';
import { executeErasure } from '../testing/erasing.js';
import { formFields } from '../testing/opt-in-server.js';
import { CAMILLE_SIGNED_IN, NAMESAKE_SIGNED_IN } from '../testing/requests.js';
import { rightsServer, type RightsServer } from '../testing/rights.js';
import { STAFF_KEY } from '../testing/server.js';
import { NEWSLETTER, testChange, testOptIn } from '../testing/subscriptions.js';

const EMAIL = CAMILLE_SIGNED_IN.contacts.email!;
const OTHER = NAMESAKE_SIGNED_IN.contacts.email!;
const keys = deriveKeys('a secret of tests, long enough to be taken');

describeOnBoth('whoever is hidden', (open) => {
  let database: Database;
  let given: RightsServer;
  let links: { confirm: string; manage: string };
  before(async () => void (database = await open()));
  after(() => database.close());
  afterEach(() => given.server.close());

  const staff = (path: string, body?: unknown) =>
    given.ask(body === undefined ? 'GET' : 'POST', path, body, {
      authorization: `Bearer ${STAFF_KEY}`,
    });

  async function subscribe(email: string): Promise<string> {
    await given.ask('POST', '/subscriptions', testOptIn([NEWSLETTER], { contacts: { email } }));
    const link = await given.lastLink();
    const { action, fields } = formFields(await (await given.ask('GET', link)).text());
    const page = await given.ask('POST', action, fields);
    const [, manage = ''] = /href="([^"]*manage[^"]*)"/.exec(await page.text()) ?? [];
    return manage.replace(/^https:\/\/[^/]*/, '');
  }

  beforeEach(async () => {
    for (const table of [
      'request',
      'request_contact',
      'restricted_contact',
      'suppression',
      'contact',
      'subscription',
      'sent_message',
      'job',
    ] as const)
      await database.sql.deleteFrom(table).execute();
    given = await rightsServer(database);
    const manage = await subscribe(EMAIL);
    await subscribe(OTHER);
    await given.ask(
      'POST',
      '/subscriptions',
      testOptIn([NEWSLETTER], { contacts: { email: EMAIL } }),
    );
    links = { confirm: await given.lastLink(), manage };
    assert.match(await (await given.ask('GET', manage)).text(), /c•••@example\.org/);
    await executeErasure(given);
  });

  /** Everything that reads people: what each says of an address. */
  const reads: Record<string, (email: string) => Promise<string>> = {
    'what may be sent': async (contact) => {
      const asked = { ...NEWSLETTER, site: 'default', contact };
      return (await given.server.subscriptions.maySend(asked)).send ? 'found' : 'none';
    },
    'the export of contacts': async (email) =>
      (await (await staff('/staff/subscriptions/export')).text()).includes(email)
        ? 'found'
        : 'none',
    'the look-up by staff': async (contact) => {
      const found = await (await staff('/staff/subscriptions/lookup', { contact })).json();
      const { history } = found as { history: unknown[] };
      return history.length > 0 ? 'found' : 'none';
    },
    'the host’s session': async (email) => {
      const shown = await given.server.subscriptions.read('default', { contacts: { email } });
      return shown.history.length > 0 ? 'found' : 'none';
    },
    'the export of the register, with evidence': async (email) => {
      for await (const line of exportLog(database, keys, { evidence: true }))
        if (line.includes(email)) return 'found';
      return 'none';
    },
    'what is held': async (email) => {
      const person = { contacts: { email }, by: 'link' } as const;
      const holdings = await given.server.rights.person.holdings('default', person);
      return holdings.some(({ categories }) => categories.some(({ count }) => count > 0))
        ? 'found'
        : 'none';
    },
    'the preview of an erasure': async (email) => {
      const person = { contacts: { email }, by: 'link' } as const;
      const { systems } = await given.server.rights.person.preview('default', person);
      return systems.length > 0 ? 'found' : 'none';
    },
  };

  it('is in no export and no answer, in whatever order they are asked; the other of that name is in each (000-22, 000-32)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(Object.keys(reads), { minLength: 1 }), async (order) => {
        for (const name of order) {
          assert.equal(await reads[name]!(EMAIL), 'none', name);
          assert.equal(await reads[name]!(OTHER), 'found', name);
        }
      }),
      { numRuns: 5, examples: [[Object.keys(reads)]] },
    );
  });

  it('is not let in by links that were mailed before, and nothing is mailed (000-22)', async () => {
    const manage = await given.ask('GET', links.manage);
    assert.ok(!(await manage.text()).includes('c•••@example.org'));
    assert.equal((await given.ask('GET', links.confirm)).status, 404);
    given.mails.length = 0;
    await given.server.subscriptions.sendLink('default', { email: EMAIL });
    await given.ask(
      'POST',
      '/subscriptions',
      testOptIn([NEWSLETTER], { contacts: { email: EMAIL } }),
    );
    await given.server.jobs.idle();
    assert.deepEqual(given.mails, []);
    const change = testChange({ choices: [{ ...NEWSLETTER, granted: true }] });
    await assert.rejects(
      given.server.subscriptions.update('default', { contacts: { email: EMAIL } }, change),
      { code: 'token/unknown' },
    );
  });

  it('is not brought back by a file of contacts (002-32)', async () => {
    const file = `email,topic,channel,basis,consented_at,wording,source\n${EMAIL},newsletter,email,consent,2026-11-01T10:00:00Z,Yes,paper\n`;
    const report = await given.server.importContacts(async function* () {
      yield new TextEncoder().encode(file);
    });
    assert.equal(report.granted, 0);
    assert.equal(await reads['what may be sent']!(EMAIL), 'none');
  });

  it('is told of to tools: what they had been given ends (R-18)', async () => {
    const rows = await database.sql
      .selectFrom('subscription')
      .innerJoin('contact', 'contact.id', 'subscription.contact')
      .select('status')
      .orderBy('status')
      .execute();
    assert.deepEqual(rows, [{ status: 'active' }, { status: 'withdrawn' }]);
  });

  it('differs from whoever is restricted: kept and shown to them, but not written to nor exported (R-17)', async () => {
    const request = {
      id: '6f1e1a52-3c5d-4d0c-8d61-35a1c3f0a001',
      type: 'restriction',
      at: '2026-11-22T11:59:58.000Z',
      language: 'en',
      page: 'https://shop.example/my-data/',
    } as const;
    await given.server.rights.person.submit('default', NAMESAKE_SIGNED_IN, request);
    const asked = { ...NEWSLETTER, site: 'default', contact: OTHER };
    assert.deepEqual(await given.server.subscriptions.maySend(asked), {
      send: false,
      reason: 'restricted',
    });
    assert.equal(await reads['the export of contacts']!(OTHER), 'none');
    assert.equal(await reads['the host’s session']!(OTHER), 'found');
  });
});
