import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

const BUILT = 'packages/elements/dist/script/placet.dev.js';

/**
 * Builds where there is no build, or a source is younger than it.
 *
 * @throws {Error} when the build fails
 */
export function buildIfStale() {
  if (!isStale()) return;
  console.error('Building…');
  if (run(['scripts/build.mjs']) !== 0)
    throw new Error('The build failed; its messages stand above.');
}

function isStale() {
  const since = modified(BUILT);
  const packages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/src`);
  const sources = ['rollup.config.mjs', 'scripts/build.mjs', 'pnpm-lock.yaml', ...packages];
  return sources.some((path) => newest(path) > since);
}

function newest(path) {
  if (/\.test\.ts$/.test(path)) return 0;
  if (!statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory()) return modified(path);
  return Math.max(0, ...readdirSync(join(root, path)).map((name) => newest(`${path}/${name}`)));
}

/** Time of the last change; 0 for what does not exist. */
function modified(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
