import type { Contacts, SiteConfig } from '@placet/contract';
import type { Database, DatabaseOptions } from './database/database.js';
import type { Log } from './http/access-log.js';
import type { Mailer } from './mail/mailer.js';
import type { RightsSettings } from './rights/parts.js';
import type { Recipient } from './rights/recipients/recipients.js';
import type { SmsSender } from './sms/sms.js';
import type { System } from './systems/system.js';
import type { Tool } from './tools/tools.js';

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
  /** Sends the mails that confirm opt-ins, and copies of checkpoints. @default none: e-mail cannot be subscribed to */
  mailer?: Mailer;
  /** What is kept of who decided, apart from the record, cut short and destroyable. @default nothing */
  evidence?: { address?: boolean; agent?: boolean };
  /**
   * The site's address as people reach it, for links in messages: `https://www.example.com`. Needed
   * where mail or SMS is sent: what a request says of its host is no ground for a link.
   */
  publicUrl?: string | undefined;
  /** Sends the codes that confirm telephone numbers. @default none: SMS and calls cannot be subscribed to */
  sms?: SmsSender;
  /** The owner's other tools, told of every opt-in and withdrawal. @default [] */
  tools?: readonly Tool[];
  /** Where personal data lives besides here: databases, services, cupboards (000-04). @default [] */
  systems?: readonly System[];
  /** Who else got people's data, and is told of erasures, corrections and restrictions. @default [] */
  recipients?: readonly Recipient[];
  /** Whether the sites share one customer file, so that a request concerns all of them (000-34). @default false */
  sharedCustomers?: boolean;
  /** How rights are carried out; that they are is the configuration's `rights`. */
  rights?: Partial<RightsSettings>;
  /** A file, outside the database and its backups, in which each erasure is written down, so that no restore undoes it. */
  erasureJournal?: string;
  /** Tells from a request who is signed in to the host's site, for the preference centre and for rights. @default nobody */
  session?: (request: Request) => Promise<Contacts | undefined> | Contacts | undefined;
  /** SHA-256, lower-case hex, of each key with which the host's own programs call. @default [] */
  apiKeys?: readonly string[];
  /** SHA-256, lower-case hex, of each key that lets staff in. @default [] */
  staffKeys?: readonly string[];
  /** What the site's log is called in its checkpoints; the site's name follows. @default 'placet' */
  logName?: string;
  /** Takes the structured log. @default nothing is logged */
  log?: Log;
  /** @default () => new Date() */
  now?: () => Date;
}
