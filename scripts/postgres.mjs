// Finds the PostgreSQL that tests start servers of and, for root on a Debian-like system, installs it.
// As a command: `node scripts/postgres.mjs` prints where it is.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installPackages, isExecutable, mayInstall, updatePackages } from './lib/apt.mjs';

const DEBIAN_FOLDER = '/usr/lib/postgresql';
const PROGRAMS = ['initdb', 'postgres'];

/**
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string | undefined} the folder of its programs
 */
export function findPostgres(environment = process.env) {
  const versions = folders(DEBIAN_FOLDER).sort((a, b) => Number(b) - Number(a));
  return [
    ...versions.map((version) => join(DEBIAN_FOLDER, version, 'bin')),
    ...(environment['PATH'] ?? '').split(delimiter).filter(Boolean),
  ].find((folder) => PROGRAMS.every((name) => isExecutable(join(folder, name))));
}

/**
 * Says where PostgreSQL is; installs it only as root where apt-get is.
 *
 * `PLACET_POSTGRES=required`, as in CI, makes its absence an error. Tests start
 * servers of their own, so none that comes with the package is made or started.
 *
 * @param {{required?: boolean}} [options]
 */
export function ensurePostgres(options = {}) {
  const { required = process.env['PLACET_POSTGRES'] === 'required' } = options;
  if (!findPostgres() && mayInstall()) install();
  const found = findPostgres();
  if (found) return found;
  const hint =
    'Not found: PostgreSQL. On Debian or Ubuntu this installs it:\n' +
    '  sudo apt-get install -y --no-install-recommends postgresql';
  if (required) throw new Error(`PostgreSQL is required. ${hint}`);
  console.warn(hint);
  return undefined;
}

function install() {
  updatePackages();
  keepClustersAway();
  installPackages(['postgresql']);
}

/** Debian makes and starts a server on installation, unless it is told not to before. */
function keepClustersAway() {
  const folder = '/etc/postgresql-common';
  const file = join(folder, 'createcluster.conf');
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (/^\s*create_main_cluster/m.test(before)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${before}create_main_cluster = false\n`);
}

function folders(/** @type {string} */ root) {
  try {
    return readdirSync(root);
  } catch {
    return [];
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(ensurePostgres() ?? '-');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
