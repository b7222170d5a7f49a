import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fillTables } from '../../packages/server/src/testing/export-tables.js';
import {
  describeOnPostgres,
  startPostgres,
  type TestPostgres,
} from '../../packages/server/src/testing/postgres.js';
import { readZip } from '../../packages/server/src/testing/read-zip.js';
import type { PackageDocument } from '../../packages/server/src/rights/packages/document.js';
import type { Said } from './support/export-process.js';

const PROGRAM = fileURLToPath(new URL('support/export-process.ts', import.meta.url));
const MB = 1_000_000;
/** Less than the files of the package have together, so that whoever held one of them whole would end. */
const HEAP = ['--max-old-space-size=96', '--max-semi-space-size=2'];

describeOnPostgres('A person of whom five systems hold 100,000 records', () => {
  let server: TestPostgres;
  const folder = mkdtempSync(join(tmpdir(), 'placet-export-'));
  before(async () => void (server = await startPostgres()));
  after(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Collects and downloads so many records of each system, in a process of its own. */
  async function run(rows: number) {
    const url = await server.createDatabase(`rows${rows}`);
    await fillTables(url, rows);
    const file = join(folder, `${rows}.zip`);
    const child = spawn(
      process.execPath,
      [...HEAP, '--import', 'tsx', '--conditions=source', PROGRAM, url, file],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const [code] = (await once(child, 'close')) as [number | null];
    assert.equal(code, 0);
    const said = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Said);
    const end = said.pop()!;
    assert.ok('peak' in end);
    return {
      peak: end.peak,
      progress: said.flatMap((each) => ('records' in each ? [each] : [])),
      files: readZip(readFileSync(file)),
    };
  }

  it('takes them all away in bounded memory, and sees on the way how far it is (000-12)', async () => {
    const few = await run(200);
    const many = await run(20_000);

    const { systems } = JSON.parse(many.files.get('data.json')!.toString()) as PackageDocument;
    const counts = systems.map(({ id, categories }) => [
      id,
      categories.find((category) => category.id === id)?.records.length,
    ]);
    assert.deepEqual(counts.slice(0, 5), [
      ...['visits', 'orders', 'letters', 'calls', 'notes'].map((id) => [id, 20_000]),
    ]);
    const lines = many.files.get('csv/notes-notes.csv')!.toString().trimEnd().split('\r\n');
    assert.equal(lines.length, 20_001);
    const pages = [...many.files.keys()].filter((name) => name.startsWith('pages/'));
    assert.equal(pages.length, 5 * 4, '5,000 records a page');
    const bytes = [...many.files.values()].reduce((sum, { length }) => sum + length, 0);
    assert.ok(bytes > 60 * MB, `${bytes} bytes`);

    const more = many.peak - few.peak;
    assert.ok(more < 48 * MB, `${Math.round(more / MB)} MB more for a hundred times the records`);

    const seen = many.progress.map(({ records }) => records);
    for (const word of ['done', 'records'] as const) {
      const counts = many.progress.map((each) => each[word]);
      const risen = [...counts].sort((one, other) => one - other);
      assert.deepEqual(counts, risen, `${word} never goes back`);
    }
    assert.ok(new Set(seen).size > 20, `${new Set(seen).size} steps were seen`);
    // Five systems and Placet's own, in which the person is found first.
    assert.ok(many.progress.every(({ done, total }) => done <= total && total === 12));
  });
});
