import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_SIZE = 12;
const TAG_SIZE = 16;

/**
 * Encrypts under a key that serves for many texts (AES-256-GCM): a random nonce stands in front.
 *
 * @param key 32 bytes
 */
export function encrypt(key: Uint8Array, text: string): Buffer {
  const nonce = randomBytes(NONCE_SIZE);
  return Buffer.concat([nonce, encryptWith(key, nonce, text)]);
}

/**
 * What {@link encrypt} was given.
 *
 * @throws {Error} if it was altered, or the key is another one
 */
export function decrypt(key: Uint8Array, bytes: Uint8Array): string {
  return decryptWith(key, bytes.subarray(0, NONCE_SIZE), bytes.subarray(NONCE_SIZE));
}

/**
 * The same with a nonce that the caller answers for: never two texts under one key and nonce.
 *
 * @param nonce 12 bytes
 */
export function encryptWith(key: Uint8Array, nonce: Uint8Array, text: string): Buffer {
  const cipher = createCipheriv(CIPHER, key, nonce);
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/**
 * What {@link encryptWith} was given.
 *
 * @throws {Error} if it was altered, or key or nonce are others
 */
export function decryptWith(key: Uint8Array, nonce: Uint8Array, bytes: Uint8Array): string {
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_SIZE });
  // Cut from the front, so that what is too short has no tag instead of another one's bytes.
  const end = Math.max(bytes.length - TAG_SIZE, 0);
  decipher.setAuthTag(bytes.subarray(end));
  return Buffer.concat([decipher.update(bytes.subarray(0, end)), decipher.final()]).toString(
    'utf8',
  );
}
