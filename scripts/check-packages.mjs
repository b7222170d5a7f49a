/**
 * `npm run check:packages`: looks at each package as npm would publish it (publint, attw), and at
 * the repository for what nothing uses (knip). Run it after a build. Exits 1 if anything is wrong.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const root = fileURLToPath(new URL('../', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'placet-packages-'));
let faults = 0;

try {
  for (const name of readdirSync(join(root, 'packages'))) await checkPackage(name);
  report('knip', 'the repository', run('knip', ['--no-progress', '--no-config-hints']));
} finally {
  rmSync(scratch, { recursive: true });
}
console.log(faults ? `\n${faults} of the checks found something.` : '\nAll is well.');
process.exitCode = faults ? 1 : 0;

async function checkPackage(name) {
  const folder = join(root, 'packages', name);
  if (!existsSync(join(folder, 'dist/index.js'))) {
    return report('build', name, 'dist/ is not there: npm run build');
  }
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const tarball = pack(folder);

  const { messages } = await publint({
    pack: { tarball: Uint8Array.from(readFileSync(tarball)).buffer },
    strict: true,
  });
  report('publint', name, messages.map((each) => formatMessage(each, manifest)).join('\n'));

  // Only what TypeScript resolves: JSON, and the script-tag files for a page's <script>, have no types.
  const untyped = Object.keys(manifest.exports).filter((path) => /json$|^\.\/script\//.test(path));
  const excluded = untyped.length > 0 ? ['--exclude-entrypoints', ...untyped] : [];
  report('attw', name, run('attw', [tarball, '--profile', 'esm-only', '--no-emoji', ...excluded]));
}

/** Packs with npm, whose rules on what is published are the registry's own; answers the file. */
function pack(folder) {
  const { status, stdout, stderr } = spawnSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch],
    { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' },
  );
  if (status !== 0) throw new Error(`npm pack failed in ${folder}:\n${stderr}`);
  return join(scratch, JSON.parse(stdout)[0].filename.replace('@', '').replace('/', '-'));
}

/** Runs a tool; answers what it said if it found something, else nothing. */
function run(tool, args) {
  const { status, error, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin', tool), args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (error) return error.message;
  return status === 0 ? '' : `${stdout}${stderr}`.trim() || `exit code ${status}`;
}

function report(tool, subject, found) {
  console.log(`${found ? 'FAIL' : 'ok  '} ${tool.padEnd(8)} ${subject}`);
  if (!found) return;
  faults += 1;
  console.log(found.replace(/^/gm, '     '));
}
