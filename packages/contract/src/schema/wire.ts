import * as z from 'zod/mini';
import type { ConsentRecord, Receipt, SignedReceipt, StoredRecord } from '../consent-record.js';
import type { RecordPage } from '../adapter.js';
import { MAX_MONTHS } from '../decision.js';
import { ERRORS, type ErrorCode } from '../errors.js';
import { PACKAGE_FORMATS, REQUEST_TYPES } from '../rights/words.js';
import { CHANNELS, gesture, HASH, LANGUAGE, notice, page, text, time, UUID } from './wire-words.js';
import { SITE, VERSION } from './words.js';

export * from './wire-opt-in.js';
export * from './wire-rights.js';

const ENTRY = /^(?!necessary(\/|$))[a-z0-9][a-z0-9-]{0,63}(\/[a-z0-9][a-z0-9-]{0,63})?$/;
const BASE64URL = /^[\w-]+$/;

const entries = () => z.array(text(ENTRY)).check(z.maxLength(500));
const replaces = () =>
  z.strictObject({
    id: text(UUID),
    notice: text(VERSION),
    reason: z.enum(['expired', 'notice', 'changed']),
  });
const decided = {
  id: text(UUID),
  at: time(),
  months: z.int().check(z.gte(1), z.lte(MAX_MONTHS)),
  granted: entries(),
  denied: entries(),
  gesture: gesture(),
  regime: z.enum(['opt-in', 'opt-out', 'notice']),
  language: text(LANGUAGE),
  page: page(),
  replaces: z.exactOptional(replaces()),
};

/** What `POST /consents` takes. */
export const consentRecordSchema = z
  .strictObject({
    ...decided,
    notice: notice(),
    site: z.exactOptional(text(SITE)),
  })
  .check(
    z.refine(
      ({ granted, denied }) => {
        const all = [...granted, ...denied];
        return new Set(all).size === all.length;
      },
      { error: 'An entry stands in one list, once.' },
    ),
  ) satisfies z.ZodMiniType<ConsentRecord>;

/** What `POST /consents` answers. */
export const receiptSchema = z.object({
  id: text(UUID),
  receivedAt: time(),
  expires: time(),
  notice: z.object({ version: z.string(), hash: text(HASH) }),
  leaf: z.exactOptional(text(HASH)),
}) satisfies z.ZodMiniType<Receipt>;

/** What `GET /consents/{id}/receipt` answers. */
export const signedReceiptSchema = z.object({
  receipt: z.record(z.string(), z.unknown()),
  jws: z.exactOptional(text(/^[\w-]+\.[\w-]+\.[\w-]+$/)),
  record: z.exactOptional(z.string()),
  evidence: z.exactOptional(z.object({ key: text(BASE64URL), data: z.string() })),
  proof: z.exactOptional(
    z.object({
      index: z.int().check(z.gte(0)),
      size: z.int().check(z.gte(1)),
      path: z.array(text(HASH)),
      checkpoint: z.string(),
    }),
  ),
  keys: z.exactOptional(
    z.array(
      z.object({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: text(BASE64URL),
        kid: z.string(),
      }),
    ),
  ),
}) satisfies z.ZodMiniType<SignedReceipt>;

/** What `GET /staff/consents/{id}` answers. */
export const storedRecordSchema = z.object({
  ...decided,
  site: text(SITE),
  notice: z.object({ version: z.string(), hash: text(HASH) }),
  receivedAt: time(),
  skew: z.int(),
}) satisfies z.ZodMiniType<StoredRecord>;

/** What `GET /staff/consents` answers. */
export const recordPageSchema = z.object({
  records: z.array(storedRecordSchema),
  next: z.exactOptional(z.string()),
}) satisfies z.ZodMiniType<RecordPage>;

/** What `GET /capabilities` answers. */
export const capabilitiesSchema = z.object({
  consents: z.exactOptional(z.object({ receipts: z.boolean() })),
  subscriptions: z.exactOptional(
    z.object({ channels: z.array(z.enum(CHANNELS)), links: z.boolean() }),
  ),
  identity: z.exactOptional(z.object({ contacts: z.array(z.enum(['email', 'phone'])) })),
  holdings: z.exactOptional(z.object({})),
  requests: z.exactOptional(
    z.object({
      types: z.array(z.enum(REQUEST_TYPES)),
      formats: z.array(z.enum(PACKAGE_FORMATS)),
      undoHours: z.number(),
    }),
  ),
});

/** An error on the wire: a problem document (RFC 9457) with a Placet code. */
export const problemSchema = z.object({
  /** The message's place in the documentation. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
  detail: z.exactOptional(z.string()),
  /** What is wrong where, for `request/invalid`. */
  errors: z.exactOptional(z.array(z.object({ path: z.string(), problem: z.string() }))),
});
