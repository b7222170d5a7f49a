import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Channel } from '@placet/contract';
import type { Keys } from '../keys.js';

/** What a link in a message is for: one purpose never passes for another. */
export type LinkPurpose = 'unsubscribe' | 'manage';

/** What a signed token says. */
export interface LinkToken {
  purpose: LinkPurpose;
  site: string;
  /** The contact's id. */
  contact: string;
  /** Of the message, for "this list only". */
  topic?: string | undefined;
  channel?: Channel | undefined;
  controller?: string | undefined;
  /** @default never */
  expires?: Date | undefined;
}

/** A confirmation's token: 32 random bytes, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** As it is stored: whoever reads the table cannot confirm anything. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Six digits, each as likely as the others. */
export function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** As it is stored. A keyed hash: a million codes are soon tried. */
export function hashCode(
  keys: Pick<Keys, 'token'>,
  about: { site: string; record: string; contact: string },
  code: string,
): Buffer {
  return mac(keys, `code\n${about.site}\n${about.record}\n${about.contact}\n${code}`);
}

/** Signs a link's token. Nothing personal stands in it. */
export function signLink(
  keys: Pick<Keys, 'token'>,
  { purpose, site, contact, topic, channel, controller, expires }: LinkToken,
): string {
  const said = [
    purpose,
    site,
    contact,
    expires?.getTime() ?? null,
    topic ?? null,
    channel ?? null,
    controller ?? null,
  ];
  const payload = Buffer.from(JSON.stringify(said)).toString('base64url');
  return `${payload}.${mac(keys, `link\n${payload}`).toString('base64url')}`;
}

/** What a link's token says, however old; `undefined` for what was not signed here. */
export function openLink(keys: Pick<Keys, 'token'>, token: string): LinkToken | undefined {
  const [payload = '', signature = '', ...rest] = token.split('.');
  const expected = Buffer.from(mac(keys, `link\n${payload}`).toString('base64url'));
  const given = Buffer.from(signature);
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
    return undefined;
  const [purpose, site, contact, expires, topic, channel, controller] = JSON.parse(
    Buffer.from(payload, 'base64url').toString('utf8'),
  ) as [LinkPurpose, string, string, ...(string | number | null)[]];
  return {
    purpose,
    site,
    contact,
    ...(typeof expires === 'number' && { expires: new Date(expires) }),
    ...(typeof topic === 'string' && { topic }),
    ...(typeof channel === 'string' && { channel: channel as Channel }),
    ...(typeof controller === 'string' && { controller }),
  };
}

function mac(keys: Pick<Keys, 'token'>, text: string): Buffer {
  return createHmac('sha256', keys.token).update(text).digest();
}
