import { DEFAULT_SITE, PlacetError } from '@placet/contract';
import { consentRecordSchema } from '@placet/contract/schema';
import type { Entry } from '../register/register.js';
import { UUID } from '../uuid.js';
import { choiceCookie } from './choice-cookie.js';
import { readJson } from './read-body.js';
import { json, type Route } from './route.js';
import type { Call, Services } from './services.js';
import { SITE_WORD, siteOf } from './sites.js';
import { validate } from './validate.js';

/** What visitors' browsers call. */
export const CONSENT_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/consents',
    name: 'recordConsent',
    summary:
      'Records a decision. Sending it again stores nothing and gets the same receipt; the answer carries the choice cookie with its remaining life.',
    tag: 'visitor',
    body: 'ConsentRecord',
    answers: {
      201: { description: 'Stored.', schema: 'Receipt' },
      200: { description: 'Was stored before.', schema: 'Receipt' },
    },
    problems: [
      'consent/conflict',
      'consent/unknown-purpose',
      'notice/unknown',
      'notice/mismatch',
      'request/invalid',
      'request/unreadable',
      'request/media-type',
      'request/origin',
      'request/too-large',
      'request/too-many',
      'server/unavailable',
    ],
    answer: recordConsent,
  },
  {
    method: 'GET',
    path: '/consents/{id}/receipt',
    name: 'readReceipt',
    summary: 'The person’s own copy of a decision, signed. Whoever knows the id may read it.',
    tag: 'visitor',
    query: { site: SITE_WORD },
    answers: { 200: { description: 'The receipt.', schema: 'SignedReceipt' } },
    problems: ['receipt/unknown', 'request/invalid', 'request/too-many', 'server/unavailable'],
    answer: readReceipt,
  },
];

async function recordConsent(call: Call, services: Services): Promise<Response> {
  const { request, address } = call;
  const caller = services.origins.judge(request);
  services.rate.count(address);
  const record = validate(consentRecordSchema, await readJson(request));
  const agent = request.headers.get('user-agent') ?? undefined;
  const { receipt, isNew } = await services.register.add(record, { address, agent });

  const config = services.sites.get(record.site ?? DEFAULT_SITE);
  const isOwnPage = caller === 'same' && request.headers.get('sec-fetch-site') !== 'cross-site';
  const cookie =
    config && isOwnPage
      ? choiceCookie({
          record,
          receipt,
          config,
          cookies: request.headers.get('cookie'),
          origin: request.headers.get('origin'),
          now: services.now(),
        })
      : undefined;
  return json(receipt, isNew ? 201 : 200, cookie ? { 'set-cookie': cookie } : {});
}

async function readReceipt(call: Call, services: Services): Promise<Response> {
  services.rate.count(call.address);
  const id = call.params['id'] ?? '';
  const sites = call.query.has('site') ? [siteOf(call, services).site] : [...services.sites.keys()];
  const entry = UUID.test(id) ? await find(services, sites, id) : undefined;
  if (!entry) throw new PlacetError('receipt/unknown');
  return json(services.sign(entry), 200, {
    'content-disposition': 'attachment; filename="placet-receipt.json"',
  });
}

/** In whichever of the sites it is: an id is the decision's own, so one site at most has it. */
async function find(
  { register }: Services,
  sites: readonly string[],
  id: string,
): Promise<Entry | undefined> {
  for (const site of sites) {
    try {
      return await register.entry(site, id);
    } catch (error) {
      if (!(error instanceof PlacetError && error.code === 'record/unknown')) throw error;
    }
  }
  return undefined;
}
