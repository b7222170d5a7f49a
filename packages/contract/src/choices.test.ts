import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { entriesFor, isAdvertising, isAllowed, settle, type Entries } from './choices.js';
import { isNecessary, type Purpose, type Regime } from './config.js';
import { arbitraryPurposes } from './testing/arbitrary-config.js';

const service = (id: string) => ({ id, name: id, owner: 'Owner' });
const PURPOSES: readonly Purpose[] = [
  { id: 'necessary', necessary: true, services: [service('shop')] },
  { id: 'security', necessary: true, label: 'Security' },
  { id: 'analytics', services: [service('matomo'), service('clarity')] },
  { id: 'marketing', services: [service('youtube'), service('maps')] },
  { id: 'chat', label: 'Chat', services: [service('maps')] },
];
const NONE: Entries = { granted: [], denied: [] };
const asked = (purposes: readonly Purpose[]) => purposes.filter((each) => !isNecessary(each));
const namesOf = (purposes: readonly Purpose[]) =>
  purposes.flatMap(({ id, services = [] }) => [
    id,
    ...services.flatMap((each) => [each.id, `${id}/${each.id}`]),
  ]);

/** Purposes with answers to some of their names and to some unknown ones. */
const answered = arbitraryPurposes().chain((purposes) =>
  fc.record({
    purposes: fc.constant(purposes),
    choices: fc.dictionary(fc.constantFrom(...namesOf(purposes), 'unknown', 'a/b'), fc.boolean(), {
      noNullPrototype: true,
    }),
    more: fc.dictionary(fc.constantFrom(...namesOf(purposes)), fc.boolean(), {
      noNullPrototype: true,
    }),
  }),
);

describe('entriesFor', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['analytics', ['analytics']],
    ['marketing/youtube', ['marketing/youtube']],
    ['youtube', ['marketing/youtube']],
    ['maps', ['marketing/maps', 'chat/maps']],
    ['unknown', []],
    ['unknown/youtube', []],
    ['', []],
    ['constructor', []],
  ];
  for (const [name, expected] of rows) {
    it(`finds ${expected.join(' and ') || 'nothing'} for "${name}"`, () => {
      const found = entriesFor(name, PURPOSES).map(([{ id }, one]) => (one ? `${id}/${one}` : id));
      assert.deepEqual(found, expected);
    });
  }
});

describe('isAllowed', () => {
  it('denies everything but the necessary while nothing is decided (G-01)', () => {
    for (const name of namesOf(asked(PURPOSES))) {
      assert.equal(isAllowed(name, PURPOSES, undefined), false, name);
      assert.equal(isAllowed(name, PURPOSES, undefined, 'opt-in', true), false, name);
    }
    for (const name of ['necessary', 'security', 'shop', 'necessary/shop']) {
      assert.equal(isAllowed(name, PURPOSES, undefined), true, name);
      assert.equal(isAllowed(name, PURPOSES, { granted: [], denied: ['security'] }), true, name);
    }
  });

  it('knows no unknown name, whatever was granted', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom<Regime>('opt-in', 'opt-out', 'notice'),
        (name, regime) => {
          fc.pre(
            !namesOf(PURPOSES).includes(name) &&
              !PURPOSES.some(({ id }) => name.startsWith(`${id}/`)),
          );
          assert.equal(isAllowed(name, PURPOSES, undefined, regime), false);
          assert.equal(isAllowed(name, PURPOSES, { granted: [name], denied: [] }, regime), false);
        },
      ),
    );
  });

  it("lets a service's own entry win over its purpose's, both ways", () => {
    const one: Entries = { granted: ['marketing/youtube'], denied: ['marketing'] };
    assert.equal(isAllowed('marketing/youtube', PURPOSES, one), true);
    assert.equal(isAllowed('youtube', PURPOSES, one), true);
    assert.equal(isAllowed('marketing', PURPOSES, one), false);
    assert.equal(isAllowed('marketing/maps', PURPOSES, one), false);

    const other: Entries = { granted: ['marketing'], denied: ['marketing/youtube'] };
    assert.equal(isAllowed('youtube', PURPOSES, other), false);
    assert.equal(isAllowed('marketing', PURPOSES, other), true);
    assert.equal(isAllowed('marketing/maps', PURPOSES, other), true);
  });

  it('allows a service of two purposes where either is granted', () => {
    assert.equal(isAllowed('maps', PURPOSES, { granted: ['chat'], denied: ['marketing'] }), true);
    assert.equal(
      isAllowed('maps', PURPOSES, { granted: [], denied: ['marketing', 'chat'] }),
      false,
    );
  });

  it('treats a regime that it does not know as the strictest', () => {
    assert.equal(isAllowed('analytics', PURPOSES, undefined, 'anything' as Regime), false);
  });

  it('runs undecided purposes where the regime is laxer, but not against a decision', () => {
    for (const regime of ['opt-out', 'notice'] as const) {
      assert.equal(isAllowed('analytics', PURPOSES, undefined, regime), true);
      assert.equal(
        isAllowed('analytics', PURPOSES, { granted: [], denied: ['analytics'] }, regime),
        false,
      );
      assert.equal(isAllowed('analytics', PURPOSES, NONE, regime), false);
    }
  });

  it('never grants because of Global Privacy Control, and holds advertising back (DP-30, U-01)', () => {
    fc.assert(
      fc.property(
        answered,
        fc.boolean(),
        fc.constantFrom<Regime>('opt-in', 'opt-out', 'notice'),
        ({ purposes, choices }, decided, regime) => {
          const decision = decided ? settle(choices, purposes) : undefined;
          for (const name of namesOf(purposes)) {
            const without = isAllowed(name, purposes, decision, regime, false);
            const withSignal = isAllowed(name, purposes, decision, regime, true);
            assert.ok(without || !withSignal, `${name} was granted by the signal`);
          }
          for (const purpose of asked(purposes).filter(isAdvertising)) {
            assert.equal(isAllowed(purpose.id, purposes, undefined, regime, true), false);
          }
        },
      ),
    );
  });

  it('does as a plain model of the rules does', () => {
    fc.assert(
      fc.property(answered, ({ purposes, choices }) => {
        const { granted, denied } = settle(choices, purposes);
        for (const purpose of purposes) {
          for (const { id } of purpose.services ?? []) {
            const own = `${purpose.id}/${id}`;
            const expected =
              isNecessary(purpose) ||
              (granted.includes(own)
                ? true
                : denied.includes(own)
                  ? false
                  : granted.includes(purpose.id));
            assert.equal(isAllowed(own, purposes, { granted, denied }), expected, own);
          }
        }
      }),
    );
  });
});

