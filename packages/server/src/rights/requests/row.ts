import { createHmac } from 'node:crypto';
import { PlacetError, type Contacts, type Correction } from '@placet/contract';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { decrypt, encrypt } from '../../encrypt.js';
import type { Keys } from '../../keys.js';
import { openText } from '../../register/evidence.js';
import type { Match } from '../../systems/system.js';

/** A request's row; locked, where it came from {@link lockRequest}. */
export type RequestRow = Selectable<Tables['request']>;

/** What is encrypted of a request. */
export interface RequestDetails {
  contacts: Contacts;
  corrections?: readonly Correction[];
  against?: 'marketing' | 'other';
  note?: string;
}

export function findRequest(
  database: Kysely<Tables>,
  site: string,
  id: string,
): Promise<RequestRow | undefined> {
  return database
    .selectFrom('request')
    .selectAll()
    .where('site', '=', site)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Locks a request: whoever moves it or works for it comes through here. @throws {PlacetError} `rights/unknown` */
export async function lockRequest(
  transaction: Transaction<Tables>,
  site: string,
  id: string,
): Promise<RequestRow> {
  const row = await transaction
    .selectFrom('request')
    .selectAll()
    .where('site', '=', site)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new PlacetError('rights/unknown');
  return row;
}

/** What the person said; `undefined` once it was destroyed. */
export function detailsOf(
  keys: Pick<Keys, 'contact'>,
  row: RequestRow,
): RequestDetails | undefined {
  const { key, data } = row;
  return key && data
    ? (JSON.parse(openText(keys.contact, { key, data })) as RequestDetails)
    : undefined;
}

/** Whether it says no to advertising, which is absolute; any other objection is assessed. */
export function isMarketing(keys: Pick<Keys, 'contact'>, row: RequestRow): boolean {
  return row.type === 'objection' && detailsOf(keys, row)?.against !== 'other';
}

/** Encrypts what belongs to a request, so that it is gone for good with the request's key. */
export function sealFor(keys: Pick<Keys, 'contact'>, row: RequestRow, text: string): Buffer {
  return encrypt(keyOf(keys, row), text);
}

/** @throws {Error} once the request's key is gone, or what was sealed was altered */
export function openFor(keys: Pick<Keys, 'contact'>, row: RequestRow, bytes: Uint8Array): string {
  return decrypt(keyOf(keys, row), bytes);
}

function keyOf(keys: Pick<Keys, 'contact'>, { key }: RequestRow): Buffer {
  if (!key) throw new PlacetError('rights/unknown', 'Nothing is left of it.');
  // Not the key that the row's own data is under, which has one nonce.
  return createHmac('sha256', keys.contact).update('request\n').update(key).digest();
}

/** Who was found in a system: the refs that work goes on with. `undefined` before `find` is done. */
export async function refsIn(
  database: Kysely<Tables>,
  keys: Pick<Keys, 'contact'>,
  row: RequestRow,
  system: string,
): Promise<string[] | undefined> {
  const step = await database
    .selectFrom('request_step')
    .select(['data', 'status'])
    .where('site', '=', row.site)
    .where('request', '=', row.id)
    .where('system', '=', system)
    .where('step', '=', 'find')
    .executeTakeFirst();
  if (step?.status !== 'done' || !step.data) return undefined;
  return (JSON.parse(openFor(keys, row, step.data)) as Match[]).map(({ ref }) => ref);
}
