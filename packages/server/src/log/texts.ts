import type { Fault } from './fault.js';
import { hex, sha256 } from './hash.js';

/** Texts that records name by their hash. */
export interface Texts {
  /** @param isLate whether it comes where none of its kind can */
  take(text: { hash: string; text: string }, isLate: boolean): void;
  /** A record names one. */
  need(hash: string | undefined, where: { id: string; index?: number }): void;
}

const WORDS = {
  notice: ['Its text is not the one that was shown.', 'The text of its notice is gone.'],
  config: ['Its text is not the one that was in force.', 'Its configuration is gone.'],
} as const;

/** Checks texts against their hashes, and says once of each that is missing. */
export function createTexts(
  what: keyof typeof WORDS,
  report: (fault: Omit<Fault, 'site'>) => void,
): Texts {
  const taken = new Set<string>();
  const missed = new Set<string>();
  const [altered, gone] = WORDS[what];

  return {
    take({ hash, text }, isLate) {
      const tell = (detail: string) => report({ what, [what]: hash, detail });
      if (hex(sha256(text)) !== hash) tell(altered);
      if (isLate) tell('It comes too late.');
      if (taken.has(hash)) tell('It is there twice.');
      taken.add(hash);
    },
    need(hash, where) {
      if (hash === undefined || taken.has(hash) || missed.has(hash)) return;
      missed.add(hash);
      report({ what, ...where, [what]: hash, detail: gone });
    },
  };
}
