import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { SignedReceipt } from '@placet/contract';
import { consent } from './support/consent.js';
import { databases } from './support/databases.js';
import { isAcknowledged, sendAll } from './support/load.js';
import { dataFolder, runCommand, startServer, type ServerProcess } from './support/process.js';

const SECRET = 'one secret for the old and for the new place';

describe('A register in a folder', () => {
  const { folder, remove } = dataFolder();
  const settings = { PLACET_DATA: join(folder, 'data'), PLACET_SECRET: SECRET };
  const records = Array.from({ length: 50 }, () => consent());
  let server: ServerProcess;

  before(async () => {
    server = await startServer(settings);
    const answers = await sendAll([server.endpoint], records, { concurrency: 10 });
    assert.ok(answers.every(isAcknowledged));
  });
  after(remove);

  it('is refused to a second server, which says who has it', async () => {
    await assert.rejects(startServer(settings), (error: Error) => {
      assert.match(error.message, /ended with [1-9]/);
      assert.ok(error.message.includes(String(server.pid)), error.message);
      return true;
    });
  });

  it('cannot be verified while a server holds it, which is told apart from a fault', async () => {
    const { code, stderr } = await runCommand(['verify'], settings);
    assert.equal(code, 2, stderr);
  });

  it('moves to another place by backup and restore: the same receipts, the log whole, the next decisions after it', async () => {
    const of = async ({ endpoint }: ServerProcess) => {
      const response = await fetch(`${endpoint}/consents/${records[7]!.id}/receipt`);
      return (await response.json()) as SignedReceipt;
    };
    const before = await of(server);
    assert.equal(await server.stop(), 0, server.output());
    const file = join(folder, 'backup.ndjson.gz');
    const backup = await runCommand(['backup', file], settings);
    assert.equal(backup.code, 0, backup.stderr);

    // PostgreSQL where there is one: that is how a site grows.
    const place = await databases().at(-1)!.make();
    const moved = { ...place.settings, PLACET_SECRET: SECRET };
    try {
      const restored = await runCommand(['restore', file], moved);
      assert.equal(restored.code, 0, restored.stderr);
      const next = await startServer(moved);
      const again = await of(next);
      assert.equal(again.record, before.record);
      assert.deepEqual(again.evidence, before.evidence);
      assert.deepEqual(again.keys, before.keys);
      const more = await sendAll([next.endpoint], [...records, consent()], { concurrency: 10 });
      assert.equal(more.filter(({ status }) => status === 200).length, records.length);
      assert.equal(more.filter(({ status }) => status === 201).length, 1);
      assert.equal(await next.stop(), 0, next.output());
      const verified = await runCommand(['verify'], moved);
      assert.equal(verified.code, 0, verified.stdout + verified.stderr);
    } finally {
      await place.remove();
    }
  });
});
