import { randomBytes, randomUUID } from 'node:crypto';
import type { Contacts } from '@placet/contract';
import type { Database } from '../database/database.js';
import type { RecipientEvent } from '../database/tables.js';
import { createJobs } from '../jobs/create-jobs.js';
import { deriveKeys } from '../keys.js';
import type { PlacetServerOptions } from '../options.js';
import { createRights } from '../rights/create-rights.js';
import { rightsOptionsOf } from '../rights/offered.js';
import type { Recipient } from '../rights/recipients/recipients.js';
import { settleOptions } from '../settle.js';
import { signWebhook } from '../tools/webhook.js';
import { CAMILLE } from './memory-system.js';
import { ORIGIN } from './opt-in-server.js';
import { RIGHTS_CONFIG, rightsServer } from './rights.js';

export const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

/** A mailing firm's program. */
export function program(url: string, given: Partial<Recipient> = {}) {
  const secret = newSecret();
  const recipient: Recipient = {
    id: 'mailing',
    name: 'Courrier SARL',
    by: { kind: 'webhook', url, secret },
    ...given,
  };
  return { recipient, secret };
}

/** People who read their mail. */
export const OFFICE: Recipient = {
  id: 'accountant',
  name: 'Cabinet Dupont',
  by: { kind: 'mail', address: 'cabinet@dupont.example' },
};

/** A server with recipients, and what tells them besides: as the part that carries requests out does. */
export async function recipientServer(
  database: Database,
  recipients: readonly Recipient[],
  options: Partial<PlacetServerOptions> = {},
) {
  await database.sql.deleteFrom('recipient_notice').execute();
  await database.sql.deleteFrom('job').execute();
  const server = await rightsServer(database, { recipients, ...options });
  const keys = deriveKeys('a secret of tests, long enough to be taken');
  const settled = settleOptions({
    config: RIGHTS_CONFIG,
    publicUrl: ORIGIN,
    mailer: { send: async () => {} },
    recipients,
    ...options,
  });
  const now = () => server.clock.now;
  // Puts down jobs; the server does them.
  const jobs = createJobs({ database, keys, handlers: {}, now, after: () => () => {} });
  const { recipients: service } = createRights({
    ...rightsOptionsOf(settled),
    database,
    keys,
    register: server.server.register,
    subscriptions: () => server.server.subscriptions,
    now,
    log: () => {},
    jobs: () => jobs,
  });

  /** Puts down that everybody is to be told, and lets it be done. */
  async function tell(
    about: { request?: string; event?: RecipientEvent; contacts?: Contacts; site?: string } = {},
  ): Promise<string> {
    const {
      request = randomUUID(),
      event = 'erasure',
      contacts = CAMILLE,
      site = 'default',
    } = about;
    await database.sql
      .transaction()
      .execute((transaction) =>
        service.tell(transaction, { site, request, event, contacts, language: 'en' }),
      );
    await server.server.jobs.idle();
    return request;
  }
  /** Lets days pass, and what is due on them be done. */
  async function pass(days: number): Promise<void> {
    server.clock.now = new Date(server.clock.now.getTime() + days * 86_400_000);
    await server.server.jobs.idle();
  }
  const rows = () =>
    database.sql.selectFrom('recipient_notice').selectAll().orderBy('recipient').execute();
  /** Answers as a program does, signed with its secret. */
  async function answer(
    recipient: string,
    said: unknown,
    secret: string,
    { at = server.clock.now, id = randomUUID() }: { at?: Date; id?: string } = {},
  ): Promise<number> {
    const body = JSON.stringify(said);
    const headers = signWebhook({ id, body, at }, secret);
    return (await server.ask('POST', `/recipients/${recipient}/answers`, body, headers)).status;
  }
  return { ...server, keys, service, tell, pass, rows, answer };
}
