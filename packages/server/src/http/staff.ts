import { PlacetError } from '@placet/contract';
import * as z from 'zod/mini';
import { UUID } from '../uuid.js';
import { json, type Route } from './route.js';
import type { Call, Services } from './services.js';
import { SITE_WORD, siteOf } from './sites.js';
import { checkKey } from './staff-key.js';
import { validate } from './validate.js';

/** Records in a page unless the call says otherwise, and at most. */
const LIMIT = 100;
const MAX_LIMIT = 500;

const QUERY = z.object({
  after: z.optional(z.string().check(z.regex(/^[\w.~-]{1,256}$/))),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(MAX_LIMIT)), LIMIT),
});

/** What those who answer for the register call, with a key. */
export const STAFF_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/staff/capabilities',
    name: 'readStaffCapabilities',
    summary: 'What staff can do here.',
    tag: 'staff',
    answers: { 200: { description: 'The groups that are there.', schema: 'StaffCapabilities' } },
    problems: ['request/unauthorized'],
    answer: (call, services) => {
      admit(call, services);
      return json({ register: {} });
    },
  },
  {
    method: 'GET',
    path: '/staff/consents',
    name: 'listRecords',
    summary: 'Records in the order in which they were acknowledged, page by page.',
    tag: 'staff',
    query: {
      site: SITE_WORD,
      after: { description: '`next` of the page before.', schema: { type: 'string' } },
      limit: {
        description: 'Records in the page.',
        schema: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: LIMIT },
      },
    },
    answers: { 200: { description: 'A page.', schema: 'RecordPage' } },
    problems: ['request/unauthorized', 'request/invalid'],
    answer: listRecords,
  },
  {
    method: 'GET',
    path: '/staff/consents/{id}',
    name: 'readRecord',
    summary: 'One record by the decision’s id.',
    tag: 'staff',
    query: { site: SITE_WORD },
    answers: { 200: { description: 'The record.', schema: 'StoredRecord' } },
    problems: ['request/unauthorized', 'request/invalid', 'record/unknown'],
    answer: readRecord,
  },
];

function admit({ request }: Call, { staffKeys }: Services): void {
  checkKey(request.headers.get('authorization'), staffKeys);
}

async function listRecords(call: Call, services: Services): Promise<Response> {
  admit(call, services);
  const { site } = siteOf(call, services);
  const { after, limit } = validate(QUERY, {
    after: call.query.get('after') ?? undefined,
    limit: call.query.get('limit') ?? undefined,
  });
  return json(await services.register.list(site, { limit, ...(after && { after }) }));
}

async function readRecord(call: Call, services: Services): Promise<Response> {
  admit(call, services);
  const { site } = siteOf(call, services);
  const id = call.params['id'] ?? '';
  if (!UUID.test(id)) throw new PlacetError('record/unknown');
  return json((await services.register.entry(site, id)).record);
}
