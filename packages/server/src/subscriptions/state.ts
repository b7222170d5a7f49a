import {
  boxesOf,
  choiceKey,
  contactKindOf,
  type Basis,
  type Choosable,
  type OptInChoice,
  type SiteConfig,
} from '@placet/contract';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import type { Contact } from './contact.js';

export type Subscription = Selectable<Tables['subscription']>;

/** How everything stands that some contacts were ever asked or told about. */
export async function subscriptionsOf(
  database: Kysely<Tables>,
  site: string,
  contacts: readonly Pick<Contact, 'id'>[],
): Promise<Subscription[]> {
  if (contacts.length === 0) return [];
  return database
    .selectFrom('subscription')
    .selectAll()
    .where('site', '=', site)
    .where(
      'contact',
      'in',
      contacts.map(({ id }) => id),
    )
    .execute();
}

/** Messages that may go from now on. */
export interface Activation {
  contact: Pick<Contact, 'id' | 'epoch'>;
  choices: readonly Choosable[];
  basis: Basis;
  record: string;
  at: Date;
}

/** Lets messages go from now on, under the contacts' locks. */
export async function activate(
  transaction: Transaction<Tables>,
  site: string,
  ...activations: readonly Activation[]
): Promise<void> {
  const rows = activations.flatMap(({ contact, choices, basis, record, at }) =>
    choices.map(({ topic, channel, controller }) => ({
      site,
      contact: contact.id,
      topic,
      channel,
      controller,
      status: 'active' as const,
      basis,
      record,
      since: at,
      epoch: contact.epoch,
    })),
  );
  if (rows.length === 0) return;
  await transaction
    .insertInto('subscription')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['site', 'contact', 'topic', 'channel', 'controller']).doUpdateSet((of) => ({
        status: of.ref('excluded.status'),
        basis: of.ref('excluded.basis'),
        record: of.ref('excluded.record'),
        since: of.ref('excluded.since'),
        epoch: of.ref('excluded.epoch'),
      })),
    )
    .execute();
}

/** Ends what is active among these, under the contact's lock. */
export async function deactivate(
  transaction: Transaction<Tables>,
  given: { subscriptions: readonly Subscription[]; record: string; at: Date },
): Promise<void> {
  for (const { site, contact, topic, channel, controller } of given.subscriptions)
    await transaction
      .updateTable('subscription')
      .set({ status: 'withdrawn', record: given.record, since: given.at })
      .where('site', '=', site)
      .where('contact', '=', contact)
      .where('topic', '=', topic)
      .where('channel', '=', channel)
      .where('controller', '=', controller)
      .execute();
}

/** Moves a locked contact's epoch on: nothing asked for before can be confirmed any more (001-24). */
export async function moveEpoch(
  transaction: Transaction<Tables>,
  contact: Contact,
  at: Date,
): Promise<void> {
  contact.epoch += 1;
  await transaction
    .updateTable('contact')
    .set({ epoch: contact.epoch, last_act: at })
    .where('site', '=', contact.site)
    .where('id', '=', contact.id)
    .execute();
}

/** Says which entries of the register are about which contacts. */
export async function noteEntries(
  transaction: Transaction<Tables>,
  site: string,
  entries: readonly { contact: string; record: string }[],
): Promise<void> {
  if (entries.length === 0) return;
  await transaction
    .insertInto('contact_entry')
    .values(entries.map(({ contact, record }) => ({ site, contact, record })))
    .execute();
}

/** What the site offers a contact of this kind, and what it has of things no longer offered. */
export function offeredTo(
  config: SiteConfig,
  contacts: readonly Pick<Contact, 'kind'>[],
  subscriptions: readonly Choosable[] = [],
): Choosable[] {
  const kinds = new Set(contacts.map(({ kind }) => kind));
  const all = new Map<string, Choosable>();
  for (const { topic, channel, controller } of [...boxesOf(config), ...subscriptions])
    if (kinds.has(contactKindOf(channel)))
      all.set(choiceKey({ topic, channel, controller }), { topic, channel, controller });
  return [...all.values()];
}

/** Choices with their answer. */
export function said(choices: readonly Choosable[], granted: boolean): OptInChoice[] {
  return choices.map(({ topic, channel, controller }) => ({ topic, channel, controller, granted }));
}
