import { CLOSED } from '../rights/states.js';
import { expect, expectPlain, expectRefusal, expectSame } from './assert.js';
import type { Bench, Group } from './bench.js';
import { visitOf, type Visit } from './visiting.js';

const HOUR = 3_600_000;

/** What becomes of requests that staff entered (000-24…26). Checked where the suite can enter some. */
export const entered: Group = {
  title: 'confirming what staff entered',
  needs: 'requests',
  promises: [
    [
      'it waits until the person says that it was theirs, and goes on then as one that came by the site (000-26)',
      async (bench) => {
        const visit = await confirmingVisit(bench);
        if (!visit) return;
        const first = await waiting(bench, visit, 'restriction');
        const second = await waiting(bench, visit, 'restriction');
        for (const id of [second, first]) {
          const confirmed = await visit.requests.confirm!(id);
          expectPlain(confirmed, 'A confirmed request');
          expectSame(confirmed.id, id, 'It is that request.');
          expect(confirmed.state !== 'unverified', 'It waits no longer.');
          const { act } = confirmed.timeline[1] ?? {};
          expectSame(act, 'verify', 'The timeline tells it.');
          await bench.setup.sent?.();
          expect((await visit.requests.read(id)).state !== 'unverified', 'It stays so.');
        }
      },
    ],
    [
      'confirming again, or ten times at the same time, changes nothing',
      async (bench) => {
        const visit = await confirmingVisit(bench);
        if (!visit) return;
        const id = await waiting(bench, visit, 'erasure');
        const { confirm } = visit.requests;
        await Promise.all(Array.from({ length: 10 }, () => confirm!(id)));
        await bench.setup.sent?.();
        const stands = await visit.requests.read(id);
        const again = await confirm!(id);
        expectSame(again, stands, 'It is answered as it stands.');
        Object.assign(again, { state: 'spoiled' });
        expectSame(await confirm!(id), stands, 'The answer is a copy.');
        expectSame(await visit.requests.list(), [stands], 'It is one request.');
      },
    ],
    [
      'who did not ask for it takes it back, and it cannot be confirmed then: `rights/too-late`',
      async (bench) => {
        const visit = await confirmingVisit(bench);
        if (!visit) return;
        const id = await waiting(bench, visit, 'erasure');
        const cancelled = await visit.requests.cancel(id);
        expectSame(cancelled.state, 'cancelled', 'It is taken back.');
        await expectRefusal(() => visit.requests.confirm!(id), 'rights/too-late', 'It is over.');
        expectSame(await visit.requests.read(id), cancelled, 'It stays so.');
      },
    ],
    [
      'what was confirmed and is taken back since cannot be confirmed again: `rights/too-late`',
      async (bench) => {
        const visit = await confirmingVisit(bench);
        if (!visit) return;
        const { requests } = visit;
        const alone = await waiting(bench, visit, 'erasure');
        const { cancellableUntil } = await requests.confirm!(alone);
        if (!cancellableUntil) return;
        const cancelled = await requests.cancel(alone);
        await expectRefusal(() => requests.confirm!(alone), 'rights/too-late', 'It is over.');
        expectSame(await requests.read(alone), cancelled, 'It stays so.');
        const joined = await waiting(bench, visit, 'erasure');
        await visit.ask({ type: 'erasure' });
        await requests.confirm!(joined);
        for (const { id, state } of await requests.list())
          if (!CLOSED.includes(state)) await requests.cancel(id);
        await expectRefusal(
          () => requests.confirm!(joined),
          'rights/too-late',
          'So it is where the one that stood for it was taken back.',
        );
      },
    ],
    [
      'nobody confirms another person’s: it is `rights/unknown`, as one that does not exist',
      async (bench) => {
        const visit = await confirmingVisit(bench);
        const other = await visitOf(bench, 1);
        if (!visit || !other) return;
        const id = await waiting(bench, visit, 'restriction');
        for (const each of [id, crypto.randomUUID(), 'x'])
          await expectRefusal(
            () => other.requests.confirm!(each),
            'rights/unknown',
            'It is not theirs.',
          );
        expectSame((await visit.requests.read(id)).state, 'unverified', 'It waits.');
        expectSame((await visit.requests.confirm!(id)).id, id, 'The person confirms it.');
      },
    ],
    [
      'its receipt, if there is one, says nothing in words that are not the person’s',
      async (bench) => {
        const visit = await confirmingVisit(bench);
        if (!visit?.requests.receipt) return;
        const id = await waiting(bench, visit, 'restriction');
        for (const isConfirmed of [false, true]) {
          if (isConfirmed) await visit.requests.confirm!(id);
          const { receipt } = await visit.requests.receipt(id);
          const asked = (receipt['asked'] ?? {}) as Readonly<Record<string, unknown>>;
          for (const words of ['note', 'corrections'])
            expectSame(asked[words], undefined, `Staff wrote it: ${words}.`);
        }
      },
    ],
    [
      'an erasure can be taken back for its hours from then on',
      async (bench) => {
        const { advance } = bench.setup;
        const before = await confirmingVisit(bench);
        if (!before || !advance) return;
        const id = await waiting(bench, before, 'erasure');
        await advance(24 * HOUR);
        const visit = await visitOf(bench);
        const { cancellableUntil = '', timeline } = await visit!.requests.confirm!(id);
        const { undoHours = 0 } = (await visit!.adapter.capabilities()).requests ?? {};
        const verified = timeline.find(({ act }) => act === 'verify');
        const hours = (Date.parse(cancellableUntil) - Date.parse(verified?.at ?? '')) / HOUR;
        // The clock may be read twice.
        expectSame(Math.round(hours), undoHours, 'Its hours begin when it is confirmed.');
      },
    ],
    [
      'an erasure that is open already and the one that is confirmed become one',
      async (bench) => {
        const visit = await confirmingVisit(bench);
        if (!visit) return;
        const id = await waiting(bench, visit, 'erasure');
        const { receivedAt, due } = await visit.requests.read(id);
        await visit.ask({ type: 'erasure' });
        await bench.setup.sent?.();
        const confirmed = await visit.requests.confirm!(id);
        await bench.setup.sent?.();
        const all = await visit.requests.list();
        const open = all.filter(({ state }) => !CLOSED.includes(state));
        expectSame(
          open.map((each) => each.id),
          [confirmed.id],
          'One of the two is open, and it is the answer.',
        );
        expectSame(
          [open[0]?.receivedAt, open[0]?.due],
          [receivedAt, due],
          'It is due as the first of them was.',
        );
      },
    ],
  ],
};

/** A visit in which what was entered can be confirmed. */
async function confirmingVisit(bench: Bench): Promise<Visit | undefined> {
  const visit = await visitOf(bench);
  const can = visit?.requests.confirm && bench.setup.enter;
  return can && (await visit.takes('erasure')) && (await visit.takes('restriction'))
    ? visit
    : undefined;
}

/** A request that was entered for the person of a visit, and waits. */
async function waiting(
  { setup }: Bench,
  { person, requests }: Visit,
  type: 'erasure' | 'restriction',
): Promise<string> {
  const id = await setup.enter!(person, type);
  expectSame((await requests.read(id)).state, 'unverified', 'It waits to be confirmed.');
  return id;
}
