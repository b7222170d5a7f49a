import type { CallOptions } from '../adapter.js';
import type { RecordedNotice } from '../consent-record.js';
import { PlacetError } from '../errors.js';
import { noticeHash } from '../notice.js';

/** What the wire would carry: a copy, so that neither side holds the other's. */
export function plain<Data>(data: Data): Data {
  try {
    return JSON.parse(JSON.stringify(data ?? null)) as Data;
  } catch (cause) {
    throw new PlacetError('request/invalid', 'This is no plain data.', { cause });
  }
}

/** @throws {PlacetError} `adapter/aborted` where the call was given up already */
export function heed(options: CallOptions | undefined): void {
  if (options?.signal?.aborted) throw new PlacetError('adapter/aborted');
}

const loadSchemas = () => import('../schema/wire.js');
type Schemas = Awaited<ReturnType<typeof loadSchemas>>;

interface Schema<Data> {
  safeParse(given: unknown):
    | { success: true; data: Data }
    | {
        success: false;
        error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] };
      };
}

/**
 * What was handed over, checked as a server would. The schema carries zod: it comes only where
 * these adapters are used.
 *
 * @throws {PlacetError} `request/invalid`, and what is wrong where
 */
export async function checked<Data>(
  given: unknown,
  schemaOf: (schemas: Schemas) => Schema<Data>,
): Promise<Data> {
  const result = schemaOf(await loadSchemas()).safeParse(given);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new PlacetError('request/invalid', faults.join('; '));
}

/**
 * A notice with the hash that its text has.
 *
 * @throws {PlacetError} `notice/mismatch` where another hash was given
 */
export async function hashedNotice({
  version,
  hash: given,
  text,
}: RecordedNotice): Promise<{ version: string; hash: string; text?: string }> {
  if (text === undefined) return { version, hash: given! };
  const hash = await noticeHash(text);
  if (hash === undefined)
    throw new PlacetError('adapter/rejected', 'Hashes need crypto.subtle: https or localhost.');
  if (given !== undefined && given !== hash) throw new PlacetError('notice/mismatch');
  return { version, hash, text };
}
