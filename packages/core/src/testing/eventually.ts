import { waitUntil } from '@open-wc/testing';

/** Waits for something that comes of itself, on a slow machine too. */
export const eventually = (isSo: () => unknown, what?: string) =>
  waitUntil(isSo, what, { timeout: 20_000 });
