import { createHmac } from 'node:crypto';
import {
  CLOSED,
  DUE_MONTHS,
  PlacetError,
  canonicalJson,
  dueAt,
  type RequestType,
} from '@placet/contract';
import type { Transaction } from 'kysely';
import type { IntakeChannel, Tables } from '../../database/tables.js';
import { sealText } from '../../register/evidence.js';
import { scopeOf, sitesOf, type RightsParts } from '../parts.js';
import { begin } from './begin.js';
import { planExpiry } from './clock.js';
import { joinErasure } from './merge.js';
import { noteEvent } from './moves.js';
import { isOwn, lockPerson, lookupsOf, requestsOf } from './people.js';
import type { RequestDetails, RequestRow } from './row.js';

/** Requests that one person can have open at once, and make in a day: each has all systems asked. */
export const MOST_OPEN = 50;
const HOUR = 3_600_000;

/** A request that is to be stored. */
export interface NewRow {
  site: string;
  id: string;
  type: RequestType;
  channel: IntakeChannel;
  details: RequestDetails;
  language: string;
  receivedAt: Date;
  /** Whether the person has shown who they are. */
  isVerified: boolean;
  /** Who put it down. */
  actor: string;
  /** What was sent, as it was sent. */
  said: unknown;
}

/**
 * Stores a request, and begins to work for it if it is clear whose it is. The same again changes
 * nothing. A second erasure beside one of the same person that is open is not stored: that one stands
 * for both, once it is clear whose they are, and takes on the contacts that it had not known.
 *
 * @throws {PlacetError} `rights/conflict` for the id of another request, `request/too-many`
 */
export async function store(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  given: NewRow,
): Promise<{ row: RequestRow; isNew: boolean }> {
  const { site, type, details } = given;
  await lockPerson(transaction, parts, site, details.contacts);
  const before = await sameBefore(transaction, parts, given);
  if (before) return { row: before, isNew: false };
  const asked = { site, id: given.id, contacts: details.contacts };
  // What nobody has confirmed neither stands for another one nor is looked up; see `mergeErasure`.
  const mayJoin = type === 'erasure' && given.isVerified;
  const other = mayJoin ? await joinErasure(transaction, parts, asked) : undefined;
  if (other) return { row: other, isNew: false };
  const all = await requestsOf(transaction, parts, site, details.contacts);
  const open = all.filter(({ state }) => !CLOSED.includes(state));
  const yesterday = parts.now().getTime() - 24 * HOUR;
  const lately = all.filter((row) => row.entered_at.getTime() > yesterday);
  if (Math.max(open.length, lately.length) >= MOST_OPEN) throw new PlacetError('request/too-many');
  const row = await insert(transaction, parts, given);
  if (given.isVerified) await begin(transaction, parts, row);
  else await planExpiry(transaction, parts, row);
  return { row, isNew: true };
}

/**
 * The request that is already stored under the id.
 *
 * @throws {PlacetError} `rights/conflict` if it is another one, whoever's it is
 */
export async function sameBefore(
  database: Pick<Transaction<Tables>, 'selectFrom'>,
  parts: RightsParts,
  given: Pick<NewRow, 'site' | 'id' | 'details' | 'said'>,
): Promise<RequestRow | undefined> {
  const [row, another] = await database
    .selectFrom('request')
    .selectAll()
    // Of the whole group, so that one id never names two requests of which a session sees both.
    .where('site', 'in', sitesOf(parts, given.site))
    .where('id', '=', given.id)
    .execute();
  if (!row) return undefined;
  const isSame =
    !another &&
    row.site === given.site &&
    isOwn(parts, row, given.details.contacts) &&
    hashOf(parts, given.said).equals(row.hash);
  if (!isSame) throw new PlacetError('rights/conflict');
  return row;
}

async function insert(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  given: NewRow,
): Promise<RequestRow> {
  const { site, id, type, channel, details, language, receivedAt, isVerified, actor } = given;
  const now = parts.now();
  const row = await transaction
    .insertInto('request')
    .values({
      site,
      id,
      type,
      state: isVerified ? 'open' : 'unverified',
      scope: scopeOf(parts, site).kind,
      channel,
      hash: hashOf(parts, given.said),
      ...sealText(parts.keys.contact, JSON.stringify(details)),
      language,
      received_at: receivedAt,
      due_at: dueAt(receivedAt, DUE_MONTHS, parts.settings),
      entered_at: now,
      verified_at: isVerified ? now : null,
      undo_until: isVerified && type === 'erasure' ? undoUntil(parts, now) : null,
      version: 1,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  // Somebody else stored theirs under the same id meanwhile.
  if (!row) throw new PlacetError('rights/conflict');
  for (const each of lookupsOf(parts, site, details.contacts))
    await transaction
      .insertInto('request_contact')
      .values({ ...each, request: id })
      .execute();
  await noteEvent(transaction, row, { act: 'receive', at: receivedAt, actor });
  return row;
}

/** Until when an erasure can be taken back for sure. */
export function undoUntil({ settings }: RightsParts, verifiedAt: Date): Date {
  return new Date(verifiedAt.getTime() + settings.undoHours * HOUR);
}

/** A keyed hash: what people write is soon guessed. */
function hashOf({ keys }: RightsParts, said: unknown): Buffer {
  return createHmac('sha256', keys.lookup)
    .update(`request\n${canonicalJson(said)}`)
    .digest();
}
