import { sign } from 'node:crypto';
import type { Keys } from '../keys.js';

/** Signs bytes as a compact JWS (RFC 7515) with Ed25519 (RFC 8037). The same bytes get the same signature. */
export function signJws(payload: string, { signing }: Pick<Keys, 'signing'>): string {
  const header = { alg: 'EdDSA', kid: signing.jwk.kid };
  const encode = (text: string) => Buffer.from(text).toString('base64url');
  const signed = `${encode(JSON.stringify(header))}.${encode(payload)}`;
  return `${signed}.${sign(null, Buffer.from(signed), signing.private).toString('base64url')}`;
}
