import * as z from 'zod/mini';
import type {
  ErasurePreview,
  Holding,
  IdentityProof,
  NewRequest,
  RequestStatus,
  Session,
} from '../rights/request.js';
import {
  LAWFUL_BASES,
  PACKAGE_FORMATS,
  REFUSAL_GROUNDS,
  REQUEST_ACTS,
  REQUEST_STATES,
  REQUEST_TYPES,
} from '../rights/words.js';
import { LANGUAGE, page, text, time, UUID } from './wire-words.js';
import { SITE } from './words.js';

const KINDS = ['email', 'phone'] as const;
const HOLDING_STATUSES = ['answered', 'unavailable', 'manual'] as const;

/** Names a system, a category or a field. */
const name = () => z.string().check(z.minLength(1), z.maxLength(128));
const count = () => z.int().check(z.gte(0));
const scope = () => z.object({ kind: z.enum(['site', 'group']), controllers: z.array(z.string()) });

/** What `POST /identity` takes. */
export const identityStartSchema = z.strictObject({
  email: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(320))),
  phone: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(320))),
  language: z.exactOptional(text(LANGUAGE)),
  site: z.exactOptional(text(SITE)),
});

/** What `POST /identity/verify` takes. */
export const identityProofSchema = z.union([
  z.strictObject({ token: z.string().check(z.minLength(1), z.maxLength(256)) }),
  z.strictObject({ code: text(/^[\d\s-]{4,16}$/) }),
]) satisfies z.ZodMiniType<IdentityProof>;

/** Who is signed in. */
export const sessionSchema = z.object({
  contacts: z.array(z.object({ kind: z.enum(KINDS), shown: z.string() })),
  by: z.enum(['link', 'code', 'host']),
  until: z.exactOptional(time()),
  scope: scope(),
}) satisfies z.ZodMiniType<Session>;

/** What `GET /identity` answers: without a session, nothing is in it. */
export const identitySchema = z.object({ session: z.exactOptional(sessionSchema) });

/** What `POST /requests` takes. */
export const newRequestSchema = z
  .strictObject({
    id: text(UUID),
    type: z.enum(REQUEST_TYPES),
    at: time(),
    corrections: z.exactOptional(
      z
        .array(
          z.strictObject({
            system: name(),
            category: name(),
            record: name(),
            field: name(),
            value: z.string().check(z.maxLength(2000)),
          }),
        )
        .check(z.minLength(1), z.maxLength(100)),
    ),
    against: z.exactOptional(z.enum(['marketing', 'other'])),
    note: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(2000))),
    language: text(LANGUAGE),
    page: page(),
    site: z.exactOptional(text(SITE)),
  })
  .check(
    z.refine(
      ({ type, corrections }) => (type === 'rectification') === (corrections !== undefined),
      {
        error: 'Corrections belong to a rectification, and it needs one at least.',
      },
    ),
    z.refine(({ type, against }) => type === 'objection' || against === undefined, {
      error: 'Only an objection is against something.',
    }),
    z.refine(({ against, note }) => against !== 'other' || note !== undefined, {
      error: 'Say in the note what it is against.',
    }),
  ) satisfies z.ZodMiniType<NewRequest>;

const previewedCategory = { category: z.string(), label: z.string(), count: count() };
const previewedSystem = () =>
  z.object({
    system: z.string(),
    name: z.string(),
    status: z.exactOptional(z.enum(HOLDING_STATUSES)),
    deleted: z.array(z.object(previewedCategory)),
    kept: z.array(z.object({ ...previewedCategory, ground: z.string(), until: time() })),
  });

/** What `POST`, `GET` and `DELETE /requests…` answer. */
export const requestStatusSchema = z.object({
  id: text(UUID),
  type: z.enum(REQUEST_TYPES),
  state: z.enum(REQUEST_STATES),
  scope: scope(),
  receivedAt: time(),
  due: time(),
  extension: z.exactOptional(z.object({ at: time(), reason: z.string() })),
  cancellableUntil: z.exactOptional(time()),
  timeline: z.array(
    z.object({ at: time(), act: z.enum(REQUEST_ACTS), note: z.exactOptional(z.string()) }),
  ),
  progress: z.exactOptional(
    z.object({ done: count(), total: count(), records: z.exactOptional(count()) }),
  ),
  package: z.exactOptional(
    z.object({ expires: time(), formats: z.array(z.enum(PACKAGE_FORMATS)) }),
  ),
  refusal: z.exactOptional(
    z.object({ reason: z.string(), ground: z.exactOptional(z.enum(REFUSAL_GROUNDS)) }),
  ),
  purgeAt: z.exactOptional(time()),
  outcome: z.exactOptional(z.array(previewedSystem())),
  recipients: z.exactOptional(
    z.array(
      z.object({
        name: z.string(),
        status: z.enum(['waiting', 'sent', 'confirmed', 'refused', 'not-applicable']),
      }),
    ),
  ),
}) satisfies z.ZodMiniType<RequestStatus>;

/** What `GET /requests` answers. */
export const requestsSchema = z.object({ requests: z.array(requestStatusSchema) });

/** What `GET /requests/preview` answers. */
export const erasurePreviewSchema = z.object({
  scope: scope(),
  systems: z.array(previewedSystem()),
  recipients: z.array(z.string()),
  checks: z.array(z.object({ label: z.string(), count: count() })),
  undoHours: z.number(),
}) satisfies z.ZodMiniType<ErasurePreview>;

/** What `GET /holdings` answers. */
export const holdingsSchema = z.object({
  holdings: z.array(
    z.object({
      system: z.string(),
      name: z.string(),
      kind: z.enum(['database', 'service', 'paper']),
      status: z.enum(HOLDING_STATUSES),
      categories: z.array(
        z.object({
          category: z.string(),
          label: z.string(),
          purpose: z.string(),
          basis: z.enum(LAWFUL_BASES),
          retention: z.string(),
          recipients: z.array(z.string()),
          source: z.exactOptional(z.string()),
          transfers: z.exactOptional(
            z.array(z.object({ country: z.string(), safeguard: z.string() })),
          ),
          automated: z.exactOptional(
            z.union([
              z.literal(false),
              z.object({ logic: z.string(), significance: z.string(), consequences: z.string() }),
            ]),
          ),
          count: count(),
          records: z.array(
            z.object({
              record: z.string(),
              fields: z.array(
                z.object({
                  field: z.string(),
                  label: z.string(),
                  value: z.nullable(z.string()),
                  rectifiable: z.boolean(),
                }),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
}) satisfies z.ZodMiniType<{ holdings: readonly Holding[] }>;
