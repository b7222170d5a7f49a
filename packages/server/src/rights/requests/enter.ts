import { randomUUID } from 'node:crypto';
import { PlacetError } from '@placet/contract';
import { inTransaction } from '../../subscriptions/transactions.js';
import type { RightsParts } from '../parts.js';
import type { EnteredRequest } from '../rights.js';
import { expiresAt } from './clock.js';
import { configOf, plainContacts } from './people.js';
import type { RequestDetails } from './row.js';
import { store } from './store.js';
import { tellPerson } from './tell.js';

/**
 * Stores a request that came otherwise than by the site (000-24…26). Its clock runs from the day on
 * which it was received; nobody is looked for before it is clear whose it is: the person is asked by
 * mail to say so on their page, and staff can, too.
 *
 * @returns its id
 */
export async function enter(parts: RightsParts, request: EnteredRequest): Promise<string> {
  const { site, type, channel, receivedAt, against, note, actor } = request;
  const config = configOf(parts, site);
  const contacts = plainContacts(parts, site, request.contacts);
  if (contacts.email === undefined && contacts.phone === undefined)
    throw new PlacetError('contact/invalid');
  if (!(receivedAt.getTime() <= parts.now().getTime()))
    throw new PlacetError('request/invalid', 'It was received on a day that is past, or today.');
  const needsNote = type === 'rectification' || against === 'other';
  if (needsNote && !note?.trim())
    throw new PlacetError('request/invalid', 'Write in the note what is asked for.');
  const details: RequestDetails = {
    contacts,
    ...(type === 'objection' && { against: against ?? 'marketing' }),
    ...(note !== undefined && { note }),
  };
  const id = randomUUID();
  await inTransaction(parts.database.sql, async (transaction) => {
    const { row } = await store(transaction, parts, {
      site,
      id,
      type,
      channel,
      details,
      language: request.language ?? config.language ?? 'en',
      receivedAt,
      isVerified: false,
      actor,
      said: { id },
    });
    // Whoever has no address is asked by staff, who confirm it.
    if (contacts.email !== undefined)
      await tellPerson(transaction, parts, row, {
        news: 'entered',
        channel,
        receivedAt,
        until: expiresAt(row),
      });
  });
  parts.jobs().wake();
  return id;
}
