/**
 * The reference backend: a consent register that can be checked.
 *
 * @packageDocumentation
 */
export { createPlacetServer, type PlacetServer } from './placet-server.js';
export type { PlacetServerOptions } from './options.js';
export type { Log, LogLine } from './http/access-log.js';
export type { Database, DatabaseOptions } from './database/database.js';
export type { Added, Circumstances, Entry, Register } from './register/register.js';
export { renderOptInForm, type RenderOptInFormOptions } from './pages/opt-in-form.js';
export type { ImportOptions, ImportReport } from './import/import.js';
export type { SubscriptionService } from './subscriptions/subscriptions.js';
export { createMailer } from './mail/create-mailer.js';
export type { Mail, Mailer } from './mail/mailer.js';
export { listUnsubscribe, type MessageEnd } from './mail/list-unsubscribe.js';
export { checkMessage, type CheckedMail, type MessageFault } from './mail/check-message.js';
export { createConsoleSms, createFileSms } from './sms/demo-senders.js';
export type { Sms, SmsSender } from './sms/sms.js';
export type { Tool, ToolStatus } from './tools/tools.js';
export type { Person, RightsService, StaffRequest, StaffRights } from './rights/rights.js';
export type { Recipient } from './rights/recipients/recipients.js';
export type {
  CategoryDescription,
  Check,
  CollectedRecord,
  ConnectedSystem,
  Erased,
  Kept,
  KeptRecord,
  ManualSystem,
  Match,
  Restriction,
  Subject,
  Survey,
  System,
  SystemDescription,
  Value,
} from './systems/system.js';
export { httpSystem, type HttpSystemOptions } from './systems/http/http-system.js';
export { manualSystem, type ManualSystemOptions } from './systems/manual-system.js';
export { onPglite, onPool } from './systems/sql/drivers.js';
export type {
  Condition,
  PersonPath,
  Query,
  SqlCheck,
  SqlColumn,
  SqlPeople,
  SqlSystemOptions,
  SqlTable,
} from './systems/sql/sql-options.js';
export { sqlSystem } from './systems/sql/sql-system.js';
