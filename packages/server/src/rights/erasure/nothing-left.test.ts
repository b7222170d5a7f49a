import assert from 'node:assert/strict';
import { afterEach, beforeEach, it } from 'node:test';
import type { Database } from '../../database/database.js';
import { describeOnBoth } from '../../testing/both.js';
import { passHours } from '../../testing/erasing.js';
import { everythingIn } from '../../testing/everything.js';
import { startHookServer, type HookServer } from '../../testing/hook-server.js';
import { memorySystem, PEOPLE } from '../../testing/memory-system.js';
import { OFFICE, program, recipientServer } from '../../testing/recipients.js';
import { CAMILLE_SIGNED_IN, testRequest } from '../../testing/requests.js';
import type { Certificate } from './certificate.js';

const SITE = 'default';
const ADA = { actor: 'Ada' };
/** What the other recipient says. */
const HEARD = { ...ADA, status: 'confirmed', note: 'Camilla was told.' } as const;
/** Her addresses, her names, and what was written about her; whole words, since chance writes short ones in base64. */
const HERS = /camill|\broy(ale)?\b|\b336123|second floor|fond of her/i;

type RecipientServer = Awaited<ReturnType<typeof recipientServer>>;

const [CAMILLE, NAMESAKE] = PEOPLE;
const CHECKS = [
  { id: 'memberships', label: 'Memberships', count: 1 },
  { id: 'open-orders', label: 'Open orders', count: 2 },
];

describeOnBoth('of somebody who was erased', (open) => {
  let database: Database;
  let hook: HookServer;
  let opened: Awaited<ReturnType<typeof setup>>;
  beforeEach(async () => {
    [database, hook] = await Promise.all([open(), startHookServer()]);
  });
  afterEach(async () => {
    await opened.given.server.close();
    await hook.close();
    await database.close();
  });

  async function setup() {
    const { recipient, secret } = program(hook.url);
    const system = memorySystem([{ ...CAMILLE!, checks: CHECKS }, NAMESAKE!]);
    const given = await recipientServer(database, [recipient, OFFICE], { systems: [system] });
    return { given, secret };
  }

  /** Has her erased, with her words and others’ words about her wherever words can stand. */
  async function eraseCamille(
    meanwhile: (given: RecipientServer, erasure: string) => Promise<void> = async () => {},
  ) {
    const { given, secret } = (opened = await setup());
    const { person, staff } = given.server.rights;
    async function submit(changed: Parameters<typeof testRequest>[0]): Promise<string> {
      const { status } = await person.submit(SITE, CAMILLE_SIGNED_IN, testRequest(changed));
      await given.server.jobs.idle();
      return status.id;
    }
    const about = { system: 'bookings', category: 'customers', record: '1001', field: 'name' };
    await submit({ type: 'rectification', corrections: [{ ...about, value: 'Camilla Royale' }] });
    const note = 'It is Camilla of the second floor.';
    const objection = await submit({ type: 'objection', against: 'other', note });
    const assessed = { ...ADA, status: 'done', note: 'We were fond of her.' } as const;
    await staff.settle(SITE, objection, 'objection/assess', assessed);
    const erasure = await submit({ type: 'erasure' });
    const by = { ...ADA, note: 'Camilla came by.' };
    const [memberships, orders] = CHECKS.map(({ id }) => `bookings/check/${id}`) as [
      string,
      string,
    ];
    await staff.settle(SITE, erasure, memberships, {
      ...by,
      status: 'done',
      how: 'done-elsewhere',
    });
    await staff.settle(SITE, erasure, orders, { ...by, status: 'not-applicable' });
    await passHours(given, 73);
    await staff.execute(SITE, erasure, ADA);
    await given.server.jobs.idle();
    const told = (await given.rows()).find(
      (row) => row.recipient === 'mailing' && row.event === 'erasure',
    );
    const said = { notice: told!.id, status: 'refused', note: 'We are fond of her.' };
    assert.equal(await given.answer('mailing', said, secret), 200);
    assert.match(await everythingIn(database), HERS, 'until then, it stands there');
    await Promise.all([passHours(given, 31 * 24), meanwhile(given, erasure)]);
    assert.equal((await staff.view(SITE, erasure)).state, 'completed');
    return { given, staff, erasure, objection, said, secret };
  }

  it('no table holds an address, a name, or anybody’s words, nor does one when a recipient answers later (000-22)', async () => {
    const { given, staff, erasure, objection, said, secret } = await eraseCamille();
    assert.doesNotMatch(await everythingIn(database), HERS);
    await given.service.settle(SITE, erasure, 'accountant', HEARD);
    assert.equal(await given.answer('mailing', said, secret), 200, 'the same again, as before');
    await assert.rejects(staff.lift(SITE, objection, { ...ADA, reason: 'Camilla asked for it.' }), {
      code: 'rights/too-late',
    });
    const other = { ...said, status: 'confirmed' };
    assert.equal(await given.answer('mailing', other, secret), 409);
    assert.doesNotMatch(await everythingIn(database), HERS);
    const rows = (await given.rows()).filter(({ request }) => request === erasure);
    assert.deepEqual(
      rows.map(({ recipient, status, actor, note }) => ({ recipient, status, actor, note })),
      [
        { recipient: 'accountant', status: 'confirmed', actor: 'Ada', note: null },
        { recipient: 'mailing', status: 'refused', actor: 'recipient', note: null },
      ],
    );
  });

  it('no words stay that a recipient sends while the erasure is completed', async () => {
    await eraseCamille(({ service }, erasure) =>
      service.settle(SITE, erasure, 'accountant', HEARD),
    );
    assert.doesNotMatch(await everythingIn(database), HERS);
  });

  it('the checklist still says who settled what, when and how, and so does the signed certificate (000-17, users-ask 37)', async () => {
    const { staff, erasure } = await eraseCamille();
    const { items } = await staff.view(SITE, erasure);
    assert.deepEqual(
      items.map(({ item, actor, how, note }) => [item, actor, how, note]),
      [
        ['bookings/check/memberships', 'Ada', 'done-elsewhere', undefined],
        ['bookings/check/open-orders', 'Ada', 'not-needed', undefined],
      ],
    );
    const { body } = await database.sql
      .selectFrom('certificate')
      .select('body')
      .where('id', '=', erasure)
      .executeTakeFirstOrThrow();
    const payload = Buffer.from(body.split('.')[1]!, 'base64url').toString();
    assert.deepEqual(
      (JSON.parse(payload) as Certificate).checklist,
      items.map(({ item, how, at }) => ({ item, how, at })),
    );
  });
});
