import { createHmac } from 'node:crypto';
import type { Keys } from '../../keys.js';

/** A contact in the journal: whoever has the journal alone can tell nobody from it. */
export function contactHash(keys: Pick<Keys, 'erasure'>, value: string): string {
  return hash(keys, `contact\n${value}`);
}

/** The same of who somebody was in a system. */
export function refHash(keys: Pick<Keys, 'erasure'>, system: string, ref: string): string {
  return hash(keys, `ref\n${system}\n${ref}`);
}

function hash({ erasure }: Pick<Keys, 'erasure'>, text: string): string {
  return createHmac('sha256', erasure).update(text).digest('hex');
}
