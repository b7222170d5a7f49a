import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds that a message's time may be off: older ones are repetitions by a stranger. */
const TOLERANCE = 300;
const PREFIX = 'whsec_';

/** The key in a `whsec_…`; `undefined` for what is none, or is too short or too long to be safe. */
export function keyOf(secret: string): Buffer | undefined {
  const form = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret);
  const key = Buffer.from(form?.[1] ?? '', 'base64');
  const isWhole = key.toString('base64').replace(/=+$/, '') === form?.[1]?.replace(/=+$/, '');
  return isWhole && key.length >= 24 && key.length <= 64 ? key : undefined;
}

/** The headers of a message signed after the Standard Webhooks specification. */
export function signWebhook(
  { id, body, at }: { id: string; body: string; at: Date },
  secret: string,
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const signature = signatureOf(key, id, timestamp, body).toString('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}

/**
 * Whether a message is signed with one of the secrets, and not older than five minutes.
 *
 * @param body as it came, byte for byte
 */
export function verifyWebhook(
  headers: Pick<Headers, 'get'>,
  body: string | Uint8Array,
  secrets: readonly string[],
  now: Date,
): boolean {
  const id = headers.get('webhook-id') ?? '';
  const timestamp = headers.get('webhook-timestamp') ?? '';
  const given = (headers.get('webhook-signature') ?? '').split(' ').slice(0, 16);
  if (id === '' || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE) return false;
  const signatures = given
    .filter((each) => each.startsWith('v1,'))
    .map((each) => Buffer.from(each.slice(3), 'base64'));
  return secrets.some((secret) => {
    const key = keyOf(secret);
    if (!key) return false;
    const expected = signatureOf(key, id, timestamp, body);
    return signatures.some(
      (each) => each.length === expected.length && timingSafeEqual(each, expected),
    );
  });
}

function signatureOf(key: Buffer, id: string, timestamp: string, body: string | Uint8Array) {
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}
