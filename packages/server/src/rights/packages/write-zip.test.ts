import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  arbitraryContents,
  packageCategory,
  packageContents,
  writtenFiles,
} from '../../testing/package-contents.js';
import { readZip } from '../../testing/read-zip.js';
import { packageWords } from './words.js';
import { filesOf, writePackage } from './write-package.js';
import { zipOf, type ZipFile } from './write-zip.js';

const AT = new Date('2026-11-22T12:00:00.000Z');

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

async function* text(...pieces: string[]) {
  yield* pieces;
}

describe('a package as a zip', () => {
  it('is read by another program as exactly the files that went into it', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryContents(), async (contents) => {
        const words = packageWords('en');
        const zip = readZip(await bytesOf(writePackage(contents, words, 'zip')));
        const expected = await writtenFiles(filesOf(contents, words));
        assert.deepEqual(
          [...zip].map(([name, data]) => [name, data.toString()]),
          [...expected],
        );
      }),
      { numRuns: 30 },
    );
  });

  it('has names that lead nowhere else, whatever systems and categories are called', async () => {
    const names = [
      ...['../../etc/passwd', '/etc/passwd', 'C:\\windows\\system32', '..', '.', '~root', 'a\0b'],
      ...['con', 'aux.txt', 'COM1', '-', '', 'Été', '%2e%2e%2f', '\u202egpj.exe', 'a'.repeat(300)],
    ];
    const contents = packageContents(
      Object.fromEntries(
        names.map((system) => [
          system,
          names.map((category) => packageCategory(category, [{ record: '../x', fields: {} }])),
        ]),
      ),
    );
    const files = readZip(await bytesOf(writePackage(contents, packageWords('en'), 'zip')));
    assert.equal(files.size, 2 + names.length ** 2, 'none stands for another');
    const lower = new Set<string>();
    for (const name of files.keys()) {
      assert.match(name, /^(index\.html|data\.json|csv\/[a-z0-9][a-z0-9-]{0,70}\.csv)$/);
      assert.doesNotMatch(name, /\/(con|prn|aux|nul|com\d|lpt\d)\./);
      lower.add(name.toLowerCase());
    }
    assert.equal(lower.size, files.size, 'nor on a disk that knows no capitals');
  });

  it('is made no faster than it is read, and no longer than somebody reads it', async () => {
    let asked = 0;
    let isEnded = false;
    async function* endless() {
      try {
        for (;;) {
          asked += 1;
          yield randomBytes(10_000).toString('hex');
        }
      } finally {
        isEnded = true;
      }
    }
    const zip = zipOf([{ name: 'a.txt', body: endless() }], AT);
    for (let size = 0; size < 100_000;) {
      const { value } = await zip.next();
      size += (value as Uint8Array).length;
    }
    const before = asked;
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(asked, before);
    assert.ok(asked < 60, `${asked} pieces of 20,000 for 100,000`);
    await zip.return(undefined);
    assert.ok(isEnded);
  });

  it('fails as a whole when a file does', async () => {
    const failing: ZipFile = {
      name: 'a.txt',
      body: (async function* () {
        yield 'half';
        throw new Error('The database went away.');
      })(),
    };
    await assert.rejects(bytesOf(zipOf([failing], AT)), /went away/);
  });

  it('is refused where it would be more than the format has numbers for', async () => {
    const files = (): ZipFile[] => ['a', 'b'].map((name) => ({ name, body: text('12345') }));
    const size = (await bytesOf(zipOf(files(), AT))).length;
    const within = (limits: { files: number; bytes: number }) =>
      bytesOf(zipOf(files(), AT, limits));
    assert.equal((await within({ files: 2, bytes: size })).length, size);
    await assert.rejects(within({ files: 1, bytes: size }), RangeError);
    await assert.rejects(within({ files: 2, bytes: size - 1 }), RangeError);
    await assert.rejects(within({ files: 2, bytes: 4 }), RangeError);
  });

  it('is the same for the same contents', async () => {
    const make = () => bytesOf(zipOf([{ name: 'a.txt', body: text('a', '', 'b') }], AT));
    assert.deepEqual(await make(), await make());
    assert.equal(
      readZip(await make())
        .get('a.txt')
        ?.toString(),
      'ab',
    );
  });
});
