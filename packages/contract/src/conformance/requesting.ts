import { addMonths } from '../decision.js';
import type { NewRequest } from '../rights/request.js';
import { stateAfter } from '../rights/states.js';
import { REQUEST_TYPES } from '../rights/words.js';
import { expect, expectRefusal, expectSame } from './assert.js';
import type { Group } from './bench.js';
import { MALFORMED_REQUESTS } from './malformed-requests.js';
import { sampleRequest } from './sample-request.js';
import { firstTaken, visitOf, type Visit } from './visiting.js';

const DAY = 86_400_000;
/** What can be asked for without naming anything. */
const PLAIN = ['erasure', 'access', 'portability', 'restriction'] as const;

/** What comes of a request (000-07, 000-09, 000-10). Checked where the suite can sign people in. */
export const requesting: Group = {
  title: 'taking a request',
  needs: 'requests',
  promises: [
    [
      'it is due from then on, a calendar month from receipt (R-04)',
      async (bench) => {
        const visit = await visitOf(bench);
        if (!visit) return;
        const { request, status } = await visit.ask(await plainRequest(visit));
        expectSame([status.id, status.type], [request.id, request.type], 'It is that request.');
        const [received, due] = [new Date(status.receivedAt), Date.parse(status.due)];
        const month = addMonths(received, 1).getTime();
        // The end of that day, wherever the backend is, and on to a working day.
        expect(due >= month - DAY, `${status.due} is a month from ${status.receivedAt}.`);
        expect(due <= month + 14 * DAY, `${status.due} is no more than a month off.`);
        expect(['site', 'group'].includes(status.scope.kind), 'It says how far it reaches.');
        expect(status.scope.controllers.length > 0, 'It names who answers for it.');
      },
    ],
    [
      'its timeline tells what happened, oldest first, as it may happen, and how it stands',
      async (bench) => {
        const visit = await visitOf(bench);
        if (!visit) return;
        for (const type of PLAIN) {
          if (!(await visit.takes(type))) continue;
          const { request } = await visit.ask({ type });
          await bench.setup.sent?.();
          const { state, timeline } = await visit.requests.read(request.id);
          expectSame(timeline[0]?.act, 'receive', 'It begins when it was received.');
          const times = timeline.map(({ at }) => Date.parse(at));
          expectSame(
            [...times].sort((one, other) => one - other),
            times,
            'Oldest first.',
          );
          const acts = timeline.map(({ act }) => act).slice(1);
          const start = acts.includes('verify') ? 'unverified' : 'open';
          const end = acts.reduce<string | undefined>(
            (before, act) => before && stateAfter(before as never, act, type),
            start,
          );
          expectSame(end, state, `${acts.join()} leads to how it stands.`);
        }
      },
    ],
    [
      'the same request again stores nothing, and gets the same answer as it stands by then',
      async (bench) => {
        const visit = await visitOf(bench);
        if (!visit) return;
        const { request } = await visit.ask(await plainRequest(visit));
        await bench.setup.sent?.();
        const stands = await visit.requests.read(request.id);
        for (let time = 0; time < 3; time++)
          expectSame(await visit.requests.submit(request), stands, 'It gets the same answer.');
        expectSame((await visit.requests.list()).length, 1, 'It is stored once.');
      },
    ],
    [
      'the same request ten times at the same time is taken once',
      async (bench) => {
        const visit = await visitOf(bench);
        if (!visit) return;
        const request = sampleRequest(bench.config, await plainRequest(visit));
        const all = await Promise.all(
          Array.from({ length: 10 }, () => visit.requests.submit(structuredClone(request))),
        );
        for (const { id, receivedAt } of all)
          expectSame([id, receivedAt], [request.id, all[0]!.receivedAt], 'It is the same one.');
        expectSame((await visit.requests.list()).length, 1, 'It is stored once.');
      },
    ],
    [
      'asking for erasure twice is one request: the answer is the one that is open',
      async (bench) => {
        const visit = await visitOf(bench);
        if (!visit || !(await visit.takes('erasure'))) return;
        const { request } = await visit.ask({ type: 'erasure' });
        await bench.setup.sent?.();
        const stands = await visit.requests.read(request.id);
        const again = await visit.ask({ type: 'erasure' });
        expectSame(again.status, stands, 'It is the one that is open.');
        expectSame(await visit.requests.list(), [stands], 'There is no other.');
        if (!stands.cancellableUntil) return;
        await visit.requests.cancel(request.id);
        const { request: next, status } = await visit.ask({ type: 'erasure' });
        expectSame(status.id, next.id, 'Of one that was taken back, there is another.');
      },
    ],
    [
      'another request under the same id is refused with `rights/conflict`; the first one stays',
      async (bench) => {
        const visit = await visitOf(bench);
        if (!visit) return;
        const { request } = await visit.ask(await plainRequest(visit));
        const other = await firstTaken(
          visit,
          REQUEST_TYPES.filter((type) => type !== request.type && PLAIN.includes(type as never)),
        );
        const others: Partial<NewRequest>[] = [
          { at: new Date(Date.parse(request.at) - 1000).toISOString() },
          { note: 'Please.' },
          { language: 'de' },
          { page: `${request.page}/other` },
          ...(other ? [{ type: other }] : []),
        ];
        for (const each of others)
          await expectRefusal(
            () => visit.requests.submit({ ...request, ...each }),
            'rights/conflict',
            `Another request (${Object.keys(each).join()}) is refused.`,
          );
        await bench.setup.sent?.();
        const stands = await visit.requests.read(request.id);
        expectSame(await visit.requests.submit(request), stands, 'The first one stays.');
        expectSame((await visit.requests.list()).length, 1, 'Nothing else was stored.');
      },
    ],
    [
      'a type that `capabilities()` does not name is refused with `rights/unsupported`',
      async (bench) => {
        const visit = await visitOf(bench);
        if (!visit) return;
        for (const type of REQUEST_TYPES) {
          if (await visit.takes(type)) continue;
          const corrections = [{ system: 's', category: 'c', record: 'r', field: 'f', value: 'v' }];
          await expectRefusal(
            () => visit.ask({ type, ...(type === 'rectification' && { corrections }) }),
            'rights/unsupported',
            `${type} is not taken here.`,
          );
        }
        expectSame(await visit.requests.list(), [], 'Nothing was stored.');
      },
    ],
    [
      'what is malformed is refused with `request/invalid`, and nothing is stored',
      async (bench) => {
        const visit = await visitOf(bench);
        if (!visit) return;
        for (const [what, members] of MALFORMED_REQUESTS) {
          const given = sampleRequest(bench.config, members);
          if (given.type && REQUEST_TYPES.includes(given.type) && !(await visit.takes(given.type)))
            continue;
          await expectRefusal(
            () => visit.requests.submit(given),
            'request/invalid',
            `A request (${what}) is refused.`,
          );
        }
        for (const given of [undefined, null, 7, 'access', []])
          await expectRefusal(
            () => visit.requests.submit(given as never),
            'request/invalid',
            `${JSON.stringify(given)} is no request.`,
          );
        expectSame(await visit.requests.list(), [], 'Nothing was stored.');
      },
    ],
  ],
};

/** The members of a request that is taken. */
async function plainRequest(visit: Visit): Promise<Partial<NewRequest>> {
  const type = await firstTaken(visit, PLAIN);
  return type ? { type } : { type: 'objection', against: 'other', note: 'Stop it.' };
}
