import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Basis, Channel, OptIn } from './opt-in.js';
import { canonicalOptIn, missingContacts, neededContacts, sameOptIn } from './rules.js';
import type { HashedOptIn } from './rules.js';

const choice = (channel: Channel, granted: boolean) => ({
  topic: 'newsletter',
  channel,
  controller: 'default',
  granted,
});

const OPT_IN: HashedOptIn = {
  id: '7b0e8c5e-6f0d-4a53-9d5e-0c5a1d2e3f40',
  at: '2026-11-22T10:00:00.000Z',
  choices: [choice('email', true), choice('sms', false)],
  contacts: { email: 'a@example.org' },
  notice: { version: '1', hash: 'a'.repeat(64) },
  gesture: { control: 'submit', trusted: true },
  language: 'en',
  page: 'https://shop.example/',
};

describe('what an opt-in still needs', () => {
  const rows: readonly (readonly [
    what: string,
    choices: OptIn['choices'],
    contacts: OptIn['contacts'],
    missing: readonly string[],
    basis?: Basis,
  ])[] = [
    ['nothing ticked', [choice('email', false)], {}, []],
    ['an address', [choice('email', true)], {}, ['email']],
    ['a blank address', [choice('email', true)], { email: ' ' }, ['email']],
    ['a number, for an SMS', [choice('sms', true)], { email: 'a@b.example' }, ['phone']],
    ['a number, for a call', [choice('phone', true)], {}, ['phone']],
    ['both', [choice('sms', true), choice('email', true)], {}, ['email', 'phone']],
    ['neither', [choice('email', true)], { email: 'a@b.example' }, []],
    ['an address, for an objection', [choice('email', false)], {}, ['email'], 'soft-opt-in'],
    ['an address, for a professional', [choice('email', false)], {}, ['email'], 'b2b'],
  ];
  for (const [what, choices, contacts, missing, basis] of rows)
    it(`is told: ${what}`, () => {
      const optIn = { choices, contacts, ...(basis && { basis }) };
      assert.deepEqual(missingContacts(optIn), missing);
      for (const kind of missing) assert.ok(neededContacts(optIn).some((each) => each === kind));
    });
});

describe('the same opt-in again', () => {
  it('is a repetition, whatever form it has', () => {
    const again: readonly Partial<HashedOptIn>[] = [
      {},
      { at: '2026-11-22T10:00:00Z' },
      { choices: [...OPT_IN.choices].reverse() },
      { basis: 'consent' },
      { site: 'default' },
      { missing: [] },
    ];
    for (const more of again) assert.ok(sameOptIn(OPT_IN, { ...OPT_IN, ...more }));
  });

  it('is another one if it says one other thing', () => {
    const others: readonly Partial<HashedOptIn>[] = [
      { id: '7b0e8c5e-6f0d-4a53-9d5e-0c5a1d2e3f41' },
      { at: '2026-11-22T10:00:00.001Z' },
      { choices: [choice('email', true)] },
      { choices: [choice('email', true), choice('sms', true)] },
      { basis: 'b2b' },
      { contacts: { email: 'b@example.org' } },
      { contacts: { email: 'a@example.org', phone: '+33612345678' } },
      { frequency: 'monthly' },
      { age: 'over' },
      { age: 'under' },
      { guardian: { email: 'p@example.org' } },
      { sale: { id: '1' } },
      { profession: { role: 'hotel manager', source: 'trade fair' } },
      { conditions: ['same-controller'] },
      { notice: { version: '2', hash: 'a'.repeat(64) } },
      { notice: { version: '1', hash: 'b'.repeat(64) } },
      { gesture: { control: 'submit', trusted: false } },
      { language: 'fr' },
      { page: 'https://shop.example/other' },
      { site: 'shop-2' },
    ];
    for (const more of others)
      assert.ok(!sameOptIn(OPT_IN, { ...OPT_IN, ...more }), JSON.stringify(more));
  });

  it('tells the same age by a parent alone', () => {
    const guardian = { email: 'p@example.org' };
    assert.ok(sameOptIn({ ...OPT_IN, guardian }, { ...OPT_IN, guardian, age: 'under' }));
  });

  it('is compared by what it says, whatever else the object carries', () => {
    const more = { ...OPT_IN, extra: 1, notice: { ...OPT_IN.notice, text: 'x' } };
    assert.equal(canonicalOptIn(more), canonicalOptIn(OPT_IN));
  });
});
