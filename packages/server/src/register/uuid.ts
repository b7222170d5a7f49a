import { randomFillSync } from 'node:crypto';

/** Random bytes fetched at once: asking for each id's own costs more than the rest of it. */
const POOL = 8 * 256;

/** Ids that a millisecond has: 12 bits. */
const COUNTS = 4096;

/**
 * Makes UUIDs of version 7 (RFC 9562): each one sorts behind those made before
 * it, also within a millisecond and when the clock was set back.
 */
export function createIds(now: () => Date): () => string {
  const pool = Buffer.alloc(POOL);
  const bytes = Buffer.alloc(16);
  let used = POOL;
  let last = -1;
  let count = 0;

  return () => {
    const time = now().getTime();
    if (time > last) {
      last = time;
      count = 0;
    } else if (++count === COUNTS) {
      last += 1;
      count = 0;
    }
    if (used === POOL) {
      randomFillSync(pool);
      used = 0;
    }
    bytes.writeUIntBE(last, 0, 6);
    bytes.writeUInt16BE(0x7000 | count, 6);
    pool.copy(bytes, 8, used, (used += 8));
    bytes[8] = 0x80 | (bytes[8]! & 0x3f);
    return textOf(bytes);
  };
}

/** A UUID of version 8 (RFC 9562) made of these bytes: the same bytes, the same id. */
export function idOf(hash: Buffer): string {
  const bytes = Buffer.from(hash.subarray(0, 16));
  bytes[6] = 0x80 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return textOf(bytes);
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString('hex');
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}
