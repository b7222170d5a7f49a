import { canonicalJson } from './canonical-json.js';
import { isHintOf, readCheckpoint } from './checkpoint-note.js';
import type { PublicKey, SignedReceipt } from './consent-record.js';
import { fromBase64Url, fromHex, sameBytes, toBytes, toHex } from './encoding.js';
import { leafHash, rootFromProof } from './merkle-proof.js';
import { disagreements } from './receipt-facts.js';
import { REQUEST_RECEIPT } from './rights/request-receipt.js';

/**
 * One thing that a receipt can be checked for:
 *
 * - `signature`: the receipt is signed, exactly as it is shown
 * - `keys`: the signing key is one that the site publishes
 * - `record`: the receipt says what the register's entry says
 * - `evidence`: who and where belong to that entry
 * - `inclusion`: the entry stands in the log
 * - `checkpoint`: the log's state is signed
 */
export type ReceiptCheckName =
  'signature' | 'keys' | 'record' | 'evidence' | 'inclusion' | 'checkpoint';

/** What a check found. */
export interface ReceiptCheck {
  name: ReceiptCheckName;
  /** `undefined` if it could not be checked. */
  ok: boolean | undefined;
  /** A stable word for why: `valid`, `missing`, `altered`… */
  detail: ReceiptDetail;
}

/** Why a check came out as it did. */
export type ReceiptDetail =
  | 'valid'
  /** The receipt does not carry what the check needs. */
  | 'missing'
  /** Not what it should be: changed, or not made by whom it says. */
  | 'altered'
  /** The key is none of those published. */
  | 'unknown-key'
  /** Nobody said which keys are published. */
  | 'no-keys'
  /** This browser cannot check such signatures. */
  | 'unsupported'
  /** Not in the log yet: a receipt fetched later will be. */
  | 'unsealed';

/** The outcome of {@link verifyReceipt}. */
export interface ReceiptVerdict {
  /** True: everything was checked and is right. False: something is wrong. `undefined`: nothing is wrong, but not all could be checked. */
  ok: boolean | undefined;
  checks: readonly ReceiptCheck[];
}

/** Options of {@link verifyReceipt}. */
export interface VerifyReceiptOptions {
  /** The keys that the site publishes. Without them, only that the receipt agrees with itself can be told. */
  keys?: readonly PublicKey[] | undefined;
}

/**
 * Checks a receipt without asking anybody: with WebCrypto alone, in a browser or in Node (G-03).
 * Never throws: what cannot be read is wrong.
 */
export async function verifyReceipt(
  signed: SignedReceipt,
  { keys }: VerifyReceiptOptions = {},
): Promise<ReceiptVerdict> {
  const checks = await Promise.all([
    check('signature', () => checkSignature(signed)),
    check('keys', () => checkKeys(signed, keys)),
    ...(isOfRequest(signed) ? [] : checksOfEntry(signed)),
  ]);
  const isWrong = checks.some(({ ok }) => ok === false);
  const isWhole = checks.every(({ ok }) => ok === true);
  return { ok: isWrong ? false : isWhole || undefined, checks };
}

/** A request stands in no register, so that the signature says all of it. */
function isOfRequest(signed: SignedReceipt | null | undefined): boolean {
  return signed?.receipt?.['@type'] === REQUEST_RECEIPT;
}

const checksOfEntry = (signed: SignedReceipt) => [
  check('record', () => checkRecord(signed)),
  check('evidence', () => checkEvidence(signed)),
  check('inclusion', () => checkInclusion(signed)),
  check('checkpoint', () => checkCheckpoint(signed)),
];

const UNCHECKED: readonly ReceiptDetail[] = ['missing', 'no-keys', 'unsupported', 'unsealed'];

async function check(
  name: ReceiptCheckName,
  run: () => ReceiptDetail | Promise<ReceiptDetail>,
): Promise<ReceiptCheck> {
  let detail: ReceiptDetail;
  try {
    // Pages on plain http have no WebCrypto.
    detail = globalThis.crypto?.subtle ? await run() : 'unsupported';
  } catch {
    detail = 'altered';
  }
  return { name, ok: UNCHECKED.includes(detail) ? undefined : detail === 'valid', detail };
}

interface JwsHeader {
  alg?: unknown;
  kid?: unknown;
  crit?: unknown;
}

