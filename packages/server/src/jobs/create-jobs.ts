import type { Database } from '../database/database.js';
import type { Keys } from '../keys.js';
import { afterTimeout, errorName, type After, type Log } from '../log/entry.js';
import { createIds } from '../register/uuid.js';
import { backoff } from './backoff.js';
import { claim, finish, forget, release, renew, type Claimed } from './claim.js';
import { GiveUp, KEPT, type Handler, type Job, type Jobs } from './jobs.js';
import { openPayload, sealPayload } from './payload.js';

/** Options of {@link createJobs}. */
export interface JobsOptions {
  database: Database;
  keys: Pick<Keys, 'contact'>;
  /** By the queue's name. Jobs of other queues are left to processes that know them. */
  handlers: Readonly<Record<string, Handler>>;
  /** @default () => new Date() */
  now?: (() => Date) | undefined;
  /** @default the process's timers, which keep no process alive */
  after?: After | undefined;
  log?: Log | undefined;
  /**
   * Milliseconds that a job belongs to the process that took it: longer than any handler takes that
   * does not say `isLong`, and than the clocks of processes differ.
   * @default 300_000
   */
  lease?: number;
  /** Jobs of each queue under way at once, so that one which hangs holds up no other. @default 4 */
  concurrency?: number;
  /** Milliseconds between looks for what other processes left. @default 30_000 */
  poll?: number;
  /** From 0 up to 1: spreads retries. @default Math.random */
  random?: () => number;
}

const ATTEMPTS = 36;
const HOUR = 3_600_000;

/**
 * Jobs in the `job` table. Several processes share it: a row is taken with a lock that the others
 * pass by, and belongs to whoever took it until its lease ends.
 *
 * Each job is done at least once: a process that dies after the mail has gone, and before its row
 * has, leaves a job that another one does again. Handlers must bear that.
 *
 * Starts looking at once, and `handlers` may be called from the next turn of the event loop on.
 */
