import type { Text } from '../locale.js';

/** What a box of an opt-in form stands for, in a list of what was said. */
export const texts = {
  choiceEmail: '{controller}, {topic}, by e-mail',
  choiceSms: '{controller}, {topic}, by SMS',
  choicePhone: '{controller}, {topic}, by telephone',
} satisfies Record<string, Text>;
