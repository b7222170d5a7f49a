import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import { choiceKey } from '@placet/contract';
import fc from 'fast-check';
import type { Database } from '../database/database.js';
import { describeOnBoth } from '../testing/both.js';
import {
  AGELESS_CONFIG,
  FROM_FORM,
  FROM_HOST,
  NEWSLETTER,
  OFFERS,
  later,
  testChange,
  testGround,
  testOptIn,
  testSubscriptions,
} from '../testing/subscriptions.js';

const CHOICES = [NEWSLETTER, OFFERS];
const ACTS = [
  'submit',
  'confirm',
  'withdraw',
  'withdraw-one',
  'import',
  'grant',
  'refuse',
  'sale',
  'erase',
] as const;

const step = fc.record({ act: fc.constantFrom(...ACTS), what: fc.nat({ max: 1 }) });

/** What one person should find, told without epochs, hashes or tables. */
interface Model {
  active: Set<string>;
  /** What only the person's own new word brings back. */
  blocked: Set<string>;
  /** Asked for and not confirmed: the messages, newest last. */
  waiting: { confirmation: number; choices: readonly string[] }[];
  isKnown: boolean;
}

describeOnBoth('a person, step by step', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());

  async function play(steps: readonly { act: (typeof ACTS)[number]; what: number }[]) {
    const { service, sent, clock, register } = await testSubscriptions(database, {
      config: AGELESS_CONFIG,
    });
    const email = `${randomUUID()}@example.org`;
    const contacts = { email };
    const site = 'default';
    const model: Model = { active: new Set(), blocked: new Set(), waiting: [], isKnown: false };
    const all = CHOICES.map(choiceKey);
    const end = (keys: readonly string[]) => {
      for (const key of keys) {
        model.active.delete(key);
        model.blocked.add(key);
      }
      model.waiting = [];
    };
    const begin = (keys: readonly string[]) => {
      for (const key of keys) {
        model.active.add(key);
        model.blocked.delete(key);
      }
    };

    async function take(act: (typeof ACTS)[number], what: number): Promise<void> {
      const choice = CHOICES[what]!;
      const key = choiceKey(choice);
      if (act === 'submit') {
        const choices = what === 0 ? [NEWSLETTER] : CHOICES;
        await service.submit(testOptIn(choices, { contacts }), FROM_FORM);
        const confirmation = sent.confirmations.length - 1;
        model.waiting.push({ confirmation, choices: choices.map(choiceKey) });
        model.isKnown = true;
      } else if (act === 'confirm') {
        // The newest message, or an old one that may be void.
        const waiting = what === 0 ? model.waiting.pop() : undefined;
        const about = sent.confirmations[waiting?.confirmation ?? 0];
        if (!about) return;
        const message = await service.issue(about.site, about.record, about.contact);
        const isLive = waiting ?? model.waiting.find(({ confirmation }) => confirmation === 0);
        assert.equal(message !== undefined, isLive !== undefined);
        if (!message || !isLive) return;
        await service.confirm({ token: message.token! });
        model.waiting = model.waiting.filter((each) => each !== isLive);
        begin(isLive.choices);
      } else if (act === 'withdraw') {
        await service.withdraw({ site, who: { contact: email }, how: 'staff' });
        end(all);
      } else if (act === 'withdraw-one') {
        const { topic } = choice;
        await service.withdraw({ site, who: { contact: email }, how: 'unsubscribe', topic });
        end([key]);
      } else if (act === 'import') {
        const [outcome] = await service.importContacts([
          {
            ...{ site, contact: email, kind: 'email', language: 'en', id: randomUUID() },
            ...{ basis: 'consent', choices: [{ ...choice, granted: true }] },
          },
        ]);
        const isActive = model.active.has(key);
        const expected = isActive ? 'unchanged' : model.blocked.has(key) ? 'suppressed' : 'granted';
        assert.equal(outcome, expected);
        if (outcome === 'suppressed') return;
        begin([key]);
        model.isKnown = true;
      } else if (act === 'grant' || act === 'refuse') {
        const granted = act === 'grant';
        const change = testChange({ choices: [{ ...choice, granted }] });
        const { items } = await service.update(site, { contacts }, change);
        if (granted) begin([key]);
        else end([key]);
        model.isKnown = true;
        const isActive = items.find((each) => choiceKey(each) === key)!.status === 'active';
        assert.equal(isActive, granted);
      } else if (act === 'sale') {
        await service.submit(
          testOptIn([choice], { ...testGround('soft-opt-in'), contacts }),
          FROM_HOST,
        );
        end(all.filter((each) => each !== key));
        if (!model.blocked.has(key)) begin([key]);
        model.isKnown = true;
      } else {
        assert.equal(await service.erase(site, email), model.isKnown);
        end(all);
        model.isKnown = false;
      }
    }

    for (const [number, { act, what }] of steps.entries()) {
      clock.now = later(number * 180);
      await take(act, what);
      for (const choice of CHOICES) {
        const { send } = await service.maySend({ site, contact: email, ...choice });
        assert.equal(send, model.active.has(choiceKey(choice)), `${number}: ${act}`);
      }
    }
    await register.close();
  }

  it('is written to exactly as their own last word says (001-22, 001-24, 002-32)', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 20 }), play), {
      numRuns: database.kind === 'postgres' ? 40 : 20,
    });
  });
});
