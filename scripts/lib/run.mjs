import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Runs Node on a script from the repository's folder, without a shell or a package manager between.
 *
 * @param {string[]} args
 * @param {Record<string, string>} [environment] added to the present one
 * @returns {number} the exit code; 1 where it was stopped by a signal
 */
export function run(args, environment = {}) {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return status ?? 1;
}
