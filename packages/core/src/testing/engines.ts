import type { SiteConfig } from '@placet/contract';
import { createPrivacy } from '../create-privacy.js';
import { CONSENT_CHANGE, type ConsentChangeEvent } from '../events.js';
import type { Privacy, PrivacyOptions } from '../privacy.js';
import { CONFIG, NOW } from './config.js';
import { memoryStorage, type MemoryStorage } from './memory-storage.js';

/** What a test touches. */
export interface Engine {
  privacy: Privacy;
  storage: MemoryStorage;
  /** The page's clock; set it to let time pass. */
  clock: { now: Date };
  /** Codes that the engine warned of. */
  warnings: string[];
  /** Every change that `document` heard of. */
  changes: ConsentChangeEvent[];
  signal: AbortSignal;
}

export type Setup = (
  config?: SiteConfig | Promise<SiteConfig>,
  options?: PrivacyOptions & { storage?: MemoryStorage },
) => Engine;

/**
 * Starts engines for the tests of a `describe`, and stops them after each; with
 * `clear`, tidies the page up besides.
 */
export function engines(clear?: () => void): Setup {
  let stop = new AbortController();
  afterEach(() => {
    stop.abort();
    stop = new AbortController();
    clear?.();
  });

  return (config = CONFIG, options = {}) => {
    const { signal } = stop;
    const clock = { now: NOW };
    const storage = options.storage ?? memoryStorage();
    const warnings: string[] = [];
    const changes: ConsentChangeEvent[] = [];
    document.addEventListener(CONSENT_CHANGE, (event) => changes.push(event), { signal });
    const privacy = createPrivacy(config, {
      now: () => clock.now,
      warn: (code) => warnings.push(code),
      signal,
      ...options,
      storage,
    });
    return { privacy, storage, clock, warnings, changes, signal };
  };
}
