import { isLax, type Platform } from '@placet/contract';
import { CONSENT_CHANGE } from './events.js';
import type { Privacy } from './privacy.js';
import { openPurposes, signalValue } from './signals.js';

type Caller = ((...args: unknown[]) => void) & { q?: unknown[] };

/** The queues that these vendors' own snippets read. */
interface VendorPage {
  uetq?: unknown[];
  _paq?: unknown[];
  clarity?: Caller;
}

/**
 * Keeps the platforms named in the config told of the choice, each in its own
 * words (rules §3.2): now, and after every change.
 *
 * They matter only to tags that the owner left unheld, so the script tag brings
 * this along where `platforms` asks for it.
 */
export function tellPlatforms(privacy: Privacy, signal?: AbortSignal): void {
  const page = globalThis as typeof globalThis & VendorPage;
  const { purposes, platforms = [] } = privacy.config!;
  let command: 'default' | 'update' = 'default';

  function tell(): void {
    const open = command === 'update' ? openPurposes(purposes, privacy.allows) : [];
    const ads = signalValue('ad_storage', 'marketing', open);
    const analytics = signalValue('analytics_storage', 'analytics', open);
    const tellers: Readonly<Record<Platform, () => void>> = {
      'microsoft-uet': () => (page.uetq ??= []).push('consent', command, { ad_storage: ads }),
      clarity() {
        const queue: Caller = (page.clarity ??= (...args) => void (queue.q ??= []).push(args));
        queue('consentv2', { ad_Storage: ads, analytics_Storage: analytics });
      },
      matomo() {
        const verb = analytics === 'granted' ? 'set' : 'forget';
        (page._paq ??= []).push([command === 'update' ? `${verb}ConsentGiven` : 'requireConsent']);
      },
    };
    for (const platform of platforms) tellers[platform]?.();
    command = 'update';
  }

  tell();
  if (privacy.decision || isLax(privacy.config!.regime)) tell();
  document.addEventListener(CONSENT_CHANGE, tell, { signal });
}
