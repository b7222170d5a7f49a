// A test runner reporter that writes totals as JSON, for scripts/test.mjs to add up.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

/**
 * Writes `{passed, failed, skipped, engines: {name: {...}}, failures}`. A file that broke before its tests ran,
 * or a browser that did not start, counts as one failure: nothing is lost silently.
 *
 * @param {string} path
 * @returns {import('@web/test-runner').Reporter}
 */
export function resultsReporter(path) {
  return {
    onTestRunFinished({ sessions }) {
      const totals = { passed: 0, failed: 0, skipped: 0 };
      /** @type {Record<string, {passed: number, failed: number, skipped: number}>} */
      const engines = {};
      /** @type {string[]} */
      const failures = [];
      for (const session of sessions) {
        const engine = (engines[session.browser.name] ??= { passed: 0, failed: 0, skipped: 0 });
        const counts = countsOf(session);
        failures.push(...failuresOf(session));
        for (const sum of [totals, engine]) {
          sum.passed += counts.passed;
          sum.failed += counts.failed;
          sum.skipped += counts.skipped;
        }
      }
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify({ ...totals, engines, failures }, null, 2)}\n`);
      console.log(`Browser tests: ${totals.passed} passed, ${totals.failed} failed.`);
    },
  };
}

/** @param {import('@web/test-runner').TestSession} session */
function countsOf(session) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const visit = (/** @type {import('@web/test-runner').TestSuiteResult | undefined} */ suite) => {
    for (const test of suite?.tests ?? []) {
      if (test.skipped) counts.skipped += 1;
      else if (test.passed) counts.passed += 1;
      else counts.failed += 1;
    }
    suite?.suites.forEach(visit);
  };
  visit(session.testResults);
  if (!session.passed && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** @param {import('@web/test-runner').TestSession} session */
function failuresOf(session) {
  const at = `${session.browser.name}, ${relative(process.cwd(), session.testFile ?? '')}`;
  const failures = session.errors.map(({ message, stack }) => `${at}: ${stack ?? message}`);
  const visit = (/** @type {import('@web/test-runner').TestSuiteResult | undefined} */ suite) => {
    for (const { name, passed, skipped, error } of suite?.tests ?? [])
      if (!passed && !skipped) failures.push(`${at} › ${name}: ${error?.message ?? 'failed'}`);
    suite?.suites.forEach(visit);
  };
  visit(session.testResults);
  return failures;
}
