import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { canonicalJson, type ConsentRecord } from '@placet/contract';
import { decryptWith, encryptWith } from '../encrypt.js';
import type { Keys } from '../keys.js';
import type { Circumstances, OptInEntry } from './register.js';

/** What is kept apart from the leaf and can be destroyed: it tells whose decision it was. */
export interface EvidenceData {
  /** The decision's id, known to the visitor's browser. */
  decision: string;
  /** The whole address of the page, without query. */
  page: string;
  /** The id of the decision that this one takes the place of. */
  replaces?: string;
  /** Truncated. */
  address?: string;
  /** A keyed hash. */
  agent?: string;
}

/** The same of an opt-in. */
export interface OptInEvidence {
  /** The id that its maker gave it, or a random one: finds it, and stands in the person's copy. */
  decision: string;
  /** The addresses that it is about, the sale, who of the staff… */
  about: Readonly<Record<string, string>>;
  page?: string;
  /** Truncated: of the network, not of a mailbox. */
  address?: string;
  /** A keyed hash. */
  agent?: string;
}

/** Which circumstances are kept. None unless the site's owner says so. */
export interface EvidenceOptions {
  /** The network that the visitor came from: IPv4 without the last byte, 48 bits of IPv6. @default false */
  address?: boolean | undefined;
  /** A keyed hash of the user agent. @default false */
  agent?: boolean | undefined;
}

/** Evidence as it is stored, with the commitment that goes into the leaf. */
export interface SealedEvidence {
  key: Buffer;
  /** Encrypted. */
  data: Buffer;
  /** HMAC-SHA-256 of the data under the key: says nothing to whoever has no key. */
  commitment: string;
}

/** Each key encrypts one text only, so that the nonce need not vary. */
const NONCE = Buffer.alloc(12);

const hmac = (key: Uint8Array, data: string | Uint8Array) =>
  createHmac('sha256', key).update(data).digest();

/** Finds a decision's row without telling its id to whoever reads the table. */
export function lookupOf(keys: Keys, site: string, decision: string): Buffer {
  return hmac(keys.lookup, `${site}\n${decision}`);
}

/** What a leaf says of its evidence; only the key and the data together make it. */
export function commitmentOf(key: Uint8Array, data: string): string {
  return hmac(key, data).toString('hex');
}

/** Encrypts what is known of a decision under a key of its own. */
export function sealEvidence(keys: Keys, evidence: EvidenceData | OptInEvidence): SealedEvidence {
  const data = canonicalJson(evidence);
  const sealed = sealText(keys.evidence, data);
  return { ...sealed, commitment: commitmentOf(sealed.key, data) };
}

/**
 * The canonical JSON that was encrypted.
 *
 * @throws {Error} if it was altered, or the keys are not those it was sealed with
 */
export function openEvidence(keys: Keys, sealed: { key: Uint8Array; data: Uint8Array }): string {
  return openText(keys.evidence, sealed);
}

/** Encrypts a text under a key of its own, so that it is gone for good once its row is. */
export function sealText(secret: Uint8Array, text: string): { key: Buffer; data: Buffer } {
  const key = randomBytes(32);
  return { key, data: encryptWith(hmac(secret, key), NONCE, text) };
}

/** @throws {Error} see {@link openEvidence} */
export function openText(
  secret: Uint8Array,
  { key, data }: { key: Uint8Array; data: Uint8Array },
): string {
  return decryptWith(hmac(secret, key), NONCE, data);
}

/** Gathers what is to be kept apart of a record and of how it came. */
export function evidenceOf(
  keys: Keys,
  record: ConsentRecord,
  circumstances: Circumstances,
  options: EvidenceOptions,
): EvidenceData {
  return {
    decision: record.id,
    page: record.page,
    ...(record.replaces && { replaces: record.replaces.id }),
    ...keptOf(keys, circumstances, options),
  };
}

/** The same of an opt-in. */
export function optInEvidenceOf(
  keys: Keys,
  { id = randomUUID(), about, page }: Pick<OptInEntry, 'id' | 'about' | 'page'>,
  circumstances: Circumstances,
  options: EvidenceOptions,
): OptInEvidence {
  return {
    decision: id,
    about,
    ...(page !== undefined && { page }),
    ...keptOf(keys, circumstances, options),
  };
}

/** What of a request may be kept. */
function keptOf(
  keys: Keys,
  { address, agent }: Circumstances,
  options: EvidenceOptions,
): { address?: string; agent?: string } {
  const network = options.address && address !== undefined ? truncateAddress(address) : undefined;
  return {
    ...(network !== undefined && { address: network }),
    // No site is called like this, so that no hash of the one kind passes for one of the other.
    ...(options.agent && agent !== undefined
      ? { agent: hmac(keys.lookup, `#agent\n${agent}`).toString('hex') }
      : {}),
  };
}

/** An address without what singles out a household: `203.0.113.0`, `2001:db8:1::`. */
export function truncateAddress(address: string): string | undefined {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIP(plain) === 4) return plain.replace(/\d+$/, '0');
  if (isIP(plain) !== 6) return undefined;
  const [start = '', end] = plain.toLowerCase().split('::');
  const groups = start ? start.split(':') : [];
  // What `::` leaves out before the third group is zeros, unless the end reaches that far.
  const last = end ? end.split(':') : [];
  const missing = end === undefined ? 0 : 8 - groups.length - last.length;
  const whole = [...groups, ...Array<string>(Math.max(missing, 0)).fill('0'), ...last];
  return `${whole
    .slice(0, 3)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::`;
}
