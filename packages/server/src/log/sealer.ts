import { afterTimeout, errorName, type After, type Log } from './entry.js';
import { seal, type SealOptions } from './seal.js';

export interface SealerOptions extends Omit<SealOptions, 'batch'> {
  /** @default 2_000 */
  batch?: number;
  /** Milliseconds between a record's arrival and its sealing, so that many share a checkpoint. @default 1_000 */
  interval?: number;
  /** Milliseconds between looks for records that a killed process left. @default 30_000 */
  poll?: number;
  /** @default the process's timers */
  after?: After | undefined;
  log?: Log | undefined;
}

/** Seals a site's records into its log, while other processes may do the same. */
export interface Sealer {
  /** Says that a record waits: it is sealed within {@link SealerOptions.interval}. */
  wake(): void;
  /** Seals all that waits, now. Rejects if it cannot. */
  seal(): Promise<void>;
  /** Seals what waits, if it can, and stops. */
  close(): Promise<void>;
}

/** Starts with a look for what an earlier process left unsealed. */
export function createSealer(options: SealerOptions): Sealer {
  const { batch = 2_000, interval = 1_000, poll = 30_000 } = options;
  const { after = afterTimeout, log = () => {}, site, ...rest } = options;
  const settings: SealOptions = { ...rest, site, batch };
  let wanted: (() => void) | undefined;
  let running: Promise<void> = Promise.resolve();
  let isClosed = false;

  async function sealAll(): Promise<void> {
    for (;;) {
      const { size, count, altered } = await seal(settings);
      for (const { id, index } of altered)
        log({ level: 'error', event: 'log/altered-before-sealing', site, id, index });
      if (count > 0) log({ level: 'info', event: 'log/sealed', site, size, count });
      if (count < batch) return;
    }
  }

  /** One after the other: a second round at once would only wait for the first one's lock. */
  function next(): Promise<void> {
    const turn = running.then(sealAll);
    running = turn.catch(() => {});
    return turn;
  }

  function round(): void {
    wanted = undefined;
    next().catch((cause: unknown) => {
      log({ level: 'error', event: 'log/not-sealed', site, cause: errorName(cause) });
    });
  }

  function look(): void {
    round();
    stopLooking = after(poll, look);
  }
  let stopLooking = after(0, look);

  return {
    wake() {
      if (!isClosed) wanted ??= after(interval, round);
    },
    seal: next,
    async close() {
      isClosed = true;
      stopLooking();
      wanted?.();
      round();
      await running;
    },
  };
}
