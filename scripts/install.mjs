import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = new URL('../', import.meta.url);
const lockfile = new URL('pnpm-lock.yaml', root);

/** pnpm's own copy of the lockfile it last installed. Times would not do: git sets them as it likes. */
const installed = new URL('node_modules/.pnpm/lock.yaml', root);

const PNPM = 'pnpm@10.34.9';

/**
 * Installs what the lockfile names, unless exactly that is there already.
 * Uses nothing but Node, since nothing else may be there yet. Speaks on stderr only.
 *
 * @throws {Error} with pnpm's own words when the install fails
 */
export function ensureInstalled() {
  if (read(installed) === read(lockfile)) return;

  console.error('Installing dependencies…');
  const { status, error, stdout, stderr } = spawnSync(
    'npx',
    ['--yes', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'],
    {
      cwd: fileURLToPath(root),
      encoding: 'utf8',
      // Nobody is there to answer a question; CI tells pnpm so.
      env: { ...process.env, CI: 'true' },
      shell: process.platform === 'win32',
    },
  );
  if (error) throw new Error(`Could not run npx, which comes with Node: ${error.message}`);
  if (status !== 0) {
    throw new Error(`Could not install the dependencies. ${PNPM} said:\n${stdout}${stderr}`);
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    ensureInstalled();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
