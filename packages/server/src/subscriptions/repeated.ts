import { createHmac } from 'node:crypto';
import { PlacetError } from '@placet/contract';
import type { KnownOptIn } from '../register/register.js';
import type { Parts } from './parts.js';

/** Thrown within a transaction to take everything back: there is an entry of this id already. */
export class Repeated extends Error {}

/** What was said under an id, so that its repetition is known without its words. */
export function digestOf({ keys }: Pick<Parts, 'keys'>, kind: string, said: string): string {
  return createHmac('sha256', keys.lookup).update(`#${kind}\n${said}`).digest('hex');
}

/**
 * The entry of an id, if it says the same: something else would be answered as done, and never be.
 *
 * @throws {PlacetError} `opt-in/conflict`
 */
export async function sameBefore(
  { register }: Pick<Parts, 'register'>,
  { site, id, said }: { site: string; id: string; said: string },
): Promise<KnownOptIn | undefined> {
  const known = await register.optIn(site, { id });
  if (known && known.about.about['said'] !== said) throw new PlacetError('opt-in/conflict');
  return known;
}
