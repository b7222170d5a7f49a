import { createHmac } from 'node:crypto';
import { decrypt, encrypt } from '../encrypt.js';
import type { Keys } from '../keys.js';

function payloadKey(keys: Pick<Keys, 'contact'>): Buffer {
  return createHmac('sha256', keys.contact).update('job').digest();
}

/** What a job is about, as it lies in the table. */
export function sealPayload(keys: Pick<Keys, 'contact'>, payload: unknown): Buffer {
  return encrypt(payloadKey(keys), JSON.stringify(payload));
}

/** What a job is about. @throws {Error} if it was put down under another secret */
export function openPayload(keys: Pick<Keys, 'contact'>, payload: Uint8Array): unknown {
  return JSON.parse(decrypt(payloadKey(keys), payload));
}
