import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { PlacetError, type OptIn } from '@placet/contract';
import fc from 'fast-check';
import type { Database } from '../database/database.js';
import { contactsCsv, withdrawnCsv } from '../import/contacts-csv.js';
import { describeOnBoth } from '../testing/both.js';
import {
  AGELESS_CONFIG,
  FROM_HOST,
  NEWSLETTER,
  OFFERS,
  later,
  testChange,
  testGround,
  testNotice,
  testOptIn,
  testSubscriptions,
} from '../testing/subscriptions.js';
import { contactLookup } from './address.js';

const CHOICES = [NEWSLETTER, OFFERS];
/** Where nobody has to have said their age first, so that everybody can grant. */
const SITE = { config: AGELESS_CONFIG };
const ACTS = [
  ...['subscribe', 'withdraw', 'withdraw-one', 'grant', 'refuse', 'import', 'sale'],
  ...['frequency', 'pause', 'send', 'restrict', 'hide', 'erase'],
] as const;
const step = fc.record({
  act: fc.constantFrom(...ACTS),
  who: fc.nat({ max: 1 }),
  what: fc.nat({ max: 1 }),
  days: fc.constantFrom(0, 1, 10, 40),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;
/** What a file says of somebody, without the order of its lines. */
type Lines = Map<string, Record<string, string>>;

describeOnBoth('the files of contacts', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());

  async function setup() {
    const opened = await testSubscriptions(database, SITE);
    const { service } = opened;
    const emails = [`${randomUUID()}@example.org`, `${randomUUID()}@example.org`];
    const read = async (csv: ReturnType<typeof contactsCsv>): Promise<Lines> => {
      const lines = parse<Record<string, string>>(await text(csv), { columns: true });
      return new Map(
        lines
          .filter(({ contact = '', channel }) => emails.includes(contact) && channel === 'email')
          .map((line) => [`${line['contact']} ${line['topic']}`, line]),
      );
    };
    return {
      ...opened,
      emails,
      hidden: new Set<string>(),
      granted: 0,
      active: () => read(contactsCsv(service.exportActive('default'))),
      withdrawn: () => read(withdrawnCsv(service.exportWithdrawn('default'))),
    };
  }
  type Bench = Awaited<ReturnType<typeof setup>>;

  async function take(bench: Bench, { act, who, what }: Step) {
    const { service, subscribe, emails, hidden, keys, clock } = bench;
    const [email, choice, site] = [emails[who]!, CHOICES[what]!, 'default'];
    const contacts = { email };
    const optIn = (more: Partial<OptIn>) => testOptIn([choice], { contacts, ...more }, SITE.config);
    // Who is not known, or hidden, changes nothing.
    const change = (changed: Parameters<typeof testChange>[0]) =>
      service
        .update(site, { contacts }, testChange({ notice: testNotice(SITE), ...changed }))
        .then(() => {
          if (act === 'grant') bench.granted += 1;
        })
        .catch((error: unknown) => {
          if (!(error instanceof PlacetError && error.code === 'token/unknown')) throw error;
        });
    const limit = async (restriction: 'restricted' | 'hidden') => {
      const row = {
        site,
        lookup: contactLookup(keys, site, email),
        request: randomUUID(),
        since: clock.now,
      };
      await database.sql
        .insertInto('restricted_contact')
        .values({ ...row, restriction })
        .execute();
    };
    // Nobody who is hidden is asked to confirm.
    if (act === 'subscribe' && !hidden.has(email)) await subscribe(optIn({}));
    if (act === 'withdraw') await service.withdraw({ site, who: { contact: email }, how: 'staff' });
    if (act === 'withdraw-one')
      await service.withdraw({ site, who: { contact: email }, how: 'tool', topic: choice.topic });
    if (act === 'grant' || act === 'refuse')
      await change({ choices: [{ ...choice, granted: act === 'grant' }] });
    if (act === 'import')
      await service.importContacts([
        {
          ...{ site, contact: email, kind: 'email', language: 'en', id: randomUUID() },
          ...{ basis: 'consent', choices: [{ ...choice, granted: true }] },
        },
      ]);
    if (act === 'sale') await service.submit(optIn({ ...testGround('soft-opt-in') }), FROM_HOST);
    if (act === 'frequency') await change({ frequency: what === 0 ? 'weekly' : 'monthly' });
    if (act === 'pause')
      await change({ pausedUntil: new Date(clock.now.getTime() + 864e6).toISOString() });
    if (act === 'send') await service.maySend({ site, contact: email, ...choice, sending: true });
    if (act === 'restrict') await limit('restricted');
    if (act === 'hide') {
      hidden.add(email);
      await limit('hidden');
    }
    if (act === 'erase') await service.erase(site, email);
  }

  it('say what may-send says, whatever came before (001-22, 001-38, 002-27)', async () => {
    let granted = 0;
    const play = async (steps: readonly Step[]) => {
      const bench = await setup();
      const { service, emails, clock } = bench;
      let days = 0;
      for (const one of steps) {
        clock.now = later((days += one.days) * 1440);
        await take(bench, one);
      }
      const [active, withdrawn] = [await bench.active(), await bench.withdrawn()];
      for (const contact of emails)
        for (const choice of CHOICES) {
          const line = `${contact} ${choice.topic}`;
          const { send, reason, proof } = await service.maySend({
            site: 'default',
            contact,
            ...choice,
          });
          assert.equal(active.has(line), send || reason === 'too-soon', `${line}: ${reason}`);
          assert.equal(Boolean(active.get(line)?.['not_before']), reason === 'too-soon', reason);
          if (active.has(line)) assert.equal(active.get(line)!['proof'], proof);
          assert.ok(!(active.has(line) && withdrawn.has(line)), `${line} is in both`);
          if (reason === 'withdrawn') assert.ok(withdrawn.has(line), `${line} withdrew`);
          if (reason === 'no-consent' || reason === 'pending')
            assert.ok(!withdrawn.has(line), `${line} never withdrew`);
        }
      granted += bench.granted;
      await bench.register.close();
    };
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 12 }), play), {
      numRuns: database.kind === 'postgres' ? 40 : 20,
    });
    assert.ok(granted > 0);
  });

  it('tell who withdrew or objected, from what and since when; of the erased, nothing (001-38, 000-32)', async () => {
    const bench = await setup();
    const { service, subscribe, emails, clock } = bench;
    const [email, other] = emails as [string, string];
    for (const each of emails) await subscribe(testOptIn(CHOICES, { contacts: { email: each } }));
    clock.now = later(10);
    const { topic } = NEWSLETTER;
    const site = 'default';
    await service.withdraw({ site, who: { contact: email }, how: 'one-click', topic });
    const since = later(10).toISOString();
    const { controller, channel } = NEWSLETTER;
    assert.deepEqual(
      [...(await bench.withdrawn()).values()],
      [{ contact: email, kind: 'email', topic, channel, controller, reason: 'withdrawn', since }],
    );
    const sale = testOptIn([NEWSLETTER], {
      ...testGround('soft-opt-in'),
      contacts: { email: other },
    });
    await service.submit(sale, FROM_HOST);
    const objected = (await bench.withdrawn()).get(`${other} offers`);
    assert.equal(objected?.['reason'], 'objected');
    await service.erase(site, other);
    assert.deepEqual([...(await bench.withdrawn()).keys()], [`${email} newsletter`]);
  });
});
