import type { Text } from '../locale.js';

/** What goes with the proof of a choice. */
export const texts = {
  proof: 'Download proof',
  proofBusy: 'Fetching the proof…',
  proofFailed: 'The proof could not be fetched. Try again later.',
} satisfies Record<string, Text>;
