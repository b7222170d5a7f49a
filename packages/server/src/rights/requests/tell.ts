import { controllersOf, type Contacts } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { mailOf } from '../../mail/mail-of.js';
import { mailboxOf } from '../../mail/mailbox.js';
import type { Mail } from '../../mail/mailer.js';
import {
  requestLetter,
  staffLetter,
  type RequestNews,
  type StaffNews,
} from '../../mail/request-letters.js';
import { sendLater, type RightsParts } from '../parts.js';
import { detailsOf, type RequestRow } from './row.js';
import { isToldByHand, tellByHand } from './tell-by-hand.js';

/** The letter that tells a person how their request stands; `undefined` where they have no address. */
export function mailToPerson(
  parts: RightsParts,
  row: RequestRow,
  news: RequestNews,
  contacts: Contacts | undefined = detailsOf(parts.keys, row)?.contacts,
): Mail | undefined {
  const config = parts.sites.get(row.site);
  if (!config || !parts.mailer || contacts?.email === undefined) return undefined;
  const { type, language, due_at: due } = row;
  const { publicUrl, settings } = parts;
  const { timeZone } = settings;
  const letter = requestLetter({ config, language, type, due, timeZone, publicUrl }, news);
  return mailOf(letter, contacts.email, controllersOf(config));
}

/** Puts that letter down, to be sent once the transaction has committed; without an address, staff tell them. */
export async function tellPerson(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
  news: RequestNews,
): Promise<void> {
  const mail = mailToPerson(parts, row, news);
  const { site, id } = row;
  if (mail) await sendLater(transaction, parts, { site, mail, dedupe: `${id}/${news.news}` });
  else if (isToldByHand(parts, row)) await askStaffToTell(transaction, parts, row, news.news);
}

/** Puts onto the checklist that a person is to be told by post or telephone, and tells staff so. */
export async function askStaffToTell(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
  news: RequestNews['news'] | 'erased',
): Promise<void> {
  const isNew = await tellByHand(transaction, row, news);
  // Of what has come in they hear anyway.
  if (isNew && news !== 'received') await tellStaff(transaction, parts, row, 'stuck');
}

/** Tells staff, at the address of the settings or of the controller (000-16). */
export async function tellStaff(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
  news: StaffNews,
): Promise<void> {
  const { site, id, due_at: due } = row;
  const config = parts.sites.get(site);
  const { staffMail, staffUrl: link, staffLanguage, timeZone } = parts.settings;
  const to = staffMail ?? mailboxOf(config?.controller.contact);
  if (!config || !parts.mailer || to === undefined) return;
  const language = staffLanguage ?? config.language ?? 'en';
  const letter = staffLetter({ config, language, due, timeZone, site, id, link }, news);
  await sendLater(transaction, parts, {
    site,
    mail: mailOf(letter, to, [config.controller]),
    dedupe: `${id}/staff/${news}`,
  });
}
