import type { RequestType } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { RecipientEvent, Tables } from '../../database/tables.js';
import type { RightsParts } from '../parts.js';
import { detailsOf, type RequestRow } from './row.js';

/** What recipients are told of; of an erasure they are told when it is executed. */
const TOLD: Partial<Record<RequestType, RecipientEvent>> = {
  rectification: 'rectification',
  restriction: 'restriction',
  objection: 'objection',
};

/** Tells whoever else got the person's data; each of them once, however often it is called. */
export async function tellRecipients(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
): Promise<void> {
  const event = TOLD[row.type];
  const details = detailsOf(parts.keys, row);
  if (!event || !details) return;
  const { site, id: request, language } = row;
  const { contacts } = details;
  await parts.recipients().tell(transaction, { site, request, event, contacts, language });
}
