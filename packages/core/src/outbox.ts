import {
  RESTORED,
  isExpired,
  noticeHash,
  type ConsentsGroup,
  type Decision,
  type PlacetError,
} from '@placet/contract';
import { cookieValues } from './cookie-values.js';
import type { ConsentStorage } from './cookie-storage.js';
import { PlacetErrorEvent } from './events.js';
import { recordOf } from './outbox-record.js';
import { createShelf, type Kept } from './outbox-shelf.js';
import { createTurns } from './outbox-turns.js';
import type { Keep, Privacy } from './privacy.js';

/** What {@link createOutbox} works with. */
export interface OutboxOptions {
  privacy: Pick<Privacy, 'config' | 'decision' | 'latest' | 'language' | 'now'>;
  /** The backend's register. */
  consents: Pick<ConsentsGroup, 'record'>;
  /** Writes a choice into its storage again (`store`). */
  store(decision: Decision): unknown;
  /** Where choices are stored. @default the choice cookie of the config */
  storage?: ConsentStorage | undefined;
  /** Where records wait. @default () => localStorage */
  area?: (() => Storage) | undefined;
  /** @default navigator.locks */
  locks?: Pick<LockManager, 'request'> | undefined;
  /** @default globalThis */
  timers?: Pick<typeof globalThis, 'setTimeout' | 'clearTimeout'> | undefined;
  /** From 0 to 1. @default Math.random */
  random?: (() => number) | undefined;
  /** Stops sending; what waits stays for the next page. */
  signal?: AbortSignal | undefined;
}

/** Keeps what proves decisions until the backend has acknowledged it. */
export interface Outbox {
  /** Resolves once the record is in safety; never rejects. */
  keep: Keep;
}

const DAY = 86_400_000;
/** How long a page may take to write the text of what it showed, in milliseconds. */
const DRAFT = 3_000;
/** How long an answer may take, in milliseconds. */
const PATIENCE = 30_000;

/** Codes that say nothing against the record. */
const PASSING = /(unreachable|aborted|unavailable|too-many)$/;

