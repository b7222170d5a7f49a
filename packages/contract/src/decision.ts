/** The longest that a choice may last, in calendar months (002-09, C-10). */
export const MAX_MONTHS = 13;

/** What the visitor did, as the register will name it (G-02). */
export interface Gesture {
  /** The control used: `accept`, `refuse`, `save`, `embed`, `withdraw`, or `api` for a call from the page's code. */
  control: string;
  /** Whether the browser vouches that a person did it (`Event.isTrusted`). */
  trusted: boolean;
}

/** Why an earlier decision no longer counts, or was replaced. */
export type LapseReason = 'expired' | 'notice' | 'changed';

/**
 * What a visitor chose, when, on which notice and for how long.
 *
 * Entries are purposes (`marketing`) or one service of a purpose
 * (`marketing/youtube`); the service's entry wins. `necessary` is never listed.
 */
export interface Decision {
  /** UUID, also the idempotency key of the register. */
  id: string;
  /** When it was taken: ISO 8601, UTC, to the second. */
  at: string;
  /** Version of the notice that was shown. */
  notice: string;
  /** Calendar months promised, 1 to 13. Nothing but a new decision changes them. */
  months: number;
  granted: readonly string[];
  denied: readonly string[];
  /** Known only on the page where the choice was made: the cookie does not carry it. */
  gesture?: Gesture;
  /** The decision that this one replaces, and why (known as `gesture` is). */
  replaces?: { id: string; notice: string; reason: LapseReason };
}

/** Brings any value into the months allowed: whole, 1 to 13; anything unreadable counts as 13. */
export function clampMonths(months: unknown): number {
  const whole = Math.floor(months instanceof Object ? NaN : Number(months));
  if (Number.isNaN(whole)) return MAX_MONTHS;
  return Math.min(Math.max(whole, 1), MAX_MONTHS);
}

/**
 * Adds calendar months in UTC and stays within the month arrived at:
 * 31 January 2027 + 13 months is 29 February 2028.
 */
export function addMonths(from: Date, months: number): Date {
  const to = new Date(from);
  to.setUTCMonth(to.getUTCMonth() + months);
  // Running over the month's end lands in the next one; day 0 is the last day of the one meant.
  if (to.getUTCDate() !== from.getUTCDate()) to.setUTCDate(0);
  return to;
}

/** The instant at which a decision stops counting (002-09, DP-21). */
export function expiryOf(decision: Pick<Decision, 'at' | 'months'>): Date {
  return addMonths(new Date(decision.at), decision.months);
}

/** True from the very second of expiry on. */
export function isExpired(decision: Pick<Decision, 'at' | 'months'>, now: Date): boolean {
  // Asked this way round, a time that cannot be read has expired.
  return !(now < expiryOf(decision));
}
