import type { ColumnType } from 'kysely';

/** Written once, as the role `placet_app` cannot change it. */
type Fixed<Type> = ColumnType<Type, Type, never>;

/** The tables, as `migrations/` makes them; what each is for stands there. */
export interface Tables {
  config_version: {
    site: Fixed<string>;
    hash: Fixed<Uint8Array>;
    notice: Fixed<string>;
    config: Fixed<string>;
    first_seen: Fixed<Date>;
  };
  notice: {
    site: Fixed<string>;
    hash: Fixed<Uint8Array>;
    version: Fixed<string>;
    language: Fixed<string>;
    text: Fixed<string>;
    source: Fixed<'browser' | 'staff'>;
    first_seen: Fixed<Date>;
  };
  record: {
    site: Fixed<string>;
    id: Fixed<string>;
    kind: Fixed<'consent'>;
    received_at: Fixed<Date>;
    body: Fixed<string>;
    leaf_hash: Fixed<Uint8Array>;
    leaf_index: ColumnType<number | null, undefined, number>;
  };
  evidence: {
    site: Fixed<string>;
    lookup: Fixed<Uint8Array>;
    record: Fixed<string>;
    key: Fixed<Uint8Array>;
    data: Fixed<Uint8Array>;
  };
  log_head: { site: Fixed<string>; size: number; frontier: Uint8Array };
  log_node: {
    site: Fixed<string>;
    level: Fixed<number>;
    index: Fixed<number>;
    hash: Fixed<Uint8Array>;
  };
  log_checkpoint: {
    site: Fixed<string>;
    size: Fixed<number>;
    root: Fixed<Uint8Array>;
    frontier: Fixed<Uint8Array>;
    leaves: Fixed<Uint8Array>;
    note: Fixed<string>;
    at: Fixed<Date>;
  };
  log_witnessed: {
    site: Fixed<string>;
    size: Fixed<number>;
    witness: Fixed<string>;
    at: Fixed<Date>;
  };
}