/**
 * Sends records to the backend, oldest first, and keeps each until it is acknowledged: through
 * reloads, closed tabs, failures and days offline (001-31). The decision's id makes repeating safe.
 *
 * What fails is tried again after 1 s to 5 min, at once when the page or the network comes back,
 * and on the next page. What the backend refuses is kept, told of by `placet-error`, and tried
 * again a day later.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { privacy, consents, store, storage, signal, random = Math.random } = options;
  const { area = () => localStorage, timers = globalThis } = options;
  const locks = 'locks' in options ? options.locks : navigator.locks;
  const { now } = privacy;
  const time = () => now().getTime();
  const shelf = createShelf(area);
  const takeTurn = createTurns({ area, locks, now });
  /** Texts that this page is still writing. */
  const drafts = new Map<string, Promise<unknown>>();
  let request: AbortController | undefined;
  let isBusy = false;
  /** Whether the page is gone, for good or until it is shown again. */
  let isAway = false;
  /** Whether there is reason to look for records. */
  let isAsked = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const keep: Keep = async (made, notice) => {
    const decision = made ?? forgotten();
    if (decision) {
      const order = Math.max(time(), ...shelf.list().map((each) => each.order + 1));
      const kept: Kept = { record: recordOf(privacy, decision), order };
      if (notice) kept.draftUntil = time() + DRAFT;
      shelf.put(kept);
      // The answer that is under way carries an older choice's cookie.
      request?.abort();
      if (notice) drafts.set(decision.id, addText(kept, notice));
      await drafts.get(decision.id);
    }
    wake();
  };

  /** The choice in force, if it was made on an earlier page and nothing is known of its proof. */
  function forgotten(): Decision | undefined {
    const { decision } = privacy;
    if (!decision || decision.gesture || shelf.acknowledged() === decision.id) return undefined;
    return shelf.find(decision.id) ? undefined : decision;
  }

  async function addText({ draftUntil: _, ...kept }: Kept, notice: Parameters<Keep>[1]) {
    const { record } = kept;
    try {
      const text = typeof notice === 'function' ? await notice() : notice!;
      kept.record = { ...record, notice: { ...record.notice, text } };
    } catch {
      // Without the text of its own layer the record still names what was decided about.
    }
    if (!signal?.aborted) shelf.put(kept);
    drafts.delete(record.id);
  }

  /** The record whose turn it is. */
  function next(): Kept | undefined {
    for (const kept of shelf.list()) {
      const { record, notBefore, isRefused } = kept;
      if (isExpired(record, now())) shelf.remove(record.id);
      else if (!isRefused || !ahead(notBefore, DAY)) return kept;
    }
    return undefined;
  }

  /** Times further off than they can be were set by another clock. */
  const ahead = (moment = 0, most: number) => {
    const left = moment - time();
    return left > 0 && left <= most && left;
  };

  /** Sends the oldest record; answers for how long to wait before the next, or nothing when there is none. */
  async function sendOne(): Promise<{ wait: number } | undefined> {
    const first = next();
    if (!first || isAway || signal?.aborted) return undefined;
    const { id } = first.record;
    await drafts.get(id);
    const kept = shelf.find(id);
    if (!kept) return { wait: 0 };
    const { draftUntil, notBefore } = kept;
    // Another page is about to add the text, unless it is gone.
    const wait = ahead(draftUntil, DRAFT) || ahead(notBefore, DAY);
    if (wait) return { wait };
    const controller = new AbortController();
    request = controller;
    let isLate = false;
    const patience = timers.setTimeout(() => {
      isLate = true;
      controller.abort();
    }, PATIENCE);
    try {
      await send(kept, controller.signal);
      if (!signal?.aborted) acknowledge(id);
      return { wait: 0 };
    } catch (error) {
      if (signal?.aborted) return undefined;
      return controller.signal.aborted && !isLate
        ? { wait: 0 }
        : failed(kept, error as PlacetError);
    } finally {
      timers.clearTimeout(patience);
      request = undefined;
    }
  }

  async function send({ record }: Kept, stop: AbortSignal): Promise<void> {
    const hash = await noticeHash(record.notice.text!);
    const notice = { ...record.notice, hash: hash! };
    // Also for adapters that take no notice of the signal.
    const stopped = new Promise((_, reject) => stop.addEventListener('abort', reject));
    if (stop.aborted) throw new Error('stopped');
    await Promise.race([consents.record({ ...record, notice }, { signal: stop }), stopped]);
  }

  function failed(kept: Kept, error: PlacetError | undefined): { wait: number } {
    const { id, gesture } = kept.record;
    const isRefused = error?.name === 'PlacetError' && !PASSING.test(error.code);
    if (isRefused && error.code === 'consent/conflict' && gesture.control === RESTORED) {
      // Registered long ago, by a page that knew more of it.
      acknowledge(id);
      return { wait: 0 };
    }
    const pause = isRefused ? DAY : (error?.retryAfter ?? 0) * 1000;
    if (pause) shelf.put({ ...kept, isRefused, notBefore: time() + Math.min(pause, DAY) });
    if (!isRefused) return { wait: pause || random() * Math.min(1000 * 2 ** failures++, 300_000) };
    document.dispatchEvent(new PlacetErrorEvent(error));
    return { wait: 0 };
  }

  function acknowledge(id: string): void {
    failures = 0;
    shelf.remove(id);
    // What was refused, and is taken late, is not the newest any more.
    if (shelf.acknowledged() !== privacy.decision?.id) shelf.acknowledge(id);
    const newest = privacy.latest;
    const values = storage?.read() ?? cookieValues(privacy.config!.cookie?.name);
    const has = (wanted: string) => values.join().includes(wanted);
    // The answer may have set the cookie of a choice that was changed meanwhile.
    if (newest && !has(newest.id) && has(id)) store(newest);
  }

  async function run(): Promise<void> {
    isAsked = true;
    if (isBusy) return;
    isBusy = true;
    let wait: number | undefined;
    while (isAsked && !isAway && !signal?.aborted) {
      isAsked = false;
      wait = next() && (await takeTurn(sendOne).catch(() => undefined))?.wait;
      isAsked ||= wait === 0;
    }
    isBusy = false;
    timers.clearTimeout(timer);
    if (wait && !signal?.aborted) timer = timers.setTimeout(run, wait);
  }

  function wake(): void {
    timers.clearTimeout(timer);
    void run();
  }

  /**
   * Hands over what waits, for a visitor who may not come back. The request under way is given up:
   * its answer could set the cookie of this choice after the next page's visitor made another.
   */
  function leave(): void {
    isAway = true;
    request?.abort();
    for (const { record, draftUntil, isRefused } of shelf.list())
      if (!draftUntil && !isRefused) consents.record(record, { isLast: true }).catch(() => 0);
  }

  addEventListener('pagehide', leave, { signal });
  addEventListener('pageshow', () => (isAway = false), { signal });
  for (const type of ['online', 'pageshow', 'storage']) addEventListener(type, wake, { signal });
  document.addEventListener('visibilitychange', wake, { signal });
  signal?.addEventListener('abort', () => {
    timers.clearTimeout(timer);
    request?.abort();
  });
  return { keep };
}
