/** `npm run types`: checks the sources with project references, then the tests and the script tag's entries. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './lib/run.mjs';

const TSC = 'node_modules/typescript/bin/tsc';
const PROJECTS = [
  'packages/contract/tsconfig.test.json',
  'packages/core/tsconfig.test.json',
  'packages/elements/tsconfig.test.json',
  'packages/elements/tsconfig.script.json',
  'packages/server/tsconfig.test.json',
  'test/tsconfig.json',
].filter((file) => existsSync(join(root, file)));

const failures = [run([TSC, '-b']), ...PROJECTS.map((file) => run([TSC, '-p', file, '--noEmit']))];
process.exitCode = failures.some((status) => status !== 0) ? 1 : 0;
