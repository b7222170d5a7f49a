import { DEFAULT_SITE, PlacetError, type SiteConfig } from '@placet/contract';
import { parseConfig } from '@placet/contract/schema';
import type { PlacetServerOptions } from './options.js';
import { checkSystems } from './systems/check-systems.js';
import { checkRecipients } from './rights/recipients/check-recipients.js';

/** Options that were checked, with what was left out filled in. */
export interface Settled extends Omit<PlacetServerOptions, 'config' | 'database' | 'secret'> {
  sites: ReadonlyMap<string, SiteConfig>;
  endpoint: string;
  origins: readonly string[];
  rate: number;
  proxies: number;
  staffKeys: readonly string[];
  apiKeys: readonly string[];
}

/** @throws {PlacetError} `config/invalid`, in a sentence that says what to write instead */
export function settleOptions(options: PlacetServerOptions): Settled {
  const { config, database: _, secret: __, ...rest } = options;
  const { endpoint = '/placet', origins = [], rate = 60, proxies = 0 } = rest;
  const { staffKeys = [], apiKeys = [] } = rest;
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
  for (const key of apiKeys)
    if (!/^[\da-f]{64}$/.test(key))
      refuse('An API key is no SHA-256 in lower-case hex; write the hash of the key.');
  const publicUrl = settlePublicUrl(rest.publicUrl);
  const sites = settleSites(config);
  checkSystems(rest.systems ?? [], sites.keys());
  const { mailer } = rest;
  if (mailer && publicUrl === undefined && [...sites.values()].some(({ marketing }) => marketing))
    refuse(
      'There is marketing by mail, but no address for the links in it; set publicUrl (PLACET_URL) to the site’s own: "https://www.example.com".',
    );
  const canMail = mailer !== undefined && publicUrl !== undefined;
  checkRecipients(rest.recipients ?? [], { sites: sites.keys(), canMail });
  return {
    ...rest,
    publicUrl,
    sites,
    endpoint,
    origins,
    rate,
    proxies,
    staffKeys,
    apiKeys,
  };
}

/** Without a slash at the end. In the clear only on the machine itself: the links open somebody's choices. */
function settlePublicUrl(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const isWhole =
    URL.canParse(url) &&
    /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$))/.test(url) &&
    /^https?:\/\/[^/?#@\s]+\/?$/.test(url);
  if (!isWhole)
    refuse(`publicUrl (PLACET_URL) is "${url}"; write "https://www.example.com", without a path.`);
  return url.replace(/\/$/, '');
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
