import { type Channel, type Choosable } from '@placet/contract';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import { suppressionLookup } from './address.js';
import type { Parts } from './parts.js';

/** Stands for every topic, or every controller. */
export const EVERY = '*';

/** Why somebody must not be written to. */
export type SuppressionReason = Tables['suppression']['reason'];

/** What is not to be sent. */
export interface Suppressed {
  channel: Channel;
  /** @default every one */
  controller?: string | undefined;
  /** @default every one */
  topic?: string | undefined;
}

export type SuppressionRow = Pick<
  Selectable<Tables['suppression']>,
  'channel' | 'controller' | 'topic' | 'reason' | 'at' | 'epoch'
>;

/** Keeps that an address must not be written to, whatever else of it is forgotten (002-32). */
export async function suppress(
  transaction: Transaction<Tables>,
  { keys, now }: Pick<Parts, 'keys' | 'now'>,
  site: string,
  given: {
    address: string;
    what: readonly Suppressed[];
    reason: SuppressionReason;
    epoch: number;
  },
): Promise<void> {
  const { address, what, reason, epoch } = given;
  if (what.length === 0) return;
  const at = now();
  const lookup = suppressionLookup(keys, site, address);
  await transaction
    .insertInto('suppression')
    .values(
      what.map(({ channel, controller = EVERY, topic = EVERY }) => ({
        site,
        lookup,
        channel,
        controller,
        topic,
        reason,
        at,
        epoch,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['site', 'lookup', 'channel', 'controller', 'topic'])
        .doUpdateSet({ reason, at, epoch }),
    )
    .execute();
}

/** All that suppresses an address. */
export async function suppressionsOf(
  database: Kysely<Tables>,
  parts: Pick<Parts, 'keys'>,
  site: string,
  address: string,
): Promise<readonly SuppressionRow[]> {
  const all = await suppressionsOfAll(database, parts, site, [address]);
  return all.get(address)!;
}

/** The same of many addresses at once. */
export async function suppressionsOfAll(
  database: Kysely<Tables>,
  { keys }: Pick<Parts, 'keys'>,
  site: string,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, readonly SuppressionRow[]>> {
  const found = new Map<string, SuppressionRow[]>(addresses.map((address) => [address, []]));
  if (addresses.length === 0) return found;
  const byLookup = new Map(
    [...found].map(([address, list]) => [
      suppressionLookup(keys, site, address).toString('hex'),
      list,
    ]),
  );
  const rows = await database
    .selectFrom('suppression')
    .select(['lookup', 'channel', 'controller', 'topic', 'reason', 'at', 'epoch'])
    .where('site', '=', site)
    .where(
      'lookup',
      'in',
      [...byLookup.keys()].map((lookup) => Buffer.from(lookup, 'hex')),
    )
    .execute();
  for (const { lookup, ...row } of rows)
    byLookup.get(Buffer.from(lookup).toString('hex'))!.push(row);
  return found;
}

/**
 * Takes back what suppresses just these choices: the person has newly confirmed them. What is
 * suppressed for every topic stays for the others; the subscription's epoch shows that it came after.
 */
export async function lift(
  transaction: Transaction<Tables>,
  { keys }: Parts,
  site: string,
  address: string,
  choices: readonly Choosable[],
): Promise<void> {
  if (choices.length === 0) return;
  await transaction
    .deleteFrom('suppression')
    .where('site', '=', site)
    .where('lookup', '=', suppressionLookup(keys, site, address))
    .where(({ or, and, eb }) =>
      or(
        choices.map(({ topic, channel, controller }) =>
          and([
            eb('channel', '=', channel),
            eb('controller', '=', controller),
            eb('topic', '=', topic),
          ]),
        ),
      ),
    )
    .execute();
}

/** What suppresses a choice: exactly, for every topic, or for every controller. */
export function covering(
  rows: readonly SuppressionRow[],
  { topic, channel, controller }: Choosable,
): SuppressionRow[] {
  return rows.filter(
    (row) =>
      row.channel === channel &&
      [controller, EVERY].includes(row.controller) &&
      [topic, EVERY].includes(row.topic),
  );
}
