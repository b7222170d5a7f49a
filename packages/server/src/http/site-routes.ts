import type { Capabilities } from '@placet/contract';
import { json, type Route } from './route.js';
import type { Call, Services } from './services.js';
import { SITE_WORD, siteOf } from './sites.js';

const WHOLE_FILE = { 200: { description: 'The file.', type: 'text/javascript' } };

/** What a site's pages load, and what tells of the server itself. */
export const SITE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/config',
    name: 'readConfig',
    summary: 'The site’s public configuration.',
    tag: 'site',
    query: { site: SITE_WORD },
    answers: { 200: { description: 'As `@placet/contract` defines it.', schema: 'SiteConfig' } },
    problems: ['request/invalid'],
    answer: (call, services) =>
      json(siteOf(call, services).config, 200, { 'cache-control': 'no-cache' }),
  },
  {
    method: 'GET',
    path: '/capabilities',
    name: 'readCapabilities',
    summary: 'What visitors’ widgets can do with this backend.',
    tag: 'visitor',
    answers: { 200: { description: 'The groups that are there.', schema: 'Capabilities' } },
    query: { site: SITE_WORD },
    problems: ['request/invalid'],
    answer: (call, services) => json(capabilitiesOf(call, services)),
  },
  {
    method: 'GET',
    path: '/keys',
    name: 'readKeys',
    summary: 'The public keys of receipts and checkpoints, as a JWK set (RFC 7517).',
    tag: 'visitor',
    answers: { 200: { description: 'The keys.', schema: 'KeySet' } },
    answer: (_call, { publicKeys }) => json({ keys: publicKeys }),
  },
  {
    method: 'GET',
    path: '/verify',
    name: 'readVerifyPage',
    summary: 'A page that checks a receipt in the browser, without sending it anywhere.',
    tag: 'visitor',
    answers: { 200: { description: 'The page.', type: 'text/html' } },
    answer: (_call, services) => services.verifyPage(),
  },
  {
    method: 'GET',
    path: '/health',
    name: 'readHealth',
    summary: 'Whether decisions can be stored.',
    tag: 'server',
    answers: { 200: { description: 'They can.', schema: 'Health' } },
    problems: ['server/unavailable'],
    answer: async (_call, services) => {
      await services.check();
      return json({ status: 'ok' });
    },
  },
  {
    method: 'GET',
    path: '/openapi.json',
    name: 'readDescription',
    summary: 'This description.',
    tag: 'server',
    answers: { 200: { description: 'OpenAPI 3.1.', type: 'application/json' } },
    answer: (_call, { description }) => json(description),
  },
  // The last two, since they fit whatever is not above.
  {
    method: 'GET',
    path: '/{file}',
    name: 'readScript',
    summary: '`placet.js`, the script tag’s file.',
    tag: 'site',
    answers: WHOLE_FILE,
    problems: ['request/not-found'],
    answer: ({ request, params }, { scripts }) =>
      scripts.respond(params['file'] ?? '', request.headers.get('if-none-match')),
  },
  {
    method: 'GET',
    path: '/{folder}/{file}',
    name: 'readScriptModule',
    summary: 'A module that `placet.js` loads.',
    tag: 'site',
    answers: WHOLE_FILE,
    problems: ['request/not-found'],
    answer: ({ request, params }, { scripts }) =>
      scripts.respond(
        `${params['folder']}/${params['file']}`,
        request.headers.get('if-none-match'),
      ),
  },
];

/** What can be asked for truly works: a channel without a sender is none. */
function capabilitiesOf(call: Call, services: Services): Capabilities {
  const configs = call.query.has('site')
    ? [siteOf(call, services).config]
    : [...services.sites.values()];
  const channels = [...new Set(configs.flatMap((config) => services.channels(config)))];
  const links = services.links !== undefined && channels.length > 0;
  return {
    consents: { receipts: true },
    ...(channels.length > 0 && { subscriptions: { channels, links } }),
    // Of several sites, what the first one offers: whoever asks for one of them names it.
    ...services.rightsOf(configs[0]!),
  };
}
