// Debian's packages, for tests that need programs. Only as root, where apt-get is.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether this user may install packages here: an ordinary user never does. */
export function mayInstall() {
  return process.getuid?.() === 0 && onPath('apt-get') !== undefined;
}

/** Brings the list of packages up to date. */
export function updatePackages() {
  aptGet(['update']);
}

/** @param {readonly string[]} packages */
export function installPackages(packages) {
  console.log(`Installing ${packages.join(', ')} …`);
  aptGet(['install', '-y', '--no-install-recommends', ...packages]);
}

/** A failure is not fatal here: what is still missing afterwards decides. */
function aptGet(/** @type {string[]} */ args) {
  // An existing configuration file is kept without a question.
  const keep = ['-o', 'Dpkg::Options::=--force-confold'];
  const run = spawnSync('apt-get', [...keep, ...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (run.status !== 0) {
    const reason = (run.stderr || run.error?.message || '').trim().split('\n').slice(-5).join('\n');
    console.warn(`apt-get ${args[0]} failed:\n${reason}`);
  }
}

/**
 * @param {string} command
 * @param {NodeJS.ProcessEnv} [environment]
 */
export function onPath(command, environment = process.env) {
  const name = process.platform === 'win32' ? `${command}.exe` : command;
  return (environment['PATH'] ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
