import { PlacetError, type Contacts, type SiteConfig } from '@placet/contract';
import type { Person } from '../rights/rights.js';
import { contactsOf, parseContacts } from '../subscriptions/address.js';
import { readCookie } from './person-cookies.js';
import type { Call, Services } from './services.js';
import { configOf } from './sites.js';

/**
 * Who calls: by Placet's own session, else by the host's.
 *
 * @param named the site that the call's body names, where it has one
 * @throws {PlacetError} `identity/required`, `request/origin`, `request/too-many`,
 *   `rights/unsupported`, `server/unavailable` where the host cannot say
 */
export async function personOf(
  call: Call,
  services: Services,
  named?: string,
): Promise<{ site: string; person: Person }> {
  const { site, person } = await findPerson(call, services, named);
  if (!person) throw new PlacetError('identity/required');
  return { site, person };
}

/** The same where it may be nobody. */
export async function findPerson(
  call: Call,
  services: Services,
  named?: string,
): Promise<{ site: string; person: Person | undefined }> {
  admit(call, services);
  const { site, config } = rightsSiteOf(call, services, named);
  const secret = readCookie(call.request, 'placet-me', services);
  const own = secret === undefined ? undefined : await services.identity.session(site, secret);
  return { site, person: own ?? (await hostPerson(call, services, config)) };
}

/**
 * By which contacts somebody is signed in, for calls that take a message's link as well: nothing
 * where the call comes from no page of the site.
 */
export async function contactsSignedIn(
  { request }: Call,
  services: Services,
  site: string,
): Promise<Contacts | undefined> {
  try {
    checkPage(request, services);
  } catch {
    return undefined;
  }
  const secret = readCookie(request, 'placet-me', services);
  const own = secret === undefined ? undefined : await services.identity.session(site, secret);
  return own?.contacts;
}

/** What comes before anything about a person's data: whether the page may call, and how often. */
export function admit({ request, address }: Call, services: Services): void {
  checkPage(request, services);
  // Taking back and signing out are never put off because others of the same address did much.
  if (request.method !== 'DELETE') services.rate.count(address);
}

/** The site that the call is about. @throws {PlacetError} `rights/unsupported` */
export function rightsSiteOf(
  { query }: Call,
  services: Services,
  named?: string,
): { site: string; config: SiteConfig } {
  const { site, config } = configOf(named ?? query.get('site') ?? undefined, services);
  if (!config.rights) throw new PlacetError('rights/unsupported');
  return { site, config };
}

/**
 * A session is the browser's, not the page's: only pages of the site may call, so that no other
 * page can act in a person's name, or read along.
 */
function checkPage(request: Request, { origins }: Services): void {
  origins.judge(request);
  const hasOrigin = request.headers.has('origin');
  const from = request.headers.get('sec-fetch-site');
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  // Every browser sends it with what changes something: what has none comes from no page of ours.
  if (!isRead && !hasOrigin) throw new PlacetError('request/origin');
  // Another host of the same domain gets the cookies sent along, too.
  if (from === 'cross-site' || (from === 'same-site' && !hasOrigin))
    throw new PlacetError('request/origin');
}

/** The host's own session; what it says is read as what people write. */
async function hostPerson(
  { request }: Call,
  services: Services,
  { marketing }: SiteConfig,
): Promise<Person | undefined> {
  const addresses = parseContacts(await hostSession(request, services), marketing?.country);
  if (addresses.length === 0) return undefined;
  const contacts = Object.assign({}, ...addresses.map(contactsOf)) as Contacts;
  return { contacts, by: 'host' };
}

async function hostSession(request: Request, { session }: Services): Promise<Contacts> {
  try {
    return (await session(request)) ?? {};
  } catch (cause) {
    throw new PlacetError('server/unavailable', undefined, { cause });
  }
}
