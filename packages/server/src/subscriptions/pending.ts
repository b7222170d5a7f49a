import type { Age, Basis, Frequency, OptInChoice } from '@placet/contract';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import type { Keys } from '../keys.js';
import { openText } from '../register/evidence.js';
import type { Contact } from './contact.js';

/** Days in which an opt-in can be confirmed. */
export const PENDING_DAYS = 7;

/** What waits for a contact to be confirmed. */
export type Pending = Selectable<Tables['pending_opt_in']>;

/** What is to hold once it is confirmed. */
export interface WantedChoices {
  /** All granted. */
  choices: readonly OptInChoice[];
  frequency?: Frequency;
  language: string;
  age?: Age;
  basis?: Basis;
}

export function writeWanted(wanted: WantedChoices): string {
  return JSON.stringify(wanted);
}

export function readWanted({ wanted }: Pick<Pending, 'wanted'>): WantedChoices {
  return JSON.parse(wanted) as WantedChoices;
}

/** Whether a parent is to agree before the person's own contact is asked. */
export function needsGuardian({ guardian, agreed_at }: Pick<Pending, 'guardian' | 'agreed_at'>) {
  return guardian !== null && agreed_at === null;
}

/** The parent's address, until the parent has agreed. */
export function guardianOf(
  keys: Keys,
  { guardian, agreed_at }: Pick<Pending, 'guardian' | 'agreed_at'>,
): string | undefined {
  return guardian && agreed_at === null
    ? openText(keys.contact, { key: guardian.subarray(0, 32), data: guardian.subarray(32) })
    : undefined;
}

/** Whether it can still be confirmed: not confirmed yet, in time, and not overtaken by a withdrawal. */
export function isLive(
  pending: Pick<Pending, 'confirmed_at' | 'expires_at' | 'epoch'>,
  contact: Pick<Contact, 'epoch'>,
  now: Date,
): boolean {
  return (
    pending.confirmed_at === null && pending.expires_at > now && pending.epoch === contact.epoch
  );
}

/** What waits under one entry of the register, or for some contacts. */
export function pendingOf(
  database: Kysely<Tables>,
  site: string,
  by: { record: string } | { contacts: readonly string[] },
): Promise<Pending[]> {
  const all = database.selectFrom('pending_opt_in').selectAll().where('site', '=', site);
  if ('record' in by) return all.where('record', '=', by.record).orderBy('contact').execute();
  if (by.contacts.length === 0) return Promise.resolve([]);
  return all.where('contact', 'in', [...by.contacts]).execute();
}

/** What was asked for together with contacts that end can no longer be confirmed for its others. */
export async function voidShared(
  transaction: Transaction<Tables>,
  site: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await transaction
    .deleteFrom('pending_opt_in')
    .where('site', '=', site)
    .where('confirmed_at', 'is', null)
    .where('contact', 'not in', ids)
    .where('record', 'in', (of) =>
      of
        .selectFrom('pending_opt_in')
        .select('record')
        .where('site', '=', site)
        .where('contact', 'in', ids),
    )
    .execute();
}
