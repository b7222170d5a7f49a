import type { SiteConfig } from '@placet/contract';
import { createPrivacy } from '../create-privacy.js';
import type { Privacy, PrivacyOptions } from '../privacy.js';
import type { Warn } from '../warn.js';
import { checkPage, isTagEarly, watchPolicy } from './checks.js';
import { createWarner } from './warner.js';

/**
 * Surrounds the start of an engine with development's checks, which say what is
 * wrong in a sentence, with a link, once.
 */
export function watchDevelopment(
  start: (warn: Warn) => Privacy,
  nonce?: string,
  warn = createWarner(),
): Privacy {
  // Asked before the engine starts, since that sets a default itself.
  if (isTagEarly()) warn('signals/late');
  watchPolicy(warn);
  const privacy = start(warn);
  privacy.ready.then(
    () => {
      const check = () => checkPage(privacy.config!, warn, nonce);
      if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', check);
      else check();
    },
    () => warn('config/unreadable'),
  );
  return privacy;
}

/** `createPrivacy` for development. */
export function createDevPrivacy(
  config: SiteConfig | Promise<SiteConfig>,
  options: PrivacyOptions = {},
): Privacy {
  return watchDevelopment(
    (warn) => createPrivacy(config, { warn, ...options }),
    options.nonce,
    options.warn,
  );
}
