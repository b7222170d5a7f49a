import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import {
  choiceKey,
  contactKindOf,
  type Choosable,
  type Confirmation,
  type ContactKind,
} from '@placet/contract';
import fc from 'fast-check';
import type { Database } from '../database/database.js';
import { verifyDatabase } from '../log/verify.js';
import { describeOnBoth } from '../testing/both.js';
import { NOW } from '../testing/register.js';
import {
  AGELESS_CONFIG,
  FROM_FORM,
  NEWSLETTER,
  OFFERS,
  SMS,
  testChange,
  testOptIn,
  testSubscriptions,
} from '../testing/subscriptions.js';

/** What somebody does at some moment of a round; who and what are picked by number. */
type Act =
  | {
      do: 'submit' | 'withdraw' | 'withdraw-one' | 'erase' | 'import' | 'ask' | 'sending';
      who: number;
      what: number;
    }
  | { do: 'confirm' | 'one-click' | 'grant' | 'refuse'; who: number; what: number };

interface Step {
  act: Act;
  /** Turns of the event loop that it waits for. */
  after: number;
}

/** A stretch of the run's own time: the order in which things began and ended. */
interface Span {
  from: number;
  to: number;
}

/** Nobody is asked their age, so that everybody may add messages in the preference centre. */
const SITE = { config: AGELESS_CONFIG };
const CHOICES = [NEWSLETTER, OFFERS, SMS];
const step = fc.record({
  act: fc.record({
    do: fc.constantFrom<Act['do']>(
      'submit',
      'submit',
      'confirm',
      'confirm',
      'confirm',
      'withdraw',
      'withdraw-one',
      'erase',
      'one-click',
      'import',
      'grant',
      'refuse',
      'ask',
      'ask',
      'sending',
    ),
    who: fc.nat({ max: 1 }),
    what: fc.nat({ max: 7 }),
  }),
  after: fc.nat({ max: 6 }),
});
const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 7 }), {
  minLength: 1,
  maxLength: 6,
});

