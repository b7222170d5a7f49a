import { canonicalJson, type SignedReceipt } from '@placet/contract';
import type { Keys } from '../keys.js';
import type { Entry, KnownOptIn } from '../register/register.js';
import { dpvReceipt } from './dpv.js';
import { signJws } from './jws.js';
import { optInReceipt } from './opt-in-receipt.js';

/** The person's copy of an entry: what it says, signed, with all that is needed to check it (001-34). */
export function signReceipt(entry: Entry, keys: Pick<Keys, 'signing'>): SignedReceipt {
  const receipt = dpvReceipt(entry);
  return {
    receipt,
    jws: signJws(canonicalJson(receipt), keys),
    record: entry.body,
    evidence: entry.evidence,
    ...(entry.proof && { proof: entry.proof }),
    keys: [keys.signing.jwk],
  };
}

/** The same of an entry about an opt-in, a withdrawal or an import. */
export function signOptInReceipt(known: KnownOptIn, keys: Pick<Keys, 'signing'>): SignedReceipt {
  const receipt = optInReceipt(known);
  return {
    receipt,
    jws: signJws(canonicalJson(receipt), keys),
    record: known.body,
    evidence: known.evidence,
    ...(known.proof && { proof: known.proof }),
    keys: [keys.signing.jwk],
  };
}
