/** `npm run build`: everything that is shipped, from scratch. Speaks on stderr only. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { root } from './lib/run.mjs';

ensureInstalled();
for (const name of ['contract', 'core', 'elements', 'server'])
  rmSync(join(root, 'packages', name, 'dist'), { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  ['node_modules/rollup/dist/bin/rollup', '--config', '--failAfterWarnings', '--silent'],
  { cwd: root, stdio: ['ignore', 2, 2] },
);
process.exitCode = status ?? 1;
