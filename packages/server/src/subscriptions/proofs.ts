import { timingSafeEqual } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import { lookupOf } from '../register/evidence.js';
import type { Parts } from './parts.js';
import { hashCode, hashToken } from './tokens.js';

/** What a proof is about. */
export interface Found {
  site: string;
  record: string;
  contact: string;
  how: 'link' | 'code';
  /** Uses the proof up; false if somebody else just did. */
  use(transaction: Transaction<Tables>): Promise<boolean>;
}

const MOST_ATTEMPTS = 5;

/** By the link's token; `undefined` for what is wrong, used or expired. */
export async function byToken(parts: Parts, token: string): Promise<Found | undefined> {
  const { database, now } = parts;
  const hash = hashToken(token);
  const row = await database.sql
    .selectFrom('token')
    .selectAll()
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now())
    .executeTakeFirst();
  if (!row) return undefined;
  const { site, record, contact } = row;
  return {
    site,
    record,
    contact,
    how: 'link',
    async use(transaction) {
      const used = await transaction
        .updateTable('token')
        .set({ used_at: now() })
        .where('hash', '=', hash)
        .where('used_at', 'is', null)
        .executeTakeFirst();
      return used.numUpdatedRows > 0n;
    },
  };
}

/** Each try is counted before it is looked at, so that many at once are not more tries. */
export async function byCode(
  parts: Parts,
  { id, code }: { id: string; code: string },
): Promise<Found | undefined> {
  const { database, keys, now, sites } = parts;
  const at = now();
  const lookups = [...sites.keys()].map((site) => lookupOf(keys, site, id));
  const tried = await database.sql
    .updateTable('pending_opt_in')
    .from('evidence')
    .set((of) => ({ code_attempts: of('pending_opt_in.code_attempts', '+', 1) }))
    .whereRef('evidence.site', '=', 'pending_opt_in.site')
    .whereRef('evidence.record', '=', 'pending_opt_in.record')
    .where('evidence.lookup', 'in', lookups)
    .where('pending_opt_in.code', 'is not', null)
    .where('pending_opt_in.code_expires_at', '>', at)
    .where('pending_opt_in.code_attempts', '<', MOST_ATTEMPTS)
    .returning([
      'pending_opt_in.site',
      'pending_opt_in.record',
      'pending_opt_in.contact',
      'pending_opt_in.code',
    ])
    .executeTakeFirst();
  const about = tried ?? { site: '', record: '', contact: '', code: Buffer.alloc(32) };
  const given = hashCode(keys, about, code.replace(/[\s-]/g, ''));
  const isRight = timingSafeEqual(given, about.code!);
  if (!tried || !isRight) return undefined;
  const { site, record, contact } = tried;
  return {
    site,
    record,
    contact,
    how: 'code',
    async use(transaction) {
      const used = await transaction
        .updateTable('pending_opt_in')
        .set({ code: null })
        .where('site', '=', site)
        .where('record', '=', record)
        .where('contact', '=', contact)
        .where('code', '=', given)
        .executeTakeFirst();
      return used.numUpdatedRows > 0n;
    },
  };
}
