import type { After } from '../log/entry.js';

/**
 * Milliseconds that the systems have, side by side, for all that is asked of them while a person
 * waits. Their browser gives up after ten seconds, which began before: whoever waits as long for one
 * system that hangs shows nothing of the others.
 */
export const ANSWER_TIME = 5_000;

/** Rejects once the time is up; what still runs is told. */
export async function inTime<Result>(
  after: After,
  run: (late: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const late = new AbortController();
  let stop = () => {};
  const timeUp = new Promise<never>((_, reject) => {
    stop = after(ANSWER_TIME, () => {
      late.abort();
      reject(new TooSlow());
    });
  });
  try {
    return await Promise.race([run(late.signal), timeUp]);
  } finally {
    stop();
  }
}

/** Its name is what the log says. */
class TooSlow extends Error {
  override readonly name = 'TooSlow';
}
