import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PlacetError } from '@placet/contract';
import type { Database } from '../database/database.js';
import { openDatabase } from '../database/open.js';
import { deriveKeys, type Keys } from '../keys.js';
import { readStorage, type Environment } from '../settings.js';

/** Opens the register that the environment names, which must be there, and closes it in the end. */
export async function withRegister<Result>(
  env: Environment,
  use: (database: Database, keys: Keys) => Promise<Result>,
): Promise<Result> {
  const { database: where, secret } = readStorage(env);
  if ('folder' in where && !(await isThere(join(where.folder, 'database'))))
    throw new PlacetError(
      'server/unavailable',
      `There is no register in ${where.folder}. Set PLACET_DATA or DATABASE_URL.`,
    );
  const database = await openDatabase(where);
  try {
    return await use(database, deriveKeys(await secret()));
  } finally {
    await database.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
