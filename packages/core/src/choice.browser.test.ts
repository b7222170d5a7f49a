import { expect } from '@open-wc/testing';
import { withActivation, clicked, trustedEvent } from './testing/activation.js';
import { ASKED, CONFIG, NOW, decision, stored } from './testing/config.js';
import { engines } from './testing/engines.js';
import { memoryStorage } from './testing/memory-storage.js';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The code that a promise is rejected with, or `undefined` where it is not. */
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: { code?: string }) => error.code,
  );

describe('a choice', () => {
  const setup = engines();
  const returning = (granted: string[], change = {}) =>
    setup(undefined, { storage: memoryStorage(stored({ granted, ...change })) });

  it('of everything grants every purpose that is asked, and records how (G-02)', async () => {
    const { privacy, storage } = setup();
    expect(privacy.decision).to.equal(undefined);
    await clicked(() => privacy.acceptAll());
    const { id, ...rest } = privacy.decision!;
    expect(id).to.match(UUID);
    expect(rest).to.deep.equal({
      at: NOW.toISOString(),
      notice: '2026-11',
      months: 13,
      granted: ASKED,
      denied: [],
      gesture: { control: 'accept', trusted: true },
    });
    expect(storage.values).to.have.length(1);
    for (const name of [...ASKED, 'youtube', 'marketing/youtube'])
      expect(privacy.allows(name), name).to.equal(true);
  });

  it('of nothing denies every purpose, and lasts as long (C-06, DP-20)', async () => {
    const { privacy, storage } = setup();
    await clicked(() => privacy.refuseAll());
    expect(privacy.decision!.granted).to.deep.equal([]);
    expect(privacy.decision!.denied).to.deep.equal(ASKED);
    expect(privacy.decision!.months).to.equal(13);
    expect(privacy.decision!.gesture).to.deep.equal({ control: 'refuse', trusted: true });
    expect(storage.writes[0]!.expires.toISOString()).to.equal('2027-12-22T12:00:00.000Z');
    for (const name of [...ASKED, 'youtube']) expect(privacy.allows(name), name).to.equal(false);
    for (const name of ['necessary', 'shop']) expect(privacy.allows(name), name).to.equal(true);
  });

  it('is in storage, and known to the page, when the promise resolves', async () => {
    const { privacy, storage, changes } = setup();
    const told: unknown[] = [];
    privacy.addEventListener('placet-consent-change', () => told.push(privacy.decision));
    await clicked(() => privacy.decide({ analytics: true }));
    expect(storage.read()).to.have.length(1);
    expect(told).to.deep.equal([privacy.decision]);
    expect(changes.map((event) => event.decision)).to.deep.equal([privacy.decision]);
  });

  it('denies what was not answered, and saving untouched is refusing (DP-12)', async () => {
    const { privacy } = setup();
    await clicked(() => privacy.decide({ analytics: true, unknown: true }));
    expect(privacy.decision!.granted).to.deep.equal(['analytics']);
    expect(privacy.decision!.denied).to.deep.equal(['preferences', 'marketing']);
    const other = setup();
    await clicked(() => other.privacy.decide({}));
    expect(other.privacy.decision!.granted).to.deep.equal([]);
    expect(other.privacy.decision!.denied).to.deep.equal(ASKED);
  });

  it('keeps former answers to what is not answered now, and says what it replaces', async () => {
    const { privacy } = returning(['analytics']);
    await clicked(() => privacy.decide({ 'marketing/youtube': true }));
    expect(privacy.decision!.granted).to.deep.equal(['analytics', 'marketing/youtube']);
    expect(privacy.decision!.denied).to.deep.equal(['preferences', 'marketing']);
    expect(privacy.decision!.replaces).to.deep.equal({
      id: decision().id,
      notice: '2026-11',
      reason: 'changed',
    });
  });

  it('names the control that a widget hands over', async () => {
    const { privacy } = setup();
    const event = await trustedEvent();
    await clicked(() => privacy.decide({ analytics: true }, { control: 'save', event }));
    expect(privacy.decision!.gesture).to.deep.equal({ control: 'save', trusted: true });
  });

  describe('without a gesture of the visitor', () => {
    const callers: readonly (readonly [string, (act: () => void) => void])[] = [
      ['a timer', (act) => void setTimeout(act)],
      [
        'a scroll handler',
        (act) => {
          addEventListener('scroll', act, { once: true });
          window.dispatchEvent(new Event('scroll'));
        },
      ],
      [
        'the load event',
        (act) => {
          addEventListener('load', act, { once: true });
          window.dispatchEvent(new Event('load'));
        },
      ],
    ];
    for (const [name, call] of callers) {
      it(`cannot be granted from ${name} (G-02, 002-08)`, async () => {
        const { privacy, storage, changes } = setup();
        const grants = [
          () => privacy.acceptAll(),
          () => privacy.decide({ analytics: true }),
          () => privacy.decide({ 'marketing/youtube': true, analytics: false }),
        ];
        for (const grant of grants) {
          const code = await new Promise((resolve) =>
            call(() => resolve(codeOf(withActivation(false, grant)))),
          );
          expect(code).to.equal('consent/no-gesture');
        }
        expect(storage.writes).to.deep.equal([]);
        expect(changes).to.deep.equal([]);
        expect(privacy.decision).to.equal(undefined);
      });
    }

    it('cannot be granted where the browser does not say, unless an event vouches for it', async () => {
      const { privacy } = setup();
      expect(await codeOf(withActivation(undefined, () => privacy.acceptAll()))).to.equal(
        'consent/no-gesture',
      );
      const event = await trustedEvent();
      await withActivation(undefined, () => privacy.acceptAll({ event }));
      expect(privacy.decision!.granted).to.deep.equal(ASKED);
    });

    it('cannot be granted by an event that code made, however active the page (design §3)', async () => {
      const { privacy } = setup();
      const event = new MouseEvent('click');
      expect(await codeOf(clicked(() => privacy.acceptAll({ event })))).to.equal(
        'consent/no-gesture',
      );
      expect(privacy.decision).to.equal(undefined);
      await clicked(() => privacy.refuseAll({ event, control: 'refuse' }));
      expect(privacy.decision!.gesture).to.deep.equal({ control: 'refuse', trusted: false });
    });

    it('cannot be granted by a real event that was kept for later', async () => {
      const { privacy } = setup();
      const event = await trustedEvent();
      const late = withActivation(false, () => privacy.acceptAll({ event }));
      expect(await codeOf(late)).to.equal('consent/no-gesture');
    });

    it('cannot be widened: a service, a purpose of which a service is refused', async () => {
      const { privacy } = returning(['analytics', 'marketing'], {
        denied: ['preferences', 'marketing/youtube'],
      });
      for (const name of ['preferences', 'marketing/youtube', 'marketing']) {
        const code = await codeOf(withActivation(false, () => privacy.decide({ [name]: true })));
        expect(code, name).to.equal('consent/no-gesture');
      }
      expect(privacy.allows('youtube')).to.equal(false);
      expect(privacy.allows('preferences')).to.equal(false);
    });

    it('can be refused and withdrawn, by any call', async () => {
      for (const refuse of ['refuseAll', 'withdraw'] as const) {
        const { privacy, storage } = returning(ASKED);
        await withActivation(false, () => privacy[refuse]());
        expect(privacy.decision!.granted).to.deep.equal([]);
        expect(privacy.decision!.gesture!.trusted).to.equal(false);
        expect(storage.values).to.have.length(1);
      }
    });

    it('changes nothing when it says what holds already: code cannot prolong a choice (DP-21)', async () => {
      for (const granted of [[], ['analytics'], ASKED]) {
        const { privacy, storage, changes, clock } = returning(granted);
        const before = privacy.decision;
        clock.now = new Date('2026-12-24T12:00:00Z');
        await withActivation(false, async () => {
          await privacy.decide(Object.fromEntries(granted.map((id) => [id, true])));
          await privacy.decide({});
          await privacy.withdraw('unknown');
          if (!granted.length) await privacy.refuseAll();
        });
        expect(privacy.decision).to.equal(before);
        expect(storage.writes).to.deep.equal([]);
        expect(changes).to.deep.equal([]);
      }
    });

    it('can narrow a choice, and leaves its end date where it is', async () => {
      const { privacy, storage } = returning(['analytics', 'marketing'], { months: 7 });
      await withActivation(false, () => privacy.decide({ marketing: false }));
      expect(privacy.decision!.granted).to.deep.equal(['analytics']);
      expect(privacy.decision!.at).to.equal(decision().at);
      expect(privacy.decision!.months).to.equal(7);
      expect(storage.writes.map(({ expires }) => expires.toISOString())).to.deep.equal([
        '2026-12-22T12:00:00.000Z',
      ]);
    });
  });

  describe('withdrawn', () => {
    it('for one purpose keeps the end date of what stays granted', async () => {
      const { privacy, storage } = returning(['analytics', 'marketing']);
      await clicked(() => privacy.withdraw('marketing'));
      const { id, at, months, granted, denied, gesture } = privacy.decision!;
      expect(id).not.to.equal(decision().id);
      expect({ at, months, granted, denied, gesture }).to.deep.equal({
        at: decision().at,
        months: 13,
        granted: ['analytics'],
        denied: ['preferences', 'marketing'],
        gesture: { control: 'withdraw', trusted: true },
      });
      expect(storage.writes[0]!.expires.toISOString()).to.equal('2027-06-22T12:00:00.000Z');
    });

    it('for one service keeps its purpose, named with it or alone', async () => {
      for (const name of ['youtube', 'marketing/youtube']) {
        const { privacy } = returning(['marketing']);
        await clicked(() => privacy.withdraw(name));
        expect(privacy.decision!.granted).to.deep.equal(['marketing']);
        expect(privacy.decision!.denied).to.include('marketing/youtube');
        expect(privacy.allows('youtube')).to.equal(false);
        expect(privacy.allows('maps')).to.equal(true);
      }
    });

    it('as a whole is a refusal of its own, from now on', async () => {
      const { privacy, storage } = returning(ASKED);
      await clicked(() => privacy.withdraw());
      expect(privacy.decision!.granted).to.deep.equal([]);
      expect(privacy.decision!.at).to.equal(NOW.toISOString());
      expect(storage.writes[0]!.expires.toISOString()).to.equal('2027-12-22T12:00:00.000Z');
    });

    it('for the last purpose granted is a refusal of its own too', async () => {
      const { privacy } = returning(['analytics']);
      await clicked(() => privacy.withdraw('analytics'));
      expect(privacy.decision!.granted).to.deep.equal([]);
      expect(privacy.decision!.at).to.equal(NOW.toISOString());
    });
  });

  it('waits for a config that is still on its way', async () => {
    let arrive!: (config: typeof CONFIG) => void;
    const { privacy } = setup(new Promise((resolve) => (arrive = resolve)));
    const chosen = clicked(() => privacy.acceptAll());
    expect(privacy.decision).to.equal(undefined);
    arrive(CONFIG);
    await chosen;
    expect(privacy.decision!.granted).to.deep.equal(ASKED);
  });
});
