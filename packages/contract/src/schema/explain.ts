import type * as z from 'zod/mini';
import { pathText, unsay } from './say.js';

/** One fault of a configuration. */
export interface ConfigIssue {
  /** Where: `purposes[1].services[0].cookies[0].duration`; `config` for the whole. */
  path: string;
  /** What is wrong, in plain words. */
  problem: string;
  /** What to write instead. */
  remedy: string;
}

type Issue = z.core.$ZodIssue;

/** Turns zod's issues into one plain entry per fault. */
export function explain(issues: readonly Issue[], at: readonly PropertyKey[] = []): ConfigIssue[] {
  return issues.flatMap((issue) => {
    const path = [...at, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      // One line per key, in the order of the keys: see `group`.
      const lines = issue.message.split('\n');
      return issue.keys.map((key, index) => ({
        path: pathText([...path, key]),
        ...unsay(lines[index]!),
      }));
    }
    if (issue.code === 'invalid_union') {
      // A branch that got inside the value knows better what is wrong than "neither".
      const inside = issue.errors.find((branch) => branch.every((each) => each.path.length > 0));
      if (inside?.length) return explain(inside, path);
    }
    return [{ path: pathText(path), ...unsay(issue.message) }];
  });
}
