import type { RequestsGroup } from '../adapter.js';
import { expect, expectPlain, expectRefusal, expectSame } from './assert.js';
import type { Group } from './bench.js';
import { sampleRequest } from './sample-request.js';
import { expectWhole } from './answering.js';
import { firstTaken, visitOf, type Visit } from './visiting.js';

/** Requests are their owner's. Checked where the suite can sign two people in. */
export const ownership: Group = {
  title: 'whose requests they are',
  needs: 'requests',
  promises: [
    [
      'nobody does anything without having shown who they are: `identity/required`',
      async (bench) => {
        const { adapter, browser } = bench.setup;
        const request = sampleRequest(bench.config);
        for (const each of [adapter, await browser?.()]) {
          if (!each?.requests) continue;
          for (const [name, call] of callsOf(each.requests, request.id))
            await expectRefusal(call, 'identity/required', `${name} is for whoever is signed in.`);
          await expectRefusal(
            () => each.requests!.submit(request),
            'identity/required',
            'Nobody asks for anybody.',
          );
        }
        const visit = await visitOf(bench);
        if (visit) expectSame(await visit.requests.list(), [], 'Nothing was stored.');
      },
    ],
    [
      'the list has the person’s own, newest first, and nobody else’s',
      async (bench) => {
        const one = await visitOf(bench, 0);
        const other = await visitOf(bench, 1);
        if (!one || !other) return;
        const { types } = (await one.adapter.capabilities()).requests!;
        const ids: string[] = [];
        for (const type of ['restriction', 'erasure', 'access'] as const)
          if (types.includes(type)) ids.unshift((await one.ask({ type })).request.id);
        await bench.setup.sent?.();
        expectSame(await listed(one), ids, 'Newest first.');
        expectSame(await other.requests.list(), [], 'The other sees none of them.');
        for (const status of await one.requests.list())
          expectSame(await one.requests.read(status.id), status, 'Both tell the same.');
      },
    ],
    [
      'another person’s request is `rights/unknown`, as one that does not exist (also of the same name)',
      async (bench) => {
        const one = await visitOf(bench, 0);
        const other = await visitOf(bench, 1);
        if (!one || !other) return;
        const { types } = (await one.adapter.capabilities()).requests!;
        for (const type of ['erasure', 'access'] as const) {
          if (!types.includes(type)) continue;
          const { request } = await one.ask({ type });
          await bench.setup.sent?.();
          const before = await one.requests.read(request.id);
          for (const id of [request.id, crypto.randomUUID(), 'x'])
            for (const [name, call] of callsOf(other.requests, id).filter(isAboutOne))
              await expectRefusal(call, 'rights/unknown', `${name} of ${id} tells nothing.`);
          await expectRefusal(
            () => other.requests.submit(request),
            'rights/conflict',
            'Nobody takes over what somebody else asked for.',
          );
          await bench.setup.sent?.();
          expectSame(await one.requests.read(request.id), before, 'It stays as it was.');
        }
        expectSame(await other.requests.list(), [], 'They have none.');
        expect((await one.requests.list()).length > 0, 'Theirs are still there.');
      },
    ],
    [
      'whoever signs in next in the same browser sees their own',
      async (bench) => {
        const { adapter, people = [] } = bench.setup;
        for (const index of people.keys()) {
          const visit = await visitOf(bench, index, adapter);
          const type = visit && (await firstTaken(visit, ['erasure', 'access', 'restriction']));
          if (!visit || !type) return;
          const ids: string[] = [];
          expectSame(await visit.requests.list(), [], 'Nothing is theirs yet.');
          const isErasable = await visit.takes('erasure');
          if (visit.requests.preview && isErasable && visit.adapter.holdings)
            expectWhole(await visit.requests.preview('erasure'), await visit.holdings.read());
          for (const each of [type, type]) {
            const { request } = await visit.ask({ type: each });
            ids.unshift(request.id);
            expectSame(await listed(visit), ids, 'The list has what was asked for so far.');
            await visit.requests.cancel(request.id).catch(() => undefined);
          }
        }
      },
    ],
    [
      'the receipt of a request, where there is one, tells of that request alone (001-34)',
      async (bench) => {
        const visit = await visitOf(bench);
        if (!visit?.requests.receipt) return;
        const asked = [];
        for (const type of ['restriction', 'erasure', 'access'] as const)
          if (await visit.takes(type)) asked.push(await visit.ask({ type }));
        await bench.setup.sent?.();
        const ids = asked.map(({ request }) => request.id);
        for (const id of [...ids, ...ids]) {
          const signed = await visit.requests.receipt(id);
          expectPlain(signed, 'A receipt');
          const copy = JSON.stringify(signed);
          const { type, receivedAt, due, state } = await visit.requests.read(id);
          for (const part of [id, type, receivedAt, due, state])
            expect(copy.includes(part), `The receipt says ${part}.`);
          for (const other of ids.filter((each) => each !== id))
            expect(!copy.includes(other), 'It tells of no other request.');
          Object.assign(signed, { receipt: 'spoiled' });
        }
      },
    ],
    [
      'the same person sees the same requests in another browser',
      async (bench) => {
        const one = await visitOf(bench, 0);
        const browser = await bench.setup.browser?.();
        if (!one || !browser) return;
        const type = (await one.takes('erasure')) ? 'erasure' : 'access';
        if (!(await one.takes(type))) return;
        const { request } = await one.ask({ type });
        const there = await visitOf(bench, 0, browser);
        await bench.setup.sent?.();
        expectSame(await there?.requests.list(), await one.requests.list(), 'They are the same.');
        expectSame((await there?.requests.read(request.id))?.id, request.id, 'It can be read.');
      },
    ],
  ],
};

const listed = async ({ requests }: Visit) => (await requests.list()).map(({ id }) => id);

type Call = readonly [name: string, call: () => Promise<unknown>];

/** Every method but `submit`. */
function callsOf(requests: RequestsGroup, id: string): readonly Call[] {
  return [
    ['read', async () => requests.read(id)],
    ['cancel', async () => requests.cancel(id)],
    ['list', async () => requests.list()],
    ...(requests.confirm ? [['confirm', async () => requests.confirm!(id)] as Call] : []),
    ...(requests.receipt ? [['receipt', async () => requests.receipt!(id)] as Call] : []),
    ...(requests.download
      ? [['download', async () => requests.download!(id, 'json')] as Call]
      : []),
    ...(requests.preview ? [['preview', async () => requests.preview!('erasure')] as Call] : []),
  ];
}

const isAboutOne = ([name]: Call) => name !== 'list' && name !== 'preview';
