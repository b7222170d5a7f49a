import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CollectedRecord, ConnectedSystem } from '../../systems/system.js';
import { CAMILLE, memorySystem } from '../../testing/memory-system.js';
import { testTimers } from '../../testing/register.js';
import { RIGHTS_CONFIG } from '../../testing/rights.js';
import { ANSWER_TIME } from '../in-time.js';
import type { RightsParts } from '../parts.js';
import { holdingsOf } from './holdings.js';

const ABOUT = { site: 'default', contacts: CAMILLE, language: 'en' };

function partsOf(...systems: ConnectedSystem[]) {
  const logged: string[] = [];
  const parts = {
    systems,
    sites: new Map([['default', RIGHTS_CONFIG]]),
    sharedCustomers: false,
    log: (entry) => logged.push(`${entry.event} ${entry['system']} ${entry['cause']}`),
  } satisfies Partial<RightsParts>;
  return { parts: parts as unknown as RightsParts, logged };
}

describe('holdingsOf', () => {
  it('shows fifty records of a category, says how many there are, and reads no more than it must', async () => {
    let read = 0;
    const one = memorySystem();
    const many: ConnectedSystem = {
      ...one,
      survey: async () => [
        { category: 'customers', count: 1, kept: [] },
        { category: 'appointments', count: 100_000, kept: [] },
      ],
      async *collect(): AsyncGenerator<CollectedRecord> {
        yield { category: 'customers', record: '1', fields: { name: 'Camille Roy' } };
        for (let number = 0; number < 100_000; number += 1) {
          read += 1;
          yield { category: 'appointments', record: String(number), fields: { number } };
        }
      },
    };
    const [holding] = await holdingsOf(partsOf(many).parts, ABOUT);
    const shown = holding!.categories.map(({ category, count, records }) => [
      category,
      count,
      records.length,
    ]);
    assert.deepEqual(shown, [
      ['customers', 1, 1],
      ['appointments', 100_000, 50],
      ['orders', 0, 0],
    ]);
    assert.equal(read, 50);
  });

  it('lets no system that hangs hold up the others, and logs nothing of the person', async () => {
    const timers = testTimers();
    const hanging: ConnectedSystem = {
      ...memorySystem([], { id: 'hanging' }),
      find: () => new Promise(() => {}),
    };
    const { parts, logged } = partsOf(hanging, memorySystem());
    const asked = holdingsOf(parts, ABOUT, timers.after);
    timers.run(ANSWER_TIME);
    const [away, there] = await asked;
    assert.equal(away!.status, 'unavailable');
    assert.equal(there!.system, 'bookings');
    assert.ok(logged.includes('rights/not-read hanging TooSlow'));
    assert.doesNotMatch(logged.join(), /camille/i);
  });

  it('offers to put right only what the system can', async () => {
    const { rectify: _, ...without } = memorySystem();
    const fieldsOf = async (system: ConnectedSystem) =>
      (await holdingsOf(partsOf(system).parts, ABOUT))[0]!.categories[0]!.records[0]!.fields.map(
        ({ field, rectifiable }) => [field, rectifiable],
      );
    assert.deepEqual(await fieldsOf(memorySystem()), [
      ['name', true],
      ['email', false],
      ['born', true],
    ]);
    assert.ok((await fieldsOf(without)).every(([, rectifiable]) => !rectifiable));
  });
});
