const HOUR = 3_600_000;

/**
 * Milliseconds until the next attempt: 2, 4, 8… seconds, an hour at most, and up to half of that
 * taken away, so that what failed together does not come back together.
 *
 * @param attempt how many there were, from 1
 * @param random from 0 up to 1
 */
export function backoff(attempt: number, random: number): number {
  const whole = Math.min(2 ** attempt * 1000, HOUR);
  return Math.ceil(whole * (1 - random / 2));
}
