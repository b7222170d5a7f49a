import { RequestFault } from './problems.js';

/** The most that objects and lists may stand in one another: a record needs 3. */
const MAX_DEPTH = 16;

/** Strings, and whether a colon follows: then it is a key. */
const STRINGS = /"(?:[^"\\]+|\\.)*"(\s*:)?/g;

/** Half a character: no text has it, and not every database takes it. */
const HALF_CHARACTER = /\p{Surrogate}/u;

/**
 * JSON of which there is one reading only, and which every store takes: no key twice, no
 * `__proto__`, no NUL and no half characters in texts, not deeper than {@link MAX_DEPTH}.
 *
 * @throws {RequestFault} `request/unreadable` for what is no JSON, `request/invalid` for the rest
 */
export function parseStrictJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RequestFault('request/unreadable');
  }
  if (count(value, 0) !== keysIn(text)) throw invalid('A key stands twice in an object.');
  return value;
}

function keysIn(text: string): number {
  let keys = 0;
  for (const [, colon] of text.matchAll(STRINGS)) if (colon) keys += 1;
  return keys;
}

/** How many members all objects have together. */
function count(value: unknown, depth: number): number {
  if (typeof value === 'string') check(value);
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > MAX_DEPTH) throw invalid('Objects stand in one another too deep.');
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value) members += count(item, depth + 1);
    return members;
  }
  for (const [key, member] of Object.entries(value)) {
    if (key === '__proto__') throw invalid('A key is not allowed.');
    check(key);
    members += 1 + count(member, depth + 1);
  }
  return members;
}

function check(text: string): void {
  if (text.includes('\0') || HALF_CHARACTER.test(text))
    throw invalid('A text holds NUL or half a character.');
}

function invalid(problem: string): RequestFault {
  return new RequestFault('request/invalid', [{ path: '', problem }]);
}
