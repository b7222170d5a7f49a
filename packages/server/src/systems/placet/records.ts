import { choiceKey, type OptInChoice } from '@placet/contract';
import type { RightsParts } from '../../rights/parts.js';
import { detailsOf, type RequestRow } from '../../rights/requests/row.js';
import { signOptInReceipt } from '../../receipts/receipt.js';
import { addressOf, type Contact } from '../../subscriptions/contact.js';
import { subscriptionsOf, type Subscription } from '../../subscriptions/state.js';
import type { CollectedRecord } from '../system.js';
import { contactsOf, ownRequests, type Whose } from './whose.js';

/** Everything that stands here about somebody, in the order described. */
export async function* recordsOf(
  parts: RightsParts,
  whose: Whose,
): AsyncGenerator<CollectedRecord> {
  const { sql } = parts.database;
  const contacts = await contactsOf(parts, whose);
  for (const [, own] of contacts) for (const contact of own) yield contactRecord(parts, contact);
  for (const [site, own] of contacts)
    for (const subscription of await subscriptionsOf(sql, site, own))
      yield subscriptionRecord(subscription);
  for (const [site, own] of contacts) yield* history(parts, site, own);
  for (const row of await ownRequests(parts, whose)) yield requestRecord(parts, row);
}

function contactRecord(parts: RightsParts, contact: Contact): CollectedRecord {
  const { site, id, language, frequency, age } = contact;
  return {
    category: 'contacts',
    record: `${site}/${id}`,
    fields: {
      address: addressOf(parts, contact).value,
      confirmed: contact.verified_at?.toISOString() ?? null,
      frequency,
      age,
      pausedUntil: contact.paused_until?.toISOString() ?? null,
      language,
      firstSeen: contact.first_seen.toISOString(),
      site,
    },
  };
}

function subscriptionRecord(subscription: Subscription): CollectedRecord {
  const { site, contact, topic, channel, controller, status, basis, since, record } = subscription;
  return {
    category: 'subscriptions',
    record: `${site}/${contact}/${choiceKey(subscription)}`,
    fields: {
      topic,
      channel,
      controller,
      status,
      basis,
      since: since.toISOString(),
      proof: record,
      site,
    },
  };
}

/** With the signed copy that the person could have had all along. */
async function* history(
  parts: RightsParts,
  site: string,
  contacts: readonly Contact[],
): AsyncGenerator<CollectedRecord> {
  for (const record of await entriesOf(parts, site, contacts)) {
    const known = await parts.register.optIn(site, { record });
    // Erased since.
    if (!known) continue;
    const { act, how, at, choices } = known.leaf;
    yield {
      category: 'history',
      record: `${site}/${record}`,
      fields: {
        at,
        act,
        how,
        choices: choices.map(sayChoice).join(', '),
        site,
        receipt: JSON.stringify(signOptInReceipt(known, parts.keys)),
      },
    };
  }
}

/** Oldest first. */
export async function entriesOf(
  { database }: Pick<RightsParts, 'database'>,
  site: string,
  contacts: readonly Pick<Contact, 'id'>[],
): Promise<string[]> {
  if (contacts.length === 0) return [];
  const rows = await database.sql
    .selectFrom('contact_entry')
    .select('record')
    .distinct()
    .where('site', '=', site)
    .where(
      'contact',
      'in',
      contacts.map(({ id }) => id),
    )
    .orderBy('record')
    .execute();
  return rows.map(({ record }) => record);
}

const sayChoice = ({ topic, channel, controller, granted }: OptInChoice) =>
  `${topic}/${channel}/${controller}: ${granted ? 'yes' : 'no'}`;

function requestRecord({ keys }: RightsParts, row: RequestRow): CollectedRecord {
  const { site, id, type, state, channel } = row;
  const details = detailsOf(keys, row);
  return {
    category: 'requests',
    record: `${site}/${id}`,
    fields: {
      type,
      state,
      receivedAt: row.received_at.toISOString(),
      due: row.due_at.toISOString(),
      closedAt: row.closed_at?.toISOString() ?? null,
      channel,
      note: details?.note ?? null,
      corrections: details?.corrections ? JSON.stringify(details.corrections) : null,
      site,
    },
  };
}
