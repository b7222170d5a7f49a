import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testTimers } from '../testing/register.js';
import { memorySystem } from '../testing/memory-system.js';
import { withPatience } from './patience.js';
import type { CollectedRecord, ConnectedSystem } from './system.js';

const never = () => new Promise<never>(() => undefined);
const SUBJECT = {
  contacts: { email: 'camille@example.org' },
  site: 'default',
  scope: 'site',
} as const;

async function all(records: AsyncIterable<CollectedRecord>): Promise<CollectedRecord[]> {
  const found: CollectedRecord[] = [];
  for await (const record of records) found.push(record);
  return found;
}

describe('A system that hangs', () => {
  for (const method of ['find', 'survey', 'checks', 'rectify', 'restrict'] as const)
    it(`is given up at ${method}, so that others get their turn`, async () => {
      const { after, run } = testTimers();
      const system = { ...memorySystem(), [method]: never } as ConnectedSystem;
      const patient = withPatience(system, after) as Required<ConnectedSystem>;
      const answer = (patient[method] as (given: unknown) => Promise<unknown>)(SUBJECT);
      run(60_000);
      await assert.rejects(answer, { code: 'server/unavailable' });
    });

  it('is given up while it collects, with what came before', async () => {
    const { after, run, waiting } = testTimers();
    const system = memorySystem();
    const record = { category: 'notes', record: '1', fields: {} };
    const hanging: ConnectedSystem = Object.assign(Object.create(system) as ConnectedSystem, {
      async *collect() {
        yield record;
        await never();
      },
    });
    const records = (withPatience(hanging, after) as ConnectedSystem).collect([]);
    const pieces = records[Symbol.asyncIterator]();
    assert.deepEqual((await pieces.next()).value, record);
    const next = pieces.next();
    assert.deepEqual(waiting(), [60_000]);
    run(60_000);
    await assert.rejects(next, { code: 'server/unavailable' });
  });

  it('answers as ever while it does not hang, and leaves no timer behind', async () => {
    const { after, waiting } = testTimers();
    const system = memorySystem();
    const patient = withPatience(system, after) as ConnectedSystem;
    assert.deepEqual(patient.describe(), system.describe());
    const refs = (await patient.find(SUBJECT)).map(({ ref }) => ref);
    assert.ok(refs.length > 0);
    assert.deepEqual(await patient.survey(refs), await system.survey(refs));
    assert.deepEqual(await all(patient.collect(refs)), await all(system.collect(refs)));
    assert.deepEqual(waiting(), []);
  });
});
