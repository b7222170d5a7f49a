import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Capabilities, Confirmed, SignedReceipt, Subscriptions } from '@placet/contract';
import {
  confirmedSchema,
  optInResultSchema,
  problemSchema,
  signedReceiptSchema,
  subscriptionsSchema,
} from '@placet/contract/schema';
import type { Database } from '../database/database.js';
import type { PlacetServer } from '../placet-server.js';
import { closedAfterEach } from '../testing/closing.js';
import { testDatabase } from '../testing/database.js';
import { API_KEY, optInServer, tokenOf } from '../testing/opt-in-server.js';
import { countRecords, testServer } from '../testing/server.js';
import {
  MARKETING_CONFIG,
  NEWSLETTER,
  OFFERS,
  SMS,
  testChange,
  testGround,
  testOptIn,
} from '../testing/subscriptions.js';

describe('The routes of subscriptions', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  const opened = closedAfterEach(optInServer);
  const plain = closedAfterEach(testServer);

  const address = () => `camille.${randomUUID().slice(0, 8)}@example.org`;
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  async function codeOf(response: Response): Promise<string> {
    return problemSchema.parse(await response.json()).code;
  }

  /** Opts in by mail and confirms. */
  async function subscribed(bench: Awaited<ReturnType<typeof optInServer>>, email = address()) {
    const optIn = testOptIn([NEWSLETTER], { contacts: { email } });
    assert.equal((await bench.ask('POST', '/subscriptions', optIn)).status, 202);
    const token = tokenOf(await bench.lastLink());
    const response = await bench.ask('POST', '/subscriptions/confirm', { token });
    const { access = '' } = confirmedSchema.parse(await response.json()) as Confirmed;
    return { email, optIn, token, access };
  }
  async function maySend(bench: Awaited<ReturnType<typeof optInServer>>, contact: string) {
    const response = await bench.askHost('/may-send', { contact, ...NEWSLETTER });
    return (await response.json()) as {
      send: boolean;
      reason: string;
      unsubscribe?: { url: string };
    };
  }

  it('take an opt-in, mail a link, confirm by POST, and only then say yes (E-04, 001-22)', async () => {
    const bench = await opened(database);
    const email = address();
    const optIn = testOptIn([NEWSLETTER], { contacts: { email } });
    const first = await bench.ask('POST', '/subscriptions', optIn);
    assert.equal(first.status, 202);
    const result = optInResultSchema.parse(await first.json());
    assert.deepEqual([result.id, result.confirm, result.missing], [optIn.id, ['email'], []]);
    const again = await bench.ask('POST', '/subscriptions', optIn);
    assert.deepEqual(await again.json(), result);
    const link = await bench.lastLink();
    assert.equal(bench.mails.length, 1);
    assert.equal((await maySend(bench, email)).send, false);

    const response = await bench.ask('POST', '/subscriptions/confirm', { token: tokenOf(link) });
    assert.equal(response.status, 200);
    const { choices } = confirmedSchema.parse(await response.json());
    assert.deepEqual(choices, [{ ...NEWSLETTER, granted: true }]);
    const answer = await maySend(bench, email);
    assert.deepEqual([answer.send, answer.reason], [true, 'consent']);
    assert.match(
      answer.unsubscribe?.url ?? '',
      /^https:\/\/shop\.example\/placet\/unsubscribe\?token=/,
    );

    const used = await bench.ask('POST', '/subscriptions/confirm', { token: tokenOf(link) });
    assert.equal(used.status, 404);
    assert.equal(await codeOf(used), 'token/unknown');
  });

  it('confirm a number by the code sent, and no other', async () => {
    const bench = await opened(database);
    const optIn = testOptIn([SMS], { contacts: { phone: '06 12 34 56 78' } });
    assert.equal((await bench.ask('POST', '/subscriptions', optIn)).status, 202);
    const code = await bench.lastCode();
    assert.equal(bench.texts.at(-1)?.to, '+33612345678');
    const wrong = code === '123456' ? '654321' : '123456';
    for (const proof of [
      { id: optIn.id, code: wrong },
      { id: randomUUID(), code },
    ])
      assert.equal((await bench.ask('POST', '/subscriptions/confirm', proof)).status, 404);
    const proof = { id: optIn.id, code: `${code.slice(0, 3)} ${code.slice(3)}` };
    assert.equal((await bench.ask('POST', '/subscriptions/confirm', proof)).status, 200);
  });

  it('show, change and stop what a message’s token opens, with receipts that verify (001-34, 002-27)', async () => {
    const bench = await opened(database);
    const { access, email } = await subscribed(bench);
    const read = await bench.ask('GET', '/subscriptions', undefined, bearer(access));
    assert.equal(read.status, 200);
    const shown = subscriptionsSchema.parse(await read.json()) as Subscriptions;
    assert.ok(!JSON.stringify(shown).includes(email));
    assert.equal(shown.items.find(({ status }) => status === 'active')?.topic, 'newsletter');

    const change = testChange({ choices: [{ ...OFFERS, granted: true }], frequency: 'monthly' });
    const changed = await bench.ask('PUT', '/subscriptions', change, bearer(access));
    const now = subscriptionsSchema.parse(await changed.json()) as Subscriptions;
    assert.equal(now.items.filter(({ status }) => status === 'active').length, 2);
    assert.equal(now.frequency, 'monthly');

    const { record } = now.history[0]!;
    const receipt = await bench.ask(
      'GET',
      `/subscriptions/receipts/${record}`,
      undefined,
      bearer(access),
    );
    assert.equal(receipt.status, 200);
    signedReceiptSchema.parse((await receipt.json()) as SignedReceipt);

    const stopped = await bench.ask('DELETE', '/subscriptions', undefined, bearer(access));
    const after = subscriptionsSchema.parse(await stopped.json()) as Subscriptions;
    assert.ok(after.items.every(({ status }) => status !== 'active'));
    assert.equal((await maySend(bench, email)).send, false);
  });

  it('open nothing to tokens that are wrong, of another purpose or person', async () => {
    const bench = await opened(database);
    const [one, other] = [await subscribed(bench), await subscribed(bench)];
    const { unsubscribe } = await maySend(bench, one.email);
    const wrong = [
      one.token,
      tokenOf(unsubscribe!.url),
      API_KEY,
      `${one.access}x`,
      one.access.slice(0, -2),
      'x',
      '../..',
    ];
    for (const token of wrong)
      for (const [method, path, body] of [
        ['GET', '/subscriptions'],
        ['PUT', '/subscriptions', testChange({ frequency: 'weekly' })],
        ['DELETE', '/subscriptions'],
        ['GET', `/subscriptions/receipts/${one.optIn.id}`],
      ] as const) {
        const response = await bench.ask(method, path, body, bearer(token));
        assert.equal(response.status, 404, `${method} ${path} ${token}`);
      }
    const { history } = subscriptionsSchema.parse(
      await (await bench.ask('GET', '/subscriptions', undefined, bearer(one.access))).json(),
    );
    for (const { record } of history) {
      const path = `/subscriptions/receipts/${record}`;
      const theirs = await bench.ask('GET', path, undefined, bearer(other.access));
      assert.equal(await codeOf(theirs), 'receipt/unknown');
    }
    assert.equal((await maySend(bench, one.email)).send, true);
  });

  it('let the host’s session in, from pages of the same origin only (CSRF)', async () => {
    const bench = await opened(database, {
      session: (request) => {
        const [, email] = /session=([^;]+)/.exec(request.headers.get('cookie') ?? '') ?? [];
        return email === undefined ? undefined : { email };
      },
      origins: ['https://partner.example'],
    });
    const { email } = await subscribed(bench);
    const cookie = `session=${email}`;
    const own = await bench.ask('GET', '/subscriptions', undefined, { cookie });
    assert.equal(own.status, 200);
    assert.equal((await bench.ask('GET', '/subscriptions')).status, 404);
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'https://partner.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign)
      for (const [method, body] of [
        ['DELETE', undefined],
        ['PUT', testChange({ choices: [{ ...NEWSLETTER, granted: false }] })],
        ['GET', undefined],
      ] as const) {
        const response = await bench.ask(method, '/subscriptions', body, { cookie, ...headers });
        assert.ok([403, 404].includes(response.status), `${method} ${JSON.stringify(headers)}`);
      }
    assert.equal((await maySend(bench, email)).send, true);
    assert.equal((await bench.ask('DELETE', '/subscriptions', undefined, { cookie })).status, 200);
    assert.equal((await maySend(bench, email)).send, false);
  });

  it('answer the same for contacts that are known and that are not', async () => {
    const bench = await opened(database);
    const { email } = await subscribed(bench);
    const [known, unknown] = [email, address()];
    const answers = await Promise.all(
      [known, unknown].map(async (contact) => {
        const optIn = testOptIn([NEWSLETTER], { contacts: { email: contact } });
        const submitted = await bench.ask('POST', '/subscriptions', optIn);
        const link = await bench.ask('POST', '/subscriptions/link', { email: contact });
        const body = { id: randomUUID(), contact };
        const withdrawn = await bench.askHost('/withdrawals', body);
        const { id: _, ...rest } = (await submitted.json()) as { id: string };
        return [
          [submitted.status, rest],
          [link.status, await link.text()],
          [withdrawn.status, await withdrawn.text()],
        ];
      }),
    );
    assert.deepEqual(answers[0], answers[1]);
  });

  it('send a fresh link to whom it belongs', async () => {
    const bench = await opened(database);
    const { email } = await subscribed(bench);
    const count = bench.mails.length;
    assert.equal((await bench.ask('POST', '/subscriptions/link', { email })).status, 202);
    const link = await bench.lastLink();
    assert.equal(bench.mails.length, count + 1);
    assert.equal(bench.mails.at(-1)?.to, email);
    const shown = await bench.ask('GET', '/subscriptions', undefined, bearer(tokenOf(link)));
    assert.equal(shown.status, 200);
  });

  it('let the host alone speak for its customers (002-22, 002-23)', async () => {
    const bench = await opened(database);
    const email = address();
    const optIn = testOptIn([], {
      ...testGround('soft-opt-in'),
      contacts: { email },
    });
    optIn.choices = optIn.choices.filter(({ channel }) => channel === 'email');
    const choices = optIn.choices.map((choice) => ({
      ...choice,
      granted: choice.topic === 'newsletter',
    }));
    const said = { ...optIn, choices };
    const refused = await bench.ask('POST', '/subscriptions', said);
    assert.equal(await codeOf(refused), 'request/unauthorized');
    for (const key of ['x', API_KEY.toUpperCase()])
      assert.equal((await bench.ask('POST', '/subscriptions', said, bearer(key))).status, 401);
    const taken = await bench.askHost('/subscriptions', said);
    assert.equal(taken.status, 202, await taken.clone().text());
    assert.equal((await maySend(bench, email)).reason, 'soft-opt-in');
  });

  it('say truly what can be asked for, and refuse the rest', async () => {
    const read = async ({ server }: { server: PlacetServer }) =>
      ((await (await server.request('/placet/capabilities')).json()) as Capabilities).subscriptions;
    const all = await opened(database);
    assert.deepEqual(await read(all), { channels: ['email', 'sms', 'phone'], links: true });
    // Without a sender there is nothing to ask for; without an address, no link.
    const config = MARKETING_CONFIG;
    assert.equal(await read(await plain(database, { config })), undefined);
    const sms = { send: () => Promise.resolve() };
    const texting = await plain(database, { config, sms });
    assert.deepEqual(await read(texting), { channels: ['sms', 'phone'], links: false });
    assert.equal(await read(await plain(database)), undefined);
    const optIn = JSON.stringify(testOptIn([NEWSLETTER]));
    const headers = { 'content-type': 'application/json' };
    const asked = { method: 'POST', body: optIn, headers };
    const refused = await texting.server.request('/placet/subscriptions', asked);
    assert.equal(await codeOf(refused), 'opt-in/unknown-choice');
  });

  it('refuse bad requests with a problem that repeats nothing, and store nothing', async () => {
    const bench = await opened(database);
    const before = await countRecords(database);
    const optIn = testOptIn([NEWSLETTER], { contacts: { email: 'jean.dupont@example.org' } });
    const cases: [unknown, Record<string, string>, number, string][] = [
      [{ ...optIn, contacts: { email: 'jean.dupont' } }, {}, 422, 'contact/invalid'],
      [{ ...optIn, gesture: { control: 'submit', trusted: false } }, {}, 422, 'consent/no-gesture'],
      [
        { ...optIn, choices: [{ ...NEWSLETTER, topic: 'dupont', granted: true }] },
        {},
        422,
        'opt-in/unknown-choice',
      ],
      [
        { ...optIn, notice: { version: '2026-11', hash: 'ab'.repeat(32) } },
        {},
        422,
        'notice/unknown',
      ],
      [{ ...optIn, site: 'dupont' }, {}, 400, 'request/invalid'],
      [{ ...optIn, checked: true }, {}, 400, 'request/invalid'],
      ['dupont', {}, 400, 'request/unreadable'],
      [`"${'x'.repeat(70_000)}"`, {}, 413, 'request/too-large'],
      [optIn, { 'content-type': 'text/plain' }, 415, 'request/media-type'],
      [optIn, { origin: 'https://evil.example' }, 403, 'request/origin'],
      [optIn, { origin: 'null' }, 403, 'request/origin'],
    ];
    for (const [body, headers, status, code] of cases) {
      const response = await bench.ask('POST', '/subscriptions', body, headers);
      const text = await response.text();
      assert.equal(response.status, status, text);
      assert.equal(problemSchema.parse(JSON.parse(text)).code, code);
      assert.doesNotMatch(text, /dupont/);
    }
    assert.equal(await countRecords(database), before);
    await bench.server.jobs.idle();
    assert.equal(bench.mails.length, 0);
    assert.doesNotMatch(JSON.stringify(bench.lines), /dupont|example\.org/);
  });

  it('limit how much one address may ask for, and the host not', async () => {
    const bench = await opened(database, { rate: 3, addressOf: () => '203.0.113.7' });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1)
      statuses.push((await bench.ask('POST', '/subscriptions/link', { email: address() })).status);
    assert.deepEqual(statuses, [202, 202, 202, 429]);
    assert.equal((await bench.ask('GET', '/subscriptions')).status, 429);
    for (let count = 0; count < 5; count += 1)
      assert.equal((await maySend(bench, address())).send, false);
  });
});
