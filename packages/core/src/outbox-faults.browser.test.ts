import { expect } from '@open-wc/testing';
import { memoryAdapter, type ConsentRecord, type VisitorAdapter } from '@placet/contract';
import fc from 'fast-check';
import { CONFIG } from './testing/config.js';
import { fairLocks } from './testing/locks.js';
import { createWorld, turn, type Fault, type Tab, type World } from './testing/outbox-world.js';

const FAULTS: readonly Fault[] = [
  ...(['none', 'down', 'lost answer', 'hang', 'hang after storing'] as const),
  ...(['unavailable', 'busy', 'odd'] as const),
];

describe('outbox and a backend that fails', () => {
  let world: World;
  afterEach(() => world.end());
  const waiting = () => Object.keys(world.area).filter((key) => key !== 'placet-outbox');

  for (const [name, locks] of [
    ['the browser’s locks', () => navigator.locks],
    ['no locks', () => undefined],
  ] as const)
    it(`200 decisions with the backend down, slow and flapping, on pages that come and go, in two tabs with ${name}: all arrive once (001-31)`, async () => {
      world = createWorld(locks());
      const tabs = [world.open(), world.open()];
      const made: string[] = [];
      for (let index = 0; index < 200; index++) {
        // Down at first, then another fault with every few decisions, each of them often.
        world.fault = index < 40 ? 'down' : FAULTS[(index * 5) % FAULTS.length]!;
        const place = index % 3 ? 0 : 1;
        made.push(tabs[place]!.decide(index % 2 ? `text ${index % 7}` : undefined));
        if (index % 4 === 0) await world.pass(index % 5);
        if (index % 11 === 0) {
          tabs[place]!.close();
          tabs[place] = world.open();
        }
      }
      world.fault = 'none';
      for (const tab of tabs) void tab.outbox.keep();
      await world.passUntil(() => !waiting().length);
      expect(world.register).to.deep.equal(made);
    });

  it('what arrives is what the register takes: 40 decisions at the memory adapter, flapping', async () => {
    world = createWorld(fairLocks());
    const adapter: VisitorAdapter = memoryAdapter({ config: CONFIG, now: () => world.clock.now });
    const { staff, consents } = adapter as ReturnType<typeof memoryAdapter>;
    // It loads its schema with the first record, which may take as long as it likes.
    await consents.record({} as ConsentRecord).catch(() => 0);
    let calls = 0;
    world.answer = async (record) => {
      const receipt = await consents.record(record);
      if (calls++ % 3) throw new TypeError('The answer is lost');
      return receipt;
    };
    const tab = world.open();
    const made = Array.from({ length: 40 }, () => tab.decide());
    await world.passUntil(() => !waiting().length);
    const { records } = await staff.register.list();
    expect(records.map(({ id }) => id)).to.deep.equal(made);
    expect(calls).to.be.greaterThan(40);
  });

  it('any schedule of decisions, faults, reloads and tabs: every decision arrives once, in order', async () => {
    type Step = (tabs: Tab[], made: string[]) => unknown;
    const place = fc.nat({ max: 2 });
    const steps: fc.Arbitrary<[string, Step]> = fc.oneof(
      fc
        .tuple(place, fc.boolean())
        .map(([at, isShown]): [string, Step] => [
          `decide in tab ${at}${isShown ? ', shown' : ''}`,
          (tabs, made) => made.push(tabs[at]!.decide(isShown ? async () => 'shown' : undefined)),
        ]),
      fc
        .constantFrom(...FAULTS)
        .map((fault): [string, Step] => [`backend: ${fault}`, () => (world.fault = fault)]),
      place.map((at): [string, Step] => [
        `reload tab ${at}`,
        (tabs) => {
          tabs[at]!.close();
          tabs[at] = world.open();
          void tabs[at].outbox.keep();
        },
      ]),
      fc
        .nat({ max: 4 })
        .map((timers): [string, Step] => [`pass ${timers}`, () => world.pass(timers)]),
      fc.constant<[string, Step]>(['online', () => dispatchEvent(new Event('online'))]),
      fc.constant<[string, Step]>([
        'a day',
        () => (world.clock.now = new Date(world.clock.now.getTime() + 86_400_000)),
      ]),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(steps, { minLength: 5, maxLength: 25 }),
        fc.boolean(),
        async (schedule, hasLocks) => {
          world = createWorld(hasLocks ? fairLocks() : undefined);
          try {
            const tabs = [world.open(), world.open(), world.open()];
            const made: string[] = [];
            for (const [, step] of schedule) await step(tabs, made);
            world.fault = 'none';
            for (const tab of tabs) void tab.outbox.keep();
            await world.passUntil(() => !waiting().length);
            expect(world.register).to.deep.equal(made);
            expect(waiting()).to.deep.equal([]);
          } finally {
            world.end();
            await turn();
          }
        },
      ),
      { numRuns: 100, interruptAfterTimeLimit: 10_000, seed: 20261122 },
    );
  });
});
