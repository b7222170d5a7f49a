import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Files } from './files.js';
import { createWal } from './wal.js';

const FIRST = '000000010000000000000001';
const SECOND = '000000010000000000000002';

/** A folder of segments and a clock, both moved by hand. */
function setup() {
  const disk = new Map<string, number>([['archive_status', 0]]);
  const flushed: string[] = [];
  let time = 1_000_000;
  let fails = false;
  const files: Files = {
    list: async () => [...disk.keys()],
    tree: async () => [...disk.keys()],
    changed: async (path) => disk.get(path.slice('wal/'.length)),
    async flush(path) {
      if (fails) throw new Error('EIO');
      flushed.push(path);
    },
  };
  return {
    wal: createWal('wal', files, () => time),
    flushed,
    write: (name: string) => disk.set(name, time),
    remove: (name: string) => disk.delete(name),
    pass: (milliseconds: number) => (time += milliseconds),
    breaks: (value: boolean) => (fails = value),
  };
}

describe('the write-ahead log', () => {
  it('is flushed where it was written to, and new files with their folder', async () => {
    const { wal, write, pass, flushed } = setup();
    write(FIRST);
    await wal.flush();
    assert.deepEqual(flushed.splice(0), [`wal/${FIRST}`, 'wal']);
    pass(1000);
    write(SECOND);
    await wal.flush();
    assert.ok(flushed.includes(`wal/${SECOND}`) && flushed.includes('wal'));
  });

  it('is left alone where nothing was written for a while', async () => {
    const { wal, write, pass, flushed } = setup();
    write(FIRST);
    await wal.flush();
    pass(1000);
    await wal.flush();
    flushed.length = 0;
    await wal.flush();
    assert.deepEqual(flushed, []);
  });

  it('is flushed again where a later change may carry the same time', async () => {
    const { wal, write, pass, flushed } = setup();
    write(FIRST);
    pass(3);
    await wal.flush();
    // Written within the same tick of the file system's clock: the file's time stays.
    flushed.length = 0;
    await wal.flush();
    assert.deepEqual(flushed, [`wal/${FIRST}`]);
  });

  it('counts the segments written to since the last checkpoint', async () => {
    const { wal, write, pass } = setup();
    write(FIRST);
    await wal.flush();
    wal.checkpointed();
    assert.equal(wal.segments, 0);
    pass(1000);
    write(FIRST);
    write(SECOND);
    await wal.flush();
    assert.equal(wal.segments, 2);
  });

  it('flushes a segment again that was removed and came back', async () => {
    const { wal, write, remove, pass, flushed } = setup();
    write(FIRST);
    await wal.flush();
    remove(FIRST);
    pass(1000);
    await wal.flush();
    write(FIRST);
    flushed.length = 0;
    await wal.flush();
    assert.deepEqual(flushed, [`wal/${FIRST}`, 'wal']);
  });

  it('acknowledges nothing any more once a flush has failed', async () => {
    const { wal, write, breaks } = setup();
    write(FIRST);
    breaks(true);
    await assert.rejects(wal.flush(), { code: 'server/unavailable' });
    breaks(false);
    await assert.rejects(wal.flush(), { code: 'server/unavailable' });
  });
});
