import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { openText, sealText } from '../../register/evidence.js';
import { hashToken, newToken } from '../../subscriptions/tokens.js';
import { sitesOf, type RightsParts } from '../parts.js';
import type { Person } from '../rights.js';
import type { Challenge } from './challenge.js';

/**
 * Minutes for which somebody stays signed in, whatever they do meanwhile: enough to see to one's
 * data, and nobody finds it open on a shared computer in the evening. Another link is soon sent.
 */
export const SESSION_MINUTES = 30;

/** Lets somebody in whose address it is. Only the secret's hash is kept. */
export async function openSession(
  transaction: Transaction<Tables>,
  { keys, now }: Pick<RightsParts, 'keys' | 'now'>,
  challenge: Challenge,
  way: 'link' | 'code',
): Promise<{ secret: string; person: Person & { until: Date } }> {
  const { site, lookup } = challenge;
  const at = now();
  const until = new Date(at.getTime() + SESSION_MINUTES * 60_000);
  const email = openText(keys.contact, challenge);
  const secret = newToken();
  await transaction
    .insertInto('identity_session')
    .values({
      hash: hashToken(secret),
      site,
      way,
      lookup,
      // Under a key of its own: the challenge's row may still be in a backup.
      ...sealText(keys.contact, email),
      created_at: at,
      expires_at: until,
    })
    .execute();
  return { secret, person: { contacts: { email }, by: way, until } };
}

/** Whose session it is, on its own site, and where customers are shared, on every site of the group. */
export async function personOfSession(
  parts: RightsParts,
  site: string,
  secret: string,
): Promise<Person | undefined> {
  const { database, keys, now } = parts;
  const row = await database.sql
    .selectFrom('identity_session')
    .selectAll()
    .where('hash', '=', hashToken(secret))
    .where('site', 'in', sitesOf(parts, site))
    .where('expires_at', '>', now())
    .executeTakeFirst();
  if (!row) return undefined;
  const email = openText(keys.contact, row);
  return { contacts: { email }, by: row.way, until: row.expires_at };
}
