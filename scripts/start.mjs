/**
 * `npm start`: installs and builds if that is needed, then serves the demo salon until Ctrl-C.
 * Prints one line on stdout, the URL; progress goes to stderr. `PORT` chooses the port.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const built = join(root, 'packages/elements/dist/script/placet.js');

try {
  ensureInstalled();
  if (isStale()) build();
  // Imported late: nothing but Node may be assumed before the install.
  const { main } = await import('../examples/salon/server.mjs');
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

function build() {
  console.error('Building…');
  // The build's own words belong to stderr, too: stdout is for the URL.
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('The build failed; its messages stand above.');
}

/** True when there is no build, or a source is younger than it. */
function isStale() {
  const since = modified(built);
  const sources = [
    'rollup.config.mjs',
    'scripts/build.mjs',
    'pnpm-lock.yaml',
    ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/src`),
  ];
  return sources.some((path) => newest(join(root, path)) > since);
}

function newest(path) {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return modified(path);
  return Math.max(modified(path), ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Time of the last change; 0 for what does not exist. */
function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
