import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Correction, NewRequest } from '@placet/contract';
import type { Database } from '../../database/database.js';
import { closedAfterEach } from '../../testing/closing.js';
import { testDatabase } from '../../testing/database.js';
import { startHookServer, type HookServer } from '../../testing/hook-server.js';
import { memorySystem } from '../../testing/memory-system.js';
import { formFields, ORIGIN, tokenOf } from '../../testing/opt-in-server.js';
import { camille, clearRequests, packageShop } from '../../testing/package-shop.js';
import { OFFICE, program } from '../../testing/recipients.js';
import { destroyRequest } from '../erasure/destroy.js';
import { lockRequest } from '../requests/row.js';
import type { ConnectedSystem } from '../../systems/system.js';
import type { Recipient } from './recipients.js';

const DAY = 86_400_000;
const NAME: Correction = {
  ...{ system: 'bookings', category: 'customers', record: '1001' },
  ...{ field: 'name', value: 'Camille <b>Roy-Petit' },
};
/** Of an appointment: no program can put it right. */
const SERVICE: Correction = {
  ...{ system: 'bookings', category: 'appointments', record: 'a1' },
  ...{ field: 'service', value: 'Shiatsu' },
};

/** The bookings, with who gets what of them. */
function bookings(given: { customers?: string[]; appointments?: string[] }) {
  const system = memorySystem();
  const { categories, ...said } = system.describe();
  const gets: Readonly<Record<string, readonly string[] | undefined>> = given;
  return {
    ...system,
    describe: () => ({
      ...said,
      categories: categories.map((each) => ({ ...each, recipients: gets[each.id] ?? [] })),
    }),
  };
}

