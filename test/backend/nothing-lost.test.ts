import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConsentRecord } from '@placet/contract';
import { consent } from './support/consent.js';
import { databases, type Place } from './support/databases.js';
import { isAcknowledged, sendAll, type Answer } from './support/load.js';
import { runCommand, startServer, type ServerProcess } from './support/process.js';

const RECORDS = 10_000;

/** How many of the export's records each decision has. */
async function registered(place: Place): Promise<Map<string, number>> {
  const { code, stdout, stderr } = await runCommand(['export', '--with-evidence'], place.settings);
  assert.equal(code, 0, stderr);
  const counts = new Map<string, number>();
  for (const line of stdout.trim().split('\n')) {
    const { evidence } = JSON.parse(line) as { evidence?: { data: string } };
    if (!evidence) continue;
    const { decision } = JSON.parse(evidence.data) as { decision: string };
    counts.set(decision, (counts.get(decision) ?? 0) + 1);
  }
  return counts;
}

async function assertWhole(place: Place): Promise<void> {
  const { code, stdout, stderr } = await runCommand(['verify'], place.settings);
  assert.equal(code, 0, stdout + stderr);
}

function assertOnce(counts: ReadonlyMap<string, number>, answers: readonly Answer[]): void {
  const wrong = answers.filter(isAcknowledged).filter(({ id }) => counts.get(id) !== 1);
  assert.deepEqual(
    wrong.map(({ id }) => `${id}: ${counts.get(id) ?? 0} times`),
    [],
  );
}

/** Sends the records and kills a server in the midst of it, once enough is acknowledged. */
async function sendAndKill(
  servers: readonly ServerProcess[],
  victim: ServerProcess,
  records: readonly ConsentRecord[],
): Promise<Answer[]> {
  let killed: Promise<void> | undefined;
  const answers = await sendAll(
    servers.map(({ endpoint }) => endpoint),
    records,
    {
      onAnswer: (_answer, count) => {
        if (count >= records.length / 3) killed ??= victim.kill();
      },
    },
  );
  await killed;
  return answers;
}

for (const { name, make } of databases()) {
  describe(`A server on ${name} that is killed while it registers`, () => {
    it('has every acknowledged decision exactly once after it starts again, and its log is whole (001-33, G-03)', async () => {
      const place = await make();
      try {
        const records = Array.from({ length: RECORDS }, () => consent());
        const first = await startServer(place.settings);
        const answers = await sendAndKill([first], first, records);
        const acknowledged = answers.filter(isAcknowledged).length;
        assert.ok(acknowledged >= RECORDS / 3, `${acknowledged} acknowledged`);
        assert.ok(acknowledged < RECORDS, 'the kill came in the midst of it');

        const second = await startServer(place.settings);
        const again = await sendAll([second.endpoint], records);
        assert.deepEqual(
          again.filter((answer) => !isAcknowledged(answer)),
          [],
        );
        // The same receipt for what was there before: nothing was made anew.
        const bodies = new Map(again.map(({ id, body }) => [id, body]));
        for (const { id, body } of answers.filter(isAcknowledged))
          assert.equal(bodies.get(id), body);
        assert.equal(await second.stop(), 0, second.output());

        const counts = await registered(place);
        assert.equal(counts.size, RECORDS);
        assertOnce(counts, again);
        await assertWhole(place);
      } finally {
        await place.remove();
      }
    });
  });
}

const postgres = databases().find(({ name }) => name === 'PostgreSQL');
if (postgres) {
  describe('Two servers on one PostgreSQL', () => {
    it('start at once, register together, and lose nothing when one is killed: one log without a fork', async () => {
      const place = await postgres.make();
      try {
        const records = Array.from({ length: RECORDS / 2 }, () => consent());
        const [one, other] = await Promise.all([
          startServer(place.settings),
          startServer(place.settings),
        ]);
        const answers = await sendAndKill([one, other], one, records);
        const again = await sendAll([other.endpoint], records);
        assert.equal(again.filter(isAcknowledged).length, records.length);
        assert.equal(await other.stop(), 0, other.output());
        const counts = await registered(place);
        assert.equal(counts.size, records.length);
        assertOnce(counts, [...answers, ...again]);
        await assertWhole(place);
      } finally {
        await place.remove();
      }
    });
  });
}
