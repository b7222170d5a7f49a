import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** What an encrypted backup begins with. */
const MAGIC = Buffer.from('placet-backup-2\n');
const SALT_SIZE = 32;
const HEAD_SIZE = MAGIC.length + SALT_SIZE;
const CIPHER = 'aes-256-gcm';
const TAG_SIZE = 16;
/** Bytes in a frame; the last one has fewer, and may have none. */
const FRAME = 65_536;
const SEALED_FRAME = FRAME + TAG_SIZE;

/**
 * Encrypts a stream in frames, each of which can be read by itself (AES-256-GCM). The key is this
 * file's own; the nonce counts the frames and says which is the last, so that none can be left
 * out, moved, repeated or cut off without being seen.
 */
export async function* sealStream(
  secret: Uint8Array,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT_SIZE);
  const key = keyOf(secret, salt);
  yield Buffer.concat([MAGIC, salt]);
  let index = 0;
  for await (const { bytes, isLast } of framesOf(source, FRAME)) {
    const cipher = createCipheriv(CIPHER, key, nonceOf(index, isLast));
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    index += 1;
  }
}

/**
 * What {@link sealStream} was given; a file that was never encrypted, as older releases wrote them,
 * as it is.
 *
 * @throws {Error} if anything of it was altered, or the secret is another one
 */
export async function* openStream(
  secret: Uint8Array,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const pieces = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < HEAD_SIZE) {
    const { done, value } = await pieces.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const rest = { [Symbol.asyncIterator]: () => pieces };
  if (!head.subarray(0, MAGIC.length).equals(MAGIC)) {
    yield head;
    for await (const piece of rest) yield Buffer.from(piece);
    return;
  }
  const key = keyOf(secret, head.subarray(MAGIC.length, HEAD_SIZE));
  const sealed = after(head.subarray(HEAD_SIZE), rest);
  let index = 0;
  for await (const { bytes, isLast } of framesOf(sealed, SEALED_FRAME)) {
    const end = Math.max(bytes.length - TAG_SIZE, 0);
    const decipher = createDecipheriv(CIPHER, key, nonceOf(index, isLast), {
      authTagLength: TAG_SIZE,
    });
    decipher.setAuthTag(bytes.subarray(end));
    yield Buffer.concat([decipher.update(bytes.subarray(0, end)), decipher.final()]);
    index += 1;
  }
}

function keyOf(secret: Uint8Array, salt: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(salt).digest();
}

function nonceOf(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 4, 6);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

/** Cuts a stream into frames of one size; the last is what is left, perhaps nothing. */
async function* framesOf(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ bytes: Buffer; isLast: boolean }> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const piece of source) {
    waiting.push(Buffer.from(piece));
    length += piece.length;
    if (length < size) continue;
    let all = Buffer.concat(waiting);
    // A whole frame is no last one: what follows it says that it is the last.
    for (; all.length >= size; all = all.subarray(size))
      yield { bytes: all.subarray(0, size), isLast: false };
    waiting = [all];
    length = all.length;
  }
  yield { bytes: Buffer.concat(waiting), isLast: true };
}

async function* after(first: Buffer, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}
