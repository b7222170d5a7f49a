import { canonicalNotice, type ConsentRecord, type SiteConfig } from '@placet/contract';
import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.js';
import { deriveKeys } from '../keys.js';
import type { After, LogEntry } from '../log/entry.js';
import { hex, sha256 } from '../log/hash.js';
import { createRegister, type RegisterOptions } from '../register/create-register.js';

/** The configuration of the site in tests of the register. */
export const CONFIG: SiteConfig = {
  controller: { name: 'Maison Tilleul', privacyUrl: '/confidentialite' },
  notice: '2026-11',
  purposes: [
    { id: 'necessary', necessary: true },
    { id: 'analytics', services: [{ id: 'matomo', name: 'Matomo', owner: 'InnoCraft' }] },
    { id: 'marketing' },
  ],
};

export const NOTICE = canonicalNotice([
  ['language', 'en'],
  ['title', 'Your choices'],
  ['purpose', 'analytics', 'Audience measurement', 'We count visits.'],
  ['service', 'matomo', 'Matomo', 'InnoCraft'],
  ['purpose', 'marketing', 'Advertising', 'Others see you.'],
  ['choice', 'refuse', 'Refuse all'],
  ['choice', 'accept', 'Accept all'],
]);

export const NOTICE_HASH = hex(sha256(NOTICE));

/** When tests of the register take place. */
export const NOW = new Date('2026-11-22T12:00:00.000Z');

/** A record that the register takes, told apart by its id. */
export function testRecord(changed: Partial<ConsentRecord> = {}): ConsentRecord {
  return {
    id: randomUUID(),
    at: '2026-11-22T11:59:58.000Z',
    notice: { version: '2026-11', hash: NOTICE_HASH, text: NOTICE },
    months: 13,
    granted: ['analytics', 'analytics/matomo'],
    denied: ['marketing'],
    gesture: { control: 'save', trusted: true },
    regime: 'opt-in',
    language: 'en',
    page: 'https://maison-tilleul.example/soins/massage',
    ...changed,
  };
}

/** A register on that database, whose clock and timers the test moves. */
export async function testRegister(database: Database, options: Partial<RegisterOptions> = {}) {
  const logged: LogEntry[] = [];
  const timers = testTimers();
  const clock = { now: NOW };
  const keys = deriveKeys('a secret for tests');
  const register = await createRegister({
    database,
    keys,
    configs: [CONFIG],
    origin: 'maison-tilleul.example',
    now: () => clock.now,
    log: (entry) => logged.push(entry),
    after: timers.after,
    ...options,
  });
  return { register, keys, logged, timers, clock };
}

/** Timers that run when the test says so. */
export function testTimers() {
  const waiting = new Set<{ milliseconds: number; run: () => void }>();
  const after: After = (milliseconds, run) => {
    const timer = { milliseconds, run };
    waiting.add(timer);
    return () => void waiting.delete(timer);
  };
  return {
    after,
    /** Milliseconds of those that wait. */
    waiting: () => [...waiting].map(({ milliseconds }) => milliseconds).sort((a, b) => a - b),
    /** Runs those that were to run within so many milliseconds. */
    run(milliseconds: number) {
      for (const timer of [...waiting]) {
        if (timer.milliseconds > milliseconds) continue;
        waiting.delete(timer);
        timer.run();
      }
    },
  };
}
