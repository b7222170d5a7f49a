import { canonicalJson } from './canonical-json.js';
import type { ConsentRecord } from './consent-record.js';
import { expiryOf } from './decision.js';

/** The site of a record that names none. */
export const DEFAULT_SITE = 'default';

/** The control of a record that was rebuilt from the choice cookie, which knows less than the page did. */
export const RESTORED = 'restored';

/** A record whose notice is known by its hash, as a register compares it. */
export type HashedRecord = Omit<ConsentRecord, 'notice'> & {
  notice: { version: string; hash: string };
};

/**
 * When a registered choice ends: the months promised after the EARLIER of the two times, so that
 * no wrong clock, the visitor's or the register's, lengthens it.
 *
 * @param receivedAt by the register's clock
 */
export function expiryOfRecord(
  { at, months }: Pick<ConsentRecord, 'at' | 'months'>,
  receivedAt: string | Date,
): Date {
  const earlier = Math.min(Date.parse(at), new Date(receivedAt).getTime());
  return expiryOf({ at: new Date(earlier).toISOString(), months });
}

/** Whole seconds by which the visitor's clock was ahead of the register's; negative when behind. */
export function skewOf(at: string, receivedAt: string | Date): number {
  // `Math.trunc` makes a negative zero of half a second behind, which JSON does not keep.
  return Math.trunc((Date.parse(at) - new Date(receivedAt).getTime()) / 1000) || 0;
}

/**
 * Whether two records say the same, so that the later one is a repetition: the times as instants,
 * the entries in any order, the notice by version and hash whether or not its text came along.
 * Of a record rebuilt from the choice cookie only what the cookie carries counts.
 */
export function sameRecord(one: HashedRecord, other: HashedRecord): boolean {
  const isRestored = [one, other].some(({ gesture }) => gesture.control === RESTORED);
  return said(one, isRestored) === said(other, isRestored);
}

/** What of a record counts, whatever else the object carries. */
function said(record: HashedRecord, isRestored: boolean): string {
  const { id, at, months, granted, denied, gesture, regime, language, page, replaces } = record;
  const cookie = {
    id,
    // The cookie counts whole seconds.
    at: isRestored ? Math.floor(Date.parse(at) / 1000) * 1000 : Date.parse(at),
    months,
    granted: [...granted].sort(),
    denied: [...denied].sort(),
    site: record.site ?? DEFAULT_SITE,
    version: record.notice.version,
  };
  if (isRestored) return canonicalJson(cookie);
  return canonicalJson({
    ...cookie,
    gesture,
    regime,
    language,
    page,
    replaces,
    hash: record.notice.hash,
  });
}