function headerOf(jws: string): JwsHeader {
  const header = fromBase64Url(jws.split('.')[0]!);
  return JSON.parse(new TextDecoder().decode(header)) as JwsHeader;
}

async function checkSignature({ receipt, jws, keys = [] }: SignedReceipt): Promise<ReceiptDetail> {
  if (jws === undefined) return 'missing';
  const [head = '', payload = '', end = '', ...rest] = jws.split('.');
  const { alg, kid, crit } = headerOf(jws);
  if (alg !== 'EdDSA' || crit !== undefined || rest.length > 0) return 'altered';
  const shown = toBytes(canonicalJson(receipt));
  const said = fromBase64Url(payload);
  const signature = fromBase64Url(end);
  if (!said || !signature || !sameBytes(said, shown)) return 'altered';
  const key = keys.find((each) => each.kid === kid);
  return key ? verifyEd25519(key, signature, toBytes(`${head}.${payload}`)) : 'unknown-key';
}

/** All keys that something here is signed with must be published ones, by their bytes. */
async function checkKeys(
  { jws, keys = [], proof }: SignedReceipt,
  published: readonly PublicKey[] | undefined,
): Promise<ReceiptDetail> {
  if (jws === undefined && !proof) return 'missing';
  if (!published?.length) return 'no-keys';
  const isPublished = (key: PublicKey) => published.some(({ x }) => x === key.x);
  const kid = jws === undefined ? undefined : headerOf(jws).kid;
  const used = keys.filter((key) => key.kid === kid);
  if (jws !== undefined && used.length === 0) return 'unknown-key';
  const note = proof && readCheckpoint(proof.checkpoint);
  if (note) for (const key of keys) if (await isHintOf(note, key)) used.push(key);
  return used.every(isPublished) ? 'valid' : 'unknown-key';
}

function checkRecord({ receipt, record }: SignedReceipt): ReceiptDetail {
  if (record === undefined) return 'missing';
  const body = JSON.parse(record) as Record<string, unknown>;
  // Read in one way only: no key twice, nothing hidden.
  if (canonicalJson(body) !== record) return 'altered';
  return disagreements(receipt, body).length === 0 ? 'valid' : 'altered';
}

async function checkEvidence({ receipt, record, evidence }: SignedReceipt): Promise<ReceiptDetail> {
  if (record === undefined || !evidence) return 'missing';
  const { evidence: commitment } = JSON.parse(record) as { evidence: string };
  const mac = fromHex(commitment);
  const raw = fromBase64Url(evidence.key);
  if (!mac || !raw) return 'altered';
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'verify',
  ]);
  const isOpened = await crypto.subtle.verify('HMAC', key, mac, toBytes(evidence.data));
  const { decision } = JSON.parse(evidence.data) as { decision: unknown };
  return isOpened && decision === receipt['dct:identifier'] ? 'valid' : 'altered';
}

async function checkInclusion({ receipt, record, proof }: SignedReceipt): Promise<ReceiptDetail> {
  if (record === undefined) return 'missing';
  const leaf = await leafHash(record);
  if (receipt['placet:leaf'] !== toHex(leaf)) return 'altered';
  if (!proof) return 'unsealed';
  const note = readCheckpoint(proof.checkpoint);
  const root = await rootFromProof(leaf, proof);
  return root && note?.size === proof.size && sameBytes(root, note.root) ? 'valid' : 'altered';
}

async function checkCheckpoint({ proof, keys = [] }: SignedReceipt): Promise<ReceiptDetail> {
  if (!proof) return 'unsealed';
  const note = readCheckpoint(proof.checkpoint);
  if (!note) return 'altered';
  for (const key of keys)
    if (await isHintOf(note, key)) return verifyEd25519(key, note.signature, note.text);
  return 'unknown-key';
}

async function verifyEd25519(
  { kty, crv, x }: PublicKey,
  signature: Uint8Array<ArrayBuffer>,
  data: Uint8Array<ArrayBuffer>,
): Promise<ReceiptDetail> {
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey('jwk', { kty, crv, x }, { name: 'Ed25519' }, false, [
      'verify',
    ]);
  } catch (error) {
    // A key that is none is a `DataError`.
    return (error as Error).name === 'NotSupportedError' ? 'unsupported' : 'altered';
  }
  return (await crypto.subtle.verify('Ed25519', key, signature, data)) ? 'valid' : 'altered';
}
