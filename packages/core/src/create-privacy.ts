import type { SiteConfig } from '@placet/contract';
import * as choosing from './choosing.js';
import { OUTBOX } from './outbox-key.js';
import { startPrivacy, type Keep, type Privacy, type PrivacyOptions } from './privacy.js';

/**
 * Starts consent on this page: reads the stored choice, tells the signals, opens
 * what may be opened and keeps in step with other tabs; with an adapter, proves
 * what is chosen.
 *
 * Call it in the browser, once per page. Importing it elsewhere does nothing.
 */
export function createPrivacy(
  config: SiteConfig | Promise<SiteConfig>,
  options: PrivacyOptions = {},
): Privacy {
  const { adapter, storage, signal } = options;
  const consents = adapter?.consents;
  let outbox: Promise<{ keep: Keep }> | undefined;

  const loadOutbox = async (register: NonNullable<typeof consents>) => {
    const { createOutbox } = await import('./outbox.js');
    return createOutbox({
      ...{ privacy, consents: register, storage, signal },
      store: (decision) => choosing.store(decision, privacy.config!, storage),
    });
  };
  const keep: Keep | undefined =
    consents &&
    (async (...made) => {
      try {
        await (await (outbox ??= loadOutbox(consents))).keep(...made);
      } catch {
        // Not loaded: the next page finds a choice that was never acknowledged.
        outbox = undefined;
      }
    });
  const start = startPrivacy(config, { ...options, keep }, async () => choosing);
  const privacy: Privacy = Object.assign(start, { adapter });
  // Where storage is blocked, nothing was left to be sent.
  const look = () => localStorage[OUTBOX] !== privacy.decision?.id && keep?.();
  if (keep) privacy.ready.then(look).catch(() => 0);
  return privacy;
}
