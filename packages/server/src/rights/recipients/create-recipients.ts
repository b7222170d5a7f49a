import type { Handler } from '../../jobs/jobs.js';
import { hashToken } from '../../subscriptions/tokens.js';
import type { RightsParts } from '../parts.js';
import { answer, answerSigned, isLinkLive, settle } from './answers.js';
import { recipientHandler } from './deliver.js';
import { isOpen, QUEUE, recipientsOf } from './notice.js';
import type { Asked, Recipients, Said } from './recipients.js';
import { tell } from './tell.js';
import { whatOf } from './what.js';

export function createRecipients(parts: RightsParts): Recipients {
  return {
    names: (site) => recipientsOf(parts, site).map(({ name }) => name),
    tell: (transaction, about) => tell(transaction, parts, about),
    statusOf: (site, request) => statusOf(parts, site, request),
    look: (token) => look(parts, token),
    answer: (token, said) => answer(parts, token, said),
    answerSigned: (...said) => answerSigned(parts, ...said),
    settle: (...said) => settle(parts, ...said),
  };
}

/** The queue `rights/recipient`. */
export function recipientHandlers(
  parts: RightsParts,
  { timeout = 10_000 }: { timeout?: number } = {},
): Record<string, Handler> {
  return { [QUEUE]: recipientHandler(parts, timeout) };
}

async function statusOf(parts: RightsParts, site: string, request: string) {
  const rows = await parts.database.sql
    .selectFrom('recipient_notice')
    .select(['recipient', 'event', 'status'])
    .where('site', '=', site)
    .where('request', '=', request)
    .orderBy('created_at')
    .orderBy('recipient')
    .execute();
  const names = new Map(parts.recipientList.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({ ...row, name: names.get(row.recipient) ?? row.recipient }));
}

async function look(parts: RightsParts, token: string): Promise<Asked | undefined> {
  const row = await parts.database.sql
    .selectFrom('recipient_notice')
    .selectAll()
    .where('token', '=', hashToken(token))
    .executeTakeFirst();
  const recipient = parts.recipientList.find(({ id }) => id === row?.recipient);
  if (!row || !recipient || !isLinkLive(parts, row)) return undefined;
  const { site, event, id: notice, created_at: askedAt, answered_at: at } = row;
  const { corrections, ...what } = await whatOf(parts, row, recipient);
  const asked = { site, recipient, event, notice, askedAt, ...what };
  if (isOpen(row) || !at) return { ...asked, ...(corrections && { corrections }) };
  return {
    ...asked,
    answer: {
      status: row.status as Said['status'],
      at,
      ...(row.note !== null && { note: row.note }),
      ...(row.proof !== null && { proof: row.proof }),
    },
  };
}
