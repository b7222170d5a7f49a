import type { Text } from '../locale.js';

/** What the embeds' placeholders say. */
export const texts = {
  embedTitle: 'Content from {service}',
  embedText:
    'To show it, your browser connects to {owner}, which then learns your address and may set cookies.',
  embedOnce: 'Show this time',
  embedAlways: 'Always show {service}',
} satisfies Record<string, Text>;
