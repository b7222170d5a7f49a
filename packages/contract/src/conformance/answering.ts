import type { SpokenOptions } from '../adapter.js';
import type { Correction, ErasurePreview, Holding } from '../rights/request.js';
import { expect, expectSame } from './assert.js';
import type { Group } from './bench.js';
import { createSubscriber, tickedOf } from './subscriber.js';
import { visitOf } from './visiting.js';

/** What requests do, and what they would. Checked where the suite can sign people in. */
export const answering: Group = {
  title: 'what a request does',
  needs: 'requests',
  promises: [
    [
      'an objection to marketing holds when it is answered (R-20)',
      async (bench) => {
        const visit = await visitOf(bench);
        if (!visit || !(await visit.takes('objection')) || !bench.has('subscriptions')) return;
        const subscriber = createSubscriber(bench);
        const { email } = visit.person.contacts;
        if (!subscriber.has('email') || email === undefined) return;
        const { optIn } = await subscriber.subscribe({ contacts: { email } });
        await subscriber.expectMaySend(optIn, true, 'They asked for it.');
        const { request } = await visit.ask({ type: 'objection' });
        await subscriber.expectMaySend(optIn, false, 'They objected.');
        expect(tickedOf(optIn).length > 0, 'There was something to object to.');
        await visit.requests.submit(request);
        await subscriber.expectMaySend(optIn, false, 'They still do.');
      },
    ],
    [
      'a value that was put right is shown so (GDPR art. 16)',
      async (bench) => {
        const visit = await visitOf(bench);
        if (!visit || !visit.adapter.holdings || !(await visit.takes('rectification'))) return;
        const [first] = rectifiable(await visit.holdings.read());
        if (!first) return;
        const value = 'Put right';
        await visit.ask({ type: 'rectification', corrections: [{ ...first, value }] });
        await bench.setup.sent?.();
        const now = rectifiable(await visit.holdings.read(), value);
        expectSame(now, [first], 'That field has the new value, and no other.');
      },
    ],
    [
      'an erasure shows beforehand what goes, and what stays on which ground until when (A-10)',
      async (bench) => {
        const visit = await visitOf(bench);
        if (!visit?.requests.preview || !(await visit.takes('erasure'))) return;
        const look = (options?: SpokenOptions) => visit.requests.preview!('erasure', options);
        const preview = await look();
        const { requests } = await visit.adapter.capabilities();
        expectSame(preview.undoHours, requests?.undoHours, 'It says how long it can be undone.');
        expect(preview.scope.controllers.length > 0, 'It says whose data it is about.');
        for (const { kept } of preview.systems)
          for (const { label, ground, until } of kept)
            expect(ground && !Number.isNaN(Date.parse(until)), `${label} stays for a reason.`);
        if (!visit.adapter.holdings) return;
        const held = await visit.holdings.read();
        expectWhole(preview, held);
        const again = await look({ language: 'en' });
        expectSame(await look({ language: 'en' }), again, 'It stays.');
        expectSame(await visit.holdings.read(), held, 'Nothing is changed by asking.');
        expectSame(await visit.requests.list(), [], 'Nothing is asked for by looking.');
      },
    ],
  ],
};

/** Fails unless everything that is held goes or stays. */
export function expectWhole({ systems }: ErasurePreview, held: readonly Holding[]): void {
  for (const { system, categories } of held) {
    const { deleted = [], kept = [] } = systems.find((each) => each.system === system) ?? {};
    for (const { category, count } of categories) {
      const all = [...deleted, ...kept].filter((each) => each.category === category);
      const sum = all.reduce((before, each) => before + each.count, 0);
      expectSame(sum, count, `All ${count} of ${system}/${category} go or stay.`);
    }
  }
}

/** Fields that can be put right; with a value: those that have it. */
function rectifiable(holdings: readonly Holding[], value?: string): Omit<Correction, 'value'>[] {
  return holdings.flatMap(({ system, categories }) =>
    categories.flatMap(({ category, records }) =>
      records.flatMap(({ record, fields }) =>
        fields
          .filter((each) => each.rectifiable && (value === undefined || each.value === value))
          .map(({ field }) => ({ system, category, record, field })),
      ),
    ),
  );
}
