import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { Webhook } from 'standardwebhooks';
import type { Choosable, OptInChoice } from '@placet/contract';
import type { Database } from '../database/database.js';
import { closedAfterEach } from '../testing/closing.js';
import { testDatabase } from '../testing/database.js';
import { formFields, optInServer, tokenOf } from '../testing/opt-in-server.js';
import { NOW } from '../testing/register.js';
import { countRecords } from '../testing/server.js';
import { NEWSLETTER, OFFERS, testChange, testOptIn } from '../testing/subscriptions.js';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const LIMIT = 3;

describe('A withdrawal is never one too many', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  const opened = closedAfterEach(optInServer);
  const limited = () =>
    opened(database, {
      rate: LIMIT,
      addressOf: () => '203.0.113.7',
      tools: [{ id: 'crm', url: 'http://127.0.0.1:9/hook', secret: SECRET }],
    });
  const statuses = async (ask: () => Promise<Response>) => {
    const all: number[] = [];
    for (let count = 0; count <= LIMIT; count += 1) all.push((await ask()).status);
    return all;
  };

  it('if one of the owner’s tools signed it; what nobody signed is counted (001-38)', async () => {
    const bench = await limited();
    const tell = (secret: string) => {
      const id = randomUUID();
      const body = JSON.stringify({ id, contact: `${id}@example.org` });
      return bench.ask('POST', '/withdrawals', body, {
        'webhook-id': id,
        'webhook-timestamp': String(NOW.getTime() / 1000),
        'webhook-signature': new Webhook(secret).sign(id, NOW, body),
      });
    };
    assert.deepEqual(await statuses(() => tell(SECRET)), [200, 200, 200, 200]);
    const other = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
    assert.deepEqual(await statuses(() => tell(other)), [401, 401, 401, 429]);
    assert.equal((await tell(SECRET)).status, 200);
  });

  it('if more is asked for in the same breath: what ends has ended before the rest is one too many (001-35, 001-38)', async () => {
    const bench = await limited();
    const email = `${randomUUID()}@example.org`;
    const optIn = testOptIn([NEWSLETTER, OFFERS], { contacts: { email } });
    await bench.askHost('/subscriptions', optIn);
    const token = tokenOf(await bench.lastLink());
    const confirmed = await bench.ask('POST', '/subscriptions/confirm', { token });
    const { access } = (await confirmed.json()) as { access: string };
    const headers = { authorization: `Bearer ${access}` };
    const page = await bench.ask('GET', `/subscriptions/manage?token=${access}`);
    const { action, fields } = formFields(await page.text(), 1);
    const frequency = () =>
      bench.ask('PUT', '/subscriptions', testChange({ frequency: null }), headers);
    assert.equal((await statuses(frequency)).at(-1), 429);
    const sends = async (choice: Choosable) => {
      const response = await bench.askHost('/may-send', { contact: email, ...choice });
      return ((await response.json()) as { send: boolean }).send;
    };

    const swap = testChange({
      choices: [
        { ...NEWSLETTER, granted: false },
        { ...OFFERS, granted: true },
      ],
    });
    const put = () => bench.ask('PUT', '/subscriptions', swap, headers);
    assert.equal((await put()).status, 429);
    assert.deepEqual([await sends(NEWSLETTER), await sends(OFFERS)], [false, true]);
    const records = await countRecords(database);
    assert.deepEqual(await statuses(put), [429, 429, 429, 429]);
    assert.equal(await countRecords(database), records, 'again: nothing changes');
    fields.delete('choice');
    fields.set('pause', '3');
    assert.equal((await bench.ask('POST', action, fields)).status, 429);
    assert.deepEqual([await sends(NEWSLETTER), await sends(OFFERS)], [false, false]);
  });

  it('if it is made in the preference centre, with a script or without; what adds is counted (001-35, 001-38)', async () => {
    const bench = await limited();
    const email = `${randomUUID()}@example.org`;
    const optIn = testOptIn([NEWSLETTER, OFFERS], { contacts: { email } });
    assert.equal((await bench.askHost('/subscriptions', optIn)).status, 202);
    const token = tokenOf(await bench.lastLink());
    const confirmed = await bench.ask('POST', '/subscriptions/confirm', { token });
    const { access } = (await confirmed.json()) as { access: string };
    const put = (choices: OptInChoice[]) =>
      bench.ask('PUT', '/subscriptions', testChange({ choices }), {
        authorization: `Bearer ${access}`,
      });
    const page = await bench.ask('GET', `/subscriptions/manage?token=${access}`);
    const { action, fields } = formFields(await page.text(), 1);
    assert.deepEqual(fields.getAll('choice').length, 2);

    const add = await statuses(() => put([{ ...NEWSLETTER, granted: true }]));
    assert.equal(add.at(-1), 429);
    assert.deepEqual(
      await statuses(() => put([{ ...NEWSLETTER, granted: false }])),
      [200, 200, 200, 200],
    );
    fields.delete('choice');
    const saved = await bench.ask('POST', action, fields);
    assert.equal(saved.status, 200);
    const { send } = (await (
      await bench.askHost('/may-send', { contact: email, ...OFFERS })
    ).json()) as { send: boolean };
    assert.equal(send, false);
  });
});
