import { readFile } from 'node:fs/promises';
import type { PublicKey } from '@placet/contract';
import * as z from 'zod/mini';
import { SCHEMAS } from '../http/routes.js';

/**
 * Public keys from a file, as `GET /keys` gives them.
 *
 * @throws {Error} in a sentence, for a file that has none
 */
export async function readKeys(
  file: string | boolean | undefined,
): Promise<readonly PublicKey[] | undefined> {
  if (typeof file !== 'string') return undefined;
  const text = await readFile(file, 'utf8');
  const { success, data } = z.safeParse(SCHEMAS['KeySet']!, parse(text));
  if (!success) throw new Error(`${file} holds no keys; save what the server answers at /keys.`);
  return (data as { keys: PublicKey[] }).keys;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
