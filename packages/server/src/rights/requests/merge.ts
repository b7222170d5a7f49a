import {
  CLOSED,
  DUE_MONTHS,
  EXTENSION_MONTHS,
  dueAt,
  purgeAt,
  type Contacts,
} from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { sealText } from '../../register/evidence.js';
import { hidePerson } from '../erasure/hidden.js';
import type { RightsParts } from '../parts.js';
import { planReminder } from './clock.js';
import { move, type Moved, type MoveSet } from './moves.js';
import { isSamePerson, lookupsOf, requestsOf } from './people.js';
import { detailsOf, lockRequest, openFor, sealFor, type RequestRow } from './row.js';
import { queueOf, repeatSteps, stepsOf } from './steps.js';

/**
 * Makes one of two erasures of one person, once it is clear that both are theirs: two would wait for
 * each other. The one that was open goes on, as if it had come on the earlier of the two days.
 *
 * @param given open, and locked with its person
 * @returns the one that goes on; `undefined` where there is no other
 */
export async function mergeErasure(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  given: RequestRow,
  { at, actor }: Pick<Moved, 'at' | 'actor'>,
): Promise<RequestRow | undefined> {
  if (given.type !== 'erasure') return undefined;
  const contacts = detailsOf(parts.keys, given)?.contacts ?? {};
  const other = await openErasure(transaction, parts, { ...given, contacts });
  if (!other) return undefined;
  const note = `It goes on as ${other.id}.`;
  await move(transaction, given, { act: 'cancel', at, actor, note });
  const earlier = await receivedBy(transaction, parts, other, given.received_at);
  return withContacts(transaction, parts, earlier, contacts);
}

/**
 * Has the erasure of a person that is open stand for another one that they ask for, by the contacts
 * of both.
 *
 * @param given whose lock is held
 * @returns the one that is open; `undefined` where there is none
 */
export async function joinErasure(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  given: Asked,
): Promise<RequestRow | undefined> {
  const open = await openErasure(transaction, parts, given);
  return open && withContacts(transaction, parts, open, given.contacts);
}

/** An erasure that another one may stand for. */
interface Asked {
  site: string;
  id: string;
  contacts: Contacts;
}

/** Another one of the same person, which somebody has confirmed. People share telephones. */
async function openErasure(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  { site, id, contacts }: Asked,
): Promise<RequestRow | undefined> {
  for (const each of await requestsOf(transaction, parts, site, contacts)) {
    if (each.type !== 'erasure' || each.id === id || each.state === 'unverified') continue;
    if (!isSamePerson(detailsOf(parts.keys, each)?.contacts ?? {}, contacts)) continue;
    const locked = await lockRequest(transaction, each.site, each.id);
    if (!CLOSED.includes(locked.state)) return locked;
  }
  return undefined;
}

/** Its clock runs from the earlier day; a purge that is planned moves with it. */
async function receivedBy(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
  receivedAt: Date,
): Promise<RequestRow> {
  if (receivedAt >= row.received_at) return row;
  const months = DUE_MONTHS + (row.extended_at ? EXTENSION_MONTHS : 0);
  const due = dueAt(receivedAt, months, parts.settings);
  const purge = row.executed_at && purgeAt(row.executed_at, due);
  const changed = await change(transaction, row, {
    received_at: receivedAt,
    due_at: due,
    purge_at: purge,
  });
  await planReminder(transaction, parts, changed, parts.now());
  if (purge)
    await transaction
      .updateTable('job')
      .set({ due_at: purge })
      .where('site', '=', row.site)
      .where('queue', '=', queueOf('erase'))
      .where('dedupe', 'like', `${row.id}/%`)
      .where('due_at', '>', purge)
      .where('failed_at', 'is', null)
      .execute();
  return changed;
}

/** By what the other one knows besides, the person is looked for again, and is hidden if they were. */
async function withContacts(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
  besides: Contacts,
): Promise<RequestRow> {
  const details = detailsOf(parts.keys, row);
  const contacts = { ...besides, ...details?.contacts };
  if (!details || Object.keys(contacts).length === Object.keys(details.contacts).length) return row;
  const sealed = sealText(parts.keys.contact, JSON.stringify({ ...details, contacts }));
  const changed = await change(transaction, row, sealed);
  for (const { system, step, data } of await stepsOf(transaction, row))
    if (data)
      await transaction
        .updateTable('request_step')
        .set({ data: sealFor(parts.keys, changed, openFor(parts.keys, row, data)) })
        .where('site', '=', row.site)
        .where('request', '=', row.id)
        .where('system', '=', system)
        .where('step', '=', step)
        .execute();
  for (const each of lookupsOf(parts, row.site, contacts))
    await transaction
      .insertInto('request_contact')
      .values({ ...each, request: row.id })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  if (row.executed_at) await hidePerson(transaction, parts, changed);
  await repeatSteps(transaction, parts, changed, row.executed_at ? 'hide' : 'find');
  return changed;
}

function change(
  transaction: Transaction<Tables>,
  { site, id, version }: RequestRow,
  set: MoveSet,
): Promise<RequestRow> {
  return transaction
    .updateTable('request')
    .set({ ...set, version: version + 1 })
    .where('site', '=', site)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
