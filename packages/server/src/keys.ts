import {
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import type { PublicKey } from '@placet/contract';

/** Everything that is signed, hashed or encrypted with, made from one secret. */
export interface Keys {
  /** Signs checkpoints and receipts (Ed25519). */
  readonly signing: {
    readonly private: KeyObject;
    readonly public: KeyObject;
    readonly jwk: PublicKey;
  };
  /** For keyed hashes that find a person's rows. */
  readonly lookup: Uint8Array;
  /** Without it, evidence cannot be read from a copy of the database. */
  readonly evidence: Uint8Array;
  /** Without it, addresses and what jobs are about cannot be read from a copy of the database. */
  readonly contact: Uint8Array;
  /** For keyed hashes of those who must not be written to; apart, so that they tell nothing of `lookup`. */
  readonly suppression: Uint8Array;
  /** Signs the tokens of links in messages. */
  readonly token: Uint8Array;
  /** For keyed hashes in the erasure journal; apart, since it lies elsewhere than the database. */
  readonly erasure: Uint8Array;
  /** Encrypts backups. */
  readonly backup: Uint8Array;
}

/** DER of an Ed25519 private key up to its 32 bytes (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Derives each key from the secret for its own use (HKDF-SHA-256), so that none tells of another. */
export function deriveKeys(secret: string): Keys {
  const derive = (use: string) => new Uint8Array(hkdfSync('sha256', secret, 'placet', use, 32));
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8, derive('signing')]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(privateKey);
  const { x } = publicKey.export({ format: 'jwk' }) as { x: string };
  // RFC 7638: the thumbprint of the members that make the key.
  const kid = createHash('sha256')
    .update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)
    .digest('base64url');
  return {
    signing: {
      private: privateKey,
      public: publicKey,
      jwk: { kty: 'OKP', crv: 'Ed25519', x, kid },
    },
    lookup: derive('lookup'),
    evidence: derive('evidence'),
    contact: derive('contact'),
    suppression: derive('suppression'),
    token: derive('token'),
    erasure: derive('erasure'),
    backup: derive('backup'),
  };
}
