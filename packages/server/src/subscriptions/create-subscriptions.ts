import { PlacetError } from '@placet/contract';
import { confirm, viewPending } from './confirm.js';
import { erase } from './erase.js';
import { exportActive, exportWithdrawn } from './export.js';
import { forgetExpired } from './forget.js';
import { importContacts } from './import.js';
import { finishImport, importAtOnce } from './import-at-once.js';
import { linksFor } from './links-in-messages.js';
import { look } from './look.js';
import { maySend } from './may-send.js';
import { issue, issueLink, sendLink } from './messages.js';
import type { Parts, SubscriptionsOptions } from './parts.js';
import { prove } from './prove.js';
import { read, receipt } from './read.js';
import { submit } from './submit.js';
import type { SubscriptionService } from './subscriptions.js';
import { update } from './update.js';
import { withdraw } from './withdraw.js';

export type { SubscriptionsOptions } from './parts.js';

/** Subscriptions kept in the database, with an entry of the register for every change. */
export function createSubscriptions(options: SubscriptionsOptions): SubscriptionService {
  const parts: Parts = { ...options, now: options.now ?? (() => new Date()) };
  return {
    submit: (optIn, submitted) => reaching(() => submit(parts, optIn, submitted)),
    pending: (token) => reaching(() => viewPending(parts, token)),
    confirm: (proof) => reaching(() => confirm(parts, proof)),
    issue: (site, record, contact) => reaching(() => issue(parts, site, record, contact)),
    issueLink: (site, contact) => reaching(() => issueLink(parts, site, contact)),
    sendLink: (site, contacts) => reaching(() => sendLink(parts, site, contacts)),
    read: (site, who) => reaching(() => read(parts, site, who)),
    update: (site, who, change, circumstances) =>
      reaching(() => update(parts, site, who, change, circumstances)),
    look: (token) => reaching(() => look(parts, token)),
    withdraw: (withdrawal) => reaching(() => withdraw(parts, withdrawal)),
    receipt: (site, who, record) => reaching(() => receipt(parts, site, who, record)),
    prove: (site, record) => reaching(() => prove(parts, site, record)),
    maySend: (asked) => reaching(() => maySend(parts, asked)),
    linksFor: (site, contact, about) => linksFor(parts, site, contact, about),
    importContacts: (contacts) => reaching(() => importContacts(parts, contacts)),
    importAtOnce: (batches, tell) => reaching(() => importAtOnce(parts, batches, tell)),
    finishImport: (job) => reaching(() => finishImport(parts, job)),
    exportActive: (site) => exportActive(parts, site),
    exportWithdrawn: (site) => exportWithdrawn(parts, site),
    erase: (site, contact) => reaching(() => erase(parts, site, contact)),
    forgetExpired: () => reaching(() => forgetExpired(parts)),
  };
}

/** Whatever the database throws is a database that cannot be reached, to those outside. */
async function reaching<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof PlacetError) throw cause;
    throw new PlacetError('server/unavailable', 'Subscriptions cannot be reached.', { cause });
  }
}
