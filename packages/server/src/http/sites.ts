import { DEFAULT_SITE, type SiteConfig } from '@placet/contract';
import { RequestFault } from './problems.js';
import type { QueryWord } from './route.js';
import type { Call, Services } from './services.js';

export const SITE_WORD: QueryWord = {
  description: 'Which site of the group; needless where there is only one.',
  schema: { type: 'string' },
};

/**
 * The site that a call names, or the only one, or the default one.
 *
 * @throws {RequestFault} `request/invalid` if the server has no such site
 */
export function siteOf({ query }: Call, services: Services): { site: string; config: SiteConfig } {
  return configOf(query.get('site') ?? undefined, services);
}

/** The same for a site that is named elsewhere in the call. */
export function configOf(
  named: string | undefined,
  { sites }: Pick<Services, 'sites'>,
): { site: string; config: SiteConfig } {
  const [only] = sites.keys();
  const site = named ?? (sites.size === 1 && only ? only : DEFAULT_SITE);
  const config = sites.get(site);
  if (!config)
    throw new RequestFault('request/invalid', [
      { path: 'site', problem: 'Is no site of this server.' },
    ]);
  return { site, config };
}
