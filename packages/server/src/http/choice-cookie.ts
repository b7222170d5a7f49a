import {
  formatDecision,
  type ConsentRecord,
  type Receipt,
  type SiteConfig,
} from '@placet/contract';

/** What decides whether the answer carries the choice cookie. */
export interface ChoiceCookieOptions {
  record: ConsentRecord;
  receipt: Receipt;
  config: SiteConfig;
  /** The `Cookie` header. */
  cookies: string | null;
  /** The `Origin` header: where it is absent, the record's page tells whether it is on https. */
  origin: string | null;
  now: Date;
}

/** The most that browsers take, in bytes. */
const MAX_COOKIE = 4096;

/** What the browser's own writer leaves as it is. */
const PLAIN = /%(2[346BF]|3[AC-F]|40|5[BDE]|60|7[BCD])/g;

/**
 * The `Set-Cookie` that gives the choice its whole life in browsers that cut short what scripts
 * write (design §3 "Cookie"), or nothing where it could do harm.
 *
 * It says byte for byte what the browser wrote, until the date that was promised: a repetition
 * gets what remains, never more (C-10). A call that comes late never brings an older choice back:
 * as soon as the browser has another choice, or one that cannot be read, nothing is set.
 */
export function choiceCookie(options: ChoiceCookieOptions): string | undefined {
  const { record, receipt, config, cookies, origin, now } = options;
  const { name = 'placet', domain } = config.cookie ?? {};
  const expires = new Date(receipt.expires);
  if (expires <= now || record.notice.version !== config.notice) return undefined;
  if (!valuesOf(cookies, name).every((value) => isOf(value, record.id))) return undefined;

  const isSecure = (origin ?? record.page).toLowerCase().startsWith('https:');
  const cookie = [
    `${name}=${encodeValue(record)}`,
    'Path=/',
    `Expires=${expires.toUTCString()}`,
    ...(domain ? [`Domain=${domain}`] : []),
    ...(isSecure ? ['Secure'] : []),
    'SameSite=Lax',
  ].join('; ');
  return cookie.length <= MAX_COOKIE ? cookie : undefined;
}

/** As js-cookie writes it in the browser; a time with fractions is one that no browser of ours sent. */
function encodeValue(record: ConsentRecord): string {
  const { id, months, granted, denied, notice } = record;
  const at = new Date(Math.floor(Date.parse(record.at) / 1000) * 1000).toISOString();
  const json = formatDecision({ id, at, months, granted, denied, notice: notice.version });
  return encodeURIComponent(json).replace(PLAIN, decodeURIComponent);
}

function valuesOf(cookies: string | null, name: string): string[] {
  return (cookies ?? '').split(';').flatMap((pair) => {
    const [key = '', ...value] = pair.split('=');
    return key.trim() === name ? [value.join('=').trim()] : [];
  });
}

function isOf(value: string, id: string): boolean {
  try {
    const decision = JSON.parse(decodeURIComponent(value)) as { id?: unknown } | null;
    return decision?.id === id;
  } catch {
    return false;
  }
}
