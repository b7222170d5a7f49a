import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { deriveKeys } from '../../keys.js';
import type { JournalEntry } from './erasure.js';
import { contactHash, refHash } from './journal-hash.js';
import { openJournal } from './journal.js';

const keys = deriveKeys('a secret for tests');

function entry(email = 'camille@example.org'): JournalEntry {
  return {
    v: 1,
    at: '2026-11-22T12:00:00.000Z',
    request: randomUUID(),
    sites: ['default'],
    lookups: [contactHash(keys, email)],
    refs: [refHash(keys, 'bookings', 'customer-1001')],
  };
}

describe('the erasure journal (R-16)', () => {
  let folder: string;
  before(async () => void (folder = await mkdtemp(join(tmpdir(), 'placet-journal-'))));
  after(() => rm(folder, { recursive: true, force: true }));
  const fresh = () => join(folder, randomUUID());
  const all = async (file: string) => {
    const entries: JournalEntry[] = [];
    for await (const one of openJournal(file).read()) entries.push(one);
    return entries;
  };

  it('keeps what was written, in order, for its owner alone, and names nobody', async () => {
    const file = fresh();
    assert.deepEqual(await all(file), [], 'not there yet');
    const entries = [entry(), entry(), entry()];
    for (const one of entries) await openJournal(file).append(one);
    assert.deepEqual(await all(file), entries);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.ok(!/camille|customer-1001/.test(await readFile(file, 'utf8')));
  });

  it('takes entries of many at once, each whole', async () => {
    const file = fresh();
    const entries = Array.from({ length: 50 }, () => entry());
    await Promise.all(entries.map((one) => openJournal(file).append(one)));
    const ids = (of: JournalEntry[]) => of.map(({ request }) => request).sort();
    assert.deepEqual(ids(await all(file)), ids(entries));
  });

  it('loses no other entry to one that a crash left torn, wherever it was torn', async () => {
    const [first, torn, next] = [entry(), entry(), entry()];
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: JSON.stringify(torn).length - 1 }),
        async (cut) => {
          const file = fresh();
          await openJournal(file).append(first);
          const { size } = await stat(file);
          await openJournal(file).append(torn);
          await truncate(file, size + cut);
          await openJournal(file).append(next);
          assert.deepEqual(await all(file), [first, next]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('passes by lines that are none of its own', async () => {
    const file = fresh();
    const one = entry();
    await openJournal(file).append(one);
    await appendFile(file, '\n{"v":2}\nnull\n[]\n{"v":1,"at":"soon"}\n');
    assert.deepEqual(await all(file), [one]);
  });

  it('that cannot be written to or read says so', async () => {
    const file = join(folder, 'no', 'such', 'folder');
    await assert.rejects(openJournal(file).append(entry()), { code: 'server/unavailable' });
    await assert.rejects(openJournal(folder).append(entry()), { code: 'server/unavailable' });
  });
});