describeOnBoth('opt-ins and withdrawals at once', (open) => {
  let database: Database;
  before(async () => {
    database = await open();
  });
  after(() => database.close());

  async function play(plan: readonly (readonly Step[])[]): Promise<void> {
    await connect(database);
    const all = [await testSubscriptions(database, SITE), await testSubscriptions(database, SITE)];
    const run = randomUUID().slice(0, 8);
    const digits = String(Math.floor(Math.random() * 1e6)).padStart(6, '0');
    const people = [0, 1].map((number) => ({
      email: `${run}-${number}@example.org`,
      phone: `+3361${number}${digits}`,
    }));
    let time = 0;
    /** Whole opt-ins: those that may hold are the ones that began late enough. */
    const begun: { address: string; choice: string; from: number }[] = [];
    const ended: { address: string; covers(choice: Choosable): boolean; span: Span }[] = [];
    const contacts = new Map<string, string>();
    const accesses = new Map<string, string>();

    const addressOf = (who: number, choice: Choosable) =>
      people[who]![contactKindOf(choice.channel)];
    const begin = (who: number, choices: readonly Choosable[]) => {
      for (const choice of choices)
        begun.push({ address: addressOf(who, choice), choice: choiceKey(choice), from: time });
    };

    /**
     * Yes is right only if something began after every withdrawal that had been acknowledged began:
     * of what began in between nobody can say whether it came before or after.
     */
    async function ask(who: number, choice: Choosable, sending = false): Promise<void> {
      const from = (time += 1);
      const contact = addressOf(who, choice);
      const { service } = all[from % 2]!;
      const { send } = await service.maySend({ site: 'default', ...choice, contact, sending });
      if (!send) return;
      const last = Math.max(
        0,
        ...ended
          .filter((each) => each.address === contact && each.covers(choice) && each.span.to < from)
          .map(({ span }) => span.from),
      );
      const isNew = begun.some(
        (each) => each.address === contact && each.choice === choiceKey(choice) && each.from > last,
      );
      assert.ok(isNew, `${contact} ${choiceKey(choice)} was sent to after a withdrawal`);
    }

    async function act({ act: { do: what, who, what: pick }, after: turns }: Step, at: number) {
      for (let turn = 0; turn < turns; turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
      const { service } = all[at % 2]!;
      const choice = CHOICES[pick % CHOICES.length]!;
      const person = people[who]!;
      const span: Span = { from: (time += 1), to: 0 };
      const acknowledge = (kinds: readonly ContactKind[], covers: (one: Choosable) => boolean) => {
        span.to = time += 1;
        for (const kind of kinds) ended.push({ address: person[kind], covers, span });
      };
      if (what === 'ask' || what === 'sending') return ask(who, choice, what === 'sending');
      if (what === 'submit') {
        const choices = CHOICES.filter((_, index) => ((pick + 1) >> index) & 1);
        begin(who, choices);
        const optIn = testOptIn(choices, { contacts: person });
        // Refused where the person is erased meanwhile.
        await mayFail(service.submit(optIn, FROM_FORM), 'server/unavailable');
      } else if (what === 'import') {
        // Nobody comes back by an import: it begins nothing for those who withdrew.
        const address = addressOf(who, choice);
        if (!ended.some((each) => each.address === address && each.covers(choice)))
          begin(who, [choice]);
        await service.importContacts([
          {
            site: 'default',
            contact: address,
            kind: contactKindOf(choice.channel),
            language: 'en',
            choices: [{ ...choice, granted: true }],
            basis: 'consent',
            id: randomUUID(),
          },
        ]);
      } else if (what === 'confirm') {
        const waiting = all.flatMap((each) => each.sent.confirmations);
        const about = waiting[(waiting.length * 8 - 1 - pick) % waiting.length];
        if (!about) return;
        const message = await service.issue(about.site, about.record, about.contact);
        if (!message) return;
        contacts.set(message.address, about.contact);
        const id = message.code && (await idOf(about.record));
        // Erased since.
        if (message.code && id === undefined) return;
        const proof: Confirmation = message.code
          ? { id: id!, code: message.code }
          : { token: message.token! };
        const confirmed = await mayFail(service.confirm(proof), 'token/unknown');
        if (confirmed) accesses.set(message.address, confirmed.access ?? '');
      } else if (what === 'withdraw') {
        const kind = contactKindOf(choice.channel);
        await service.withdraw({ site: 'default', who: { contact: person[kind] }, how: 'staff' });
        acknowledge([kind], () => true);
      } else if (what === 'withdraw-one') {
        const { channel, topic } = choice;
        const contact = addressOf(who, choice);
        await service.withdraw({ site: 'default', who: { contact }, how: 'tool', channel, topic });
        acknowledge([contactKindOf(channel)], (one) => choiceKey(one) === choiceKey(choice));
      } else if (what === 'erase') {
        const kind = contactKindOf(choice.channel);
        await service.erase('default', person[kind]);
        acknowledge([kind], () => true);
      } else if (what === 'one-click') {
        const contact = contacts.get(person.email);
        if (!contact) return;
        const { unsubscribe } = service.linksFor('default', contact, {});
        await service.withdraw({ site: 'default', who: { token: unsubscribe }, how: 'one-click' });
        acknowledge(['email'], () => true);
      } else {
        const granted = what === 'grant';
        if (granted) begin(who, [choice]);
        const change = testChange({ choices: [{ ...choice, granted }] });
        // By the link of a message half of the time, by the host's session else.
        const token = accesses.get(person.email);
        const isByLink = token !== undefined && pick % 2 === 0;
        const who2 = isByLink ? { token } : { contacts: person };
        // A link opens nothing once its contact is erased.
        const changed = await mayFail(service.update('default', who2, change), 'token/unknown');
        if (!granted && changed)
          acknowledge(
            [contactKindOf(choice.channel)],
            (one) => choiceKey(one) === choiceKey(choice),
          );
      }
    }

    async function idOf(record: string): Promise<string | undefined> {
      const known = await all[0]!.register.optIn('default', { record });
      return known?.about.decision;
    }

    for (const [number, round] of plan.entries()) {
      for (const { clock } of all) clock.now = new Date(NOW.getTime() + number * 3 * 3_600_000);
      await Promise.all(round.map(act));
      for (const who of [0, 1]) for (const choice of CHOICES) await ask(who, choice);
    }
    for (const { register } of all) await register.close();
  }

  it('ends withdrawn or erased whatever comes in whatever order, and nobody waits in a circle (001-24, 001-39, 002-32)', async () => {
    await fc.assert(fc.asyncProperty(rounds, play), {
      numRuns: database.kind === 'postgres' ? 25 : 10,
    });
  });

  it('confirms nothing that was being asked for when a withdrawal was acknowledged (001-24)', async () => {
    const { service, sent, subscribe, register, clock } = await testSubscriptions(database, SITE);
    const site = 'default';
    await connect(database);
    for (let turns = 0; turns < 24; turns += 1) {
      clock.now = new Date(NOW.getTime() + turns * 3_600_000);
      const contacts = { email: `${randomUUID()}@example.org` };
      // Of somebody known half of the time, else of a stranger.
      if (turns % 2 === 1) await subscribe(testOptIn([NEWSLETTER], { contacts }));
      const from = sent.confirmations.length;
      const change = testChange({ choices: [{ ...OFFERS, granted: true }] });
      const asking = [
        service.submit(testOptIn([NEWSLETTER, OFFERS], { contacts }), FROM_FORM),
        service.update(site, { contacts }, change),
      ];
      for (let turn = 0; turn < turns / 2; turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
      await service.withdraw({ site, who: { contact: contacts.email }, how: 'staff' });
      await Promise.all(asking);
      for (const { record, contact } of sent.confirmations.slice(from)) {
        const message = await service.issue(site, record, contact);
        if (message) await mayFail(service.confirm({ token: message.token! }), 'token/unknown');
      }
      for (const choice of [NEWSLETTER, OFFERS]) {
        const { send } = await service.maySend({ site, contact: contacts.email, ...choice });
        assert.equal(send, false, `${choice.topic} after ${turns} turns`);
      }
    }
    await register.close();
  });

  it('leaves a log that verifies and tells of nobody (001-33)', async () => {
    const { register, keys } = await testSubscriptions(database, SITE);
    await register.close();
    const faults = [];
    for await (const fault of verifyDatabase(database, keys)) faults.push(fault);
    assert.deepEqual(faults, []);
    const rows = await database.sql.selectFrom('record').select('body').execute();
    assert.ok(rows.length > 20);
    for (const { body } of rows) assert.doesNotMatch(body, /@|example\.org|\+33/);
  });
});

/** Opens all connections, so that whoever begins first also asks the database first. */
async function connect({ kind, sql: db }: Database): Promise<void> {
  if (kind === 'embedded') return;
  const all = Array.from({ length: 10 }, () => db.startTransaction().execute());
  for (const transaction of await Promise.all(all)) await transaction.rollback().execute();
}

/** The answer, or `undefined` where it was refused as it may be. */
async function mayFail<Result>(
  promise: Promise<Result>,
  code: string,
): Promise<Result | undefined> {
  try {
    return await promise;
  } catch (error) {
    if ((error as { code?: string }).code === code) return undefined;
    throw error;
  }
}
