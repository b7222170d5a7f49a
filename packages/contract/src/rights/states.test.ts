import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { RequestAct, RequestState, RequestType } from './request.js';
import { CLOSED, MOVES, stateAfter } from './states.js';
import { REQUEST_ACTS, REQUEST_STATES, REQUEST_TYPES } from './words.js';

/**
 * Every state and what may happen in it, as a picture: drawn by hand from design §7, apart from the
 * table. `*` is for erasures alone, `-` for everything but erasures.
 */
const PICTURE = `
  unverified   verify>open  cancel>cancelled  expire>expired
  open         start>in-progress  extend>extended  doubt>open  execute>executed*  complete>completed-  refuse>refused  cancel>cancelled
  in-progress  extend>extended  doubt>in-progress  execute>executed*  complete>completed-  refuse>refused  cancel>cancelled
  extended     doubt>extended  execute>executed*  complete>completed-  refuse>refused  cancel>cancelled
  executed     complete>completed*
  completed
  refused
  cancelled
  expired
`;

const drawn = new Map(
  PICTURE.trim()
    .split('\n')
    .map((line) => {
      const [state = '', ...moves] = line.trim().split(/\s+/);
      return [state, moves.map((move) => /^([a-z]+)>([a-z-]+?)([*-]?)$/.exec(move)!)] as const;
    }),
);

/** What the picture says. */
function oracle(state: RequestState, act: RequestAct, type: RequestType): string | undefined {
  const found = drawn
    .get(state)!
    .find(([, name, , who]) => name === act && (!who || (who === '*') === (type === 'erasure')));
  return found?.[2];
}

const act = fc.constantFrom(...REQUEST_ACTS);
const type = fc.constantFrom(...REQUEST_TYPES);

/** Everything that comes of acts, one after another; what is not allowed changes nothing. */
function walk(kind: RequestType, acts: readonly RequestAct[]) {
  let state: RequestState = 'unverified';
  const path: { act: RequestAct; state: RequestState }[] = [{ act: 'receive', state }];
  for (const each of acts) {
    const next = stateAfter(state, each, kind);
    if (!next) continue;
    state = next;
    path.push({ act: each, state });
  }
  return path;
}

describe('The states of a request (000-10)', () => {
  it('follow the picture, for each state, act and type, and nothing else', () => {
    assert.deepEqual([...drawn.keys()].sort(), [...REQUEST_STATES].sort());
    for (const state of REQUEST_STATES)
      for (const each of REQUEST_ACTS)
        for (const kind of REQUEST_TYPES)
          assert.equal(
            stateAfter(state, each, kind),
            oracle(state, each, kind),
            `${kind}: ${state} --${each}-->`,
          );
  });

  it('name nothing that is not a state, an act or a type', () => {
    for (const move of MOVES) {
      assert.ok(REQUEST_ACTS.includes(move.act));
      for (const state of [...move.from, move.to]) assert.ok(REQUEST_STATES.includes(state));
      for (const kind of move.types ?? []) assert.ok(REQUEST_TYPES.includes(kind));
    }
  });

  it('stay closed once they are closed, whatever happens', () => {
    for (const state of CLOSED)
      fc.assert(
        fc.property(act, type, (each, kind) => stateAfter(state, each, kind) === undefined),
      );
    const open = REQUEST_STATES.filter((state) => !CLOSED.includes(state));
    for (const state of open)
      assert.ok(
        REQUEST_ACTS.some((each) => stateAfter(state, each, 'erasure')),
        state,
      );
  });

  it('are all reached, and each leads to an end, for every type', () => {
    for (const kind of REQUEST_TYPES) {
      const reached = new Set<RequestState>(['unverified']);
      for (const state of reached)
        for (const each of REQUEST_ACTS) {
          const next = stateAfter(state, each, kind);
          if (next) reached.add(next);
        }
      const all = REQUEST_STATES.filter((state) => kind === 'erasure' || state !== 'executed');
      assert.deepEqual([...reached].sort(), [...all].sort(), kind);
    }
  });

  it('move as the picture says on any way through them, and never back', () => {
    fc.assert(
      fc.property(type, fc.array(act, { maxLength: 30 }), (kind, acts) => {
        const path = walk(kind, acts);
        for (const [index, step] of path.slice(1).entries())
          assert.equal(oracle(path[index]!.state, step.act, kind), step.state);
        // Whoever doubts asks, and nothing else moves.
        const states = path.filter((step) => step.act !== 'doubt').map(({ state }) => state);
        assert.equal(new Set(states).size, states.length, 'No state comes twice.');
      }),
    );
  });

  it('execute erasures alone, once, and never what was cancelled or refused (000-22)', () => {
    fc.assert(
      fc.property(type, fc.array(act, { maxLength: 40 }), (kind, acts) => {
        const done = walk(kind, acts).map((step) => step.act);
        const executions = done.filter((each) => each === 'execute').length;
        assert.ok(executions <= (kind === 'erasure' ? 1 : 0));
        if (executions === 0) return;
        for (const each of ['cancel', 'refuse', 'expire'] as const)
          assert.ok(!done.includes(each), `${each} and execute exclude each other`);
      }),
    );
  });

  it('stay as they are when somebody doubts, and are never closed by it (R-07)', () => {
    for (const state of REQUEST_STATES)
      for (const kind of REQUEST_TYPES)
        assert.ok([undefined, state].includes(stateAfter(state, 'doubt', kind)));
    for (const state of ['unverified', 'executed', ...CLOSED] as const)
      assert.equal(stateAfter(state, 'doubt', 'erasure'), undefined, state);
  });

  it('complete an erasure only after it was executed, and nothing before it was verified (000-27)', () => {
    fc.assert(
      fc.property(type, fc.array(act, { maxLength: 40 }), (kind, acts) => {
        const done = walk(kind, acts).map((step) => step.act);
        const completed = done.indexOf('complete');
        if (completed < 0) return;
        const verified = done.indexOf('verify');
        assert.ok(verified > 0 && verified < completed);
        if (kind === 'erasure') assert.equal(done[completed - 1], 'execute');
      }),
    );
  });
});
