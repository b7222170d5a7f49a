import type { TextName } from '../locales/locale.js';

/** The name of the text for a word of the wire: `act` and `one-click` make `actOneClick`. */
export function named(kind: string, word: string): TextName {
  return `${kind}-${word}`.replace(/-(.)/g, (_, letter: string) =>
    letter.toUpperCase(),
  ) as TextName;
}
