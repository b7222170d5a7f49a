import type { ClockOptions, Scope, SiteConfig } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Database } from '../database/database.js';
import type { Tables } from '../database/tables.js';
import type { Jobs } from '../jobs/jobs.js';
import type { Keys } from '../keys.js';
import type { LogEntry } from '../log/entry.js';
import type { Mail, Mailer } from '../mail/mailer.js';
import type { Register } from '../register/register.js';
import type { SubscriptionService } from '../subscriptions/subscriptions.js';
import type { System } from '../systems/system.js';
import type { Erasure, ErasureJournal } from './erasure/erasure.js';
import type { Identity } from './identity/identity.js';
import type { Packages } from './packages/packages.js';
import type { Recipient, Recipients } from './recipients/recipients.js';
import type { RightsService } from './rights.js';

/** How rights are carried out, as `PlacetServerOptions.rights` says. */
export interface RightsSettings extends ClockOptions {
  /** Hours during which an erasure can be taken back. @default 72 */
  undoHours: number;
  /** Days for which what was collected can be downloaded. @default 30 */
  packageDays: number;
  /** Where staff are told of requests. @default the controller's contact, if it is an e-mail address */
  staffMail?: string | undefined;
  /** The page on which staff work on requests, for the link in those mails. @default none: the mail names the command */
  staffUrl?: string | undefined;
  /** BCP 47, of mails to staff and of the checklist. @default the site's language, else `en` */
  staffLanguage?: string | undefined;
}

/** What everything about rights works with. The parts that know each other are asked for late. */
export interface RightsParts {
  database: Database;
  keys: Keys;
  register: Register;
  sites: ReadonlyMap<string, SiteConfig>;
  /** Whether the sites share one customer file. */
  sharedCustomers: boolean;
  systems: readonly System[];
  recipientList: readonly Recipient[];
  settings: RightsSettings;
  /** `https://www.example.com`, if it is known. */
  publicUrl: string | undefined;
  endpoint: string;
  mailer: Mailer | undefined;
  /** @default none: a restore could bring people back */
  journal: ErasureJournal | undefined;
  now: () => Date;
  log: (entry: LogEntry) => void;
  subscriptions: () => SubscriptionService;
  jobs: () => Jobs;
  identity: () => Identity;
  packages: () => Packages;
  erasure: () => Erasure;
  recipients: () => Recipients;
  rights: () => RightsService;
}

/** The sites that a request made on one of them concerns (000-33, 000-34). */
export function sitesOf({ sites, sharedCustomers }: RightsParts, site: string): string[] {
  return sharedCustomers ? [...sites.keys()] : [site];
}

/** The same as people are told it. */
export function scopeOf(parts: RightsParts, site: string): Scope {
  const concerned = sitesOf(parts, site);
  const names = concerned.flatMap((each) => {
    const config = parts.sites.get(each);
    return config ? [config.controller.name] : [];
  });
  const kind = parts.sharedCustomers && parts.sites.size > 1 ? 'group' : 'site';
  return { kind, controllers: [...new Set(names)] };
}

/** The systems that hold data of a site. */
export function systemsOf(parts: RightsParts, site: string): System[] {
  const concerned = sitesOf(parts, site);
  return parts.systems.filter(
    ({ sites }) => !sites || sites.some((each) => concerned.includes(each)),
  );
}

/** Puts down a mail to be sent by the queue `rights/mail`; its text is encrypted until then. */
export async function sendLater(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  about: { site: string; mail: Mail; dedupe?: string },
): Promise<void> {
  const { site, mail, dedupe } = about;
  await parts.jobs().add(transaction, {
    site,
    queue: 'rights/mail',
    payload: mail,
    ...(dedupe !== undefined && { dedupe }),
  });
}
