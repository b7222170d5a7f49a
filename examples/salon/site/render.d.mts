import type { SiteConfig } from '@placet/contract';

/** The site's configuration, as Placet's backend gets it. */
export function readConfig(): SiteConfig;

/** Contents by path: `/`, `/soins/`, `/site.css`… */
export function renderSite(options?: {
  endpoint?: string;
  optInForm?: (options: { language: string; path: string }) => string;
  hasMailbox?: boolean;
}): Map<string, string | Uint8Array>;
