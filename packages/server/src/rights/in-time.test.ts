import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { httpAdapter } from '@placet/contract';
import type { ConnectedSystem } from '../systems/system.js';
import { CAMILLE, memorySystem } from '../testing/memory-system.js';
import { testTimers } from '../testing/register.js';
import { RIGHTS_CONFIG } from '../testing/rights.js';
import { checks, preview } from './erasure/ask.js';
import { ANSWER_TIME } from './in-time.js';
import type { RightsParts } from './parts.js';
import { holdingsOf } from './requests/holdings.js';
import type { RightsService } from './rights.js';

const SITE = 'default';
const PERSON = { contacts: CAMILLE, by: 'link' } as const;

const DEBT = { id: 'debt', label: { en: 'Open invoices' }, count: 1 };

/** A good system and one that hangs, and the times that are asked for. */
function setup(hanging: Partial<ConnectedSystem>) {
  const timers = testTimers();
  const begun: number[] = [];
  const person = { restrictionOf: async () => 'none' };
  const parts = {
    systems: [
      { ...memorySystem([], { id: 'crm' }), ...hanging },
      { ...memorySystem(), checks: async () => [DEBT] },
    ],
    sites: new Map([[SITE, RIGHTS_CONFIG]]),
    sharedCustomers: false,
    log: () => {},
    rights: () => ({ person }) as unknown as RightsService,
  } satisfies Partial<RightsParts>;
  return {
    parts: parts as unknown as RightsParts,
    begun,
    /** Lets the time pass, once only the system that hangs is waited for. */
    async timeUp(reached: Promise<void>) {
      await reached;
      while (timers.waiting().length > 1) await new Promise(setImmediate);
      timers.run(ANSWER_TIME);
    },
    after: (milliseconds: number, run: () => void) => {
      begun.push(milliseconds);
      return timers.after(milliseconds, run);
    },
  };
}

/** A system that hangs when it is asked one thing: `reached` once it does, until `release`. */
function hangsIn(name: 'find' | 'survey' | 'checks') {
  let resolve = () => {};
  let release: (answer: unknown) => void = () => {};
  const reached = new Promise<void>((done) => (resolve = done));
  const answer = new Promise<never>((done) => (release = done as typeof release));
  const hang = () => {
    resolve();
    return answer;
  };
  const find = async () => [{ ref: '1', label: 'C.' }];
  return { reached, release: (given: unknown) => release(given), hanging: { find, [name]: hang } };
}

describe('what a person waits for', () => {
  for (const [when, method] of [
    ['looks for the person', 'find'],
    ['counts what it holds', 'survey'],
  ] as const) {
    it(`a system that hangs while it ${when} is unavailable in the preview of an erasure, beside the others (004-06, A-10)`, async () => {
      const { reached, hanging } = hangsIn(method);
      const { parts, after, begun, timeUp } = setup(hanging);
      const asked = preview(parts, SITE, PERSON, 'en', after);
      await timeUp(reached);
      assert.deepEqual(
        (await asked).map(({ system, status }) => [system, status]),
        [
          ['crm', 'unavailable'],
          ['bookings', undefined],
        ],
      );
      assert.deepEqual(begun, [ANSWER_TIME, ANSWER_TIME], 'one time for all that each is asked');
    });

    it(`a system that hangs while it ${when} is unavailable among what is held, beside the others (004-06)`, async () => {
      const { reached, hanging } = hangsIn(method);
      const { parts, after, begun, timeUp } = setup(hanging);
      const asked = holdingsOf(parts, { site: SITE, contacts: CAMILLE, language: 'en' }, after);
      await timeUp(reached);
      assert.deepEqual(
        (await asked).map(({ system, status }) => [system, status]),
        [
          ['crm', 'unavailable'],
          ['bookings', 'answered'],
        ],
      );
      assert.deepEqual(begun, [ANSWER_TIME, ANSWER_TIME], 'one time for all that each is asked');
    });
  }

  it('a system that hangs while it is asked what must be settled before says nothing, and the others do', async () => {
    const { reached, hanging } = hangsIn('checks');
    const { parts, after, begun, timeUp } = setup(hanging);
    const asked = checks(parts, SITE, PERSON, 'en', after);
    await timeUp(reached);
    assert.deepEqual(
      (await asked).map(({ system }) => system),
      ['bookings'],
    );
    assert.deepEqual(begun, [ANSWER_TIME, ANSWER_TIME], 'one time for all that each is asked');
  });

  it('a system that finds somebody too late is asked no more', async () => {
    let isCounted = false;
    const { reached, release, hanging } = hangsIn('find');
    const survey = async () => {
      isCounted = true;
      return [];
    };
    const { parts, after, timeUp } = setup({ ...hanging, survey });
    const asked = preview(parts, SITE, PERSON, 'en', after);
    await timeUp(reached);
    await asked;
    release([{ ref: '1', label: 'C.' }]);
    await new Promise(setImmediate);
    assert.equal(isCounted, false);
  });

  it('the systems’ time is over well before the browser gives up', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let signal: AbortSignal | null | undefined;
    const fetch = (_url: string, init: RequestInit) => {
      signal = init.signal;
      return new Promise<Response>((_, reject) =>
        signal?.addEventListener('abort', () => reject(new Error('given up'))),
      );
    };
    const { requests } = httpAdapter({ baseUrl: '/placet', fetch });
    const asked = requests.preview('erasure');
    t.mock.timers.tick(1.5 * ANSWER_TIME);
    assert.equal(signal?.aborted, false);
    // By then it has.
    t.mock.timers.tick(60_000);
    await assert.rejects(asked, { code: 'adapter/unreachable' });
  });
});
