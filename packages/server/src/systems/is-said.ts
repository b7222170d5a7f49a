import type { LocalText } from '@placet/contract';

/** Whether there is a text, in each language that one is given for. */
export function isSaid(text: LocalText | undefined): boolean {
  const texts = typeof text === 'object' && text !== null ? Object.values(text) : [text];
  return texts.length > 0 && texts.every((each) => typeof each === 'string' && each.trim() !== '');
}
