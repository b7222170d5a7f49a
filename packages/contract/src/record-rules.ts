import { canonicalJson } from './canonical-json.js';
import type { ConsentRecord } from './consent-record.js';
import { expiryOf } from './decision.js';

/** The site of a record that names none. */
export const DEFAULT_SITE = 'default';

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
 */
export function sameRecord(one: HashedRecord, other: HashedRecord): boolean {
  return said(one) === said(other);
}

/** What of a record counts, whatever else the object carries. */
function said(record: HashedRecord): string {
  const { id, at, months, granted, denied, gesture, regime, language, page, replaces } = record;
  return canonicalJson({
    id,
    at: Date.parse(at),
    months,
    granted: [...granted].sort(),
    denied: [...denied].sort(),
    gesture,
    regime,
    language,
    page,
    replaces,
    site: record.site ?? DEFAULT_SITE,
    notice: { version: record.notice.version, hash: record.notice.hash },
  });
}
