/** Timers held back, so that a test decides when, and whether, their time comes. */
export interface HeldTimers {
  /** What waits, oldest first. */
  readonly waiting: (() => void)[];
  /** Lets the time of everything that waits now come; tells how many there were. */
  fire(): number;
  restore(): void;
}

/** Holds the timers of one delay back; all others run as ever. */
export function holdTimers(delay: number): HeldTimers {
  const native = window.setTimeout;
  const waiting: (() => void)[] = [];
  const held = (handler: () => void, timeout = 0, ...rest: unknown[]): number => {
    if (timeout !== delay) return native(handler, timeout, ...rest);
    return waiting.push(handler);
  };
  window.setTimeout = held as typeof window.setTimeout;
  return {
    waiting,
    fire() {
      const due = waiting.splice(0);
      for (const handler of due) handler();
      return due.length;
    },
    restore: () => void (window.setTimeout = native),
  };
}
