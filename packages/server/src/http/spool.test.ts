import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { ErrorCode, PlacetError } from '@placet/contract';
import { spoolBody } from './spool.js';

describe('A body put down on the disk', () => {
  const usual = process.env['TMPDIR'];
  const folder = mkdtempSync(join(tmpdir(), 'placet-spool-'));
  before(() => void (process.env['TMPDIR'] = folder));
  after(() => {
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
    rmSync(folder, { recursive: true });
  });

  const request = (body: ReadableStream<Uint8Array> | string, headers = {}) =>
    new Request('http://shop.example/', {
      method: 'POST',
      body,
      headers,
      duplex: 'half',
    } as RequestInit);
  /** A body in pieces, and how many of them were asked for. */
  function inPieces(
    count: number,
    onEnd = (stream: ReadableStreamDefaultController) => stream.close(),
  ) {
    const state = { given: 0, isCancelled: false };
    const body = new ReadableStream<Uint8Array>({
      pull(stream) {
        if (state.given === count) return onEnd(stream);
        state.given += 1;
        stream.enqueue(Buffer.alloc(1_000, state.given));
      },
      cancel: () => void (state.isCancelled = true),
    });
    return { state, body };
  }
  const refused = (promise: Promise<unknown>, code: ErrorCode) =>
    assert.rejects(promise, (error: PlacetError) => error.code === code);
  async function bytes(pieces: AsyncIterable<Uint8Array>) {
    const all: Uint8Array[] = [];
    for await (const piece of pieces) all.push(piece);
    return Buffer.concat(all);
  }
  const text = async (pieces: AsyncIterable<Uint8Array>) => (await bytes(pieces)).toString();

  it('is read from its beginning as often as is asked, and has no name on the disk', async () => {
    const spool = await spoolBody(request('email\na@example.org\n'), 100);
    assert.deepEqual(readdirSync(folder), []);
    assert.equal(await text(spool.read()), 'email\na@example.org\n');
    for await (const piece of spool.read()) {
      assert.ok(piece.length > 0);
      break;
    }
    assert.equal(await text(spool.read()), 'email\na@example.org\n');
    await spool.close();
  });

  it('is whole and in order if it came in pieces, and longer than what is read at once', async () => {
    const { body } = inPieces(200);
    const spool = await spoolBody(request(body), 200_000);
    const sent = Buffer.concat(Array.from({ length: 200 }, (_, at) => Buffer.alloc(1_000, at + 1)));
    for (let time = 0; time < 2; time += 1) assert.ok((await bytes(spool.read())).equals(sent));
    await spool.close();
  });

  it('is refused as soon as it is too large, said beforehand or not, and leaves nothing', async () => {
    await refused(spoolBody(request('123456', { 'content-length': '6' }), 5), 'request/too-large');
    const { state, body } = inPieces(1_000);
    await refused(spoolBody(request(body), 10_000), 'request/too-large');
    assert.equal(state.isCancelled, true);
    assert.ok(state.given < 20, `${state.given} pieces were taken`);
    const { body: fitting } = inPieces(10);
    await (await spoolBody(request(fitting), 10_000)).close();
    assert.deepEqual(readdirSync(folder), []);
  });

  it('is refused if it breaks off', async () => {
    const { body } = inPieces(3, (stream) => stream.error(new Error('gone')));
    await refused(spoolBody(request(body), 10_000), 'request/unreadable');
    assert.deepEqual(readdirSync(folder), []);
  });
});
