import { addMonths } from '../decision.js';

/** How the last day of a term is found. */
export interface ClockOptions {
  /** IANA name of the zone in which days begin and end. @default 'UTC' */
  timeZone?: string | undefined;
  /** Days on which nobody works, besides Saturdays and Sundays: `2027-01-01`. @default [] */
  holidays?: readonly string[] | undefined;
}

/** Months until a request is to be answered, and by how many it may be extended (GDPR art. 12(3)). */
export const DUE_MONTHS = 1;
export const EXTENSION_MONTHS = 2;
/** Days after its execution by which an erasure is purged at the latest (000-23). */
export const PURGE_DAYS = 30;
/** Hours during which an erasure can be taken back. */
export const UNDO_HOURS = 72;

/**
 * The end of the day by which a request is to be answered: so many calendar months after the day
 * of receipt, within the month arrived at, and on to the next working day (R-04; Regulation
 * 1182/71, art. 3).
 *
 * @param months 1, or 3 with an extension
 */
export function dueAt(receivedAt: Date, months: number, options: ClockOptions = {}): Date {
  const { timeZone = 'UTC', holidays = [] } = options;
  const dayOf = daysIn(timeZone);
  let day = addMonths(new Date(`${dayOf(receivedAt)}T00:00:00Z`), months);
  while (/[06]/.test(String(day.getUTCDay())) || holidays.includes(isoDay(day)))
    day = new Date(day.getTime() + 86_400_000);
  return endOfDay(isoDay(day), dayOf);
}

/** When an erasure that was executed then is purged: 30 days on, or when it is due, if that is earlier; at once if it is past. */
export function purgeAt(executedAt: Date, due: Date): Date {
  const latest = executedAt.getTime() + PURGE_DAYS * 86_400_000;
  return new Date(Math.max(executedAt.getTime(), Math.min(latest, due.getTime())));
}

const isoDay = (date: Date) => date.toISOString().slice(0, 10);

/** Tells the day that it is in a zone: `2026-11-22`. */
function daysIn(timeZone: string): (at: Date) => string {
  // Sweden writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (at) => format.format(at);
}

/** The last millisecond of a day in a zone, whatever its clocks do on it. */
function endOfDay(day: string, dayOf: (at: Date) => string): Date {
  // No zone is further than a day from UTC: the day ends between two instants, found by halving.
  let still = new Date(`${day}T00:00:00Z`).getTime() - 86_400_000;
  let over = still + 4 * 86_400_000;
  while (over - still > 1) {
    const middle = Math.floor((still + over) / 2);
    if (dayOf(new Date(middle)) <= day) still = middle;
    else over = middle;
  }
  return new Date(still);
}
