import { controllersOf } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { mailOf } from '../../mail/mail-of.js';
import { mailboxOf } from '../../mail/mailbox.js';
import { recipientStaffLetter } from '../../mail/recipient-letters.js';
import { sendLater, type RightsParts } from '../parts.js';
import type { Notice } from './notice.js';

/** Leaves a recipient to staff: a line of the log, and a mail where there is a mailbox. Says nothing of whom it is about. */
export async function tellStaff(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  notice: Notice,
  why: 'untold' | 'unanswered',
): Promise<void> {
  const { site, id, recipient, request, event, created_at: askedAt } = notice;
  parts.log({ level: 'error', event: `recipient/${why}`, site, recipient, notice: id });
  const config = parts.sites.get(site);
  const to = parts.settings.staffMail ?? mailboxOf(config?.controller.contact);
  if (!config || !parts.mailer || to === undefined) return;
  const name = parts.recipientList.find((each) => each.id === recipient)?.name ?? recipient;
  const language = parts.settings.staffLanguage ?? config.language ?? 'en';
  const letter = recipientStaffLetter({ language, why, name, request, event, askedAt });
  await sendLater(transaction, parts, {
    site,
    mail: mailOf(letter, to, controllersOf(config)),
    dedupe: `recipient/${why}/${id}`,
  });
}
