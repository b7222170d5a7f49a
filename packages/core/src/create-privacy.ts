import type { SiteConfig } from '@placet/contract';
import { choosing } from './choosing.js';
import { startPrivacy, type Privacy, type PrivacyOptions } from './privacy.js';

/**
 * Starts consent on this page: reads the stored choice, tells the signals, opens
 * what may be opened and keeps in step with other tabs.
 *
 * Call it in the browser, once per page. Importing it elsewhere does nothing.
 */
export function createPrivacy(
  config: SiteConfig | Promise<SiteConfig>,
  options: PrivacyOptions = {},
): Privacy {
  return startPrivacy(config, options, async () => choosing);
}
