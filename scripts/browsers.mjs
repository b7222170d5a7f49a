// Finds the browsers tests run in and, for root on a Debian-like system, installs the missing ones.
// As a command: `node scripts/browsers.mjs` prints what is there.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installPackages, isExecutable, mayInstall, onPath, updatePackages } from './lib/apt.mjs';
import { ENGINES, requestedEngines } from './lib/engines.mjs';

/** @typedef {import('./lib/engines.mjs').Engine} Engine */

/** @type {Record<Engine, string[]>} */
const DEBIAN_PACKAGES = {
  chromium: ['chromium'],
  firefox: ['firefox-esr'],
  webkit: ['webkit2gtk-driver', 'xvfb'],
};

const CHROMIUM_COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'chrome',
  'msedge',
];
const FIREFOX_COMMANDS = ['firefox-esr', 'firefox'];

const MAC_CHROMIUM = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);
const MAC_FIREFOX = ['/Applications/Firefox.app/Contents/MacOS/firefox'];
const WINDOWS_CHROMIUM = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];
const WINDOWS_FIREFOX = ['Mozilla Firefox\\firefox.exe'];

/**
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Partial<Record<Engine, string>>} a path per engine found
 */
export function findBrowsers(environment = process.env) {
  const chromium = pick(
    environment['CHROME_PATH'],
    CHROMIUM_COMMANDS,
    installedPaths(MAC_CHROMIUM, WINDOWS_CHROMIUM, environment),
    environment,
  );
  const firefox = pick(
    environment['FIREFOX_PATH'],
    FIREFOX_COMMANDS,
    installedPaths(MAC_FIREFOX, WINDOWS_FIREFOX, environment),
    environment,
  );
  const webkit = onPath('WebKitWebDriver', environment);
  const webkitRuns = webkit && onPath('Xvfb', environment) && findMiniBrowser();
  return {
    ...(chromium && { chromium }),
    ...(firefox && { firefox }),
    ...(webkitRuns && { webkit }),
  };
}

/** WebKitGTK's test browser, which its WebDriver starts; it lives outside PATH. */
export function findMiniBrowser() {
  return ['/usr/lib', '/usr/libexec', '/usr/lib64']
    .flatMap((root) => [root, ...folders(root)])
    .flatMap((folder) =>
      ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0'].map((name) =>
        join(folder, name, 'MiniBrowser'),
      ),
    )
    .find(isExecutable);
}

/**
 * Returns the browsers to test in; installs missing ones only as root where apt-get is.
 *
 * @param {{engines?: readonly Engine[], required?: boolean | readonly Engine[]}} [options]
 */
export async function ensureBrowsers(options = {}) {
  const request = requestedEngines();
  const engines = options.engines ?? request.engines;
  const asked = options.required ?? request.required;
  const required = Array.isArray(asked) ? asked : asked ? engines : [];
  const missing = () => engines.filter((engine) => !findBrowsers()[engine]);

  if (missing().length > 0 && mayInstall()) install(missing());

  const absent = missing();
  if (absent.length > 0) {
    const packages = absent.flatMap((engine) => DEBIAN_PACKAGES[engine]).join(' ');
    const hint =
      `Not found: ${absent.join(', ')}. On Debian or Ubuntu this installs what is missing:\n` +
      `  sudo apt-get install -y --no-install-recommends ${packages}\n` +
      `Chrome, Edge or Firefox elsewhere: set CHROME_PATH or FIREFOX_PATH.`;
    const fatal = absent.filter((engine) => required.includes(engine));
    if (fatal.length > 0) throw new Error(`Required browser missing. ${hint}`);
    console.warn(hint);
  }
  const found = findBrowsers();
  return Object.fromEntries(
    engines.flatMap((engine) => (found[engine] ? [[engine, found[engine]]] : [])),
  );
}

/** One apt call per engine, so that a package the distribution lacks does not cost the others. */
function install(/** @type {readonly Engine[]} */ engines) {
  updatePackages();
  for (const engine of engines) installPackages(DEBIAN_PACKAGES[engine]);
}

/**
 * @param {string | undefined} override
 * @param {string[]} commands
 * @param {string[]} paths
 * @param {NodeJS.ProcessEnv} environment
 */
function pick(override, commands, paths, environment) {
  if (override) {
    if (isExecutable(override)) return override;
    console.warn(`${override} is not an executable file; looking in the usual places.`);
  }
  for (const command of commands) {
    const path = onPath(command, environment);
    if (path) return path;
  }
  return paths.find(isExecutable);
}

/**
 * @param {string[]} mac
 * @param {string[]} windows
 * @param {NodeJS.ProcessEnv} environment
 */
function installedPaths(mac, windows, environment) {
  if (process.platform === 'darwin') {
    const home = environment['HOME'] ?? '';
    return mac.flatMap((path) => [path, join(home, path)]);
  }
  if (process.platform !== 'win32') return [];
  return ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData']
    .map((name) => environment[name])
    .flatMap((root) => (root ? windows.map((path) => `${root}\\${path}`) : []));
}

function folders(/** @type {string} */ root) {
  try {
    return readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(root, entry.name));
  } catch {
    return [];
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const found = await ensureBrowsers();
    for (const engine of ENGINES) console.log(`${engine.padEnd(9)} ${found[engine] ?? '-'}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
