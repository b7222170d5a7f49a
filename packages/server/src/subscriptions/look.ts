import { isHidden } from './hidden.js';
import type { Parts } from './parts.js';
import { openLink } from './tokens.js';

/** See `SubscriptionService.look`. */
export async function look(
  { database, keys }: Parts,
  token: string,
): Promise<{ site: string; language: string; topic?: string } | undefined> {
  const link = openLink(keys, token);
  if (!link) return undefined;
  const { site, contact: id, topic } = link;
  const contact = await database.sql
    .selectFrom('contact')
    .select('language')
    .where('site', '=', site)
    .where('id', '=', id)
    .where((of) => of.not(isHidden))
    .executeTakeFirst();
  return contact && { site, language: contact.language, ...(topic !== undefined && { topic }) };
}
