import type { Contacts } from '@placet/contract';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { sitesOf, type RightsParts } from '../parts.js';
import type { Recipient } from './recipients.js';

/** That a recipient is told of something, and what it answered. */
export type Notice = Selectable<Tables['recipient_notice']>;

export const QUEUE = 'rights/recipient';

/** Days until an answer is asked for again, and how often it is before staff are told. */
export const ANSWER_DAYS = 7;
export const MOST_REMINDERS = 4;
/** Days for which a mailed link works. */
export const LINK_DAYS = 90;

const DAY = 86_400_000;

/** What a job of the queue is about. Only the first message knows of whom. */
export type RecipientTask =
  | ({ task: 'tell'; contacts: Contacts } & About)
  | ({ task: 'remind'; /** From 1. */ count: number; /** ISO 8601, UTC. */ due: string } & About);

interface About {
  /** The notice's id: what a recipient knows it by. */
  notice: string;
  /** Of the mailed link; the same one in every mail. */
  token?: string;
  language: string;
}

export function daysAfter(at: Date, days: number): Date {
  return new Date(at.getTime() + days * DAY);
}

/** Until when a recipient is asked to answer. */
export function answerBy({ created_at }: Pick<Notice, 'created_at'>): Date {
  return daysAfter(created_at, ANSWER_DAYS);
}

/** Whether nobody has said yet what was done. */
export function isOpen({ status }: Pick<Notice, 'status'>): boolean {
  return status === 'waiting' || status === 'sent';
}

/**
 * Whether nothing tells any more of whom the request is: then no words are kept that may name them.
 * Sure only while the notice is locked, since whatever destroys the one waits for the other.
 */
export async function isForgotten(
  transaction: Transaction<Tables>,
  { site, request }: Pick<Notice, 'site' | 'request'>,
): Promise<boolean> {
  const row = await transaction
    .selectFrom('request')
    .select('data')
    .where('site', '=', site)
    .where('id', '=', request)
    .executeTakeFirst();
  return row !== undefined && row.data === null;
}

export function findNotice(database: Kysely<Tables>, id: string): Promise<Notice | undefined> {
  return database
    .selectFrom('recipient_notice')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Locks a notice: an answer, a delivery and a reminder come one after the other. */
export function lockNotice(
  transaction: Transaction<Tables>,
  by: { id: string } | { token: Uint8Array },
): Promise<Notice | undefined> {
  const query = transaction.selectFrom('recipient_notice').selectAll().forUpdate();
  return (
    'id' in by ? query.where('id', '=', by.id) : query.where('token', '=', by.token)
  ).executeTakeFirst();
}

/** Who is told on a site. */
export function recipientsOf(parts: RightsParts, site: string): Recipient[] {
  const concerned = sitesOf(parts, site);
  return parts.recipientList.filter(
    ({ sites }) => !sites || sites.some((each) => concerned.includes(each)),
  );
}

/** Where answers go: `undefined` where the server does not know its own address. */
export function linkTo({ publicUrl, endpoint }: RightsParts, path: string): string | undefined {
  return publicUrl === undefined ? undefined : `${publicUrl}${endpoint}${path}`;
}
