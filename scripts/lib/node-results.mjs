// A reporter for Node's test runner: totals and failures as JSON, for scripts/test.mjs to add up.

import { relative } from 'node:path';

/**
 * Yields `{passed, failed, failures}` once all is done. What was skipped or cancelled proves nothing: it counts as
 * failed.
 *
 * @param {AsyncIterable<{type: string, data: any}>} events
 */
export default async function* nodeResults(events) {
  /** @type {Record<string, number>} */
  const counts = {};
  /** @type {string[]} */
  const failures = [];
  for await (const { type, data } of events) {
    if (type === 'test:fail' && !isOnlyItsChildren(data)) failures.push(described(data));
    if (type === 'test:pass' && data.skip !== undefined)
      failures.push(`${where(data)}: was skipped`);
    const [, word, count] = /^(\w+) (\d+)$/.exec(data?.message ?? '') ?? [];
    if (type === 'test:diagnostic' && data.nesting === 0 && word) counts[word] = Number(count);
  }
  const { pass = 0, fail = 0, cancelled = 0, skipped = 0 } = counts;
  yield `${JSON.stringify({ passed: pass, failed: fail + cancelled + skipped, failures })}\n`;
}

/** A suite fails with each of its tests: the test is what is named. */
const isOnlyItsChildren = (data) => data.details?.error?.failureType === 'subtestsFailed';

const where = ({ file = '', name }) => `${relative(process.cwd(), file)} › ${name}`;

function described(data) {
  const error = data.details?.error;
  const cause = error?.cause?.stack ?? error?.cause ?? error?.message ?? 'failed';
  return `${where(data)}: ${cause}`;
}
