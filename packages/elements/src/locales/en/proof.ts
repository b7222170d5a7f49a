import type { Text } from '../locale.js';

/** What goes with the proof of a choice. */
export const texts = {
  proof: 'Download proof',
  proofBusy: 'The proof is on its way…',
  proofFailed: 'The proof could not be fetched. Try again later.',
} satisfies Record<string, Text>;
