import { timingSafeEqual } from 'node:crypto';
import type { IdentityProof } from '@placet/contract';
import type { Selectable, Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import type { Keys } from '../../keys.js';
import { hashCode, hashToken } from '../../subscriptions/tokens.js';
import type { RightsParts } from '../parts.js';

/** Who asked to be let in, until they showed that the address is theirs. */
export type Challenge = Selectable<Tables['identity_challenge']>;

/** Minutes in which a link and a code can be used. */
export const CHALLENGE_MINUTES = 15;
const MOST_ATTEMPTS = 5;

/** A code as it is stored; it is of use with its own challenge alone. */
export function hashOfCode(
  keys: Pick<Keys, 'token'>,
  { site, id }: Pick<Challenge, 'site' | 'id'>,
  code: string,
): Buffer {
  return hashCode(keys, { site, record: id, contact: 'identity' }, code);
}

/**
 * Uses a proof up, within a transaction: whoever gets the challenge back was first with it, and it
 * is gone, link and code alike.
 */
export type Use = (transaction: Transaction<Tables>) => Promise<Challenge | undefined>;

/** How a proof is used up; `undefined` for a code that is wrong, too old, or tried too often. */
export async function check(
  parts: RightsParts,
  site: string,
  proof: IdentityProof,
  browser: string | undefined,
): Promise<Use | undefined> {
  if ('code' in proof)
    return browser === undefined ? undefined : checkCode(parts, site, proof.code, browser);
  return (transaction) =>
    transaction
      .deleteFrom('identity_challenge')
      .where('token', '=', hashToken(proof.token))
      .where('site', '=', site)
      .where('expires_at', '>', parts.now())
      .returningAll()
      .executeTakeFirst();
}

/** Each try is counted before it is looked at, so that many at once are not more tries. */
async function checkCode(
  { database, keys, now }: RightsParts,
  site: string,
  code: string,
  browser: string,
): Promise<Use | undefined> {
  const tried = await database.sql
    .updateTable('identity_challenge')
    .set((of) => ({ attempts: of('attempts', '+', 1) }))
    .where('browser', '=', hashToken(browser))
    .where('site', '=', site)
    .where('code', 'is not', null)
    .where('expires_at', '>', now())
    .where('attempts', '<', MOST_ATTEMPTS)
    .returning(['id', 'site', 'code'])
    .executeTakeFirst();
  if (!tried?.code) return undefined;
  const given = hashOfCode(keys, tried, code.replace(/[\s-]/g, ''));
  if (!timingSafeEqual(given, tried.code)) return undefined;
  return (transaction) =>
    transaction
      .deleteFrom('identity_challenge')
      .where('id', '=', tried.id)
      // Not if the mail was sent again meanwhile, with another code.
      .where('code', '=', given)
      .returningAll()
      .executeTakeFirst();
}
