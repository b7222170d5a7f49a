import {
  DEFAULT_SITE,
  PlacetError,
  canonicalJson,
  knownEntries,
  type SiteConfig,
} from '@placet/contract';
import type { Database } from '../database/database.js';
import { hex, sha256 } from '../log/hash.js';
import { createCache } from './cache.js';

/** A site's configuration as the register refers to it. */
export interface ConfigVersion {
  site: string;
  config: SiteConfig;
  /** SHA-256 of its canonical JSON, hex. */
  hash: string;
}

/** Configurations, those of today and those that older records were made under (G-14). */
export interface Configs {
  /** Today's; `request/invalid` for a site that the server does not have. */
  current(site: string): ConfigVersion;
  sites(): readonly string[];
  /** Every entry asked for under that version of the notice; `undefined` if no configuration had it. */
  entriesOf(site: string, notice: string): Promise<ReadonlySet<string> | undefined>;
  /** The one that a record names; today's if it is gone. */
  byHash(site: string, hash: string): Promise<SiteConfig>;
}

/** Stores today's configurations, each version once. */
export async function createConfigs(
  { sql: database }: Database,
  configs: readonly SiteConfig[],
  now: () => Date,
): Promise<Configs> {
  const today = new Map<string, ConfigVersion>();
  const older = createCache<SiteConfig>(100);

  for (const config of configs) {
    const site = config.site ?? DEFAULT_SITE;
    if (today.has(site))
      throw new PlacetError('config/invalid', `Two configurations are for the site '${site}'.`);
    const text = canonicalJson(config);
    const hash = sha256(text);
    today.set(site, { site, config, hash: hex(hash) });
    await database
      .insertInto('config_version')
      .values({ site, hash, notice: config.notice, config: text, first_seen: now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  function current(site: string): ConfigVersion {
    const config = today.get(site);
    if (!config) throw new PlacetError('request/invalid', 'There is no such site here.');
    return config;
  }

  return {
    current,
    sites: () => [...today.keys()],
    async entriesOf(site, notice) {
      const rows = await database
        .selectFrom('config_version')
        .select('config')
        .where('site', '=', site)
        .where('notice', '=', notice)
        .execute();
      if (rows.length === 0) return undefined;
      return new Set(
        rows.flatMap(({ config }) => [...knownEntries(JSON.parse(config) as SiteConfig)]),
      );
    },
    async byHash(site, hash) {
      const { config, hash: newest } = current(site);
      if (hash === newest) return config;
      const key = `${site}/${hash}`;
      const known = older.get(key);
      if (known) return known;
      const row = await database
        .selectFrom('config_version')
        .select('config')
        .where('site', '=', site)
        .where('hash', '=', Buffer.from(hash, 'hex'))
        .executeTakeFirst();
      // An altered one is not what was in force; `verify` names it.
      const isWhole = row && hex(sha256(row.config)) === hash;
      const found = isWhole ? (JSON.parse(row.config) as SiteConfig) : config;
      older.set(key, found);
      return found;
    },
  };
}
