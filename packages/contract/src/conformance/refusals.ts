import { knownEntries } from '../known-entries.js';
import { expectRefusal } from './assert.js';
import type { Group } from './bench.js';
import { malformed } from './malformed.js';

/** What may not enter the register. */
export const refusals: Group = {
  title: 'what it refuses',
  needs: 'consents',
  promises: [
    [
      'what is malformed is refused with `request/invalid`, and nothing is stored',
      async (bench) => {
        const ids: string[] = [];
        for (const [what, spoil] of malformed) {
          const record = await bench.sample();
          ids.push(record.id);
          const sentence = `A malformed record (${what}) is refused.`;
          const given = spoil(record) as typeof record;
          await expectRefusal(() => bench.consents.record(given), 'request/invalid', sentence);
        }
        await bench.expectNothing(ids, 'A malformed record is not stored.');
      },
    ],
    [
      'purposes that the site never asked for are refused with `consent/unknown-purpose`, granted or denied',
      async (bench) => {
        const { granted, denied } = await bench.sample();
        const asked = knownEntries(bench.config);
        const [known = ''] = granted;
        const other = denied.find((each) => each !== known) ?? known;
        const strangers = ['no-such-purpose', `${known}/no-such-service`, 'constructor'];
        const service = bench.config.purposes
          .find(({ id }) => id === known)
          ?.services?.map(({ id }) => id)[0];
        // A service belongs to its own purpose, and is no purpose itself.
        if (service) strangers.push(service);
        if (service && other !== known) strangers.push(`${other}/${service}`);
        const ids: string[] = [];
        for (const stranger of strangers.filter((each) => !asked.has(each)))
          for (const entries of [
            { granted: [...granted, stranger], denied },
            { granted, denied: [...denied, stranger] },
          ]) {
            const record = await bench.sample(entries);
            const sentence = `A purpose never asked for (${stranger}) is refused.`;
            await expectRefusal(
              () => bench.consents.record(record),
              'consent/unknown-purpose',
              sentence,
            );
            ids.push(record.id);
          }
        await bench.expectNothing(ids, 'A decision on purposes never asked for is not stored.');
      },
    ],
  ],
};
