import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const data = mkdtempSync(join(tmpdir(), 'salon-import-'));
after(() => rmSync(data, { recursive: true, force: true }));

/** Shifts the clock of every process to the day of the file's story, whatever day it is. */
const clock = `
  const shift = Date.parse('2026-11-22T12:00:00Z') - Date.now();
  globalThis.Date = class extends Date {
    constructor(...given) {
      if (given.length > 0) super(...given);
      else super(Date.now());
    }
    static now() {
      return super.now() + shift;
    }
  };
`;

/** What `npm run import` runs. */
function runImport() {
  const { scripts } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  const [program, ...args] = scripts.import.split(' ');
  assert.equal(program, 'node');
  const env = {
    ...process.env,
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(clock)}`,
    PLACET_DATA: join(data, 'data'),
  };
  return spawnSync(process.execPath, args, { cwd: here, env, encoding: 'utf8' });
}

test('takes the old client file over: five said yes, one is a customer, and the bad rows are named (001-09, E-05)', () => {
  const { stdout, stderr } = runImport();
  assert.deepEqual(stdout.trim().split('\n'), [
    '16 rows, of which 4 were refused.',
    '6 may be written to, 5 are without consent, 0 blocked, 1 as before.',
  ]);
  assert.deepEqual(
    [...stderr.matchAll(/^Line (\d+): (.*)$/gm)].map(([, line, reason]) => [line, reason]),
    [
      ['12', 'Its source is a list: only addresses that people gave themselves can be imported.'],
      ['13', '"email" cannot be an e-mail address.'],
      ['14', '"consented_at" is no date; write 2024-05-31, or 31/05/2024.'],
      ['15', 'It holds what looks like the number of a payment card.'],
    ],
  );
  const again = runImport();
  assert.match(
    again.stdout,
    /^0 may be written to, 5 are without consent, 0 blocked, 7 as before\.$/m,
  );
});
