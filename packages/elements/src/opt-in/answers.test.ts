import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { optInForm, fillText, type SiteConfig } from '@placet/contract';
import { texts } from '@placet/contract/locales/opt-in/en.js';
import fc from 'fast-check';
import { marketingConfig } from '../testing/marketing.js';
import { contentOf, isEmail, isPhone, type FieldName } from './answers.js';
import { faultsOf } from './faults.js';

/** The seed is fixed: a failure must be found again. Another one may be tried any time. */
const TRIES = { numRuns: 2_000, seed: 20261122 };

const formOf = (config: SiteConfig, basis?: 'consent' | 'soft-opt-in' | 'b2b') =>
  optInForm({
    ...{ config, language: 'en', basis },
    text: (name, values) => fillText(texts[name], values),
  });

describe('what an opt-in form amounts to', () => {
  it('lets addresses and numbers pass as people write them, and catches slips', () => {
    for (const right of ['ada@example.org', 'a.b+c@sub.example.co.uk', 'é@exämple.fr'])
      assert.ok(isEmail(right), right);
    for (const wrong of ['', 'ada', 'ada@', '@example.org', 'ada@example', 'a b@c.de', 'a@b@c.de'])
      assert.ok(!isEmail(wrong), wrong);
    for (const right of [
      '+33 6 12 34 56 78',
      '0033612345678',
      '+1 (415) 555-2671',
      '+33.6/12-345678',
    ])
      assert.ok(isPhone(right), right);
    for (const wrong of ['', '+33', 'call me', '+33 6 12 x', '06 12 34 56 78', '+1234567890123456'])
      assert.ok(!isPhone(wrong), wrong);
    assert.ok(isPhone('06 12 34 56 78', 'FR'));
    assert.ok(!isPhone('06', 'FR'));
  });

  it('never grants what is not ticked, never drops what is, and carries no contact in vain (001-29)', () => {
    const config = marketingConfig({ minimumAge: 15, frequencies: ['weekly'] });
    const keys = formOf(config).boxes.map(({ key }) => key);
    fc.assert(
      fc.property(
        fc.subarray(keys),
        fc.constantFrom('consent' as const, 'soft-opt-in' as const, 'b2b' as const),
        fc.record({
          email: fc.constantFrom('', 'ada@', 'ada@example.org'),
          phone: fc.constantFrom('', '06', '+33612345678'),
          age: fc.constantFrom('', 'over', 'under'),
          guardian: fc.constantFrom('', 'mum@', 'mum@example.org'),
          frequency: fc.constantFrom('', 'weekly'),
        }),
        (ticks, basis, typed: Partial<Record<FieldName, string>>) => {
          const form = formOf(config, basis);
          const ticked = new Set(ticks);
          const answers = { form, ticked, value: (name: FieldName) => typed[name] ?? '' };
          const content = contentOf(answers);
          const isConsent = basis === 'consent';
          assert.deepEqual(
            content.choices
              .filter(({ granted }) => granted === isConsent)
              .map(({ topic, channel, controller }) => `${topic}/${channel}/${controller}`),
            ticks,
          );
          if (isConsent && !ticks.length)
            assert.deepEqual(Object.keys(content), ['choices', 'contacts']);
          if (isConsent && !ticks.length) assert.deepEqual(content.contacts, {});
          const isWhole = Object.keys(faultsOf(answers)).length === 0;
          if (isConsent) assert.equal(content.missing === undefined, isWhole);
          if (content.guardian) assert.equal(typed.age, 'under');
          if (isConsent && typed.age !== 'over' && !content.guardian)
            assert.deepEqual(content.contacts, {});
        },
      ),
      TRIES,
    );
  });
});
