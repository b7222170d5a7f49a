import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { takeSnapshot } from './snapshots.js';

describe('snapshots', () => {
  let folder: string;
  let of: string;
  let into: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'placet-snapshots-'));
    of = join(folder, 'of');
    into = join(folder, 'into');
    await mkdir(of);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('keeps the newest three, and nothing unfinished', async () => {
    await mkdir(into);
    await writeFile(join(into, '2026-01-01T00-00-00-000Z.tar.gz.tmp'), 'cut off');
    await writeFile(join(into, 'mine.txt'), 'of the operator');
    for (const hour of [1, 2, 3, 4, 5]) {
      await takeSnapshot({ of, into, now: new Date(Date.UTC(2026, 10, 22, hour)) });
    }
    assert.deepEqual((await readdir(into)).sort(), [
      '2026-11-22T03-00-00-000Z.tar.gz',
      '2026-11-22T04-00-00-000Z.tar.gz',
      '2026-11-22T05-00-00-000Z.tar.gz',
      'mine.txt',
    ]);
  });

  it('leaves the older ones where a new one cannot be made', async () => {
    const now = new Date(Date.UTC(2026, 10, 22));
    await takeSnapshot({ of, into, now });
    const missing = join(folder, 'missing');
    await assert.rejects(takeSnapshot({ of: missing, into, now: new Date(+now + 1) }));
    assert.deepEqual(await readdir(into), ['2026-11-22T00-00-00-000Z.tar.gz']);
  });

  it('can be unpacked by tar into the same files, whatever is in them', async () => {
    const names = fc.stringMatching(/^[a-zA-Z0-9_.-]{0,20}[a-z0-9]$/);
    const content = fc.uint8Array({ maxLength: 1500, size: 'max' });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, content, { maxKeys: 5 }), async (files) => {
        await rm(of, { recursive: true });
        await mkdir(join(of, 'sub', 'empty'), { recursive: true });
        for (const [name, bytes] of Object.entries(files)) {
          await writeFile(join(of, 'sub', `${name}.bin`), bytes);
        }
        const file = await takeSnapshot({ of, into, now: new Date() });
        const out = join(folder, 'out');
        await rm(out, { recursive: true, force: true });
        await mkdir(out);
        execFileSync('tar', ['-xzf', file, '-C', out]);
        const unpacked = (await readdir(join(out, 'sub'))).sort();
        const packed = Object.keys(files).map((name) => `${name}.bin`);
        assert.deepEqual(unpacked, ['empty', ...packed].sort());
        for (const [name, bytes] of Object.entries(files)) {
          const read = new Uint8Array(await readFile(join(out, 'sub', `${name}.bin`)));
          assert.deepEqual(read, bytes);
        }
      }),
      { numRuns: 15 },
    );
  });
});
