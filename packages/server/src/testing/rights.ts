import type { SiteConfig } from '@placet/contract';
import type { Database } from '../database/database.js';
import type { PlacetServerOptions } from '../options.js';
import { memorySystem } from './memory-system.js';
import { optInServer } from './opt-in-server.js';
import { NOW } from './register.js';
import { MARKETING_CONFIG } from './subscriptions.js';

/** A site where people see to their data. */
export const RIGHTS_CONFIG: SiteConfig = { ...MARKETING_CONFIG, rights: { url: '/my-data/' } };

/** What is needed of a server to sign in to it. */
export type RightsServer = Awaited<ReturnType<typeof rightsServer>>;

/** The session's cookie on a {@link rightsServer}, whose pages are on https. */
export const SESSION_COOKIE = '__Host-placet-me';
/** The cookie of the browser that asked to be let in. */
export const ASK_COOKIE = '__Host-placet-ask';

/**
 * A server where people see to their data, with one connected system that knows two people of the
 * same name. `clock.now` is the server's time.
 */
export async function rightsServer(database: Database, options: Partial<PlacetServerOptions> = {}) {
  const clock = { now: NOW };
  const system = memorySystem();
  const server = await optInServer(database, {
    config: RIGHTS_CONFIG,
    systems: [system],
    now: () => clock.now,
    ...options,
  });
  return { ...server, clock, system };
}

/**
 * Signs somebody in by the code in the mail; three times an hour at most for one address.
 *
 * @returns the `Cookie` header: `ask('GET', '/requests', undefined, { cookie })`
 */
export async function signIn(
  server: Pick<RightsServer, 'ask' | 'server' | 'mails'>,
  email = 'camille@example.org',
  site?: string,
): Promise<string> {
  const started = await startIdentity(server, email, site);
  const verified = await server.ask(
    'POST',
    `/identity/verify${site === undefined ? '' : `?site=${site}`}`,
    { code: started.code },
    { cookie: started.cookie },
  );
  const cookie = cookieIn(verified, SESSION_COOKIE);
  if (cookie === undefined) throw new Error(`Not signed in: ${verified.status}.`);
  return cookie;
}

/** Asks to be let in, and reads the mail. */
export async function startIdentity(
  { ask, server, mails }: Pick<RightsServer, 'ask' | 'server' | 'mails'>,
  email: string,
  site?: string,
): Promise<{ cookie: string; token: string; code: string }> {
  const before = mails.length;
  const response = await ask('POST', '/identity', { email, ...(site !== undefined && { site }) });
  const cookie = cookieIn(response, ASK_COOKIE);
  if (cookie === undefined) throw new Error(`Not started: ${response.status}.`);
  await server.jobs.idle();
  // Not the first mail there is: others to the same address may still have been on their way.
  const letter = mails
    .slice(before)
    .find(({ to, text }) => to === email && text.includes('#placet-me='));
  const { text = '' } = letter ?? {};
  const [, token] = /#placet-me=([\w-]{43})/.exec(text) ?? [];
  const [code] = /\b\d{6}\b/.exec(text) ?? [];
  if (token === undefined || code === undefined)
    throw new Error('No mail came: an address gets three an hour. Move the clock on.');
  return { cookie, token, code };
}

/** A cookie that an answer sets, as the browser would send it back: `name=value`. */
export function cookieIn({ headers }: Response, name: string): string | undefined {
  const [pair] =
    headers
      .getSetCookie()
      .find((each) => each.startsWith(`${name}=`))
      ?.split(';') ?? [];
  return pair === `${name}=` ? undefined : pair;
}
