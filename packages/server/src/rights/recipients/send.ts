import { controllersOf, type Contacts, type Correction, type SiteConfig } from '@placet/contract';
import type { RecipientEvent } from '../../database/tables.js';
import { GiveUp } from '../../jobs/jobs.js';
import { isRefused } from '../../mail/create-mailer.js';
import { mailOf } from '../../mail/mail-of.js';
import { noticeLetter, reminderLetter } from '../../mail/recipient-letters.js';
import { callWebhook } from '../../tools/call.js';
import type { RightsParts } from '../parts.js';
import { answerBy, linkTo, type Notice, type RecipientTask } from './notice.js';
import type { Recipient, Said } from './recipients.js';
import { readSaid } from './said.js';
import { whatOf, type What } from './what.js';

/** What a program is told; the same in every attempt, unless the person was erased meanwhile. */
export interface RecipientMessage {
  /** Names the message: a program that has seen it answers 2xx again and does nothing. */
  id: string;
  type: `rights.${RecipientEvent}` | 'rights.reminder';
  /** ISO 8601, UTC. */
  timestamp: string;
  data: {
    /** What it is answered by. */
    notice: string;
    event: RecipientEvent;
    site: string;
    /** Whose data. A reminder says it no more. */
    contacts?: Contacts;
    /** Of a rectification: what is right now, of the data that the recipient gets. */
    corrections?: readonly Correction[];
    /** Of an objection. */
    against?: 'marketing' | 'other';
    answerBy?: string;
    /** Where it is answered, if not at once. */
    respond?: { url: string };
  };
}

/** What is sent and to whom. */
export interface Sending {
  notice: Notice;
  recipient: Recipient;
  task: RecipientTask;
  /** Milliseconds that a program may take to answer. */
  timeout: number;
}

/** Sends a message; resolves with what the recipient said at once, if it did. */
export async function send(parts: RightsParts, sending: Sending): Promise<Said | undefined> {
  const { recipient, notice } = sending;
  const config = parts.sites.get(notice.site);
  if (!config) throw new GiveUp('There is no such site.');
  const { by } = recipient;
  const what = sending.task.task === 'tell' ? await whatOf(parts, notice, recipient) : {};
  if (by.kind === 'mail') return mail(parts, by.address, config, sending, what);
  const message = messageOf(parts, sending, what);
  const about = { id: message.id, at: parts.now(), timeout: sending.timeout };
  return readSaid(await callWebhook(globalThis.fetch, by, JSON.stringify(message), about));
}

function messageOf(
  parts: RightsParts,
  { notice, task }: Sending,
  { corrections, against }: What,
): RecipientMessage {
  const { id, event, site, created_at: at, recipient } = notice;
  const url = linkTo(parts, `/recipients/${recipient}/answers`);
  const data = { notice: id, event, site, ...(url !== undefined && { respond: { url } }) };
  if (task.task === 'remind')
    return {
      id: `${id}-${task.count}`,
      type: 'rights.reminder',
      timestamp: task.due,
      data,
    };
  return {
    id,
    type: `rights.${event}`,
    timestamp: at.toISOString(),
    data: {
      ...data,
      contacts: task.contacts,
      ...(corrections && { corrections: corrections.map(({ names: _, ...each }) => each) }),
      ...(against && { against }),
      answerBy: answerBy(notice).toISOString(),
    },
  };
}

async function mail(
  parts: RightsParts,
  to: string,
  config: SiteConfig,
  { notice, task }: Sending,
  { corrections, against }: What,
): Promise<undefined> {
  const { token = '', language } = task;
  const link = linkTo(parts, `/recipients/answer?token=${token}`);
  if (!parts.mailer || link === undefined)
    throw new GiveUp('There is no mailer, or no public address to link to.');
  const { id, event, created_at: askedAt } = notice;
  const about = { config, language, event, notice: id, askedAt, link };
  const letter =
    task.task === 'tell'
      ? noticeLetter({
          ...{ ...about, contacts: task.contacts, answerBy: answerBy(notice), against },
          // What is right now stands on the page alone: the mail says whose it is, the page what.
          isOnPage: corrections !== undefined,
        })
      : reminderLetter(about);
  try {
    await parts.mailer.send(mailOf(letter, to, controllersOf(config)));
  } catch (cause) {
    throw isRefused(cause) ? new GiveUp('The address does not take mail.', { cause }) : cause;
  }
}
