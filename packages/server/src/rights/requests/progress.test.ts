import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { RequestStatus } from '@placet/contract';
import fc from 'fast-check';
import type { Database } from '../../database/database.js';
import { manualSystem } from '../../systems/manual-system.js';
import { testDatabase } from '../../testing/database.js';
import { passHours } from '../../testing/erasing.js';
import { memorySystem } from '../../testing/memory-system.js';
import { generator, visits } from '../../testing/package-shop.js';
import { CAMILLE_SIGNED_IN, testRequest } from '../../testing/requests.js';
import { rightsServer } from '../../testing/rights.js';

type Progress = NonNullable<RequestStatus['progress']>;

const SITE = 'default';
const BY = { actor: 'Ada', status: 'done', note: 'By hand.' } as const;
const VISITS = 1200;
/** More often than a step is tried. */
const MOST_FAILURES = 18;

const failures = fc.record({
  find: fc.integer({ max: MOST_FAILURES }),
  collect: fc.integer({ max: MOST_FAILURES }),
});
const mishaps = fc.record({
  door: failures,
  bookings: failures,
  lookedAfter: fc.nat({ max: 3 }),
  doubtedAfter: fc.option(fc.nat({ max: 3 })),
});

describe('the progress of a request', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  it('counts every system and every record from the beginning to the end, and never goes back (000-12)', async () => {
    await fc.assert(
      fc.asyncProperty(mishaps, async (given) => {
        const seen: Progress[] = [];
        let look = async () => {};
        const left = { ...given.door };
        const door = generator('door', async function* () {
          const isFailing = left.collect-- > 0;
          for await (const visit of visits(VISITS)) {
            if (visit.record === 'v600' || visit.record === 'v1100') await look();
            yield visit;
            if (isFailing && visit.record === 'v700') throw new Error('The system went away.');
          }
        });
        const bookings = memorySystem();
        const paper = manualSystem({ id: 'paper', name: 'Paper', categories: [] });
        door.find = async () => {
          if (left.find-- > 0) throw new Error('The system is away.');
          return [{ ref: '1' }];
        };
        bookings.failNext('find', given.bookings.find);
        bookings.failNext('collect', given.bookings.collect);
        const opened = await rightsServer(database, { systems: [door, bookings, paper] });
        const { person, staff } = opened.server.rights;
        const { id } = (await person.submit(SITE, CAMILLE_SIGNED_IN, testRequest())).status;
        const read = () => person.read(SITE, CAMILLE_SIGNED_IN, id);
        look = async () => {
          const { progress } = await read();
          if (progress) seen.push(progress);
        };

        await look();
        for (let time = 0; (await read()).state !== 'completed'; time += 1) {
          await passHours(opened, 3);
          await look();
          const { items } = await staff.view(SITE, id);
          for (const { item, status } of items)
            if (status === 'open' && (item !== 'paper/look' || time >= given.lookedAfter)) {
              await staff.settle(SITE, id, item, BY);
              await look();
            }
          if (time === given.doubtedAfter && (await read()).state !== 'completed')
            await staff.doubt(SITE, id, { actor: 'Ada', reason: 'Odd.', question: 'Which year?' });
          assert.ok(time < 100, 'It comes to an end.');
        }
        await opened.server.close();

        assert.ok(seen.length > 1);
        // Two systems and Placet's own are looked into twice, the paper once.
        for (const { done, total } of seen) assert.ok(total === 7 && done <= 7);
        for (const word of ['done', 'records'] as const) {
          const counts = seen.map((each) => each[word] ?? 0);
          const risen = [...counts].sort((one, other) => one - other);
          assert.deepEqual(counts, risen, word);
        }
      }),
      { numRuns: 8 },
    );
  });

  it('shows the records of a long system while they are put together (000-12)', async () => {
    const seen: (number | undefined)[] = [];
    let look = async () => {};
    const door = generator('door', async function* () {
      for await (const visit of visits(VISITS)) {
        if (visit.record === 'v500' || visit.record === 'v1000') await look();
        yield visit;
      }
    });
    const { server } = await rightsServer(database, { systems: [door] });
    const { person } = server.rights;
    const request = testRequest();
    look = async () => {
      const { progress } = await person.read(SITE, CAMILLE_SIGNED_IN, request.id);
      seen.push(progress?.records);
    };
    await person.submit(SITE, CAMILLE_SIGNED_IN, request);
    await server.jobs.idle();
    assert.deepEqual(
      seen.map((count) => count! >= 500),
      [true, true],
    );
    assert.ok(seen[1]! >= 1000);
    await server.close();
  });
});
