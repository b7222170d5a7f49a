import { canonicalJson, requestReceipt, type SignedReceipt } from '@placet/contract';
import { signJws } from '../../receipts/jws.js';
import type { RightsParts } from '../parts.js';
import { detailsOf, type RequestRow } from './row.js';
import { statusOf } from './status.js';

/** The person's copy of a request: what it says, signed, with the key that it is checked with (001-34). */
export async function receiptOf(
  parts: RightsParts,
  row: RequestRow,
  language: string | undefined,
): Promise<SignedReceipt> {
  const { keys, now } = parts;
  const status = await statusOf(parts, row, language);
  const { against, ...words } = detailsOf(keys, row) ?? {};
  // What staff wrote down is not the person's own, who may be somebody else yet.
  const own = row.channel === 'web' ? words : {};
  const receipt = { ...requestReceipt(status, { ...own, ...(against && { against }) }, now()) };
  return { receipt, jws: signJws(canonicalJson(receipt), keys), keys: [keys.signing.jwk] };
}
