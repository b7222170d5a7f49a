/** Lets one in at a time, in the order in which they came. */
export interface Turns {
  /** Resolves when it is the caller's turn, with the function that ends it. */
  take(): Promise<() => void>;
}

export function createTurns(): Turns {
  let last: Promise<void> = Promise.resolve();
  return {
    async take() {
      const before = last;
      let leave = () => {};
      last = new Promise((resolve) => (leave = resolve));
      await before;
      return leave;
    },
  };
}
