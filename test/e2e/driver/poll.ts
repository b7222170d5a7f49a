import { SilentDriver } from './silent-driver.js';

/** How long anything in a page may take on a loaded machine before a test gives up. */
export const PATIENCE = 60_000;
const PAUSE = 25;

/** Asks until the answer is not undefined; the failure says what was last known. */
export async function poll<T>(
  ask: () => Promise<T | undefined>,
  explain: (lastError: unknown) => string | Promise<string>,
  patience = PATIENCE,
): Promise<T> {
  const deadline = performance.now() + patience;
  let lastError: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      lastError = undefined;
    } catch (error) {
      if (error instanceof SilentDriver) throw error;
      // A document being replaced throws at any question; the next one will answer.
      lastError = error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  } while (performance.now() < deadline);
  throw new Error(await explain(lastError));
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
