import type { Holding } from '../rights/request.js';
import { expect, expectRefusal, expectSame } from './assert.js';
import type { Group } from './bench.js';
import { expectOnly, visitOf } from './visiting.js';

/** What is held about somebody, and why (000-04, R-08). Checked where the suite can sign people in. */
export const holding: Group = {
  title: 'what is held',
  needs: 'holdings',
  promises: [
    [
      'it is shown to nobody who has not shown who they are: `identity/required`',
      async ({ setup }) => {
        for (const browser of [setup.adapter, await setup.browser?.()])
          if (browser)
            await expectRefusal(
              () => browser.holdings!.read(),
              'identity/required',
              'Nobody is signed in.',
            );
      },
    ],
    [
      'it tells of the person who is signed in and of nobody else, also of the same name',
      async (bench) => {
        const { people = [], adapter } = bench.setup;
        for (const index of people.keys()) {
          const visit = await visitOf(bench, index, adapter);
          if (!visit) return;
          const others = people.filter((each) => each !== visit.person);
          const shown = JSON.stringify(await visit.holdings.read());
          expectOnly(shown, visit.person, others, 'What is held');
        }
      },
    ],
    [
      'every system is in the list, whoever looks, with its kind and whether it could be asked',
      async (bench) => {
        const lists: string[][] = [];
        for (const index of (bench.setup.people ?? []).keys()) {
          const visit = await visitOf(bench, index);
          if (!visit) continue;
          const holdings = await visit.holdings.read();
          expect(holdings.length > 0, 'Something holds data.');
          for (const { system, name, kind, status } of holdings) {
            expect(system && name, 'A system has an id and a name.');
            expect(['database', 'service', 'paper'].includes(kind), `${kind} is a kind.`);
            expect(
              ['answered', 'unavailable', 'manual'].includes(status),
              `${status} is a status.`,
            );
          }
          lists.push(holdings.map(({ system }) => system));
        }
        for (const list of lists) {
          expectSame([...new Set(list)], list, 'Each system is there once.');
          expectSame([...list].sort(), [...lists[0]!].sort(), 'All see the same systems.');
        }
      },
    ],
    [
      'it says of each category what for, on which ground, how long, and how much there is (R-08)',
      async (bench) => {
        const visit = await visitOf(bench);
        if (!visit) return;
        const categories = categoriesIn(await visit.holdings.read());
        expect(categories.length > 0, 'Something is held about somebody who is known.');
        for (const {
          category,
          label,
          purpose,
          basis,
          retention,
          recipients,
          count,
          records,
        } of categories) {
          const all = [category, label, purpose, basis, retention];
          expect(all.every(Boolean), `${category} says what the law asks for.`);
          expect(Array.isArray(recipients), `${category} says who else gets it.`);
          expect(count >= records.length, `${category} counts all records.`);
          expect(records.length <= 50, `${category} shows the first of them.`);
          expectSame(
            records.length,
            Math.min(count, 50),
            `${category} shows all there are, up to 50.`,
          );
        }
      },
    ],
    [
      'it can be asked for in another language, and is the same data',
      async (bench) => {
        const visit = await visitOf(bench);
        if (!visit) return;
        const values = (holdings: readonly Holding[]) =>
          categoriesIn(holdings).map(({ category, count, records }) => [
            category,
            count,
            records.map(({ record, fields }) => [record, fields.map(({ value }) => value)]),
          ]);
        const english = await visit.holdings.read({ language: 'en' });
        const french = await visit.holdings.read({ language: 'fr' });
        expectSame(values(french), values(english), 'Only words differ.');
      },
    ],
  ],
};

function categoriesIn(holdings: readonly Holding[]) {
  return holdings.flatMap(({ categories }) => categories);
}
