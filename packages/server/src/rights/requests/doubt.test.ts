import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { RequestType } from '@placet/contract';
import type { Database } from '../../database/database.js';
import type { System } from '../../systems/system.js';
import { testDatabase } from '../../testing/database.js';
import { CAMILLE, memorySystem } from '../../testing/memory-system.js';
import { NOW } from '../../testing/register.js';
import { CAMILLE_SIGNED_IN, hoursAfter, testRequest } from '../../testing/requests.js';
import { rightsServer } from '../../testing/rights.js';

const SITE = 'default';
const CUPBOARD: System = {
  id: 'cupboard',
  describe: () => ({ name: { en: 'The cupboard' }, kind: 'paper', categories: [] }),
};
const BY = { actor: 'Alix' };
const DOUBT = {
  ...BY,
  reason: 'The voice on the telephone was another one.',
  question: 'In which month were you here last?',
};
const SETTLED = { ...BY, status: 'done', note: 'The month was right.' } as const;

describe('a doubt about who asks', () => {
  let database: Database;
  beforeEach(async () => void (database = await testDatabase()));
  afterEach(() => database.close());

  /** A request that waits for somebody to look into a cupboard. */
  async function asked(type: RequestType = 'access', system: System = memorySystem()) {
    const opened = await rightsServer(database, { systems: [system, CUPBOARD] });
    const { server } = opened;
    const { person, staff } = server.rights;
    const { status } = await person.submit(SITE, CAMILLE_SIGNED_IN, testRequest({ type }));
    await server.jobs.idle();
    const { id } = status;
    const settle = async (item: string) => {
      await staff.settle(SITE, id, item, SETTLED);
      await server.jobs.idle();
    };
    const read = () => person.read(SITE, CAMILLE_SIGNED_IN, id);
    return { ...opened, person, staff, id, settle, read };
  }

  it('is asked about by mail: the question, and never the reason (R-07)', async () => {
    const { server, staff, id, read, mails } = await asked();
    const before = await read();
    await staff.doubt(SITE, id, DOUBT);
    await server.jobs.idle();
    const { to, subject, text } = mails.at(-1)!;
    assert.deepEqual([to, subject], [CAMILLE.email, 'A question about your request']);
    assert.ok(text.includes(DOUBT.question));
    assert.match(text, /Do not send a copy of your identity document/);
    for (const { text: each } of mails) assert.ok(!each.includes(DOUBT.reason));
    const { due, state, timeline } = await read();
    assert.deepEqual([due, state], [before.due, before.state], 'the clock runs on');
    assert.deepEqual(timeline.at(-1), {
      at: NOW.toISOString(),
      act: 'doubt',
      note: DOUBT.question,
    });
    assert.ok(!JSON.stringify(timeline).includes(DOUBT.reason));
    const { items, history } = await staff.view(SITE, id);
    const reason = items.find(({ item }) => item === 'identity/reason');
    assert.deepEqual([reason?.note, reason?.actor], [DOUBT.reason, 'Alix'], 'it is written down');
    assert.equal(history.at(-1)?.actor, 'Alix');
  });

  it('keeps the answer back until staff have settled it, also the download (R-07)', async () => {
    const { person, staff, id, settle, read } = await asked();
    await staff.doubt(SITE, id, DOUBT);
    await settle('cupboard/look');
    assert.equal((await read()).state, 'in-progress');
    await assert.rejects(person.open(SITE, CAMILLE_SIGNED_IN, id, 'zip'), {
      code: 'rights/not-ready',
    });
    await settle('identity/doubt');
    assert.equal((await read()).state, 'completed');
    const { type } = await person.open(SITE, CAMILLE_SIGNED_IN, id, 'zip');
    assert.equal(type, 'application/zip');
  });

  it('keeps an erasure from being executed, and the person can take it back all the same (R-07)', async () => {
    const { clock, person, staff, id, settle } = await asked('erasure');
    await settle('cupboard/look');
    await staff.doubt(SITE, id, DOUBT);
    clock.now = hoursAfter(NOW, 100);
    for (const { item, status, required } of (await staff.view(SITE, id)).items)
      if (status === 'open' && required && item !== 'identity/doubt') await settle(item);
    await assert.rejects(staff.execute(SITE, id, BY), { code: 'rights/blocked' });
    assert.equal((await person.cancel(SITE, CAMILLE_SIGNED_IN, id)).state, 'cancelled');
  });

  it('has nothing done in the systems before it is settled (R-07)', async () => {
    const system = { ...memorySystem(), find: async () => [{ ref: '1' }, { ref: '2' }] };
    const { server, staff, id, settle } = await asked('restriction', system);
    const stepsNow = async () =>
      (await staff.view(SITE, id)).steps.filter((each) => each.system === system.id);
    await staff.doubt(SITE, id, DOUBT);
    await staff.pick(SITE, id, system.id, { ...BY, refs: ['1'], note: 'By the address.' });
    await server.jobs.idle();
    assert.deepEqual(
      (await stepsNow()).map(({ step, status }) => [step, status]),
      [['find', 'done']],
    );
    await settle('identity/doubt');
    assert.ok(
      (await stepsNow()).some(({ step, status }) => step === 'restrict' && status === 'done'),
    );
  });

  it('needs a reason and a question, is asked about once, and not before or after the request is worked on', async () => {
    const { clock, person, staff, id, read } = await asked();
    for (const wrong of [{ reason: ' ' }, { question: '' }])
      await assert.rejects(staff.doubt(SITE, id, { ...DOUBT, ...wrong }), {
        code: 'request/invalid',
      });
    assert.equal((await read()).timeline.length, 2, 'nothing was asked');
    const later = (hours: number) => void (clock.now = hoursAfter(NOW, hours));
    later(1);
    await staff.doubt(SITE, id, DOUBT);
    later(2);
    await staff.extend(SITE, id, { ...BY, reason: 'Much.' });
    await assert.rejects(staff.doubt(SITE, id, DOUBT), { code: 'rights/too-late' });
    later(3);
    await staff.refuse(SITE, id, { ...BY, reason: 'Nobody has answered.' });
    await assert.rejects(staff.doubt(SITE, id, DOUBT), { code: 'rights/too-late' });
    const { timeline } = await person.read(SITE, CAMILLE_SIGNED_IN, id);
    assert.deepEqual(
      timeline.map(({ act }) => act),
      ['receive', 'start', 'doubt', 'extend', 'refuse'],
    );
    const unverified = await staff.enter({
      site: SITE,
      type: 'erasure',
      channel: 'phone',
      receivedAt: NOW,
      contacts: { email: CAMILLE.email! },
      ...BY,
    });
    await assert.rejects(staff.doubt(SITE, unverified, DOUBT), { code: 'rights/too-late' });
  });
});
