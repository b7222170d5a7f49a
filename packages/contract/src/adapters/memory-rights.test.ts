import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SAMPLE_CONFIG, sampleOptIn, sampleRequest } from '../conformance/index.js';
import type { NewRequest } from '../rights/request.js';
import { movableClock } from '../testing/memory-setup.js';
import { PEOPLE } from '../testing/people.js';
import { memoryAdapter, type MemoryAdapterOptions } from './memory.js';

const HOUR = 3_600_000;

/** A backend in which the first of the two people is signed in. */
async function signedIn(options: Partial<MemoryAdapterOptions> = {}) {
  const { now, advance } = movableClock();
  const adapter = memoryAdapter({ config: SAMPLE_CONFIG, people: PEOPLE, now, ...options });
  const { identity, holdings, requests, rights, sent } = adapter;
  const email = PEOPLE[0]!.contacts.email!;
  const signIn = async () => {
    await identity!.start({ email });
    await identity!.finish({ token: sent.at(-1)!.identity!.token });
  };
  await signIn();
  const ask = async (overrides: Partial<NewRequest>) =>
    (await requests!.submit(sampleRequest(SAMPLE_CONFIG, overrides))).id;
  return {
    adapter,
    holdings: holdings!,
    requests: requests!,
    move: rights!.move,
    advance,
    ask,
    signIn,
    email,
  };
}

// The promises of its interface are checked by the conformance suite; here stands what is its own.
describe('memoryAdapter, for rights', () => {
  it('says what it offers: no zip files, and no erasure where people are to ask (000-13)', async () => {
    const { requests } = await memoryAdapter({ config: SAMPLE_CONFIG }).capabilities();
    assert.deepEqual(requests?.formats, ['json', 'csv']);
    assert.equal(requests.undoHours, 72);
    const config = {
      ...SAMPLE_CONFIG,
      rights: { url: '/my-data/', erasure: 'on-request' },
    } as const;
    const { adapter, ask } = await signedIn({ config });
    const { requests: offered } = await adapter.capabilities();
    assert.ok(!offered?.types.includes('erasure'));
    await assert.rejects(ask({ type: 'erasure' }), { code: 'rights/unsupported' });
    await assert.rejects(adapter.requests!.preview('erasure'), { code: 'rights/unsupported' });
  });

  it('answers access at once, or when it is moved, if it is to wait', async () => {
    const now = await signedIn();
    const id = await now.ask({ type: 'access' });
    assert.equal((await now.requests.read(id)).state, 'completed');

    const { requests, ask, move } = await signedIn({ waits: true });
    const later = await ask({ type: 'access' });
    await assert.rejects(requests.download(later, 'json'), { code: 'rights/not-ready' });
    assert.equal(move(later, 'start').state, 'in-progress');
    assert.deepEqual(move(later, 'complete').package?.formats, ['json', 'csv']);
    assert.ok((await requests.download(later, 'json')).size > 100);
  });

  it('writes values that a spreadsheet cannot take for formulas', async () => {
    const { requests, ask } = await signedIn();
    const [field] = rectifiable();
    await ask({ type: 'rectification', corrections: [{ ...field!, value: '=1+"2"' }] });
    const id = await ask({ type: 'access' });
    const text = await (await requests.download(id, 'csv')).text();
    assert.equal(text.split('\r\n')[0], '"system","category","record","field","value"');
    assert.ok(text.includes(`"'=1+""2"""`), text);
  });

  it('refuses to put right what cannot be, and stores nothing then', async () => {
    const { requests, ask } = await signedIn();
    const [field] = rectifiable();
    for (const strange of [
      { ...field!, category: 'visits', record: 'visits-0' },
      { ...field!, record: 'details-9' },
      { ...field!, system: 'cupboard' },
    ])
      await assert.rejects(
        ask({ type: 'rectification', corrections: [{ ...strange, value: 'x' }] }),
        { code: 'request/invalid' },
      );
    assert.deepEqual(await requests.list(), []);
  });

  it('moves requests as the table allows, and in no other way (000-10)', async () => {
    const { requests, ask, move, advance, signIn } = await signedIn();
    assert.throws(() => move(crypto.randomUUID(), 'refuse'), { code: 'rights/unknown' });
    const id = await ask({ type: 'erasure' });
    assert.throws(() => move(id, 'complete'), { code: 'rights/too-late' });
    assert.throws(() => move(id, 'execute'), { code: 'rights/too-late' });
    assert.equal(move(id, 'extend', 'Many records.').extension?.reason, 'Many records.');
    advance(73 * HOUR);
    await signIn();
    assert.ok((await requests.read(id)).cancellableUntil, 'until it is executed');
    const executed = move(id, 'execute');
    assert.deepEqual([executed.state, executed.cancellableUntil], ['executed', undefined]);
    assert.ok(executed.purgeAt);
    assert.deepEqual(
      executed.outcome?.[0]?.kept.map(({ ground }) => ground),
      ['Tax law (10 years)'],
    );
    assert.deepEqual(executed.recipients, [{ name: 'Agenda SARL', status: 'sent' }]);
    assert.throws(() => move(id, 'execute'), { code: 'rights/too-late' });
  });

  it('has nothing left of an erasure that is over', async () => {
    const { requests, holdings, ask, move, advance, signIn } = await signedIn();
    const id = await ask({ type: 'erasure' });
    advance(73 * HOUR);
    move(id, 'execute');
    move(id, 'complete');
    await signIn();
    await assert.rejects(requests.read(id), { code: 'rights/unknown' });
    assert.deepEqual(await requests.list(), []);
    for (const { categories } of await holdings.read()) assert.deepEqual(categories, []);
  });

  it('lets an objection to something else wait for somebody to look at it (R-21)', async () => {
    const { requests, ask, move } = await signedIn();
    const id = await ask({ type: 'objection', against: 'other', note: 'No profiling.' });
    assert.equal((await requests.read(id)).state, 'open');
    assert.equal(move(id, 'refuse', 'We have to.').refusal?.reason, 'We have to.');
  });

  it('opens the preference centre of whoever is signed in, without a token', async () => {
    const { adapter, email } = await signedIn();
    const { subscriptions, sent, browser } = adapter;
    const optIn = await sampleOptIn(SAMPLE_CONFIG, { contacts: { email } });
    await subscriptions!.submit(optIn);
    await subscriptions!.confirm({ token: sent.at(-1)!.token! });
    const { items } = await subscriptions!.read({});
    assert.ok(items.some(({ status }) => status === 'active'));
    await subscriptions!.unsubscribeAll({});
    const after = await subscriptions!.read({});
    assert.ok(after.items.every(({ status }) => status !== 'active'));
    await assert.rejects(browser().subscriptions!.read({}), { code: 'token/unknown' });
  });

  it('ends a session after half an hour', async () => {
    const { adapter, requests, advance } = await signedIn();
    advance(29 * 60_000);
    assert.ok(await adapter.identity!.session());
    advance(60_000);
    assert.equal(await adapter.identity!.session(), undefined);
    await assert.rejects(requests.list(), { code: 'identity/required' });
  });
});

/** What of the first person can be put right. */
function rectifiable() {
  return PEOPLE[0]!.holdings.flatMap(({ system, categories }) =>
    categories.flatMap(({ category, records }) =>
      records.flatMap(({ record, fields }) =>
        fields
          .filter((each) => each.rectifiable)
          .map(({ field }) => ({ system, category, record, field })),
      ),
    ),
  );
}
