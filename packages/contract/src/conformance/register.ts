import type { StoredRecord } from '../consent-record.js';
import { expect, expectRefusal, expectSame } from './assert.js';
import type { Bench, Group } from './bench.js';

/** The register as staff sees it (002-25, 002-47). */
export const register: Group = {
  title: 'the register',
  needs: 'register',
  promises: [
    [
      '`read` answers the record as it was acknowledged, with the skew of its clock (002-25)',
      async (bench) => {
        await bench.take();
        for (const seconds of [0, 3600, -3600, 90_000_000]) {
          const at = new Date(Date.now() + seconds * 1000).toISOString();
          const { record, receipt } = await bench.take({ at });
          await bench.take();
          const { skew, ...rest } = await bench.register.read(record.id);
          const { text: _text, ...notice } = record.notice;
          const { receivedAt } = receipt;
          const expected = { site: bench.config.site ?? 'default', ...record, notice, receivedAt };
          expectSame(rest, expected, '`read` answers what was recorded.');
          const ahead = (Date.parse(at) - Date.parse(receivedAt)) / 1000;
          expect(
            Number.isInteger(skew) && Math.abs(skew - ahead) < 1,
            `The clock was ${ahead} s ahead, not ${skew} s.`,
          );
        }
      },
    ],
    [
      '`read` refuses an id that there is none of with `record/unknown`',
      async (bench) => {
        await bench.take();
        for (const unknown of [crypto.randomUUID(), 'no-such-decision'])
          await expectRefusal(
            async () => bench.register.read(unknown),
            'record/unknown',
            `There is no record under ${unknown}.`,
          );
      },
    ],
    [
      '`list` answers the records in the order in which they were acknowledged, all there are',
      async (bench) => {
        expectSame(await idsOf(bench), [], 'A new register is empty.');
        const ids: string[] = [];
        for (let count = 0; count < 5; count++) ids.push((await bench.take()).record.id);
        const { records } = await bench.register.list();
        for (const each of records)
          expectSame(each, await bench.register.read(each.id), '`list` and `read` agree.');
        expectSame(await idsOf(bench), ids, '`list` keeps the order.');
      },
    ],
    [
      'pages put together hold each record exactly once, whatever their size',
      async (bench) => {
        const ids: string[] = [];
        for (let count = 0; count < 6; count++) ids.push((await bench.take()).record.id);
        for (const limit of [1, 3, 4, 6, 500])
          expectSame(await idsOf(bench, limit), ids, `Pages of ${limit} hold each record once.`);
      },
    ],
    [
      'pages hold each record exactly once while others come in',
      async (bench) => {
        const ids: string[] = [];
        for (let count = 0; count < 4; count++) ids.push((await bench.take()).record.id);
        const seen: string[] = [];
        for await (const { id } of pages(bench, 2)) {
          seen.push(id);
          if (seen.length <= 3) ids.push((await bench.take()).record.id);
        }
        expectSame(new Set(seen).size, seen.length, 'No record comes twice.');
        expectSame(seen, ids.slice(0, seen.length), 'Pages keep the order.');
        expect(seen.length >= 4, 'No record is left out.');
      },
    ],
    [
      'a page holds 100 records, or as many as were asked for, from 1 to 500',
      async (bench) => {
        await Promise.all(Array.from({ length: 101 }, () => bench.take()));
        const first = await bench.register.list();
        expectSame(first.records.length, 100, 'A page holds 100 records.');
        expect(first.next !== undefined, 'There is a second page.');
        expectSame((await idsOf(bench)).length, 101, 'The second page holds the rest.');
        for (const limit of [0, -1, 501, 1.5, NaN])
          await expectRefusal(
            () => bench.register.list({ limit }),
            'request/invalid',
            `A page cannot hold ${limit} records.`,
          );
        await expectRefusal(
          () => bench.register.list({ after: 'nowhere' }),
          'request/invalid',
          'A page comes after one that there was.',
        );
      },
    ],
    [
      'without the right to call them, the methods reject with `request/unauthorized`',
      async (bench) => {
        const { record } = await bench.take();
        const stranger = bench.setup.stranger?.register;
        if (!stranger) return;
        for (const call of [() => stranger.read(record.id), () => stranger.list()])
          await expectRefusal(call, 'request/unauthorized', 'A stranger has no right.');
      },
    ],
  ],
};

/** Every record, page after page. */
async function* pages(bench: Bench, limit?: number): AsyncGenerator<StoredRecord> {
  let after: string | undefined;
  do {
    const { records, next } = await bench.register.list({
      ...(after !== undefined && { after }),
      ...(limit !== undefined && { limit }),
    });
    expect(records.length <= (limit ?? 100), 'A page is no longer than was asked for.');
    expect(next === undefined || records.length > 0, 'A page with a next one is not empty.');
    expect(next === undefined || next !== after, '`next` leads on.');
    yield* records;
    expect(after === undefined || records.length > 0, 'The last page says that it is the last.');
    after = next;
  } while (after !== undefined);
}

async function idsOf(bench: Bench, limit?: number): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of pages(bench, limit)) ids.push(id);
  return ids;
}
