import type { CallOptions } from '../adapter.js';
import { expect, expectPlain, expectRefusal, expectSame } from './assert.js';
import type { Bench, Group } from './bench.js';
import { sampleRequest } from './sample-request.js';
import { askFor, identityOf, visitOf, type Visit } from './visiting.js';

type Call = readonly [name: string, call: (options?: CallOptions) => Promise<unknown>];

/** How the methods take data, return it, and fail. */
export const rightsCalls: Group = {
  title: 'how rights are called',
  promises: [
    [
      'every method about rights returns plain data',
      async (bench) => {
        const visit = await visitOf(bench);
        for (const [name, call] of readingCalls(bench, visit)) expectPlain(await call(), name);
      },
    ],
    [
      'what is answered about rights is a copy, and so is what is handed over',
      async (bench) => {
        const visit = await visitOf(bench);
        if (!visit) return;
        for (const [name, call] of readingCalls(bench, visit)) {
          const answer = await call();
          const copy = structuredClone(answer);
          spoil(answer);
          expectSame(await call(), copy, `What ${name} answers is a copy.`);
        }
        if (!(visit.adapter.requests && (await visit.takes('erasure')))) return;
        const request = sampleRequest(bench.config, { type: 'erasure' });
        const before = structuredClone(request);
        const pending = visit.requests.submit(request);
        spoil(request);
        const { id, type } = await pending;
        expectSame([id, type], [before.id, before.type], 'A request is copied at once.');
        frozen(before);
        await bench.setup.sent?.();
        for (const [name, call] of [
          ['submit', async () => visit.requests.submit(before)],
          ['read', async () => visit.requests.read(before.id)],
          ['list', async () => visit.requests.list()],
          ['cancel', async () => visit.requests.cancel(before.id)],
        ] as const) {
          const answer = await call();
          const copy = structuredClone(answer);
          expectPlain(answer, name);
          spoil(answer);
          expectSame(await call(), copy, `What ${name} answers is a copy.`);
        }
      },
    ],
    [
      'who is let in twice gets two answers that have nothing to do with each other',
      async (bench) => {
        const { adapter, people } = bench.setup;
        const { email } = people?.[0]?.contacts ?? {};
        if (email === undefined || !adapter.identity) return;
        for (let time = 0; time < 2; time++) {
          const sent = await askFor(bench, adapter, email);
          if (!sent) return;
          const session = await identityOf(adapter).finish(frozen({ token: sent.token }));
          const copy = structuredClone(session);
          expectPlain(session, 'A session');
          spoil(session);
          expectSame(await identityOf(adapter).session(), copy, 'A session is a copy.');
        }
      },
    ],
    [
      'a call about rights that was given up before it began rejects with `adapter/aborted` and does nothing',
      async (bench) => {
        const signal = AbortSignal.abort();
        const visit = await visitOf(bench);
        const reading = readingCalls(bench, visit);
        for (const [name, call] of [...reading, ...changingCalls(bench)])
          await expectRefusal(() => call({ signal }), 'adapter/aborted', `${name} was given up.`);
        if (!visit) return;
        if (visit.adapter.identity)
          expect(await identityOf(visit.adapter).session(), 'Nobody was signed out.');
        if (visit.adapter.requests)
          expectSame(await visit.requests.list(), [], 'Nothing was asked for.');
      },
    ],
    [
      'for rights, too, a backend that cannot be reached is `adapter/unreachable`, and calling again later succeeds',
      async (bench) => {
        const { setReachable } = bench.setup;
        const visit = await visitOf(bench);
        const reading = readingCalls(bench, visit);
        if (setReachable) {
          await setReachable(false);
          for (const [name, call] of [...reading, ...changingCalls(bench)])
            await expectRefusal(() => call(), 'adapter/unreachable', `${name} reached nothing.`);
          await setReachable(true);
        }
        for (const [name, call] of reading)
          await call().catch((error: Error) => expect(false, `${name}: ${error.message}`));
        if (visit?.adapter.requests)
          expectSame(await visit.requests.list(), [], 'Nothing was asked for.');
      },
    ],
  ],
};

/** What only looks; without a visit, what needs none. */
function readingCalls({ setup: { adapter } }: Bench, visit: Visit | undefined): Call[] {
  const { identity, holdings, requests } = adapter;
  const calls: Call[] = [];
  if (identity) calls.push(['session', async (options) => (await identity.session(options)) ?? {}]);
  if (!visit) return calls;
  if (holdings) calls.push(['holdings', async (options) => holdings.read(options)]);
  if (requests) calls.push(['list', async (options) => requests.list(options)]);
  if (requests?.preview)
    calls.push(['preview', async (options) => requests.preview!('erasure', options)]);
  return calls;
}

/** What would change something, or fetch it. */
function changingCalls({ setup: { adapter, people }, config }: Bench): Call[] {
  const { identity, requests } = adapter;
  const email = people?.[0]?.contacts.email ?? 'a@example.org';
  const id = crypto.randomUUID();
  return [
    ...(identity
      ? [
          ['start', async (options) => identity.start({ email }, options)] as Call,
          ['finish', async (options) => identity.finish({ token: 'x' }, options)] as Call,
          ['end', async (options) => identity.end(options)] as Call,
        ]
      : []),
    ...(requests
      ? [
          ['submit', async (options) => requests.submit(sampleRequest(config), options)] as Call,
          ['read', async (options) => requests.read(id, options)] as Call,
          ['cancel', async (options) => requests.cancel(id, options)] as Call,
        ]
      : []),
    ...(requests?.confirm
      ? [['confirm', async (options) => requests.confirm!(id, options)] as Call]
      : []),
    ...(requests?.receipt
      ? [['receipt', async (options) => requests.receipt!(id, options)] as Call]
      : []),
    ...(requests?.download
      ? [['download', async (options) => requests.download!(id, 'json', options)] as Call]
      : []),
  ];
}

/** Overwrites everything that can be overwritten. */
function spoil(data: unknown): void {
  if (!(data instanceof Object)) return;
  for (const key of Object.keys(data)) {
    spoil(Reflect.get(data, key));
    Reflect.set(data, key, 'spoiled');
  }
}

function frozen<Data>(data: Data): Data {
  if (data instanceof Object) {
    Object.values(data).forEach(frozen);
    Object.freeze(data);
  }
  return data;
}
