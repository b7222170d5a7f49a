import type { Session } from '@placet/contract';
import { identityProofSchema, identityStartSchema } from '@placet/contract/schema';
import type { Person } from '../rights/rights.js';
import { maskAddress, parseContacts } from '../subscriptions/address.js';
import { endCookie, readCookie, setCookie } from './person-cookies.js';
import { admit, findPerson, rightsSiteOf } from './person.js';
import { readJson } from './read-body.js';
import { json, type Route } from './route.js';
import type { Services } from './services.js';
import { SITE_WORD } from './sites.js';
import { validate } from './validate.js';

const READ_PROBLEMS = [
  'request/invalid',
  'request/origin',
  'rights/unsupported',
  'server/unavailable',
] as const;
const SENT_PROBLEMS = [
  'request/media-type',
  'request/too-large',
  'request/too-many',
  'request/unreadable',
  ...READ_PROBLEMS,
] as const;

/** How people show who they are, as far as their rights need it. */
export const IDENTITY_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/identity',
    name: 'startIdentity',
    summary:
      'Has a link and a code sent to an address, in a job. The answer is the same whoever it is, and sets the cookie of the browser to which the code is bound.',
    tag: 'visitor',
    body: 'IdentityStart',
    answers: { 202: { description: 'Heard.', type: 'application/json' } },
    problems: ['contact/invalid', ...SENT_PROBLEMS],
    async answer(call, services) {
      admit(call, services);
      const body = await readJson(call.request);
      const { site: named, language, ...contacts } = validate(identityStartSchema, body);
      const { site, config } = rightsSiteOf(call, services, named);
      const spoken = language ?? config.language ?? 'en';
      const { browser, expires } = await services.identity.start(site, contacts, spoken);
      const seconds = secondsUntil(expires, services);
      return withCookies(json({}, 202), [setCookie('placet-ask', browser, seconds, services)]);
    },
  },
  {
    method: 'POST',
    path: '/identity/verify',
    name: 'finishIdentity',
    summary:
      'Takes the link’s token, or the code in the browser that asked for it, once, and signs in: a cookie out of reach of scripts.',
    tag: 'visitor',
    query: { site: SITE_WORD },
    body: 'IdentityProof',
    answers: { 200: { description: 'Who is signed in.', schema: 'Session' } },
    problems: ['token/unknown', ...SENT_PROBLEMS],
    async answer(call, services) {
      const { request } = call;
      admit(call, services);
      const { site } = rightsSiteOf(call, services);
      const proof = validate(identityProofSchema, await readJson(request));
      const browser = readCookie(request, 'placet-ask', services);
      const { secret, person } = await services.identity.finish(site, proof, browser);
      // Whoever was signed in here before no longer is.
      const before = readCookie(request, 'placet-me', services);
      if (before !== undefined) await services.identity.end(before);
      return withCookies(json(sessionOf(site, person, services)), [
        setCookie('placet-me', secret, secondsUntil(person.until, services), services),
        endCookie('placet-ask', services),
      ]);
    },
  },
  {
    method: 'GET',
    path: '/identity',
    name: 'readIdentity',
    summary: 'Who is signed in here, by Placet’s session or the host’s; nothing, if nobody is.',
    tag: 'visitor',
    query: { site: SITE_WORD },
    answers: { 200: { description: 'Who, masked.', schema: 'Identity' } },
    problems: ['request/too-many', ...READ_PROBLEMS],
    async answer(call, services) {
      const { site, person } = await findPerson(call, services);
      return json(person ? { session: sessionOf(site, person, services) } : {});
    },
  },
  {
    method: 'DELETE',
    path: '/identity',
    name: 'endIdentity',
    summary:
      'Signs out, here; the host’s own session stays as it is. Doing so again changes nothing.',
    tag: 'visitor',
    query: { site: SITE_WORD },
    answers: { 200: { description: 'Nobody is.', type: 'application/json' } },
    problems: READ_PROBLEMS,
    async answer(call, services) {
      admit(call, services);
      rightsSiteOf(call, services);
      const secret = readCookie(call.request, 'placet-me', services);
      if (secret !== undefined) await services.identity.end(secret);
      return withCookies(json({}), [
        endCookie('placet-me', services),
        endCookie('placet-ask', services),
      ]);
    },
  },
];

function sessionOf(site: string, { contacts, by, until }: Person, services: Services): Session {
  return {
    contacts: parseContacts(contacts, undefined).map((address) => ({
      kind: address.kind,
      shown: maskAddress(address),
    })),
    by,
    ...(until && { until: until.toISOString() }),
    scope: services.scopeOf(site),
  };
}

function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
  return response;
}

function secondsUntil(end: Date, { now }: Services): number {
  return Math.max(0, Math.round((end.getTime() - now().getTime()) / 1000));
}
