import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlacetError } from '@placet/contract';

/** The least that a secret may be, in characters. */
export const MIN_SECRET = 32;

/**
 * The secret of a data folder; made at the first start, readable by its owner alone. Without it
 * evidence cannot be opened and nothing can be signed as before: it belongs into backups, apart
 * from the data.
 */
export async function keepSecret(folder: string): Promise<string> {
  const file = join(folder, 'secret');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const own = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(own, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
    // Unlike a rename, this leaves a secret alone that is there already.
    await link(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(own, { force: true });
  }
  return checkSecret((await readFile(file, 'utf8')).trim());
}

/** @throws {PlacetError} `config/invalid` for a secret that could be guessed */
export function checkSecret(secret: string): string {
  if (secret.length < MIN_SECRET)
    throw new PlacetError(
      'config/invalid',
      `The secret is shorter than ${MIN_SECRET} characters. Make one with: openssl rand -base64 32`,
    );
  return secret;
}
