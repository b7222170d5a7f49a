import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import type { RightsParts } from '../parts.js';
import { addItem, itemsOf } from './items.js';
import { labelOf } from './labels.js';
import { detailsOf, type RequestRow } from './row.js';

/**
 * What staff tell somebody who has no e-mail address. That it was entered, or taken back, they say
 * themselves.
 */
const LABELS = {
  doubted: 'tellDoubted',
  received: 'tellReceived',
  ready: 'tellReady',
  extended: 'tellExtended',
  refused: 'tellRefused',
  lifted: 'tellLifted',
  completed: 'tellCompleted',
  expired: 'tellExpired',
  erased: 'tellErased',
} as const;

/** What cannot be answered before the person knows of it, nor completed: then nobody knows who it was. */
const REQUIRED: readonly string[] = ['extended', 'erased'];
const PREFIX = 'tell/';

/** Whether staff tell a person how their request stands, since no mail can. */
export function isToldByHand({ keys }: Pick<RightsParts, 'keys'>, row: RequestRow): boolean {
  const details = detailsOf(keys, row);
  return details !== undefined && details.contacts.email === undefined;
}

/** Puts onto the checklist what a person is to be told. @returns whether it is a new line */
export async function tellByHand(
  transaction: Transaction<Tables>,
  row: RequestRow,
  news: string,
): Promise<boolean> {
  if (!isTold(news)) return false;
  const item = `${PREFIX}${news}`;
  const before = await itemsOf(transaction, row);
  if (before.some((each) => each.item === item)) return false;
  const required = REQUIRED.includes(news);
  await addItem(transaction, row, { item, label: labelOf(LABELS[news]), required });
  return true;
}

/** Whether what was restricted is used again once such a line is settled (GDPR art. 18(3)). */
export function endsRestriction(item: string, { type }: RequestRow): boolean {
  const isRestricting = type === 'restriction' || type === 'objection';
  return isRestricting && (item === `${PREFIX}lifted` || item === `${PREFIX}refused`);
}

const isTold = (news: string): news is keyof typeof LABELS => news in LABELS;
