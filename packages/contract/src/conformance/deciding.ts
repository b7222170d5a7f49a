import { addMonths } from '../decision.js';
import type { RequestType } from '../rights/request.js';
import { expect, expectRefusal, expectSame, failureOf } from './assert.js';
import type { Bench, Group } from './bench.js';
import { expectOnly, visitOf, type Visit } from './visiting.js';

const HOUR = 3_600_000;

/** Taking requests back, and what staff decide (design §7). Checked where the suite can do both. */
export const deciding: Group = {
  title: 'taking a request back, and deciding it',
  needs: 'requests',
  promises: [
    [
      'it can be taken back while it says so; taking it back again changes nothing',
      async (bench) => {
        const visit = await visitOf(bench);
        const id = visit && (await waiting(visit));
        if (!visit || !id) return;
        const before = await visit.requests.read(id);
        expect(before.cancellableUntil, 'It says until when it can be taken back.');
        const cancelled = await visit.requests.cancel(id);
        expectSame([cancelled.id, cancelled.state], [id, 'cancelled'], 'It is taken back.');
        expectSame(cancelled.cancellableUntil, undefined, 'That cannot be done again.');
        expectSame(await visit.requests.read(id), cancelled, 'It stays so.');
        expectSame(await visit.requests.cancel(id), cancelled, 'Again changes nothing.');
        expectSame(await visit.requests.list(), [cancelled], 'The list says so, too.');
        const next = await waiting(visit);
        expectSame((await visit.requests.cancel(next!)).id, next, 'The next one is another.');
        expectSame(await visit.requests.read(id), cancelled, 'This one stays so.');
        if (visit.adapter.holdings) {
          const shown = JSON.stringify(await visit.holdings.read());
          expectOnly(shown, visit.person, [], 'What is held');
        }
      },
    ],
    [
      'it says so for as long as it can be taken back, also once the hours of an erasure are over',
      async (bench) => {
        const { advance } = bench.setup;
        const before = await visitOf(bench);
        if (!before || !advance || !(await before.takes('erasure'))) return;
        const { request } = await before.ask({ type: 'erasure' });
        const undoHours = (await before.adapter.capabilities()).requests?.undoHours ?? 0;
        await advance((undoHours + 1) * HOUR);
        const visit = await visitOf(bench);
        const { cancellableUntil } = await visit!.requests.read(request.id);
        const refusal = await failureOf(
          () => visit!.requests.cancel(request.id),
          'It is taken back, or no longer can be.',
        );
        expectSame(
          refusal?.code,
          cancellableUntil === undefined ? 'rights/too-late' : undefined,
          'It says so.',
        );
      },
    ],
    [
      'what is completed can no longer be taken back: `rights/too-late`',
      async (bench) => {
        const visit = await visitOf(bench);
        if (!visit || !(await visit.takes('access'))) return;
        const { request } = await visit.ask({ type: 'access' });
        await bench.setup.sent?.();
        const before = await visit.requests.read(request.id);
        if (before.state !== 'completed') return;
        expectSame(before.cancellableUntil, undefined, 'It does not say that it can.');
        await expectRefusal(
          () => visit.requests.cancel(request.id),
          'rights/too-late',
          'It is over.',
        );
        expectSame(await visit.requests.read(request.id), before, 'It stays as it was.');
      },
    ],
    [
      'where it takes longer, it says why, and until when (R-04)',
      async (bench) => {
        const { decide } = bench.setup;
        const visit = await visitOf(bench);
        const id = visit && (await waiting(visit));
        if (!visit || !id || !decide) return;
        const before = await visit.requests.read(id);
        await decide(visit.person, id, 'extend', 'There are very many.');
        const { state, extension, due, timeline } = await visit.requests.read(id);
        expectSame(state, 'extended', 'It says so.');
        expectSame(extension?.reason, 'There are very many.', 'It says why.');
        const latest = addMonths(new Date(before.receivedAt), 3).getTime();
        expect(Date.parse(due) > Date.parse(before.due), 'It is due later.');
        expect(Date.parse(due) <= latest + 14 * 24 * HOUR, 'It is due three months on at most.');
        expectSame(timeline.at(-1)?.act, 'extend', 'The timeline tells it.');
        const again = await refusalOf(bench, visit, id, 'extend');
        expectSame(again, 'rights/too-late', 'It takes longer only once.');
      },
    ],
    [
      'a refusal says why, and nothing follows it (R-05)',
      async (bench) => {
        const { decide } = bench.setup;
        const visit = await visitOf(bench);
        const id = visit && (await waiting(visit));
        if (!visit || !id || !decide) return;
        await decide(visit.person, id, 'refuse', 'It was asked for yesterday.');
        const status = await visit.requests.read(id);
        expectSame(status.state, 'refused', 'It says so.');
        expectSame(status.refusal?.reason, 'It was asked for yesterday.', 'It says why.');
        await expectRefusal(() => visit.requests.cancel(id), 'rights/too-late', 'It is over.');
        for (const act of ['extend', 'refuse', 'execute'] as const)
          expectSame(await refusalOf(bench, visit, id, act), 'rights/too-late', 'It is over.');
        expectSame(await visit.requests.read(id), status, 'It stays as it was.');
      },
    ],
    [
      'an erasure is not executed while it can be undone',
      async (bench) => {
        const { decide } = bench.setup;
        const visit = await visitOf(bench);
        if (!visit || !decide || !(await visit.takes('erasure'))) return;
        const { requests } = await visit.adapter.capabilities();
        if (requests?.undoHours === 0) return;
        const { request } = await visit.ask({ type: 'erasure' });
        const refusal = await refusalOf(bench, visit, request.id, 'execute');
        expectSame(refusal, 'rights/too-late', 'It can still be undone.');
        expectSame((await visit.requests.cancel(request.id)).state, 'cancelled', 'It is undone.');
      },
    ],
    [
      'once it is executed, nothing is shown of the person, and the other of the same name is whole (000-22)',
      async (bench) => {
        const { decide, advance, people = [] } = bench.setup;
        const visit = await visitOf(bench);
        if (!visit || !decide || !advance || !(await visit.takes('erasure'))) return;
        const { request } = await visit.ask({ type: 'erasure' });
        const undoHours = (await visit.adapter.capabilities()).requests?.undoHours ?? 0;
        await advance((undoHours + 1) * HOUR);
        await decide(visit.person, request.id, 'execute', 'It was asked for.');
        const later = await visitOf(bench);
        await expectRefusal(
          () => later!.requests.cancel(request.id),
          ['rights/too-late', 'rights/unknown', 'identity/required'],
          'It is too late.',
        );
        if (!later!.adapter.holdings) return;
        const shown = await later!.holdings.read().catch((error: unknown) => String(error));
        for (const value of visit.person.values)
          expect(!JSON.stringify(shown).includes(value), `${value} is not shown.`);
        const other = await visitOf(bench, 1);
        if (!other) return;
        const theirs = JSON.stringify(await other.holdings.read());
        expectOnly(theirs, people[1]!, [], 'What is held of the other');
      },
    ],
    [
      'when it is taken back and executed at the same time, one of the two happens',
      async (bench) => {
        const { decide, advance } = bench.setup;
        const before = await visitOf(bench);
        if (!before || !decide || !advance || !(await before.takes('erasure'))) return;
        const { request } = await before.ask({ type: 'erasure' });
        const undoHours = (await before.adapter.capabilities()).requests?.undoHours ?? 0;
        await advance((undoHours + 1) * HOUR);
        const visit = await visitOf(bench);
        const [cancel, execute] = await Promise.all([
          failureOf(() => visit!.requests.cancel(request.id), 'It is cancelled or not.'),
          refusalOf(bench, visit!, request.id, 'execute'),
        ]);
        expectSame(
          [cancel, execute].filter((each) => each === undefined).length,
          1,
          'One of them wins.',
        );
      },
    ],
  ],
};

/** A request that waits for somebody to decide. */
async function waiting(visit: Visit): Promise<string | undefined> {
  const types: readonly RequestType[] = ['erasure', 'objection'];
  for (const type of types)
    if (await visit.takes(type)) {
      const { request } = await visit.ask({
        type,
        ...(type === 'objection' && { against: 'other', note: 'I would rather not.' }),
      });
      return request.id;
    }
  return undefined;
}

/** With which code staff are refused, if they are. */
async function refusalOf(
  { setup }: Bench,
  { person }: Visit,
  id: string,
  act: 'extend' | 'refuse' | 'execute',
): Promise<string | undefined> {
  const error = await failureOf(
    async () => setup.decide?.(person, id, act, 'Once more.'),
    'Staff are refused with a PlacetError.',
  );
  return error?.code;
}
