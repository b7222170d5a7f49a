/**
 * `npm test`: installs and builds what is missing, then runs every test.
 *
 * `npm test -- unit`, `backend`, `browser` or `e2e` runs those parts alone. The last
 * line counts: `N passed, N failed`. `PLACET_BROWSERS` names the browsers that must
 * be there (`all`, or a list); without it, those that are found are used. The same
 * goes for `PLACET_POSTGRES=required`.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from './lib/stale.mjs';
import { root, run } from './lib/run.mjs';
import { ensureInstalled } from './install.mjs';

const PARTS = { unit, backend, browser, e2e };

ensureInstalled();
buildIfStale();
const { ensureBrowsers } = await import('./browsers.mjs');
await ensureBrowsers();
const { ensurePostgres } = await import('./postgres.mjs');
ensurePostgres();

const folder = mkdtempSync(join(tmpdir(), 'placet-test-'));
/** @type {{passed: number, failed: number, failures: string[]}} */
const totals = { passed: 0, failed: 0, failures: [] };
const wanted = process.argv.slice(2);
try {
  for (const [name, part] of Object.entries(PARTS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`\n— ${name} tests —`);
    const { passed, failed, failures = [] } = part();
    totals.passed += passed;
    totals.failed += failed;
    totals.failures.push(...failures.map((each) => short(`${name}: ${each}`)));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
// For `.ci/run`, which adds its own checks to the count.
if (process.env['PLACET_TOTALS'])
  writeFileSync(process.env['PLACET_TOTALS'], JSON.stringify(totals));
// Once more at the end: a long run's own report is far above.
for (const failure of totals.failures) console.log(`\nFAILED ${failure}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;

/** What runs in Node: units beside their sources, and what crosses packages. */
function unit() {
  const isUnit = (file) =>
    /\.test\.m?[tj]s$/.test(file) && !/\.browser\.|^test\/(e2e|backend)\//.test(file);
  const files = ['packages', 'examples', 'test', 'scripts'].flatMap(testFiles).filter(isUnit);
  return nodeTests('unit', files, ['--test-concurrency=2']);
}

/** Whole servers, killed and restarted: one at a time. */
function backend() {
  return nodeTests('backend', testFiles('test/backend'), ['--test-concurrency=1']);
}

/** Units in real browsers. */
function browser() {
  const results = join(folder, 'browser.json');
  const status = run(['node_modules/@web/test-runner/dist/bin.js'], { PLACET_RESULTS: results });
  return counted(status, results);
}

/** Whole pages in real browsers, one file at a time: browsers are heavy. */
function e2e() {
  return nodeTests('e2e', testFiles('test/e2e'), ['--test-concurrency=1']);
}

function nodeTests(name, files, options) {
  const results = join(folder, `${name}.json`);
  const status = run([
    ...['--import', 'tsx', '--import', './scripts/lib/fixed-seed.mjs'],
    ...['--conditions=source', '--test', ...options],
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=./scripts/lib/node-results.mjs'],
    ...[`--test-reporter-destination=${results}`],
    ...files,
  ]);
  return counted(status, results);
}

/** A runner that fails without saying which test counts as one failure. */
function counted(status, results) {
  let counts = { passed: 0, failed: 0, failures: [] };
  try {
    counts = JSON.parse(readFileSync(results, 'utf8'));
  } catch (error) {
    console.error(error.message);
  }
  if (status !== 0 && counts.failed === 0)
    return { ...counts, failed: 1, failures: ['the runner itself failed'] };
  return counts;
}

/** The first lines of a failure: enough to know it by. */
function short(failure) {
  return failure.split('\n').slice(0, 12).join('\n').slice(0, 1_500);
}

function testFiles(path) {
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist')
    .flatMap((entry) => {
      const file = `${path}/${entry.name}`;
      if (entry.isDirectory()) return testFiles(file);
      return /\.test\.m?[tj]s$/.test(file) ? [file] : [];
    })
    .sort();
}