describe('what recipients are told', () => {
  let database: Database;
  let hook: HookServer;
  before(async () => {
    database = await testDatabase();
    hook = await startHookServer();
  });
  after(async () => {
    await hook.close();
    await database.close();
  });
  beforeEach(async () => {
    await clearRequests(database);
    await database.sql.deleteFrom('recipient_notice').execute();
    hook.calls.length = 0;
  });

  const opened = closedAfterEach((recipient: Recipient, system: ConnectedSystem) =>
    packageShop(database, { recipients: [recipient], systems: [system] }),
  );
  async function shop(recipient: Recipient, gets: Parameters<typeof bookings>[0] = {}) {
    const given = await opened(recipient, bookings(gets));
    const settle = async (id: string, status: 'done' | 'not-applicable') => {
      const how = { actor: 'nora', status, note: 'Looked.' };
      await given.server.rights.staff.settle(given.site, id, 'bookings/rectify', how);
      await given.server.jobs.idle();
    };
    const correct = (...corrections: Correction[]) =>
      given.ask({ type: 'rectification', corrections });
    return { ...given, settle, correct };
  }
  const told = () =>
    hook.calls.map(({ body }) => JSON.parse(body) as { type: string; data: object });

  it('holds what is right now, of the data that they get and of nothing else (R-14, R-18)', async () => {
    const { recipient } = program(hook.url);
    const { correct, settle } = await shop(recipient, {
      customers: ['Courrier SARL'],
      appointments: ['Agenda SARL'],
    });
    await settle(await correct(NAME, SERVICE), 'done');
    const [message, ...more] = told();
    assert.deepEqual(more, []);
    assert.equal(message!.type, 'rights.rectification');
    assert.deepEqual((message!.data as { corrections: unknown }).corrections, [NAME]);
    assert.ok(!hook.calls[0]!.body.includes('Shiatsu'), 'who never had it does not learn it');
  });

  it('holds what staff put right by hand, too, and not what they found was right (R-14)', async () => {
    const both = ['Courrier SARL'];
    for (const [status, corrections] of [
      ['done', [NAME, SERVICE]],
      ['not-applicable', [NAME]],
    ] as const) {
      hook.calls.length = 0;
      const { recipient } = program(hook.url);
      const { correct, settle } = await shop(recipient, { customers: both, appointments: both });
      await settle(await correct(NAME, SERVICE), status);
      assert.deepEqual(
        told().map(({ data }) => (data as { corrections: unknown }).corrections),
        [corrections],
        status,
      );
    }
  });

  it('is nothing where nothing was corrected', async () => {
    const { recipient } = program(hook.url);
    const { correct, settle, rights, site } = await shop(recipient, {
      appointments: ['Courrier SARL'],
    });
    const id = await correct(SERVICE);
    await settle(id, 'not-applicable');
    const { state, recipients } = await rights.read(site, camille, id);
    assert.deepEqual([state, recipients], ['completed', undefined]);
    assert.deepEqual(hook.calls, []);
  });

  for (const [status, corrections] of [
    ['done', [[NAME]]],
    ['not-applicable', []],
  ] as const) {
    it(`counts where no program could look what staff call ${status} (R-14, R-18)`, async () => {
      const { recipient } = program(hook.url);
      const find = () => Promise.reject(new Error('The system is away.'));
      const away = { ...bookings({ customers: ['Courrier SARL'] }), find };
      const given = await opened(recipient, away);
      const id = await given.ask({ type: 'rectification', corrections: [NAME] });
      // Until it is given up.
      for (let hours = 0; hours < 60; hours += 3) {
        given.pass(DAY / 8);
        await given.server.jobs.idle();
      }
      const how = { actor: 'nora', status, note: 'Looked.' };
      await given.server.rights.staff.settle(given.site, id, 'bookings/find', how);
      await given.server.jobs.idle();
      assert.equal(await given.state(id), 'completed');
      assert.deepEqual(
        told().map(({ data }) => (data as { corrections: unknown }).corrections),
        corrections,
      );
    });

    it(`is that something was corrected, or nothing at all, where staff call a wish in words ${status} (R-18)`, async () => {
      const { recipient } = program(hook.url);
      const { ask, server, site, state } = await shop(recipient);
      const id = await ask({ type: 'rectification', note: 'My name is wrong.' });
      const how = { actor: 'nora', status, note: 'Looked.' };
      await server.rights.staff.settle(site, id, 'rectification/answer', how);
      await server.jobs.idle();
      assert.equal(await state(id), 'completed');
      assert.equal(told().length, corrections.length);
    });
  }

  it('says what an objection is against (R-20, R-21)', async () => {
    const { recipient } = program(hook.url);
    const { ask, server, site } = await shop(recipient);
    await ask({ type: 'objection' });
    const against: Partial<NewRequest> = { against: 'other', note: 'Statistics about me.' };
    const id = await ask({ type: 'objection', ...against });
    const how = { actor: 'nora', status: 'done', note: 'They are right.' } as const;
    await server.rights.staff.settle(site, id, 'objection/assess', how);
    await server.jobs.idle();
    assert.deepEqual(
      told().map(({ type, data }) => [type, (data as { against: unknown }).against]),
      [
        ['rights.objection', 'marketing'],
        ['rights.objection', 'other'],
      ],
    );
    assert.ok(!JSON.stringify(told()).includes('Statistics'), 'their own words stay here');
  });

  describe('by mail', () => {
    async function corrected() {
      const given = await shop(OFFICE, { customers: ['Cabinet Dupont'] });
      const id = await given.correct(NAME);
      const mail = given.mails.find(({ to }) => to === 'cabinet@dupont.example')!;
      const link = /https:\/\/shop\.example\S+/.exec(mail.text)![0];
      const call = async (url: string, init?: RequestInit) => {
        const response = await given.server.fetch(new Request(url, init));
        return { status: response.status, html: await response.text() };
      };
      const rows = () => database.sql.selectFrom('recipient_notice').selectAll().execute();
      return { ...given, id, mail, link, call, rows };
    }

    it('stands on the page behind the link: the mail says whose it is, the page what is right (R-13, R-18)', async () => {
      const { mail, link, call, rows } = await corrected();
      assert.match(mail.text, /camille@example\.org/);
      assert.match(mail.text, /The page behind the link below says what is right now/);
      assert.doesNotMatch(`${mail.subject}${mail.text}${mail.html ?? ''}`, /Roy-Petit/);
      assert.doesNotMatch(mail.subject, /camille/i);
      const before = await rows();
      const { status, html } = await call(link);
      assert.equal(status, 200);
      assert.match(html, /What is right now/);
      assert.match(html, /<dt>Bookings – Your details, Name<\/dt>/);
      assert.doesNotMatch(html, /\b1001\b/, 'nor under which number');
      assert.match(html, /<dd dir="auto">Camille &lt;b&gt;Roy-Petit<\/dd>/);
      assert.doesNotMatch(html, /camille@example/, 'not whose it is');
      assert.deepEqual(await rows(), before, 'looking changes nothing');
    });

    it('says which of several it is, where the words alone do not (R-13)', async () => {
      const given = await shop(OFFICE, { appointments: ['Cabinet Dupont'] });
      const id = await given.correct(SERVICE, { ...SERVICE, record: 'a2', value: 'Massage' });
      await given.settle(id, 'done');
      const mail = given.mails.find(({ to }) => to === 'cabinet@dupont.example')!;
      const link = /https:\/\/shop\.example\S+/.exec(mail.text)![0];
      const html = await (await given.server.fetch(new Request(link))).text();
      for (const record of ['a1', 'a2']) assert.ok(html.includes(`(${record})`), record);
    });

    it('is shown until it is answered, and by no link that is forged or too old (R-13)', async () => {
      const { link, call, pass } = await corrected();
      const other = new URL(link);
      other.searchParams.set('token', randomBytes(32).toString('base64url'));
      const forged = await call(other.href);
      assert.equal(forged.status, 404);
      assert.doesNotMatch(forged.html, /Roy-Petit/);
      pass(90 * DAY - 1);
      const { action, fields } = formFields((await call(link)).html);
      pass(1);
      const late = await call(link);
      assert.equal(late.status, 404);
      assert.doesNotMatch(late.html, /Roy-Petit/);
      pass(-DAY);
      assert.equal(fields.get('token'), tokenOf(link));
      const { status, html } = await call(`${ORIGIN}${action}`, {
        method: 'POST',
        headers: { origin: ORIGIN },
        body: new URLSearchParams([...fields]),
      });
      assert.equal(status, 200);
      assert.match(html, /Your answer is written down/);
      for (const page of [html, (await call(link)).html]) assert.doesNotMatch(page, /Roy-Petit/);
    });

    it('is gone with the request, once the person is erased', async () => {
      const { id, link, call, site } = await corrected();
      await database.sql.transaction().execute(async (transaction) => {
        const row = await lockRequest(transaction, site, id);
        await destroyRequest(transaction, { row, sites: [site], at: new Date() });
      });
      const { status, html } = await call(link);
      assert.equal(status, 200);
      assert.doesNotMatch(html, /Roy-Petit|What is right now/);
    });

    it('asks for no advertising where that is what they object to (R-20)', async () => {
      const { ask, mails, server } = await shop(OFFICE);
      await ask({ type: 'objection' });
      const { text } = mails.find(({ to }) => to === 'cabinet@dupont.example')!;
      assert.match(text, /This person wants no advertising/);
      const link = /https:\/\/shop\.example\S+/.exec(text)![0];
      const page = await server.fetch(new Request(link));
      assert.match(await page.text(), /asked you to send no advertising/);
    });
  });
});
