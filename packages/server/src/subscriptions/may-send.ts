import { DEFAULT_CONTROLLER, contactKindOf } from '@placet/contract';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.js';
import { parseAddress } from './address.js';
import { findContact, lockContacts } from './contact.js';
import { nextMessage } from './frequency.js';
import { restrictionsOf } from './hidden.js';
import { configOf, type Parts } from './parts.js';
import { isLive, pendingOf, readWanted } from './pending.js';
import { subscriptionsOf } from './state.js';
import type { MaySend, MaySendAnswer } from './subscriptions.js';
import { covering, suppressionsOf } from './suppression.js';
import { inTransaction } from './transactions.js';

/** See `SubscriptionService.maySend`. */
export async function maySend(parts: Parts, asked: MaySend): Promise<MaySendAnswer> {
  const { site, sending = false } = asked;
  const country = configOf(parts, site).marketing?.country;
  const address = parseAddress(contactKindOf(asked.channel), asked.contact, country);
  const question = { ...asked, contact: address.value };
  if (!sending) return answer(parts.database.sql, parts, question);
  return inTransaction(parts.database.sql, async (transaction) => {
    // Of several that are about to send, each sees what the one before it said.
    const contact = await findContact(transaction, parts, site, address);
    if (contact) await lockContacts(transaction, site, [contact.id]);
    const said = await answer(transaction, parts, question);
    if (said.send && said.contact)
      await transaction
        .updateTable('subscription')
        .set({ last_sent: parts.now() })
        .where('site', '=', site)
        .where('contact', '=', said.contact.id)
        .where('topic', '=', asked.topic)
        .where('channel', '=', asked.channel)
        .where('controller', '=', asked.controller)
        .execute();
    return said;
  });
}

/** What must not go is looked at first: nothing said later in here can undo it (001-22, 001-39). */
async function answer(
  database: Kysely<Tables>,
  parts: Parts,
  { site, contact: value, topic, channel, controller = DEFAULT_CONTROLLER }: MaySend,
): Promise<MaySendAnswer> {
  const choice = { topic, channel, controller };
  const isChoice = (each: typeof choice) =>
    each.topic === topic && each.channel === channel && each.controller === controller;
  const suppressed = covering(await suppressionsOf(database, parts, site, value), choice);
  const kind = contactKindOf(channel);
  const contact = await findContact(database, parts, site, { kind, value });
  if (!contact) return { send: false, reason: suppressed.length > 0 ? 'suppressed' : 'no-consent' };

  // Kept, and nothing else, until the person is told otherwise.
  const restricted = await restrictionsOf(database, site, [contact]);
  if (restricted.size > 0) return { send: false, reason: 'restricted' };
  const known = { contact: { id: contact.id, language: contact.language } };
  const all = await subscriptionsOf(database, site, [contact]);
  const own = all.find(isChoice);
  const proof = own && { proof: own.record };
  const isActive = own?.status === 'active';
  if (isActive && suppressed.every(({ epoch }) => epoch <= own.epoch)) {
    const now = parts.now();
    const no = { send: false, ...proof, ...known } as const;
    if (contact.paused_until && contact.paused_until > now) return { ...no, reason: 'paused' };
    const next = nextMessage(contact, all);
    if (next && now < next) return { ...no, reason: 'too-soon' };
    return { ...no, send: true, reason: own.basis };
  }
  if (own?.status === 'withdrawn' && !isErased(suppressed))
    return { send: false, reason: 'withdrawn', ...proof, ...known };
  if (suppressed.length > 0) return { send: false, reason: 'suppressed', ...known };
  const waiting = await pendingOf(database, site, { contacts: [contact.id] });
  const isAwaited = waiting.some(
    (each) => isLive(each, contact, parts.now()) && readWanted(each).choices.some(isChoice),
  );
  return { send: false, reason: isAwaited ? 'pending' : 'no-consent', ...known };
}

function isErased(rows: readonly { reason: string }[]): boolean {
  return rows.some(({ reason }) => reason === 'erased' || reason === 'bounced');
}
