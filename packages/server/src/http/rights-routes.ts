import { PlacetError } from '@placet/contract';
import { newRequestSchema, PACKAGE_FORMATS } from '@placet/contract/schema';
import * as z from 'zod/mini';
import { UUID } from '../uuid.js';
import { personOf } from './person.js';
import { readJson } from './read-body.js';
import { DATA_HEADERS, json, type QueryWord, type Route } from './route.js';
import type { Call } from './services.js';
import { SITE_WORD } from './sites.js';
import { validate } from './validate.js';

const LANGUAGE_WORD: QueryWord = {
  description: 'BCP 47: of the texts in the answer.',
  schema: { type: 'string' },
};
const QUERY = z.object({ language: z.optional(z.string().check(z.regex(/^[A-Za-z\d-]{2,35}$/))) });
const PREVIEW_QUERY = z.object({ type: z.literal('erasure') });
const PACKAGE_QUERY = z.object({ format: z._default(z.enum(PACKAGE_FORMATS), 'zip') });
const NAMED = z.object({ site: z.optional(z.string()) });

const PROBLEMS = [
  'identity/required',
  'request/invalid',
  'request/origin',
  'request/too-many',
  'rights/unsupported',
  'server/unavailable',
] as const;

/** What people do about their data, once they have shown who they are. */
export const RIGHTS_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/holdings',
    name: 'readHoldings',
    summary: 'What each system holds about whoever is signed in, and why.',
    tag: 'visitor',
    query: { site: SITE_WORD, language: LANGUAGE_WORD },
    answers: { 200: { description: 'Every system.', schema: 'Holdings' } },
    problems: PROBLEMS,
    async answer(call, services) {
      const { site, person } = await personOf(call, services);
      const holdings = await services.rights.person.holdings(site, person, languageOf(call));
      return json({ holdings });
    },
  },
  {
    method: 'POST',
    path: '/requests',
    name: 'submitRequest',
    summary:
      'Takes a request, and answers once it is stored for good. The same again changes nothing.',
    tag: 'visitor',
    body: 'NewRequest',
    query: { site: SITE_WORD },
    answers: {
      201: { description: 'Stored.', schema: 'RequestStatus' },
      200: {
        description: 'It was stored before, or the open erasure that stands for it.',
        schema: 'RequestStatus',
      },
    },
    problems: [
      'rights/conflict',
      'request/media-type',
      'request/too-large',
      'request/unreadable',
      ...PROBLEMS,
    ],
    async answer(call, services) {
      const body = await readJson(call.request);
      const named = NAMED.safeParse(body).data?.site;
      const { site, person } = await personOf(call, services, named);
      const request = validate(newRequestSchema, body);
      const { status, isNew } = await services.rights.person.submit(site, person, request);
      return json(status, isNew ? 201 : 200);
    },
  },
  {
    method: 'GET',
    path: '/requests',
    name: 'listRequests',
    summary: 'The requests of whoever is signed in, newest first.',
    tag: 'visitor',
    query: { site: SITE_WORD, language: LANGUAGE_WORD },
    answers: { 200: { description: 'All of them.', schema: 'Requests' } },
    problems: PROBLEMS,
    async answer(call, services) {
      const { site, person } = await personOf(call, services);
      return json({ requests: await services.rights.person.list(site, person, languageOf(call)) });
    },
  },
  {
    // Before the one by id, which it would fit.
    method: 'GET',
    path: '/requests/preview',
    name: 'previewErasure',
    summary: 'What an erasure would delete and keep. Nothing changes by asking.',
    tag: 'visitor',
    query: {
      site: SITE_WORD,
      language: LANGUAGE_WORD,
      type: { description: 'Of which request.', schema: { enum: ['erasure'] } },
    },
    answers: { 200: { description: 'By system.', schema: 'ErasurePreview' } },
    problems: PROBLEMS,
    async answer(call, services) {
      const { site, person } = await personOf(call, services);
      validate(PREVIEW_QUERY, { type: call.query.get('type') ?? undefined });
      return json(await services.rights.person.preview(site, person, languageOf(call)));
    },
  },
  {
    method: 'GET',
    path: '/requests/{id}',
    name: 'readRequest',
    summary: 'One of the requests of whoever is signed in.',
    tag: 'visitor',
    query: { site: SITE_WORD, language: LANGUAGE_WORD },
    answers: { 200: { description: 'As it stands now.', schema: 'RequestStatus' } },
    problems: ['rights/unknown', ...PROBLEMS],
    async answer(call, services) {
      const { site, person } = await personOf(call, services);
      const { rights } = services;
      return json(await rights.person.read(site, person, idOf(call), languageOf(call)));
    },
  },
  {
    method: 'DELETE',
    path: '/requests/{id}',
    name: 'cancelRequest',
    summary: 'Takes a request back, while it can be. Again changes nothing.',
    tag: 'visitor',
    query: { site: SITE_WORD },
    answers: { 200: { description: 'As it stands now.', schema: 'RequestStatus' } },
    problems: ['rights/unknown', 'rights/too-late', ...PROBLEMS],
    async answer(call, services) {
      const { site, person } = await personOf(call, services);
      return json(await services.rights.person.cancel(site, person, idOf(call)));
    },
  },
  {
    method: 'POST',
    path: '/requests/{id}/confirm',
    name: 'confirmRequest',
    summary: 'Says that a request which staff entered was one’s own. Again changes nothing.',
    tag: 'visitor',
    query: { site: SITE_WORD },
    answers: {
      200: {
        description: 'As it stands now, or the open erasure that stands for it.',
        schema: 'RequestStatus',
      },
    },
    problems: ['rights/unknown', 'rights/too-late', ...PROBLEMS],
    async answer(call, services) {
      const { site, person } = await personOf(call, services);
      return json(await services.rights.person.confirm(site, person, idOf(call)));
    },
  },
  {
    method: 'GET',
    path: '/requests/{id}/receipt',
    name: 'readRequestReceipt',
    summary:
      'One’s own copy of a request, signed: what was asked for, when, and how it stands now.',
    tag: 'visitor',
    query: { site: SITE_WORD, language: LANGUAGE_WORD },
    answers: { 200: { description: 'The receipt.', schema: 'SignedReceipt' } },
    problems: ['rights/unknown', ...PROBLEMS],
    async answer(call, services) {
      const { site, person } = await personOf(call, services);
      const { rights } = services;
      const receipt = await rights.person.receipt(site, person, idOf(call), languageOf(call));
      return json(receipt, 200, {
        'content-disposition': 'attachment; filename="placet-request.json"',
      });
    },
  },
  {
    method: 'GET',
    path: '/requests/{id}/package',
    name: 'downloadPackage',
    summary: 'What was collected, as a file; until it expires.',
    tag: 'visitor',
    query: {
      site: SITE_WORD,
      format: {
        description: '`zip` has the other two and a page to read.',
        schema: { enum: PACKAGE_FORMATS, default: 'zip' },
      },
    },
    answers: {
      200: { description: 'The file, of the type of its format.', type: 'application/zip' },
    },
    problems: ['rights/unknown', 'rights/not-ready', ...PROBLEMS],
    async answer(call, services) {
      const { site, person } = await personOf(call, services);
      const { format } = validate(PACKAGE_QUERY, { format: call.query.get('format') ?? undefined });
      const file = await services.rights.person.open(site, person, idOf(call), format);
      return new Response(file.body, {
        headers: {
          ...DATA_HEADERS,
          'content-type': file.type,
          'content-disposition': `attachment; filename="${file.name}"`,
        },
      });
    },
  },
];

function languageOf({ query }: Call): string | undefined {
  return validate(QUERY, { language: query.get('language') ?? undefined }).language;
}

function idOf({ params }: Call): string {
  const id = params['id'] ?? '';
  if (!UUID.test(id)) throw new PlacetError('rights/unknown');
  return id;
}
