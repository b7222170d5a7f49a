import { Zip, ZipDeflate } from 'fflate';

/** A file in a zip, made while it is read. */
export interface ZipFile {
  name: string;
  body: AsyncIterable<string>;
}

/** What the format has numbers for: more files or bytes would be read as fewer. */
const LIMITS = { files: 0xffff - 1, bytes: 0xffffffff - 1 };

/**
 * A zip, a piece at a time, no faster than it is read and never whole in memory.
 *
 * @throws {RangeError} instead of writing a file that the format has no numbers for
 */
export async function* zipOf(
  files: Iterable<ZipFile>,
  modified: Date,
  limits = LIMITS,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const made: Uint8Array<ArrayBuffer>[] = [];
  let failure: Error | null = null;
  let [count, bytes] = [0, 0];
  const zip = new Zip((error, data) => {
    failure ??= error;
    if (!error) made.push(data);
  });
  function* take() {
    if (failure) throw failure;
    for (const piece of made.splice(0)) {
      bytes = within(bytes + piece.length, limits.bytes);
      yield piece;
    }
  }
  for (const { name, body } of files) {
    count = within(count + 1, limits.files);
    let size = 0;
    const entry = new ZipDeflate(name, { level: 6 });
    entry.mtime = modified;
    zip.add(entry);
    for await (const text of body) {
      const data = Buffer.from(text);
      size = within(size + data.length, limits.bytes);
      entry.push(data);
      yield* take();
    }
    entry.push(new Uint8Array(), true);
    yield* take();
  }
  zip.end();
  yield* take();
}

function within(number: number, most: number): number {
  if (number > most) throw new RangeError('It is too large for a zip file.');
  return number;
}
