import { PlacetError } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { parseStrictJson } from '../../http/strict-json.js';
import { validate } from '../../http/validate.js';
import { signJws } from '../../receipts/jws.js';
import { hashToken } from '../../subscriptions/tokens.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import { verifyWebhook } from '../../tools/webhook.js';
import type { RightsParts } from '../parts.js';
import { daysAfter, isForgotten, isOpen, LINK_DAYS, lockNotice, type Notice } from './notice.js';
import type { Recipients, Said } from './recipients.js';
import { recipientAnswerSchema } from './said.js';

/** Who answered, where it was not staff. */
const ITSELF = 'recipient';

/** Writes an answer down: the first one counts, so the notice must be locked and open. */
export async function noteAnswer(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  notice: Notice,
  { status, note, actor = ITSELF }: Said & { actor?: string },
): Promise<void> {
  const { site, request, recipient, event, id } = notice;
  const at = parts.now();
  // Signed by the server: what was said cannot be altered unseen afterwards. The note stays out, as people may be named in it.
  const said = { notice: id, recipient, event, status, at: at.toISOString() };
  const proof = signJws(JSON.stringify({ type: 'recipient-answer', ...said }), parts.keys);
  const words = (await isForgotten(transaction, notice)) ? null : (note ?? null);
  await transaction
    .updateTable('recipient_notice')
    .set({ status, note: words, actor, answered_at: at, proof })
    .where('site', '=', site)
    .where('request', '=', request)
    .where('recipient', '=', recipient)
    .where('event', '=', event)
    .execute();
}

/** Whether a mailed link still works. */
export function isLinkLive({ now }: RightsParts, { created_at }: Notice): boolean {
  return now() < daysAfter(created_at, LINK_DAYS);
}

/** See `Recipients.answer`. */
export async function answer(parts: RightsParts, token: string, said: Said): Promise<void> {
  await inTransaction(parts.database.sql, async (transaction) => {
    const notice = await lockNotice(transaction, { token: hashToken(token) });
    if (!notice || !isLinkLive(parts, notice)) throw new PlacetError('token/unknown');
    if (isOpen(notice)) await noteAnswer(transaction, parts, notice, said);
  });
}

/** See `Recipients.answerSigned`. */
export async function answerSigned(
  parts: RightsParts,
  ...[id, headers, body]: Parameters<Recipients['answerSigned']>
): Promise<void> {
  const by = parts.recipientList.find((each) => each.id === id)?.by;
  const secrets = by?.kind === 'webhook' ? [by.secret] : [];
  if (!verifyWebhook(headers, body, secrets, parts.now()))
    throw new PlacetError('request/unauthorized');
  const { notice: about, ...said } = validate(recipientAnswerSchema, parseStrictJson(body));
  await inTransaction(parts.database.sql, async (transaction) => {
    const notice = await lockNotice(transaction, { id: about });
    // Another's is as good as none.
    if (notice?.recipient !== id) throw new PlacetError('request/unauthorized');
    if (isOpen(notice)) return noteAnswer(transaction, parts, notice, said);
    const isSame =
      notice.status === said.status &&
      ((notice.note ?? undefined) === said.note || (await isForgotten(transaction, notice)));
    if (!isSame) throw new PlacetError('rights/too-late');
  });
}

/** See `Recipients.settle`. */
export async function settle(
  parts: RightsParts,
  ...[site, request, recipient, said]: Parameters<Recipients['settle']>
): Promise<void> {
  await inTransaction(parts.database.sql, async (transaction) => {
    const notices = await transaction
      .selectFrom('recipient_notice')
      .selectAll()
      .where('site', '=', site)
      .where('request', '=', request)
      .where('recipient', '=', recipient)
      .orderBy('event')
      .forUpdate()
      .execute();
    if (notices.length === 0) throw new PlacetError('rights/unknown');
    const open = notices.filter(isOpen);
    if (open.length === 0) throw new PlacetError('rights/too-late');
    for (const notice of open) await noteAnswer(transaction, parts, notice, said);
  });
}
