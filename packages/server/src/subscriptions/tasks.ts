import type { SiteConfig } from '@placet/contract';
import type { Jobs } from '../jobs/jobs.js';
import type { Log } from '../log/entry.js';
import type { Mailer } from '../mail/mailer.js';
import type { SmsSender } from '../sms/sms.js';
import type { ToolEvent, Tools } from '../tools/tools.js';
import type { Links } from './links.js';
import type { SubscriptionService } from './subscriptions.js';

/** What a job of the queue `mail` is about. */
export type MailTask =
  | { task: 'confirmation'; record: string; contact: string }
  | { task: 'link'; contact: string }
  | { task: 'late-tool'; tool: string; waiting: number; since: string };

/** What a job of the queue `sms` is about. */
export type SmsTask = Exclude<MailTask, { task: 'late-tool' }>;

/** What a job of a tool's queue is about. */
export interface ToolTask {
  event: ToolEvent;
}

/** Options of {@link createHandlers}. */
export interface HandlersOptions {
  /** Asked for late: it needs the jobs, which need these handlers. */
  service: () => Pick<SubscriptionService, 'issue' | 'issueLink'>;
  jobs: () => Pick<Jobs, 'add' | 'wake'>;
  mailer?: Mailer | undefined;
  sms?: SmsSender | undefined;
  links?: Links | undefined;
  sites: ReadonlyMap<string, SiteConfig>;
  tools: Tools;
  log?: Log | undefined;
}
