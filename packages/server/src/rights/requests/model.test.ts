import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import {
  CLOSED,
  PlacetError,
  stateAfter,
  type RequestAct,
  type RequestState,
  type RequestType,
} from '@placet/contract';
import fc from 'fast-check';
import type { Database } from '../../database/database.js';
import { describeOnBoth } from '../../testing/both.js';
import { memorySystem, PEOPLE } from '../../testing/memory-system.js';
import { NOW } from '../../testing/register.js';
import { hoursAfter, testRequest } from '../../testing/requests.js';
import { rightsServer } from '../../testing/rights.js';

const SITE = 'default';
const BY = { actor: 'Alix' };
const RUNS = 30;
const TYPES: readonly RequestType[] = [
  'erasure',
  'erasure',
  'access',
  'rectification',
  'objection',
  'restriction',
];
const EXECUTIONS = ['execute', 'execute-and-cancel', 'cancel-and-execute'] as const;
const ACTS = [
  'verify',
  'settle',
  'extend',
  'refuse',
  'cancel',
  ...EXECUTIONS,
  'wait-an-hour',
  'wait-three-days',
  'wait-a-month',
] as const;
type Act = (typeof ACTS)[number];

const played = fc.record({
  type: fc.constantFrom(...TYPES),
  isEntered: fc.boolean(),
  /** Whether something is to be settled before an erasure. */
  hasCheck: fc.boolean(),
  acts: fc.oneof(
    fc.array(fc.constantFrom(...ACTS), { maxLength: 8 }),
    // As far as an execution and beyond, which few would reach by chance.
    fc
      .tuple(
        fc.array(fc.constantFrom(...ACTS), { maxLength: 3 }),
        fc.constantFrom(...EXECUTIONS),
        fc.array(fc.constantFrom(...ACTS), { maxLength: 2 }),
      )
      .map(([first, execution, next]): Act[] => [
        'verify',
        'settle',
        'wait-three-days',
        ...first,
        execution,
        ...next,
        'wait-a-month',
      ]),
  ),
});
type Played = typeof played extends fc.Arbitrary<infer Value> ? Value : never;

/** What a history leads to, move by move, by the contract's table alone. */
function replay(acts: readonly RequestAct[], type: RequestType, isEntered: boolean): RequestState {
  const [first, ...moves] = acts;
  assert.equal(first, 'receive');
  let state: RequestState = isEntered ? 'unverified' : 'open';
  for (const act of moves) {
    const next = stateAfter(state, act, type);
    assert.ok(next !== undefined, `${act} of what is ${state}: ${acts.join(', ')}`);
    state = next;
  }
  return state;
}

describe('the replay of a history', () => {
  it('finds a move that the table does not have (000-10)', () => {
    assert.throws(() => replay(['receive', 'start', 'complete'], 'erasure', false));
    assert.throws(() => replay(['receive', 'start'], 'access', true));
    assert.throws(() => replay(['receive', 'execute', 'cancel'], 'erasure', false));
    assert.equal(replay(['receive', 'execute', 'complete'], 'erasure', false), 'completed');
  });
});

