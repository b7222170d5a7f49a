import { MAX_MONTHS, type Decision } from './decision.js';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What a well-formed cookie holds; a tampered one may hold anything. */
interface CookieJson {
  v: number;
  id: string;
  t: number;
  m: number;
  n: string;
  g: string[];
  d: string[];
}

/**
 * Writes a decision as the choice cookie's JSON (design §3 "Cookie").
 *
 * Spelled out by hand because old page libraries give strings and arrays a
 * `toJSON` of their own, and `JSON.stringify` obeys it.
 */
export function formatDecision(decision: Decision): string {
  const text = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`;
  const list = (entries: readonly string[]) => `[${entries.map(text).join()}]`;
  const { id, at, months, notice, granted, denied } = decision;
  return `{"v":1,"id":${text(id)},"t":${Date.parse(at) / 1000},"m":${months},"n":${text(notice)},"g":${list(granted)},"d":${list(denied)}}`;
}

/**
 * Reads the choice cookie's JSON. Anything but a whole, well-formed decision
 * taken before `now` is `undefined`, never an error: an unreadable choice is no choice.
 */
export function parseDecision(value: string, now: Date): Decision | undefined {
  try {
    const { v, id, t, m, n, g, d } = JSON.parse(value) as CookieJson;
    // What is no list or no text has no such methods: the error thrown is caught below.
    const isEntry = (entry: string) =>
      entry.split('/')[0] !== 'necessary' && !(g.includes(entry) && d.includes(entry));
    return v === 1 &&
      typeof id === 'string' &&
      typeof n === 'string' &&
      UUID.test(id) &&
      [t, m].every(Number.isInteger) &&
      t > 0 &&
      t * 1000 <= +now &&
      m > 0 &&
      m <= MAX_MONTHS &&
      g.every(isEntry) &&
      d.every(isEntry)
      ? { at: new Date(t * 1000).toISOString(), granted: g, denied: d, months: m, id, notice: n }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The newest whole decision among stored values; a page may see copies of different domain or path. */
export function newestDecision(values: readonly string[], now: Date): Decision | undefined {
  return values
    .flatMap((value) => parseDecision(value, now) ?? [])
    .sort((one, other) => (one.at < other.at ? 1 : -1))[0];
}
