import { Readable } from 'node:stream';
import { PlacetError } from '@placet/contract';
import * as z from 'zod/mini';
import type { OpeningPurpose } from '../database/tables.js';
import type { KeptLine } from '../rights/erasure/kept.js';
import { UUID } from '../uuid.js';
import { readJson } from './read-body.js';
import { DATA_HEADERS, json, type Route } from './route.js';
import type { Call, Services } from './services.js';
import { SITE_WORD, siteOf } from './sites.js';
import { checkKey } from './staff-key.js';
import { validate } from './validate.js';

const AFTER = z.object({ after: z.optional(z.string().check(z.regex(UUID))) });

const purpose = z.enum([
  'audit',
  'accounts',
  'claim',
  'authority',
  'person',
]) satisfies z.ZodMiniType<OpeningPurpose>;

/** What `POST /staff/kept-records/{id}` takes. No free text: it outlives the records, and names nobody. */
export const keptOpeningSchema = z.strictObject({
  purpose,
  by: z.string().check(z.trim(), z.minLength(1), z.maxLength(128)),
});

/** What the law keeps of people who were erased, without what stands in it. */
export const keptBatchesSchema = z.object({
  batches: z.array(
    z.object({
      id: z.string(),
      request: z.string(),
      system: z.string(),
      category: z.string(),
      ground: z.string(),
      until: z.string(),
      count: z.int(),
      openings: z.array(z.object({ at: z.string(), actor: z.string(), purpose })),
    }),
  ),
  next: z.exactOptional(z.string()),
});

const PROBLEMS = ['request/unauthorized', 'request/invalid'] as const;

/** Kept records, as staff come to them. */
export const STAFF_KEPT_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/staff/kept-records',
    name: 'listKeptRecords',
    summary: 'What the law keeps of people who were erased, counted, page by page; no contents.',
    tag: 'staff',
    query: {
      site: SITE_WORD,
      after: { description: '`next` of the page before.', schema: { type: 'string' } },
    },
    answers: { 200: { description: 'A page.', schema: 'KeptBatches' } },
    problems: PROBLEMS,
    async answer(call, services) {
      const site = admit(call, services);
      const { after } = validate(AFTER, { after: call.query.get('after') ?? undefined });
      return json(await services.kept.list(site, after));
    },
  },
  {
    method: 'POST',
    path: '/staff/kept-records/{id}',
    name: 'openKeptRecords',
    summary: 'Opens one batch of kept records; who did it and what for is written down first.',
    tag: 'staff',
    query: { site: SITE_WORD },
    body: 'KeptOpening',
    answers: {
      200: {
        description:
          'A line of JSON each: `record`, `until`, `fields`, and `person` where the law wants that; `{"end":true}` at the end.',
        type: 'application/x-ndjson',
      },
    },
    problems: [
      'record/unknown',
      'request/media-type',
      'request/too-large',
      'request/unreadable',
      'server/unavailable',
      ...PROBLEMS,
    ],
    async answer(call, services) {
      const site = admit(call, services);
      const id = call.params['id'] ?? '';
      if (!UUID.test(id)) throw new PlacetError('record/unknown');
      const { by: actor, ...said } = validate(keptOpeningSchema, await readJson(call.request));
      const lines = await services.kept.open(site, id, { actor, ...said });
      return new Response(Readable.toWeb(Readable.from(textOf(lines))) as ReadableStream, {
        headers: { ...DATA_HEADERS, 'content-type': 'application/x-ndjson' },
      });
    },
  },
];

function admit(call: Call, services: Services): string {
  checkKey(call.request.headers.get('authorization'), services.staffKeys);
  return siteOf(call, services).site;
}

async function* textOf(lines: AsyncIterable<KeptLine>): AsyncGenerator<Buffer> {
  for await (const line of lines) yield Buffer.from(`${JSON.stringify(line)}\n`);
  // Without it, the answer was cut off.
  yield Buffer.from('{"end":true}\n');
}
