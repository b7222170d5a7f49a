import type { Services } from './services.js';

/** What a browser keeps for a person: who they showed to be, or that they asked to be let in. */
export type PersonCookie = 'placet-me' | 'placet-ask';

/**
 * The cookie's value, if it can be one.
 *
 * Where the site is on https, browsers take a cookie of this name from the site's own host alone,
 * on https alone: no other host of the domain can slip somebody its own session.
 */
export function readCookie(
  { headers }: Request,
  cookie: PersonCookie,
  services: Pick<Services, 'publicUrl'>,
): string | undefined {
  const name = nameOf(cookie, services);
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const [key = '', value = ''] = pair.trim().split('=');
    if (key === name && /^[\w-]{43}$/.test(value)) return value;
  }
  return undefined;
}

/** The `Set-Cookie` of a value; out of reach of scripts and of other sites' pages. */
export function setCookie(
  cookie: PersonCookie,
  value: string,
  seconds: number,
  services: Pick<Services, 'publicUrl'>,
): string {
  return [
    `${nameOf(cookie, services)}=${value}`,
    'Path=/',
    `Max-Age=${seconds}`,
    ...(isSecure(services) ? ['Secure'] : []),
    'HttpOnly',
    'SameSite=Strict',
  ].join('; ');
}

/** The one that takes it away. */
export function endCookie(cookie: PersonCookie, services: Pick<Services, 'publicUrl'>): string {
  return setCookie(cookie, '', 0, services);
}

function nameOf(cookie: PersonCookie, services: Pick<Services, 'publicUrl'>): string {
  return isSecure(services) ? `__Host-${cookie}` : cookie;
}

/** By the site's own address, which links lead to: what a call says of itself could be made up. */
function isSecure({ publicUrl }: Pick<Services, 'publicUrl'>): boolean {
  return publicUrl?.startsWith('https:') ?? true;
}
