import * as z from 'zod/mini';
import type { ConsentRecord, Receipt, SignedReceipt, StoredRecord } from '../consent-record.js';
import type { RecordPage } from '../adapter.js';
import { MAX_MONTHS } from '../decision.js';
import { ERRORS, type ErrorCode } from '../errors.js';
import { SITE, VERSION } from './words.js';

/** The longest canonical notice that a register takes, in UTF-16 code units. */
export const MAX_NOTICE_LENGTH = 32_768;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const HASH = /^[\da-f]{64}$/;
const ENTRY = /^(?!necessary(\/|$))[a-z0-9][a-z0-9-]{0,63}(\/[a-z0-9][a-z0-9-]{0,63})?$/;
const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,6}$/;
const BASE64URL = /^[\w-]+$/;

const text = (form: RegExp) => z.string().check(z.regex(form));
/** To the nanosecond at most: the fraction's digits could be any number of them. */
const time = () => z.iso.datetime({ offset: false }).check(z.maxLength(30));
const entries = () => z.array(text(ENTRY)).check(z.maxLength(500));
const gesture = () =>
  z.strictObject({ control: text(/^[a-z][a-z-]{0,31}$/), trusted: z.boolean() });
const replaces = () =>
  z.strictObject({
    id: text(UUID),
    notice: text(VERSION),
    reason: z.enum(['expired', 'notice', 'changed']),
  });
/** An address that a page can have: http(s), without what could carry a person's data after the path. */
const page = () =>
  z.url({ protocol: /^https?$/ }).check(
    z.maxLength(2048),
    z.refine((value) => !/[?#@]/.test(value), { error: 'Leave out query, fragment and user.' }),
  );

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
    notice: z
      .strictObject({
        version: text(VERSION),
        hash: z.exactOptional(text(HASH)),
        text: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(MAX_NOTICE_LENGTH))),
      })
      .check(
        z.refine(({ hash, text: shown }) => hash !== undefined || shown !== undefined, {
          error: 'Give the hash of the notice, or its text.',
        }),
      ),
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