export function createJobs(options: JobsOptions): Jobs {
  const { database, keys, handlers, random = Math.random } = options;
  const { now = () => new Date(), after = afterTimeout, log = () => {} } = options;
  const { lease = 300_000, concurrency = 4, poll = 30_000 } = options;
  const newId = createIds(now);
  const queues = Object.keys(handlers);
  const underWay = new Map(queues.map((queue) => [queue, new Set<Promise<void>>()]));
  /** Queues to be looked at. */
  const wanted = new Set<string>();
  const all = () => [...underWay.values()].flatMap((each) => [...each]);
  const retries = new Set<() => void>();
  let taking: Promise<boolean> | undefined;
  let forgetting: Promise<void> | undefined;
  let forgotAt = -Infinity;
  let isClosed = false;

  /** Takes as many of a queue as there is room for. */
  async function take(queue: string): Promise<void> {
    const running = underWay.get(queue)!;
    const limit = concurrency - running.size;
    if (isClosed || limit <= 0) return;
    const at = now();
    const until = new Date(at.getTime() + lease);
    for (const row of await claim(database, { queue, now: at, until, limit })) {
      const run = work(row).finally(() => {
        running.delete(run);
        look([queue]);
      });
      running.add(run);
    }
  }

  /** One look after the other: two at once would only pass by each other's rows. Never rejects. */
  function look(at: readonly string[] = queues): void {
    for (const queue of at) wanted.add(queue);
    if (taking || isClosed) return;
    taking = (async () => {
      try {
        for (const queue of wanted) {
          wanted.delete(queue);
          await take(queue);
        }
        return true;
      } catch (cause) {
        log({ level: 'error', event: 'job/not-taken', cause: errorName(cause) });
        return false;
      } finally {
        taking = undefined;
      }
    })();
  }

  /** Never rejects: what it cannot write down, the lease's end brings back. */
  async function work(row: Claimed): Promise<void> {
    const { id, site, queue, attempts, createdAt } = row;
    const handler = handlers[queue]!;
    const most = handler.attempts ?? ATTEMPTS;
    let job: Job = { id, site, payload: undefined, attempt: attempts, createdAt };
    try {
      job = { ...job, payload: open(row.payload) };
      // Whoever had the last attempt never came back.
      if (attempts > most) throw new GiveUp('The process ended while it was done.');
      const letGo = handler.isLong ? hold(row) : undefined;
      try {
        await handler.run(job);
      } finally {
        await letGo?.();
      }
    } catch (cause) {
      return failed(row, job, cause, attempts >= most || cause instanceof GiveUp);
    }
    try {
      await finish(database, row);
    } catch (cause) {
      log({ level: 'error', event: 'job/not-finished', site, queue, cause: errorName(cause) });
    }
  }

  /** Prolongs a lease in good time, again and again; what it returns ends that, and never rejects. */
  function hold(row: Claimed): () => Promise<void> {
    const { site, queue } = row;
    let renewing: Promise<void> | undefined;
    const beat = () => {
      stop = after(lease / 3, beat);
      const until = new Date(now().getTime() + lease);
      renewing = renew(database, row, until).catch((cause: unknown) => {
        log({ level: 'warn', event: 'job/not-renewed', site, queue, cause: errorName(cause) });
      });
    };
    let stop = after(lease / 3, beat);
    return async () => {
      stop();
      await renewing;
    };
  }

  async function failed(row: Claimed, job: Job, cause: unknown, isLast: boolean): Promise<void> {
    const { site, queue, attempts } = row;
    const reason = errorName(cause instanceof GiveUp ? (cause.cause ?? cause) : cause);
    const line = { site, queue, attempts, cause: reason };
    const at = now();
    try {
      if (isLast) {
        // First: a process that dies in between leaves a job that is given up once more.
        await handlers[queue]!.gaveUp?.(job);
        await release(database, row, { failed_at: at, last_error: reason });
        log({ level: 'error', event: 'job/given-up', ...line });
        return;
      }
      const wait = backoff(attempts, random());
      await release(database, row, { due_at: new Date(at.getTime() + wait), last_error: reason });
      log({ level: 'warn', event: 'job/failed', ...line });
      // What is due before the next look gets a look of its own.
      if (wait < poll) lookAfter(wait, queue);
    } catch (error) {
      log({ level: 'error', event: 'job/not-released', site, queue, cause: errorName(error) });
    }
  }

  function open(payload: Uint8Array): unknown {
    try {
      return openPayload(keys, payload);
    } catch (cause) {
      throw new GiveUp('The job was put down under another secret.', { cause });
    }
  }

  function lookAfter(wait: number, queue: string): void {
    if (isClosed) return;
    const stop = after(wait, () => {
      retries.delete(stop);
      look([queue]);
    });
    retries.add(stop);
  }

  function tick(): void {
    stopPolling = after(poll, tick);
    look();
    const at = now().getTime();
    if (at - forgotAt < HOUR) return;
    forgotAt = at;
    forgetting = forget(database, new Date(at - KEPT), queues).catch((cause: unknown) => {
      log({ level: 'warn', event: 'job/not-forgotten', cause: errorName(cause) });
    });
  }
  let stopPolling = after(0, tick);

  return {
    async add(transaction, { site, queue, payload, dueAt, dedupe }) {
      const at = now();
      await transaction
        .insertInto('job')
        .values({
          id: newId(),
          site,
          queue,
          dedupe: dedupe ?? null,
          payload: sealPayload(keys, payload),
          due_at: dueAt ?? at,
          created_at: at,
          attempts: 0,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['site', 'queue', 'dedupe'])
            .where('dedupe', 'is not', null)
            .where('failed_at', 'is', null)
            .doNothing(),
        )
        .execute();
    },
    wake: () => look(),
    async idle() {
      do {
        look();
        // A database that is away gives nothing to do.
        if ((await taking) === false) return;
        await Promise.all(all());
      } while (taking || all().length > 0);
    },
    async close() {
      isClosed = true;
      stopPolling();
      for (const stop of retries) stop();
      await taking;
      await Promise.all([forgetting, ...all()]);
    },
  };
}
