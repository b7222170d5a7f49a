import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryAdapter, type MemoryAdapter } from '../adapters/memory.js';
import { failuresOf } from '../testing/failures.js';
import { SAMPLE_CONFIG, sampleRecord, type AdapterSetup } from './index.js';

type Method = (...call: unknown[]) => Promise<unknown>;
type Host = Record<string, unknown>;

/** Two registers whose clock stands still, so that a mutant cannot be told by the time alone. */
function twins(): readonly [MemoryAdapter, MemoryAdapter] {
  const now = () => new Date('2026-11-22T10:00:00Z');
  const config = SAMPLE_CONFIG;
  return [memoryAdapter({ config, now }), memoryAdapter({ config, now })];
}

const METHODS = [
  'capabilities',
  'consents.record',
  'consents.receipt',
  'staff.capabilities',
  'staff.register.read',
  'staff.register.list',
] as const;

interface Mutation {
  /** The method in the place of the good one; `twin` is that of a register apart. */
  mutate(good: Method, twin: Method): Method | undefined;
  /** Where it is no fault: nothing that was promised tells the mutant from the good one. */
  equivalent?: readonly (typeof METHODS)[number][];
}

const NEVER_REFUSES = ['capabilities', 'staff.capabilities'] as const;
const later = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  missing: { mutate: () => undefined },
  dropped: { mutate: () => async () => undefined },
  empty: { mutate: () => async () => ({}) },
  failing: { mutate: () => async () => Promise.reject(new Error('broken')) },
  throwing: {
    mutate: () => () => {
      throw new Error('broken');
    },
  },
  doubled: {
    mutate:
      (good) =>
      async (...call) => {
        const [given, options] = structuredClone(call.slice(0, 1)).concat(call.slice(1));
        await good(...call);
        return good(given, options);
      },
    // A repetition changes nothing: that is what was promised.
    equivalent: METHODS,
  },
  'applied after answering': {
    mutate:
      (good, twin) =>
      async (...call) => {
        const answer = await twin(...call);
        void later().then(() => good(...call).catch(() => undefined));
        return answer;
      },
    // What they say does not depend on the register.
    equivalent: NEVER_REFUSES,
  },
  slow: {
    mutate:
      (good) =>
      async (...call) => {
        const copy = structuredClone(call.slice(0, 1));
        await later();
        return good(...copy, ...call.slice(1));
      },
    equivalent: METHODS,
  },
  'answering what it answered before': {
    mutate: (good) => {
      let before: unknown;
      return async (...call) => {
        const answer = before ?? (await good(...call));
        before = await good(...call);
        return answer;
      };
    },
    equivalent: NEVER_REFUSES,
  },
  'answering what it answered first': {
    mutate: (good) => {
      let first: unknown;
      return async (...call) => structuredClone((first ??= await good(...call)));
    },
    equivalent: NEVER_REFUSES,
  },
  'answering from another register': {
    mutate: (_good, twin) => twin,
    equivalent: NEVER_REFUSES,
  },
  'answering the same object each time': {
    mutate: (good) => {
      const answers = new Map<string, unknown>();
      return async (...call) => {
        const answer = await good(...call);
        const key = JSON.stringify(answer);
        if (!answers.has(key)) answers.set(key, answer);
        return answers.get(key);
      };
    },
  },
  'rejecting with plain errors': {
    mutate:
      (good) =>
      async (...call) =>
        good(...call).catch((error: Error) => {
          throw new Error(error.message);
        }),
    equivalent: NEVER_REFUSES,
  },
  'swallowing errors': {
    mutate:
      (good) =>
      async (...call) =>
        good(...call).catch(() => undefined),
    equivalent: NEVER_REFUSES,
  },
};

/** What answering another's data means for a method: the id, or the record, that came before. */
const OTHERS: Readonly<Partial<Record<(typeof METHODS)[number], (good: Method) => Method>>> = {
  'consents.record': (good) => async (record, options) => {
    await good(record, options);
    return good(await sampleRecord(SAMPLE_CONFIG));
  },
  'consents.receipt': swapId,
  'staff.register.read': swapId,
};

/** Answers with what was asked for before, where there was something. */
function swapId(good: Method): Method {
  let known: unknown;
  return async (id, options) => {
    const before = known ?? id;
    await good(id, options);
    known = id;
    return good(before, options);
  };
}

/** A memory adapter of which some methods are others. */
function mutant(paths: readonly string[], mutate: Mutation['mutate']): AdapterSetup {
  const [good, twin] = twins();
  const adapter = opened(good);
  for (const path of paths) {
    const keys = path.split('.');
    const last = keys.pop()!;
    const hostOf = (root: Host): Host => keys.reduce((host, key) => host[key] as Host, root);
    const host = hostOf(adapter as unknown as Host);
    const method = mutate(host[last] as Method, hostOf(twin as unknown as Host)[last] as Method);
    if (method) host[last] = method;
    else delete host[last];
  }
  return { adapter, staff: adapter.staff, config: SAMPLE_CONFIG };
}

/** A copy whose methods can be replaced. */
function opened({ consents, staff, ...rest }: MemoryAdapter): MemoryAdapter {
  const register = { ...staff.register };
  return { ...rest, consents: { ...consents }, staff: { ...staff, register } };
}

describe('The conformance suite, on mutants of the memory adapter', () => {
  for (const [kind, { mutate, equivalent = [] }] of Object.entries(MUTATIONS)) {
    for (const method of METHODS.filter((each) => !equivalent.includes(each)))
      it(`catches ${method} ${kind}`, async () => {
        const failed = await failuresOf(() => mutant([method], mutate), { isFirstEnough: true });
        assert.equal(failed.length, 1);
      });

    if (equivalent.length > 0)
      it(`finds no fault where there is none: ${equivalent.join(', ')} ${kind}`, async () => {
        assert.deepEqual(await failuresOf(() => mutant(equivalent, mutate)), []);
      });
  }

  for (const [method, mutate] of Object.entries(OTHERS))
    it(`catches ${method} answering another’s data`, async () => {
      const failed = await failuresOf(() => mutant([method], mutate), { isFirstEnough: true });
      assert.equal(failed.length, 1);
    });

  it('made a mutant of every method that there is', () => {
    const [good] = twins();
    const methodsIn = (host: object, path = ''): string[] =>
      Object.entries(host).flatMap(([key, value]: [string, unknown]) =>
        typeof value === 'function'
          ? [path + key]
          : value instanceof Object
            ? methodsIn(value, `${path}${key}.`)
            : [],
      );
    assert.deepEqual(methodsIn(good).sort(), [...METHODS].sort());
  });
});
