import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';

/** Deadlock and failed serialisation: the same again may well succeed. */
const AGAIN = new Set(['40P01', '40001']);
const TRIES = 20;

/** Thrown within a transaction whose rows turned out to be too few: it begins anew. */
export class Outdated extends Error {}

/** Runs a transaction, again where another one got in its way. */
export async function inTransaction<Result>(
  database: Kysely<Tables>,
  run: (transaction: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await database.transaction().execute(run);
    } catch (error) {
      if (tried === TRIES || !isWorthAnother(error)) throw error;
    }
  }
}

function isWorthAnother(error: unknown): boolean {
  if (error instanceof Outdated) return true;
  return error instanceof Error && 'code' in error && AGAIN.has(String(error.code));
}
