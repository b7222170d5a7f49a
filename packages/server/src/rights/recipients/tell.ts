import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { hashToken, newToken } from '../../subscriptions/tokens.js';
import type { RightsParts } from '../parts.js';
import { QUEUE, recipientsOf, type RecipientTask } from './notice.js';
import type { Recipients } from './recipients.js';
import { isUnchanged } from './what.js';

/** See `Recipients.tell`. */
export async function tell(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  about: Parameters<Recipients['tell']>[1],
): Promise<void> {
  const { site, request, event, contacts } = about;
  if (await isUnchanged(transaction, parts, about)) return;
  for (const { id: recipient, by, events } of recipientsOf(parts, site)) {
    if (events && !events.includes(event)) continue;
    const id = randomUUID();
    const token = by.kind === 'mail' ? newToken() : undefined;
    const made = await transaction
      .insertInto('recipient_notice')
      .values({
        ...{ site, request, recipient, event, id },
        status: 'waiting',
        token: token === undefined ? null : hashToken(token),
        attempts: 0,
        created_at: parts.now(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) continue;
    const own = by.kind === 'mail' ? by.language : undefined;
    const payload: RecipientTask = {
      task: 'tell',
      notice: id,
      contacts,
      language: own ?? parts.sites.get(site)?.language ?? about.language,
      ...(token !== undefined && { token }),
    };
    await parts.jobs().add(transaction, { site, queue: QUEUE, payload, dedupe: id });
  }
}
