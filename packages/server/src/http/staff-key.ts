import { createHash, timingSafeEqual } from 'node:crypto';
import { PlacetError } from '@placet/contract';

/**
 * Lets in who has one of the keys, given as their SHA-256. Every key is compared, each in the
 * same time, so that nothing can be learnt from how long the answer takes.
 *
 * @throws {PlacetError} `request/unauthorized`
 */
export function checkKey(authorization: string | null, keys: readonly string[]): void {
  const [, given = ''] = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(authorization ?? '') ?? [];
  const hash = createHash('sha256').update(given).digest();
  let isKnown = false;
  for (const key of keys) {
    const isThis = timingSafeEqual(hash, Buffer.from(key, 'hex'));
    isKnown ||= isThis;
  }
  if (given === '' || !isKnown) throw new PlacetError('request/unauthorized');
}
