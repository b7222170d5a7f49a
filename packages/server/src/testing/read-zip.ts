import assert from 'node:assert/strict';
import { crc32, inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

/** The files of a zip, read from its table of contents as other programs do, each checked. */
export function readZip(bytes: Uint8Array): Map<string, Buffer> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Without a comment: the last 22 bytes say where the table is.
  const end = zip.length - 22;
  assert.equal(zip.readUInt32LE(end), END, 'the zip is whole');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n -= 1) {
    assert.equal(zip.readUInt32LE(at), ENTRY);
    const [crc, packed, size] = [16, 20, 24].map((offset) => zip.readUInt32LE(at + offset));
    const [nameSize, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const name = zip.toString('utf8', at + 46, at + 46 + nameSize!);
    const local = zip.readUInt32LE(at + 42);
    assert.equal(zip.readUInt32LE(local), LOCAL);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = inflateRawSync(zip.subarray(from, from + packed!));
    assert.equal(data.length, size, name);
    assert.equal(crc32(data), crc, name);
    assert.ok(!files.has(name), `${name} is there once`);
    files.set(name, data);
    at += 46 + nameSize! + extra! + comment!;
  }
  assert.equal(at, end, 'nothing else is in it');
  return files;
}

/** Everything that a stream gives. */
export async function readAll(body: ReadableStream<Uint8Array>): Promise<Buffer> {
  return Buffer.from(await new Response(body).arrayBuffer());
}