describe('isAdvertising', () => {
  it('is told by the id or by an ad signal, the default ones included', () => {
    assert.equal(isAdvertising({ id: 'marketing' }), true);
    assert.equal(isAdvertising({ id: 'marketing', signals: [] }), true);
    assert.equal(isAdvertising({ id: 'video', signals: ['ad_user_data'] }), true);
    assert.equal(isAdvertising({ id: 'analytics' }), false);
    assert.equal(isAdvertising({ id: 'video' }), false);
  });
});

describe('settle', () => {
  it('refuses everything when nothing is touched (DP-12)', () => {
    fc.assert(
      fc.property(arbitraryPurposes(), (purposes) => {
        const refused = asked(purposes).map(({ id }) => id);
        assert.deepEqual(settle({}, purposes), { granted: [], denied: refused });
        const allOff = Object.fromEntries(refused.map((id) => [id, false]));
        assert.deepEqual(settle(allOff, purposes), settle({}, purposes));
      }),
    );
  });

  it('never lists the necessary, an unknown name or an entry twice, and always every purpose asked', () => {
    fc.assert(
      fc.property(answered, ({ purposes, choices }) => {
        const { granted, denied } = settle(choices, purposes);
        const all = [...granted, ...denied];
        assert.equal(new Set(all).size, all.length);
        const known = new Set(
          asked(purposes).flatMap(({ id, services = [] }) => [
            id,
            ...services.map((each) => `${id}/${each.id}`),
          ]),
        );
        assert.ok(all.every((entry) => known.has(entry)));
        assert.ok(asked(purposes).every(({ id }) => all.includes(id)));
      }),
    );
  });

  it('gives every answer back through isAllowed', () => {
    fc.assert(
      fc.property(answered, ({ purposes, choices }) => {
        const decision = settle(choices, purposes);
        for (const { id, services = [] } of asked(purposes)) {
          assert.equal(isAllowed(id, purposes, decision), choices[id] ?? false);
          for (const each of services) {
            const own = `${id}/${each.id}`;
            assert.equal(isAllowed(own, purposes, decision), choices[own] ?? choices[id] ?? false);
          }
        }
      }),
    );
  });

  it('keeps former answers to what is not answered now', () => {
    fc.assert(
      fc.property(answered, ({ purposes, choices, more }) => {
        const former = settle(choices, purposes);
        const now = settle(more, purposes, former);
        for (const { id, services = [] } of asked(purposes)) {
          assert.equal(isAllowed(id, purposes, now), more[id] ?? isAllowed(id, purposes, former));
          for (const each of services) {
            const own = `${id}/${each.id}`;
            const kept = former.granted.includes(own) || former.denied.includes(own);
            const expected =
              more[own] ??
              more[id] ??
              (kept ? former.granted.includes(own) : isAllowed(id, purposes, former));
            assert.equal(isAllowed(own, purposes, now), expected, own);
          }
        }
        assert.deepEqual(settle({}, purposes, former), former);
      }),
    );
  });

  it('settles the services of a purpose that is answered as a whole', () => {
    const former: Entries = {
      granted: ['marketing/youtube'],
      denied: ['analytics', 'marketing', 'chat'],
    };
    assert.deepEqual(settle({ marketing: false }, PURPOSES, former), {
      granted: [],
      denied: ['analytics', 'marketing', 'chat'],
    });
    assert.deepEqual(settle({ analytics: true }, PURPOSES, former), {
      granted: ['analytics', 'marketing/youtube'],
      denied: ['marketing', 'chat'],
    });
  });

  it('grants for nothing but true, whatever the page passes (DP-10)', () => {
    for (const answer of ['false', 'true', 1, {}, []]) {
      const choices = { analytics: answer } as unknown as Record<string, boolean>;
      assert.deepEqual(settle(choices, PURPOSES).granted, [], String(answer));
    }
    assert.deepEqual(settle({}, [{ id: 'constructor', label: 'Construction' }]).granted, []);
  });
});
