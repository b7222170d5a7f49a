import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createIds } from './uuid.js';

describe('createIds', () => {
  it('makes UUIDs of version 7 that begin with the time', () => {
    const id = createIds(() => new Date(0x0123456789ab))();
    assert.match(id, /^01234567-89ab-7000-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  it('makes each one sort behind the last, within a millisecond and with the clock set back', () => {
    const times = [...Array<number>(10_000).fill(5_000), 4_000, 10, 5_001, 5_002, 5_003, 1e12, 3];
    const at = times.values();
    const newId = createIds(() => new Date(at.next().value!));
    const ids = times.map(() => newId());
    assert.deepEqual(ids, [...ids].sort());
    assert.equal(new Set(ids).size, ids.length);
  });

  it('makes ids that differ between processes at the same time', () => {
    const now = () => new Date(0);
    assert.notEqual(createIds(now)().slice(19), createIds(now)().slice(19));
  });
});
