import type { Kysely } from 'kysely';
import type { Tables } from './tables.js';

/** Where the data is: an embedded folder, memory (tests), or a PostgreSQL server. */
export type DatabaseOptions = { folder: string } | { memory: true } | { url: string };

/** An open, migrated database. Every connection of {@link Database.sql} has taken the role `placet_app`. */
export interface Database {
  readonly kind: 'embedded' | 'postgres';
  /**
   * Queries. Whatever a transaction or a statement wrote is on disk when it
   * resolves, embedded too. `bigint` columns arrive as numbers, `bytea` as
   * `Uint8Array`, `timestamptz` as `Date`, on both kinds.
   */
  readonly sql: Kysely<Tables>;
  close(): Promise<void>;
}
