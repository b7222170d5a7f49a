import {
  noticeHash,
  PlacetError,
  type ConsentRecord,
  type Decision,
  type Receipt,
} from '@placet/contract';
import { createOutbox, type Outbox, type OutboxOptions } from '../outbox.js';
import type { Keep } from '../privacy.js';
import { uuid } from '../uuid.js';
import { CONFIG, NOW } from './config.js';
import { locksOfPage } from './locks.js';
import { memoryStorage, type MemoryStorage } from './memory-storage.js';

/** What the backend does with a call. */
export type Fault =
  'none' | 'down' | 'lost answer' | 'hang' | 'hang after storing' | 'unavailable' | 'busy' | 'odd';

/** A page of the site that is open. */
export interface Tab {
  outbox: Outbox;
  /** The visitor decides here, and the page keeps the proof; answers the decision's id. */
  decide(notice?: Parameters<Keep>[1], change?: Partial<Decision>): string;
  /** The page goes, with whatever it was doing. */
  close(): void;
}

/** A site in a browser, and its backend, in a time that passes only when nothing else happens. */
export interface World {
  clock: { now: Date };
  /** The browser's `localStorage` of the site. */
  area: Storage;
  /** Where the choice is stored. */
  cookie: MemoryStorage;
  /** Ids in the register, in the order in which they came. */
  register: string[];
  /** Every call that reached the backend. */
  calls: ConsentRecord[];
  /** What the backend does from now on. */
  fault: Fault;
  /** Says what the backend answers instead. */
  answer: ((record: ConsentRecord) => Promise<Receipt>) | undefined;
  open(options?: Partial<OutboxOptions>): Tab;
  /** Lets time pass until nothing waits any more, or for as many timers as are given. */
  pass(timers?: number): Promise<void>;
  /** Lets time pass until something is so; for what waits for more than timers. */
  passUntil(isSo: () => boolean): Promise<void>;
  end(): void;
}

interface Timer {
  due: number;
  act: () => void;
  isPatience: boolean;
}

/** An empty storage. */
export function emptyArea(): Storage {
  return Object.create({
    getItem(this: Record<string, string>, key: string) {
      return this[key] ?? null;
    },
    setItem(this: Record<string, string>, key: string, value: string) {
      this[key] = value;
    },
    removeItem(this: Record<string, string>, key: string) {
      delete this[key];
    },
  }) as Storage;
}

/** Lets everything run that is ready to, hashes that are being computed included. */
export async function turn(): Promise<void> {
  for (let left = 3; left; left--) {
    await noticeHash('');
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    });
  }
}

/** @param locks those of the browser, if it has any */
export function createWorld(locks?: Pick<LockManager, 'request'>): World {
  const timers = new Set<Timer>();
  const tabs = new Set<AbortController>();
  const seen = new Map<string, string>();
  let hanging = 0;
  let last: Decision | undefined;

  async function record(given: ConsentRecord, signal?: AbortSignal): Promise<Receipt> {
    world.calls.push(given);
    const { fault } = world;
    if (world.answer) return world.answer(given);
    const isStored = ['none', 'lost answer', 'hang after storing'].includes(fault);
    if (isStored) add(given);
    if (fault === 'none')
      return { id: given.id, receivedAt: '', expires: '', notice: { version: '', hash: '' } };
    if (fault === 'unavailable') throw new PlacetError('server/unavailable');
    if (fault === 'busy')
      throw Object.assign(new PlacetError('request/too-many'), { retryAfter: 7 });
    if (fault === 'odd') throw new TypeError('Not one of ours');
    if (fault.startsWith('hang')) {
      hanging++;
      await new Promise((resolve) => signal!.addEventListener('abort', resolve));
      hanging--;
      throw new PlacetError('adapter/aborted');
    }
    throw new PlacetError('adapter/unreachable');
  }

  function add({ notice: { version }, ...rest }: ConsentRecord): void {
    const content = JSON.stringify([version, rest]);
    const former = seen.get(rest.id);
    if (former === undefined) world.register.push(rest.id);
    else if (former !== content) throw new PlacetError('consent/conflict');
    seen.set(rest.id, content);
  }

  const world: World = {
    clock: { now: NOW },
    area: emptyArea(),
    cookie: memoryStorage(),
    register: [],
    calls: [],
    fault: 'none',
    answer: undefined,
    open(options = {}) {
      const controller = new AbortController();
      const { signal } = controller;
      tabs.add(controller);
      let latest: Decision | undefined = last && { ...last };
      delete latest?.gesture;
      const outbox = createOutbox({
        privacy: {
          config: CONFIG,
          language: 'en',
          now: () => world.clock.now,
          get decision() {
            return latest;
          },
          get latest() {
            return latest;
          },
        },
        consents: { record: (given, call) => record(given, call?.signal) },
        store: (decision) => world.cookie.write(JSON.stringify(decision), NOW),
        storage: world.cookie,
        area: () => world.area,
        locks: locks && locksOfPage(locks, signal),
        random: () => 0.5,
        timers: {
          setTimeout: ((act: () => void, delay: number) => {
            const due = world.clock.now.getTime() + delay;
            // Whoever waits for a turn may happen to wait as long as for an answer.
            const timer: Timer = { due, isPatience: act.name !== 'run', act };
            if (!signal.aborted) timers.add(timer);
            return timer;
          }) as unknown as typeof setTimeout,
          clearTimeout: ((timer: Timer) => timers.delete(timer)) as unknown as typeof clearTimeout,
        },
        signal,
        ...options,
      });
      return {
        outbox,
        decide(notice, change) {
          const at = world.clock.now.toISOString();
          last = latest = {
            ...{ id: uuid(), at, notice: CONFIG.notice, months: 13 },
            ...{
              granted: [],
              denied: ['analytics'],
              gesture: { control: 'refuse', trusted: true },
            },
            ...change,
          };
          world.cookie.values = [JSON.stringify(latest)];
          void outbox.keep(latest, notice);
          return latest.id;
        },
        close() {
          tabs.delete(controller);
          controller.abort();
        },
      };
    },
    async pass(left = 10_000) {
      await turn();
      while (left--) {
        const ready = [...timers].filter(({ isPatience }) => !isPatience || hanging);
        const first = ready.sort((one, other) => one.due - other.due)[0];
        if (!first) return;
        timers.delete(first);
        world.clock.now = new Date(Math.max(first.due, world.clock.now.getTime()));
        first.act();
        await turn();
      }
    },
    async passUntil(isSo) {
      for (let left = 10_000; left && !isSo(); left--) await world.pass(1);
    },
    end() {
      for (const tab of tabs) tab.abort();
      timers.clear();
    },
  };
  return world;
}
