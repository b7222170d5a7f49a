// Bare batched INSERTs, nothing else: what the same database takes at best.
import { randomBytes, randomUUID } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';

const TABLE = `create table bare (
  site text not null, id uuid not null, kind text not null, received_at timestamptz not null,
  body text not null, leaf_hash bytea not null, primary key (site, id))`;
const INSERT = `insert into bare select 'default', id, 'consent', now(), body, decode(leaf, 'hex')
  from unnest($1::uuid[], $2::text[], $3::text[]) as given (id, body, leaf)`;

/** Records a second, in batches of `size`, one after the other. */
export async function bareInserts(kind, where, count, size = 100) {
  const client = kind === 'postgres' ? new pg.Client(where) : await PGlite.create(where);
  await client.connect?.();
  const query = (text, values) => client.query(text, values);
  await query(TABLE);
  const body = 'x'.repeat(700);
  const batches = Array.from({ length: count / size }, () => [
    Array.from({ length: size }, () => randomUUID()),
    Array.from({ length: size }, () => body),
    Array.from({ length: size }, () => randomBytes(32).toString('hex')),
  ]);
  const start = performance.now();
  for (const values of batches) await query(INSERT, values);
  const seconds = (performance.now() - start) / 1000;
  await (client.end?.() ?? client.close());
  return count / seconds;
}
