import type * as z from 'zod/mini';
import { RequestFault, type Fault } from './problems.js';

type Issue = z.core.$ZodIssue;

/** The most faults that an answer lists. */
const MAX_FAULTS = 20;

/**
 * The value as the schema knows it.
 *
 * @throws {RequestFault} `request/invalid`, with each fault in words that repeat nothing of it
 */
export function validate<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new RequestFault('request/invalid', result.error.issues.slice(0, MAX_FAULTS).map(faultOf));
}

/** The path holds keys of the schema and places in lists only, so nothing that was sent. */
function faultOf(issue: Issue): Fault {
  const path = issue.path
    .map((key, index) =>
      typeof key === 'number' ? `[${key}]` : `${index ? '.' : ''}${String(key)}`,
    )
    .join('');
  return { path, problem: problemOf(issue) };
}

function problemOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `Is missing, or is not of the type ${issue.expected}.`;
    case 'unrecognized_keys':
      return 'Has a key that is not known here.';
    case 'too_small':
      return `Is less than ${issue.minimum}.`;
    case 'too_big':
      return `Is more than ${issue.maximum}.`;
    case 'invalid_value':
      return `Is none of ${issue.values.map(String).join(', ')}.`;
    // The sentences of our own schemas, which know nothing of the value.
    case 'custom':
      return issue.message;
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
      return 'Has not the form that is asked for.';
  }
}
