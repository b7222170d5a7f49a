const DAY = 86_400_000;

/** Days before it is due on which staff are reminded of a request. */
const BEFORE = [7, 3, 1];

/**
 * When staff are to be reminded next of a request that is not answered: seven days, three days and
 * a day before it is due, then, and every day from then on.
 *
 * @param after later than this
 */
export function reminderAfter(due: Date, after: Date): Date {
  for (const days of BEFORE) {
    const at = due.getTime() - days * DAY;
    if (at > after.getTime()) return new Date(at);
  }
  const over = Math.floor((after.getTime() - due.getTime()) / DAY);
  return new Date(due.getTime() + Math.max(over + 1, 0) * DAY);
}
