import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryAdapter, type MemoryAdapter } from '../adapters/memory.js';
import { failuresOf } from '../testing/failures.js';
import { behind } from '../testing/memory-setup.js';
import { PEOPLE } from '../testing/people.js';
import { SAMPLE_CONFIG, sampleRecord, type AdapterSetup } from './index.js';

type Method = (...call: unknown[]) => Promise<unknown>;
type Host = Record<string, unknown>;

/** Two registers whose clock stands still, so that a mutant cannot be told by the time alone. */
function twins(): readonly [MemoryAdapter, MemoryAdapter] {
  const now = () => new Date('2026-11-22T10:00:00Z');
  const config = SAMPLE_CONFIG;
  const options = { config, now, people: PEOPLE };
  return [memoryAdapter(options), memoryAdapter(options)];
}

const METHODS = [
  'capabilities',
  'consents.record',
  'consents.receipt',
  'subscriptions.submit',
  'subscriptions.confirm',
  'subscriptions.read',
  'subscriptions.update',
  'subscriptions.unsubscribeAll',
  'subscriptions.receipt',
  'subscriptions.sendLink',
  'identity.session',
  'identity.start',
  'identity.finish',
  'identity.end',
  'holdings.read',
  'requests.submit',
  'requests.list',
  'requests.read',
  'requests.cancel',
  'requests.confirm',
  'requests.receipt',
  'requests.preview',
  'requests.download',
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

/** Answer nothing, so that all their answers are the same. */
const ANSWER_NOTHING = ['subscriptions.sendLink', 'identity.start', 'identity.end'] as const;
const NEVER_REFUSES = ['capabilities', 'staff.capabilities'] as const;
/** What is handed over, copied; a signal cannot be. */
const copyOf = ([given, ...rest]: readonly unknown[]) =>
  given instanceof Object && 'signal' in given
    ? [given, ...rest]
    : [structuredClone(given), ...rest];
const later = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  missing: {
    mutate: () => undefined,
    // Nobody promised that there is one.
    equivalent: [
      'subscriptions.receipt',
      'requests.confirm',
      'requests.receipt',
      'requests.preview',
    ],
  },
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
        const again = copyOf(call);
        await good(...call);
        return good(...again);
      },
    // A repetition changes nothing: that is what was promised. A confirmation works once.
    equivalent: METHODS.filter(
      (each) => each !== 'subscriptions.confirm' && each !== 'identity.finish',
    ),
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
        const copy = copyOf(call);
        await later();
        return good(...copy);
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
    equivalent: [...NEVER_REFUSES, ...ANSWER_NOTHING],
  },
  'answering what it answered first': {
    mutate: (good) => {
      let first: unknown;
      return async (...call) => structuredClone((first ??= await good(...call)));
    },
    equivalent: [...NEVER_REFUSES, ...ANSWER_NOTHING],
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
    // No two of their answers are the same.
    equivalent: ['subscriptions.confirm', 'subscriptions.unsubscribeAll', ...ANSWER_NOTHING],
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
  'subscriptions.read': swapId,
  'subscriptions.update': swapId,
  'subscriptions.confirm': swapId,
  'requests.read': swapId,
  'requests.cancel': swapId,
  'requests.confirm': swapId,
  'requests.receipt': swapId,
  'requests.download': swapId,
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
  return { ...behind(good), adapter, staff: adapter.staff };
}

/** A copy whose methods can be replaced. */
function opened({ consents, subscriptions, staff, ...rest }: MemoryAdapter): MemoryAdapter {
  const register = { ...staff.register };
  return {
    ...rest,
    identity: { ...rest.identity! },
    holdings: { ...rest.holdings! },
    requests: { ...rest.requests! },
    consents: { ...consents },
    subscriptions: { ...subscriptions! },
    staff: { ...staff, register },
  };
}

async function catches(method: string, mutate: Mutation['mutate']): Promise<void> {
  const isLastFirst = /^(subscriptions|identity|holdings|requests)/.test(method);
  const failed = await failuresOf(() => mutant([method], mutate), {
    isFirstEnough: true,
    isLastFirst,
  });
  assert.equal(failed.length, 1);
}

describe('The conformance suite, on mutants of the memory adapter', () => {
  for (const [kind, { mutate, equivalent = [] }] of Object.entries(MUTATIONS)) {
    for (const method of METHODS.filter((each) => !equivalent.includes(each)))
      it(`catches ${method} ${kind}`, async () => {
        await catches(method, mutate);
      });

    if (equivalent.length > 0)
      it(`finds no fault where there is none: ${equivalent.join(', ')} ${kind}`, async () => {
        assert.deepEqual(await failuresOf(() => mutant(equivalent, mutate)), []);
      });
  }

  for (const [method, mutate] of Object.entries(OTHERS))
    it(`catches ${method} answering another’s data`, async () => {
      await catches(method, mutate);
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
    // Apart from what the adapter has for tests alone.
    const { maySend: _maySend, browser: _browser, rights: _rights, ...adapter } = good;
    assert.deepEqual(methodsIn(adapter).sort(), [...METHODS].sort());
  });
});
