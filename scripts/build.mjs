/** `npm run build`: everything that is shipped, from scratch. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));

ensureInstalled();
for (const name of ['contract', 'core', 'elements'])
  rmSync(join(root, 'packages', name, 'dist'), { recursive: true, force: true });
run('rollup/dist/bin/rollup', ['--config', '--failAfterWarnings', '--silent']);

/** Runs a tool of `node_modules` without a shell or a package manager in between. */
function run(tool, args) {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', tool), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
