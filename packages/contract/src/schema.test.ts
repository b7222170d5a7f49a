import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type * as z from 'zod/mini';
import type { SiteConfig } from './config.js';
import { explainConfig, parseConfig, type siteConfigSchema } from './schema.js';
import { arbitraryConfig } from './testing/arbitrary-config.js';
import { MINIMAL, WHOLE, withPurpose, paths, refuses } from './testing/configs.js';

describe('parseConfig', () => {
  it("answers the design's example as written, but for its $schema line", () => {
    const { $schema: _, ...expected } = WHOLE;
    assert.deepEqual(explainConfig(WHOLE), []);
    assert.deepEqual(parseConfig(WHOLE), expected);
    assert.ok('$schema' in WHOLE, 'the input is left alone');
    assert.deepEqual(parseConfig(MINIMAL), MINIMAL);
  });

  it('answers what the type SiteConfig says', () => {
    type Assert<Same extends true> = Same;
    type Output = z.output<typeof siteConfigSchema>;
    type Assignable = Assert<Output extends SiteConfig ? true : false>;
    type SameKeys = Assert<keyof Output extends keyof SiteConfig | '$schema' ? true : false>;
    const checked: [Assignable, SameKeys] = [true, true];
    assert.deepEqual(checked, [true, true]);
  });

  it('accepts 10,000 random valid configurations and changes none', () => {
    fc.assert(
      fc.property(arbitraryConfig(), (config) => {
        assert.deepEqual(parseConfig(config), config);
      }),
      { numRuns: 10_000 },
    );
  });

  it('never fails but with config/invalid, whatever JSON it is given', () => {
    const keys = fc.constantFrom(...Object.keys(WHOLE), '__proto__', 'constructor', 'x');
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(keys, fc.jsonValue())), (input) => {
        const issues = explainConfig(input);
        assert.ok(issues.length > 0);
        for (const { path, problem, remedy } of issues) assert.ok(path && problem && remedy);
        assert.throws(() => parseConfig(input), { code: 'config/invalid' });
      }),
      { numRuns: 2000 },
    );
  });

  it('names every fault at once, each on a line of its own', () => {
    const input = {
      ...MINIMAL,
      notice: '',
      months: 14,
      purposes: [{ id: 'A', checked: true }, { id: 'b' }],
    };
    assert.deepEqual(paths(input).sort(), [
      'months',
      'notice',
      'purposes[0].checked',
      'purposes[0].id',
      'purposes[0].label',
      'purposes[1].label',
    ]);
    assert.throws(
      () => parseConfig(input),
      (error: Error) => error.message.split('\n').length === 7,
    );
  });

  it('runs under a policy that forbids eval, without even trying it', () => {
    const own = globalThis.Function;
    let tried = 0;
    globalThis.Function = new Proxy(own, {
      apply: () => void tried++,
      construct: () => ((tried += 1), {}),
    });
    try {
      parseConfig(WHOLE);
    } finally {
      globalThis.Function = own;
    }
    assert.equal(tried, 0);
  });
});

describe('a configuration as a whole', () => {
  it('is one object', () => {
    for (const input of [undefined, null, 'text', 13, [], [MINIMAL]]) {
      refuses(input, 'config', /configuration/, /JSON object/);
    }
  });

  it('says who answers, what version is shown, and what for', () => {
    assert.deepEqual(paths({}), ['controller', 'notice', 'purposes']);
    refuses({}, 'controller', /missing/);
    refuses({ ...MINIMAL, controller: {} }, 'controller.name', /missing/);
    refuses({ ...MINIMAL, controller: {} }, 'controller.privacyUrl', /missing/, /https:/);
    refuses({ ...MINIMAL, controller: { ...MINIMAL.controller, name: ' ' } }, 'controller.name');
  });

  it('asks the visitor something', () => {
    refuses({ ...MINIMAL, purposes: [] }, 'purposes', /Nothing/, /no banner/);
    refuses(
      { ...MINIMAL, purposes: [{ id: 'necessary', necessary: true }] },
      'purposes',
      /Nothing/,
    );
  });
});

describe('13 months (002-09)', () => {
  it('takes every whole number from 1 to 13', () => {
    for (let months = 1; months <= 13; months++) {
      assert.equal(parseConfig({ ...MINIMAL, months }).months, months);
    }
  });

  it('refuses 14 and says so', () => {
    assert.deepEqual(explainConfig({ ...MINIMAL, months: 14 }), [
      {
        path: 'months',
        problem: 'A choice may last 13 months at most (002-09)',
        remedy: 'Write 13 or less.',
      },
    ]);
  });

  for (const months of [
    0,
    -1,
    0.5,
    12.5,
    13.000001,
    24,
    1e9,
    '13',
    null,
    true,
    [13],
    Infinity,
    NaN,
  ]) {
    it(`refuses ${JSON.stringify(months)}`, () => {
      refuses({ ...MINIMAL, months }, 'months', undefined, /13/);
    });
  }

  it('has no other word for how long a choice lasts', () => {
    for (const key of [
      'expires',
      'expiresAfterDays',
      'days',
      'maxAge',
      'ttl',
      'cookieExpiration',
      'refuseMonths',
      'acceptMonths',
      'lifetime',
    ]) {
      refuses({ ...MINIMAL, [key]: 365 }, key, /not a key/);
      refuses({ ...MINIMAL, cookie: { [key]: 365 } }, `cookie.${key}`, /not a key/, /`months`/);
      refuses(withPurpose({ id: 'marketing', [key]: 365 }), `purposes[1].${key}`, /not a key/);
    }
    refuses(
      withPurpose({ id: 'marketing', months: 24 }),
      'purposes[1].months',
      /not a key/,
      /top of/,
    );
  });
});
