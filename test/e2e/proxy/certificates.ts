import { createHash, createPublicKey } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import { generate } from 'selfsigned';

/** Certificates for any host, made when the host is first asked for, all with one key. */
export interface Certificates {
  /** SHA-256 of the public key, base64: lets Chromium treat the certificates as fully valid. */
  readonly keyHash: string;
  contextFor(host: string): Promise<SecureContext>;
}

export async function createCertificates(): Promise<Certificates> {
  const first = await certificate('placet.test');
  const keyPair = { privateKey: first.private, publicKey: first.public };
  const contexts = new Map<string, Promise<SecureContext>>();
  const make = async (host: string): Promise<SecureContext> => {
    const made = await certificate(host, keyPair);
    return createSecureContext({ key: made.private, cert: made.cert });
  };
  return {
    keyHash: hashOf(first.public),
    contextFor(host) {
      const known = contexts.get(host);
      if (known) return known;
      const context = make(host);
      contexts.set(host, context);
      return context;
    },
  };
}

function certificate(host: string, keyPair?: { privateKey: string; publicKey: string }) {
  const yesterday = new Date(Date.now() - 86_400_000);
  return generate([{ name: 'commonName', value: host.slice(0, 64) }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: yesterday,
    ...(keyPair && { keyPair }),
    extensions: [
      { name: 'basicConstraints', cA: false },
      {
        name: 'subjectAltName',
        altNames: [/^[\d.]+$/.test(host) ? { type: 7, ip: host } : { type: 2, value: host }],
      },
    ],
  });
}

function hashOf(publicKeyPem: string): string {
  const der = createPublicKey(publicKeyPem).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('base64');
}
