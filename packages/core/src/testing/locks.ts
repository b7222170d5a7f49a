/** Locks as browsers have them, for those who do not stand in line: one holder at a time. */
export function fairLocks(): Pick<LockManager, 'request'> {
  let isHeld = false;
  const request = async (_name: string, _options: LockOptions, act: (lock: unknown) => unknown) => {
    if (isHeld) return act(null);
    isHeld = true;
    try {
      return await act({});
    } finally {
      isHeld = false;
    }
  };
  return { request: request as LockManager['request'] };
}

/** The locks of one page, which loses them as it goes, with whatever it was doing. */
export function locksOfPage(
  locks: Pick<LockManager, 'request'>,
  signal: AbortSignal,
): Pick<LockManager, 'request'> {
  const gone = new Promise((resolve) => signal.addEventListener('abort', resolve));
  const request = (name: string, options: LockOptions, act: (lock: unknown) => unknown) =>
    locks.request(name, options, (lock) => (lock ? Promise.race([act(lock), gone]) : act(lock)));
  return { request: request as LockManager['request'] };
}