describeOnBoth('a request, step by step', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());

  async function play({ type, isEntered, hasCheck, acts }: Played) {
    const contacts = { email: `${randomUUID()}@example.org` };
    const { records } = PEOPLE[0]!;
    const check = { id: 'orders', label: 'Open orders', count: 1 };
    const known = { ref: '1', label: 'Somebody', contacts, records };
    const system = memorySystem([{ ...known, ...(hasCheck && { checks: [check] }) }]);
    const { server, clock } = await rightsServer(database, { systems: [system] });
    const { person, staff } = server.rights;
    const who = { contacts, by: 'link' } as const;
    const said = {
      type,
      ...(type === 'objection' && { against: 'other' as const }),
      ...((type === 'objection' || type === 'rectification') && { note: 'No.' }),
    };
    const id = isEntered
      ? await staff.enter({
          ...said,
          site: SITE,
          channel: 'post',
          receivedAt: NOW,
          contacts,
          ...BY,
        })
      : (await person.submit(SITE, who, testRequest(said))).status.id;

    const execute = () => staff.execute(SITE, id, BY);
    const cancel = () => person.cancel(SITE, who, id);
    async function settle() {
      for (const { item, status } of (await staff.view(SITE, id)).items)
        if (status === 'open')
          await staff.settle(SITE, id, item, { ...BY, status: 'done', note: 'Right.' });
    }
    /** What may be done at once. */
    function started(act: Act): Promise<unknown>[] {
      switch (act) {
        case 'verify':
          return [staff.verify(SITE, id, { ...BY, note: 'Known.' })];
        case 'settle':
          return [settle()];
        case 'extend':
          return [staff.extend(SITE, id, { ...BY, reason: 'Much.' })];
        case 'refuse':
          return [staff.refuse(SITE, id, { ...BY, reason: 'No.' })];
        case 'execute':
          return [execute()];
        case 'cancel':
          return [cancel()];
        case 'execute-and-cancel':
          return [execute(), cancel()];
        case 'cancel-and-execute':
          return [cancel(), execute()];
        case 'wait-an-hour':
          clock.now = hoursAfter(clock.now, 1);
          return [];
        case 'wait-three-days':
          clock.now = hoursAfter(clock.now, 72);
          return [];
        case 'wait-a-month':
          clock.now = hoursAfter(clock.now, 24 * 31);
          return [];
      }
    }
    /** @returns how many of them were done; each of the others was refused */
    async function take(act: Act): Promise<number> {
      const ends = await Promise.allSettled(started(act));
      for (const end of ends)
        if (end.status === 'rejected' && !(end.reason instanceof PlacetError)) throw end.reason;
      return ends.filter(({ status }) => status === 'fulfilled').length;
    }

    await server.jobs.idle();
    const seen = (await staff.view(SITE, id)).history.map(({ act }) => act);
    let last = replay(seen, type, isEntered);
    for (const act of acts) {
      const { undoUntil } = await staff.view(SITE, id);
      const done = await take(act);
      await server.jobs.idle();
      const { state, due, history, purgeAt } = await staff.view(SITE, id);
      const names = history.map((each) => each.act);
      assert.equal(new Set(names).size, names.length, 'nothing happens twice');
      assert.ok(
        seen.every((each) => names.includes(each)),
        'nothing that happened is taken away',
      );
      // As they came: what a later act did comes after what an earlier one did.
      seen.push(...names.filter((each) => !seen.includes(each)));
      assert.equal(replay(seen, type, isEntered), state, seen.join(', '));
      assert.ok(due > NOW.toISOString(), 'it is always due');
      const isExecuted = seen.includes('execute');
      assert.ok(!(isExecuted && seen.includes('cancel')));
      assert.equal(isExecuted, purgeAt !== undefined);
      if (CLOSED.includes(last)) assert.equal(state, last, 'what is closed stays as it is');
      if (isExecuted && last !== 'executed' && last !== 'completed') {
        assert.ok(undoUntil !== undefined && clock.now.toISOString() >= undoUntil);
        assert.ok(/execute/.test(act) && done === 1, 'executed or taken back, never both');
      }
      if (last === 'unverified' && act !== 'verify' && !act.startsWith('wait'))
        assert.ok(['unverified', 'cancelled'].includes(state), 'nobody has shown whose it is');
      const left = system.people.get('1')!.records;
      if (!isExecuted) assert.equal(left.length, records.length, 'nothing is deleted before');
      if (isExecuted && state === 'completed') assert.deepEqual(left, []);
      last = state;
    }
    await server.close();
  }

  it('moves as the table says, one move after the other, is always due, and is executed once or taken back (000-10)', async () => {
    await fc.assert(fc.asyncProperty(played, play), { numRuns: RUNS });
  });
});
