import { PlacetError } from '@placet/contract';
import { sql, type Kysely } from 'kysely';

/** What every connection works as: see the grants at the end of each migration. */
export const ROLE = 'placet_app';

/** SQL that makes a connection work as {@link ROLE} from then on. */
export const SET_ROLE = `set role ${ROLE}`;

const INSUFFICIENT_PRIVILEGE = '42501';

/** Of the catalogues, when another session changes the same role at the same time. */
const UPDATED_CONCURRENTLY = 'XX000';

/**
 * Makes the role if there is none and lets the connection's own user take it.
 *
 * Roles belong to the whole cluster: other databases on it, made at the same
 * moment, may do the same.
 */
export async function takeRole<Any>(owner: Kysely<Any>): Promise<void> {
  await sql`do $$ begin
    if not exists (select from pg_roles where rolname = ${sql.lit(ROLE)}) then
      create role ${sql.ref(ROLE)} nologin;
    end if;
  exception when duplicate_object or unique_violation then null;
  end $$`.execute(owner);
  for (let attempt = 1; !(await mayTake(owner)); attempt += 1) {
    try {
      await sql`grant ${sql.ref(ROLE)} to current_user`.execute(owner);
    } catch (cause) {
      if (codeOf(cause) === UPDATED_CONCURRENTLY && attempt < 10) continue;
      throw new PlacetError(
        'server/unavailable',
        `The database's user may not take the role ${ROLE}. Let an administrator run: ` +
          `grant ${ROLE} to <the user of DATABASE_URL>`,
        { cause },
      );
    }
  }
}

async function mayTake<Any>(owner: Kysely<Any>): Promise<boolean> {
  try {
    await sql.raw(SET_ROLE).execute(owner);
    await sql`reset role`.execute(owner);
    return true;
  } catch (cause) {
    if (codeOf(cause) === INSUFFICIENT_PRIVILEGE) return false;
    throw cause;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
