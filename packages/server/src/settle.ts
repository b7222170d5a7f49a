import { DEFAULT_SITE, PlacetError, type SiteConfig } from '@placet/contract';
import { parseConfig } from '@placet/contract/schema';
import type { PlacetServerOptions } from './options.js';

/** Options that were checked, with what was left out filled in. */
export interface Settled extends Omit<PlacetServerOptions, 'config' | 'database' | 'secret'> {
  sites: ReadonlyMap<string, SiteConfig>;
  endpoint: string;
  origins: readonly string[];
  rate: number;
  proxies: number;
  staffKeys: readonly string[];
}

/** @throws {PlacetError} `config/invalid`, in a sentence that says what to write instead */
export function settleOptions(options: PlacetServerOptions): Settled {
  const { config, database: _, secret: __, ...rest } = options;
  const { endpoint = '/placet', origins = [], rate = 60, proxies = 0, staffKeys = [] } = rest;
  if (!/^(\/[\w.~-]+)*$/.test(endpoint))
    refuse(`The endpoint is "${endpoint}"; write a path such as "/placet", or "" for the root.`);
  for (const origin of origins)
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      refuse(`"${origin}" is no origin; write "https://www.example.com", without a path.`);
  for (const [name, value] of Object.entries({ rate, proxies }))
    if (!Number.isSafeInteger(value) || value < 0)
      refuse(`${name} is ${value}; write a whole number, 0 or more.`);
  for (const key of staffKeys)
    if (!/^[\da-f]{64}$/.test(key))
      refuse('A staff key is no SHA-256 in lower-case hex; write the hash of the key.');
  return { ...rest, sites: settleSites(config), endpoint, origins, rate, proxies, staffKeys };
}

function settleSites(config: SiteConfig | readonly SiteConfig[]): ReadonlyMap<string, SiteConfig> {
  const sites = new Map<string, SiteConfig>();
  for (const each of Array.isArray(config) ? config : [config]) {
    const checked = parseConfig(each);
    const site = checked.site ?? DEFAULT_SITE;
    if (sites.has(site)) refuse(`Two sites are called "${site}"; give each its own "site".`);
    sites.set(site, checked);
  }
  if (sites.size === 0) refuse('There is no site; give one configuration at least.');
  return sites;
}

function refuse(sentence: string): never {
  throw new PlacetError('config/invalid', sentence);
}
