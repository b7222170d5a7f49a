import type { ConsentRecord } from '../consent-record.js';
import { RESTORED } from '../record-rules.js';
import { expect, expectRefusal, expectSame } from './assert.js';
import type { Bench, Group } from './bench.js';

/** The same id again. */
export const repetition: Group = {
  title: 'the same decision again',
  needs: 'consents',
  promises: [
    [
      'the same record again stores nothing and gets the same receipt',
      async (bench) => {
        const { record, receipt } = await bench.take();
        await bench.take();
        for (let time = 0; time < 3; time++) {
          const again = await bench.consents.record({ ...record });
          expectSame(again, receipt, 'A repetition gets the same receipt.');
        }
        await bench.expectStored(record, receipt, 'A repetition stores nothing.');
      },
    ],
    [
      'the same record again is the same without the notice’s text, and with it',
      async (bench) => {
        const { text: _text, ...known } = await bench.freshNotice();
        const notice = { ...known, text: _text };
        const { record, receipt } = await bench.take({ notice });
        const short = await bench.consents.record({ ...record, notice: known });
        expectSame(short, receipt, 'Without the text it is the same record.');
        const second = await bench.take({ notice: known });
        const whole = await bench.consents.record({ ...second.record, notice });
        expectSame(whole, second.receipt, 'With the text it is the same record.');
        await bench.expectStored(record, receipt, 'A repetition stores nothing.');
      },
    ],
    [
      'the same record ten times at the same time is stored once, with one receipt',
      async (bench) => {
        const record = await bench.sample({ notice: await bench.freshNotice() });
        const receipts = await Promise.all(
          Array.from({ length: 10 }, () => bench.consents.record({ ...record })),
        );
        for (const receipt of receipts)
          expectSame(receipt, receipts[0], 'Repetitions at the same time get one receipt.');
        await bench.expectStored(record, receipts[0]!, 'It is stored once.');
      },
    ],
    [
      'a record rebuilt from the choice cookie is a repetition, whichever came first',
      async (bench) => {
        const { record, receipt } = await bench.take();
        const gesture = { control: RESTORED, trusted: false };
        const page = `${record.page}/later`;
        const rebuilt = { ...record, gesture, page, notice: await bench.freshNotice() };
        const again = await bench.consents.record(rebuilt);
        expectSame(again, receipt, 'What the cookie says is a repetition.');
        const otherwise = { ...rebuilt, granted: record.denied, denied: record.granted };
        await expectRefusal(
          () => bench.consents.record(otherwise),
          'consent/conflict',
          'A rebuilt record that says something else is refused.',
        );
        await bench.expectStored(record, receipt, 'The first record stays.');
        const early = await bench.take({ gesture, page });
        const late = await bench.consents.record({ ...early.record, gesture: record.gesture });
        expectSame(late, early.receipt, 'The one rebuilt first is not stored twice.');
      },
    ],
    [
      'another record under the same id is refused with `consent/conflict`; the first one stays',
      async (bench) => {
        const { record, receipt } = await bench.take();
        for (const [what, other] of await othersOf(bench, record)) {
          const sentence = `Another record under the same id (${what}) is refused.`;
          await expectRefusal(() => bench.consents.record(other), 'consent/conflict', sentence);
        }
        await bench.expectStored(record, receipt, 'After a conflict the first record stays.');
      },
    ],
    [
      'of different records under one id at the same time exactly one is acknowledged, and stays',
      async (bench) => {
        const record = await bench.sample();
        const rivals = [record, ...(await othersOf(bench, record)).map(([, other]) => other)];
        const outcomes = await Promise.allSettled(
          rivals.map((each) => bench.consents.record(each)),
        );
        const winners = outcomes.flatMap((outcome, index) =>
          outcome.status === 'fulfilled' ? [{ rival: rivals[index]!, receipt: outcome.value }] : [],
        );
        expect(winners.length === 1, `One record wins an id, not ${winners.length}.`);
        for (const outcome of outcomes)
          if (outcome.status === 'rejected')
            await expectRefusal(
              async () => Promise.reject(outcome.reason as Error),
              'consent/conflict',
              'The others are refused.',
            );
        const [{ rival, receipt }] = winners as [(typeof winners)[0]];
        await bench.expectStored(rival, receipt, 'The one that was acknowledged stays.');
      },
    ],
  ],
};

/** Valid records under the same id that each say one other thing. */
async function othersOf(
  bench: Bench,
  record: ConsentRecord,
): Promise<[what: string, other: ConsentRecord][]> {
  const { granted, denied } = record;
  const changes: Partial<ConsentRecord> = {
    at: new Date(Date.parse(record.at) - 1000).toISOString(),
    notice: await bench.freshNotice(),
    months: record.months === 13 ? 12 : 13,
    granted: denied,
    gesture: { ...record.gesture, trusted: !record.gesture.trusted },
    regime: record.regime === 'opt-in' ? 'opt-out' : 'opt-in',
    language: record.language === 'en' ? 'fr' : 'en',
    page: `${record.page}/other`,
    replaces: { id: crypto.randomUUID(), notice: record.notice.version, reason: 'changed' },
  };
  return Object.entries(changes).map(([what, value]) => [
    what,
    { ...record, ...(what === 'granted' && { denied: granted }), [what]: value },
  ]);
}
