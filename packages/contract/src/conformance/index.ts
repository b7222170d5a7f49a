/**
 * The promises of `VisitorAdapter` and `StaffAdapter` as a test suite, for adapters of your own.
 *
 * @packageDocumentation
 */
import { expectSame } from './assert.js';
import { createBench, type Bench, type Group, type Needs } from './bench.js';
import { calls } from './calls.js';
import { capabilities } from './capabilities.js';
import { clocks } from './clocks.js';
import { notices } from './notices.js';
import { plainData } from './plain-data.js';
import { receipts } from './receipts.js';
import { recording } from './recording.js';
import { refusals } from './refusals.js';
import { register } from './register.js';
import { repetition } from './repetition.js';
import type { AdapterSetup, KnownPerson, TestRunner } from './setup.js';
import { asking } from './asking.js';
import { confirming } from './confirming.js';
import { children } from './children.js';
import { answering } from './answering.js';
import { deciding } from './deciding.js';
import { downloading } from './downloading.js';
import { entered } from './entered.js';
import { holding } from './holding.js';
import { identifying } from './identifying.js';
import { ownership } from './ownership.js';
import { preferenceCentre } from './preference-centre.js';
import { requesting } from './requesting.js';
import { rightsCalls } from './rights-calls.js';
import { subscriptionCalls } from './subscription-calls.js';
import { withdrawing } from './withdrawing.js';

export { SAMPLE_CONFIG, sampleNotice, sampleRecord } from './sample.js';
export { freshContacts, sampleOptIn, sampleOptInNotice } from './sample-opt-in.js';
export { sampleRequest } from './sample-request.js';
export type { AdapterSetup, KnownPerson, TestRunner };

const GROUPS: readonly Group[] = [
  capabilities,
  plainData,
  calls,
  recording,
  repetition,
  refusals,
  notices,
  clocks,
  receipts,
  register,
  asking,
  confirming,
  children,
  withdrawing,
  preferenceCentre,
  subscriptionCalls,
  identifying,
  holding,
  requesting,
  answering,
  ownership,
  downloading,
  deciding,
  entered,
  rightsCalls,
];

/**
 * Defines a test for every sentence of the adapter's interfaces.
 *
 * What a backend does not offer is not skipped: its tests then make sure that `capabilities()`
 * says so. The suite never looks at the adapter's name.
 *
 * @param make sets up an adapter with an empty register; called anew for each test. Switch rate limits off: a test sends up to some 500 requests, and the suite asks for three messages to one contact at most.
 * @param runner the test runner's two functions
 *
 * @example
 * import { describe, it } from 'node:test';
 * describeAdapter('my shop', async () => ({ adapter: myAdapter(), config }), { describe, it });
 */
export function describeAdapter(
  name: string,
  make: () => AdapterSetup | Promise<AdapterSetup>,
  { describe, it }: TestRunner,
): void {
  for (const { title, needs, promises } of GROUPS)
    describe(`${name}: ${title}`, () => {
      for (const [sentence, check] of promises)
        it(sentence, async () => {
          const setup = await make();
          try {
            const bench = createBench(setup);
            await (needs && !bench.has(needs) ? expectAbsent(bench, needs) : check(bench));
          } finally {
            await setup.dispose?.();
          }
        });
    });
}

/** Fails if `capabilities()` promises what is not there. */
async function expectAbsent({ setup }: Bench, needs: Needs): Promise<void> {
  const { adapter, staff } = setup;
  const { consents, ...groups } = (await adapter.capabilities()) ?? {};
  const said: Readonly<Record<Needs, unknown>> = {
    consents,
    receipts: consents?.receipts || undefined,
    register: (await staff?.capabilities())?.register,
    subscriptions: groups.subscriptions,
    identity: groups.identity,
    holdings: groups.holdings,
    requests: groups.requests,
  };
  expectSame(
    said[needs],
    undefined,
    `\`capabilities()\` says truly which groups are there: \`${needs}\` is not.`,
  );
}
