import { describeAdapter, type AdapterSetup } from '../conformance/index.js';

/**
 * Runs the conformance suite on an adapter that is broken on purpose; the titles of the promises
 * that it does not keep, among those that `only` matches. `isLastFirst` begins at the end, where
 * the promises about opt-ins are.
 */
export async function failuresOf(
  make: () => AdapterSetup,
  { only = /./, isFirstEnough = false, isLastFirst = false } = {},
): Promise<string[]> {
  const checks: [title: string, check: () => Promise<void>][] = [];
  describeAdapter('broken', make, {
    describe: (_name, define) => define(),
    it: (title, check) => only.test(title) && checks.push([title, check]),
  });
  if (isLastFirst) checks.reverse();
  const failed: string[] = [];
  for (const [title, check] of checks) {
    if (isFirstEnough && failed.length > 0) break;
    await check().catch(() => failed.push(title));
  }
  return failed;
}
