import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Database } from '../../database/database.js';
import type { PlacetServerOptions } from '../../options.js';
import { testDatabase } from '../../testing/database.js';
import { CAMILLE } from '../../testing/memory-system.js';
import { NOW } from '../../testing/register.js';
import {
  CAMILLE_SIGNED_IN,
  hoursAfter,
  NAMESAKE_SIGNED_IN,
  testRequest,
} from '../../testing/requests.js';
import { RIGHTS_CONFIG, rightsServer } from '../../testing/rights.js';
import { NEWSLETTER, testOptIn } from '../../testing/subscriptions.js';
import type { EnteredRequest } from '../rights.js';
import { UNVERIFIED_DAYS } from './clock.js';

const SITE = 'default';
const ENTERED = {
  site: SITE,
  type: 'erasure',
  channel: 'phone',
  receivedAt: new Date('2026-11-10T09:00:00Z'),
  contacts: { email: CAMILLE.email! },
  actor: 'Alix',
} as const;

describe('a request that staff entered', () => {
  let database: Database;
  beforeEach(async () => void (database = await testDatabase()));
  afterEach(() => database.close());

  async function setup(options: Partial<PlacetServerOptions> = {}) {
    const opened = await rightsServer(database, options);
    const { person, staff } = opened.server.rights;
    async function enter(changed: Partial<EnteredRequest> = {}) {
      const id = await staff.enter({ ...ENTERED, ...changed });
      await opened.server.jobs.idle();
      return id;
    }
    const confirm = (id: string, who = CAMILLE_SIGNED_IN) => person.confirm(SITE, who, id);
    return { ...opened, person, staff, enter, confirm };
  }

  it('is told to the person by mail, in their language, with a link that acts for nobody (000-24…26)', async () => {
    const { enter, mails, system } = await setup();
    await enter({ language: 'fr', channel: 'post' });
    assert.equal(mails.length, 1);
    const { to, subject, text, html = '' } = mails[0]!;
    assert.deepEqual([to, subject], [CAMILLE.email, 'Cette demande vient-elle de vous ?']);
    assert.match(text, /le 10 novembre 2026, .* par courrier .* d’effacement de vos données/);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, link]) => new URL(link!));
    assert.deepEqual(
      links.map(({ pathname, search, hash }) => pathname + search + hash),
      ['/my-data/'],
    );
    assert.equal(system.calls.length, 0, 'nobody is looked for');
  });

  it('is left to staff where the person has no address', async () => {
    const { enter, mails, staff } = await setup();
    const id = await enter({ contacts: { phone: '+33612345678' } });
    const { state, items } = await staff.view(SITE, id);
    assert.deepEqual([state, items, mails], ['unverified', [], []]);
  });

  it('is one with the open erasure of the person once they confirm it, and due as the first of the two', async () => {
    const { server, enter, confirm, person } = await setup();
    const { status } = await person.submit(
      SITE,
      CAMILLE_SIGNED_IN,
      testRequest({ type: 'erasure' }),
    );
    const id = await enter();
    const confirmed = await confirm(id);
    await server.jobs.idle();
    assert.deepEqual(
      [confirmed.id, confirmed.due],
      [status.id, '2026-12-10T23:59:59.999Z'],
      'the answer is the one that stands for both',
    );
    assert.equal((await confirm(id)).id, status.id, 'and again');
    const states = (await person.list(SITE, CAMILLE_SIGNED_IN)).map(({ state }) => state);
    assert.deepEqual(states.sort(), ['cancelled', 'in-progress']);
  });

  it('goes on as one from the site once the person says that it was theirs, and can be undone from then on (000-26)', async () => {
    const { clock, server, enter, confirm, person, staff } = await setup();
    const id = await enter();
    clock.now = hoursAfter(NOW, 48);
    const confirmed = await confirm(id);
    assert.deepEqual([confirmed.id, confirmed.type], [id, 'erasure']);
    assert.equal(confirmed.due, '2026-12-10T23:59:59.999Z', 'from the day of receipt');
    assert.equal(confirmed.cancellableUntil, hoursAfter(clock.now, 72).toISOString());
    await server.jobs.idle();
    const { history, state } = await staff.view(SITE, id);
    assert.equal(state, 'in-progress');
    assert.deepEqual(
      history.map(({ act, actor }) => [act, actor]),
      [
        ['receive', 'Alix'],
        ['verify', 'person'],
        ['start', 'system'],
      ],
    );
    const again = await confirm(id);
    assert.deepEqual(again, await person.read(SITE, CAMILLE_SIGNED_IN, id));
    assert.equal((await staff.view(SITE, id)).history.length, 3, 'again changes nothing');
  });

  it('is confirmed once, however often at the same time', async () => {
    const { server, enter, confirm, staff, mails } = await setup();
    const id = await enter({ type: 'restriction' });
    const all = await Promise.all(Array.from({ length: 5 }, () => confirm(id)));
    assert.deepEqual(new Set(all.map((each) => each.id)), new Set([id]));
    await server.jobs.idle();
    const { history, state } = await staff.view(SITE, id);
    assert.equal(state, 'completed');
    assert.equal(history.filter(({ act }) => act === 'verify').length, 1);
    assert.equal(mails.filter(({ subject }) => subject === 'We have your request').length, 1);
  });

  it('ends advertising when the person confirms that they object to it (R-20)', async () => {
    const { server, ask, lastLink, enter, confirm } = await setup();
    const choice = { site: SITE, contact: CAMILLE.email!, ...NEWSLETTER };
    await server.subscriptions.submit(testOptIn(), { how: 'form', isHost: false });
    const token = new URL(await lastLink(), 'https://shop.example').searchParams.get('token')!;
    await ask('POST', '/subscriptions/confirm', { token });
    const id = await enter({ type: 'objection' });
    assert.equal((await server.subscriptions.maySend(choice)).send, true, 'not by staff alone');
    await confirm(id);
    assert.equal((await server.subscriptions.maySend(choice)).send, false);
    await server.jobs.idle();
    assert.equal((await server.rights.person.read(SITE, CAMILLE_SIGNED_IN, id)).state, 'completed');
  });

  it('is confirmed by nobody else: not by its id, the telephone, or on a site beside', async () => {
    const config = [RIGHTS_CONFIG, { ...RIGHTS_CONFIG, site: 'other' }];
    const { enter, person, staff } = await setup({ config });
    const id = await enter({ contacts: CAMILLE });
    for (const [site, contacts] of [
      [SITE, NAMESAKE_SIGNED_IN.contacts],
      [SITE, { phone: CAMILLE.phone! }],
      [SITE, { email: 'other@example.org', phone: CAMILLE.phone! }],
      ['other', CAMILLE],
    ] as const)
      await assert.rejects(person.confirm(site, { contacts, by: 'host' }, id), {
        code: 'rights/unknown',
      });
    assert.equal((await staff.view(SITE, id)).state, 'unverified');
  });

  it('cannot be confirmed again once it was taken back, on a page that is still open', async () => {
    const { enter, confirm, person } = await setup();
    const objection = { type: 'objection', against: 'other', note: 'The trainees.' } as const;
    for (const changed of [{}, objection]) {
      const id = await enter(changed);
      await confirm(id);
      const cancelled = await person.cancel(SITE, CAMILLE_SIGNED_IN, id);
      await assert.rejects(confirm(id), { code: 'rights/too-late' });
      assert.deepEqual(await person.read(SITE, CAMILLE_SIGNED_IN, id), cancelled);
    }
  });

  it('cannot be confirmed again once the erasure that stood for it was taken back', async () => {
    const { enter, confirm, person } = await setup();
    const request = testRequest({ type: 'erasure' });
    await person.submit(SITE, CAMILLE_SIGNED_IN, request);
    const id = await enter();
    await confirm(id);
    await person.cancel(SITE, CAMILLE_SIGNED_IN, request.id);
    await assert.rejects(confirm(id), { code: 'rights/too-late' });
    const { state } = await person.read(SITE, CAMILLE_SIGNED_IN, id);
    assert.equal(state, 'cancelled', 'nothing is changed');
  });

  it('cannot be confirmed once it has expired, or was taken back', async () => {
    const { clock, server, enter, confirm, person } = await setup();
    const expired = await enter();
    clock.now = hoursAfter(NOW, 24 * UNVERIFIED_DAYS);
    await server.jobs.idle();
    await assert.rejects(confirm(expired), { code: 'rights/too-late' });
    const denied = await enter();
    await person.cancel(SITE, CAMILLE_SIGNED_IN, denied);
    await assert.rejects(confirm(denied), { code: 'rights/too-late' });
    assert.deepEqual(
      (await person.list(SITE, CAMILLE_SIGNED_IN)).map(({ state }) => state).sort(),
      ['cancelled', 'expired'],
    );
  });
});
