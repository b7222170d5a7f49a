import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { Tables } from '../database/tables.js';

/** A row of the register that says nothing in particular. */
export function recordRow(given: Partial<Insertable<Tables['record']>> = {}) {
  const body = given.body ?? randomUUID();
  return {
    site: 'default',
    id: randomUUID(),
    kind: 'consent',
    received_at: new Date(Date.UTC(2026, 10, 22)),
    body,
    leaf_hash: new Uint8Array(createHash('sha256').update(body).digest()),
    ...given,
  } satisfies Insertable<Tables['record']>;
}

/** A row that can be destroyed, of a record. */
export function evidenceRow(record: string) {
  const bytes = (length: number) => new Uint8Array(randomBytes(length));
  return { site: 'default', lookup: bytes(32), record, key: bytes(32), data: bytes(80) };
}
