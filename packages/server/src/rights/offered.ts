import { REQUEST_TYPES, UNDO_HOURS, type Capabilities, type SiteConfig } from '@placet/contract';
import { PACKAGE_FORMATS } from '@placet/contract/schema';
import type { Settled } from '../settle.js';
import type { RightsOptions } from './create-rights.js';
import { openJournal } from './erasure/journal.js';
import type { RightsParts } from './parts.js';

/** What of the server's options is about rights, with what was left out filled in. */
export function rightsOptionsOf(
  settled: Settled,
): Pick<
  RightsOptions,
  | 'sites'
  | 'sharedCustomers'
  | 'systems'
  | 'recipientList'
  | 'settings'
  | 'publicUrl'
  | 'endpoint'
  | 'mailer'
  | 'journal'
> {
  const { sites, systems = [], recipients = [], sharedCustomers = false, rights = {} } = settled;
  const { publicUrl, endpoint, mailer, erasureJournal } = settled;
  return {
    sites,
    sharedCustomers,
    systems,
    recipientList: recipients,
    settings: { undoHours: UNDO_HOURS, packageDays: 30, ...rights },
    publicUrl,
    endpoint,
    mailer,
    journal: erasureJournal === undefined ? undefined : openJournal(erasureJournal),
  };
}

/** What people can do by themselves on a site, as `capabilities()` says it. */
export function offeredBy(
  { mailer, publicUrl, settings }: RightsParts,
  { rights }: SiteConfig,
): Pick<Capabilities, 'identity' | 'holdings' | 'requests'> {
  if (!rights) return {};
  const isErasable = rights.erasure !== 'on-request';
  return {
    identity: { contacts: mailer && publicUrl !== undefined ? ['email'] : [] },
    holdings: {},
    requests: {
      types: REQUEST_TYPES.filter((type) => isErasable || type !== 'erasure'),
      formats: PACKAGE_FORMATS,
      undoHours: settings.undoHours,
    },
  };
}
