import { PlacetError, type GetOptInText, type SiteConfig } from '@placet/contract';
import type { Database } from '../database/database.js';
import type { Keys } from '../keys.js';
import type { Register } from '../register/register.js';
import type { Outgoing } from './outgoing.js';

/** Options of {@link createSubscriptions}. */
export interface SubscriptionsOptions {
  database: Database;
  keys: Keys;
  register: Register;
  outgoing: Outgoing;
  /** By the site's name. */
  sites: ReadonlyMap<string, SiteConfig>;
  /** The words in which the server itself renders opt-in forms. */
  words: (config: SiteConfig, language: string) => GetOptInText;
  /** @default () => new Date() */
  now?: (() => Date) | undefined;
}

/** What everything about subscriptions works with. */
export type Parts = Required<Omit<SubscriptionsOptions, 'now'>> & { now: () => Date };

/** @throws {PlacetError} `request/invalid` for a site that the server does not have */
export function configOf({ sites }: Pick<Parts, 'sites'>, site: string): SiteConfig {
  const config = sites.get(site);
  if (!config) throw new PlacetError('request/invalid', 'There is no such site here.');
  return config;
}
