/** Locks as browsers have them: one holder at a time, first come, first served. */
export function fairLocks(): Pick<LockManager, 'request'> {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, { signal }: LockOptions, act: () => unknown) => {
    const mine = last.then(() => {
      if (signal?.aborted) throw new DOMException('The page is gone', 'AbortError');
      // A page that goes loses its lock with whatever it was doing.
      const gone = new Promise((resolve) => signal?.addEventListener('abort', resolve));
      return Promise.race([act(), gone]);
    });
    last = mine.catch(() => undefined);
    return mine;
  };
  return { request: request as LockManager['request'] };
}
