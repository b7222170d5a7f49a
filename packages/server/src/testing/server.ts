import { createHash } from 'node:crypto';
import type { ConsentRecord } from '@placet/contract';
import type { Database } from '../database/database.js';
import type { LogLine } from '../http/access-log.js';
import type { PlacetServerOptions } from '../options.js';
import { createPlacetServer, type PlacetServer } from '../placet-server.js';
import { CONFIG, NOW, testRecord } from './register.js';

/** What lets staff in on a {@link testServer}. */
export const STAFF_KEY = 'staff-key-for-tests-0123456789abcdef';

/** A server on an open database, for one test, and what it logged. */
export async function testServer(
  database: Database,
  options: Partial<PlacetServerOptions> = {},
): Promise<{ server: PlacetServer; lines: LogLine[]; post: typeof post }> {
  const lines: LogLine[] = [];
  const server = await createPlacetServer({
    config: CONFIG,
    database,
    secret: 'a secret of tests, long enough to be taken',
    staffKeys: [createHash('sha256').update(STAFF_KEY).digest('hex')],
    rate: 0,
    now: () => NOW,
    log: (line) => lines.push(line),
    ...options,
  });
  /** Sends a record, as text if it is to be sent as it is. */
  async function post(
    record: ConsentRecord | string | Uint8Array<ArrayBuffer> = testRecord(),
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const isRaw = typeof record === 'string' || record instanceof Uint8Array;
    return server.request('http://shop.example/placet/consents', {
      method: 'POST',
      headers: { 'content-type': 'application/json', host: 'shop.example', ...headers },
      body: isRaw ? record : JSON.stringify(record),
    });
  }
  return { server, lines, post };
}

/** How many records the register holds. */
export async function countRecords({ sql }: Database): Promise<number> {
  const { count } = await sql
    .selectFrom('record')
    .select((of) => of.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
