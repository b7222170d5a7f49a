import type { SiteConfig } from '@placet/contract';
import type { Database, DatabaseOptions } from './database/database.js';
import type { Log } from './http/access-log.js';
import type { Mailer } from './log/witness.js';

/** Options of {@link createPlacetServer}. */
export interface PlacetServerOptions {
  /** The public configuration of the site, or of each site of the group; checked, and told apart by `site`. */
  config: SiteConfig | readonly SiteConfig[];
  /** Where the register is kept: options to open it with, or one that is open and stays so. @default { folder: './placet-data' } */
  database?: DatabaseOptions | Database;
  /**
   * The root of all keys, 32 characters or more; whoever has it can sign for the register.
   * Needed unless `database` names a folder, in which one is made and kept.
   */
  secret?: string;
  /** Where the routes are mounted. @default '/placet' */
  endpoint?: string;
  /** Other origins whose pages may call: `https://www.example.com`. @default [] */
  origins?: readonly string[];
  /** Public calls that one address may make in a minute; 0 for no limit. @default 60 */
  rate?: number;
  /** How many reverse proxies stand in front, whose `X-Forwarded-For` and `-Host` are believed. @default 0 */
  proxies?: number;
  /** Tells a visitor's address where the host is not Node: without one, nobody is limited. */
  addressOf?: (request: Request, environment: unknown) => string | undefined;
  /** A folder with the script tag's files, served under the endpoint. @default none */
  scriptFolder?: string;
  /** Who gets a copy of the log's newest checkpoint: `https:`, `mailto:` or `file:`. @default [] */
  witness?: readonly string[];
  /** Needed for a witness by mail. */
  mailer?: Mailer;
  /** What is kept of who decided, apart from the record, cut short and destroyable. @default nothing */
  evidence?: { address?: boolean; agent?: boolean };
  /** SHA-256, lower-case hex, of each key that lets staff in. @default [] */
  staffKeys?: readonly string[];
  /** What the site's log is called in its checkpoints; the site's name follows. @default 'placet' */
  logName?: string;
  /** Takes the structured log. @default nothing is logged */
  log?: Log;
  /** @default () => new Date() */
  now?: () => Date;
}
