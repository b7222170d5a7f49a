/** Where `localStorage` says what {@link acknowledged} answers. */
export const OUTBOX = 'placet-outbox';

/**
 * The id of the decision that the backend acknowledged last; with something behind it where older
 * ones still wait, nothing where storage is blocked.
 */
export function acknowledged(): string | undefined {
  try {
    return localStorage[OUTBOX] as string | undefined;
  } catch {
    return undefined;
  }
}
