import { PlacetError } from '@placet/contract';

/**
 * SQLSTATE classes and codes that say that the database, not the statement, is
 * at fault: connection, resources, operator's intervention (shutting down,
 * statement timeout), read-only after a failover.
 */
const FAULTS = /^(08|53|57|58|25006)/;

/** Of the operating system, on connecting or on writing. */
const SYSTEM = /^E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_AGAIN|NOTFOUND|NOSPC|IO)/;

/** What `pg` says without a code. */
const WORDS = /connection terminated|timeout exceeded when trying to connect|not queryable/i;

/** The error as `server/unavailable` if trying again later may help, else as it is. */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof PlacetError || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (!FAULTS.test(code) && !SYSTEM.test(code) && !WORDS.test(error.message)) return error;
  return new PlacetError('server/unavailable', 'The database cannot be reached or is full.', {
    cause: error,
  });
}
