import {
  capabilitiesSchema,
  consentRecordSchema,
  problemSchema,
  receiptSchema,
  recordPageSchema,
  signedReceiptSchema,
  siteConfigSchema,
  storedRecordSchema,
} from '@placet/contract/schema';
import * as z from 'zod/mini';
import { CONSENT_ROUTES } from './consents.js';
import type { Route, Schemas } from './route.js';
import { SITE_ROUTES } from './site-routes.js';
import { STAFF_ROUTES } from './staff.js';

/** Every route: what is mounted, and what the API's description says. */
export const ROUTES: readonly Route[] = [...CONSENT_ROUTES, ...STAFF_ROUTES, ...SITE_ROUTES];

/** Every shape on the wire, by its name in the API's description. */
export const SCHEMAS: Schemas = {
  Capabilities: capabilitiesSchema,
  ConsentRecord: consentRecordSchema,
  Health: z.object({ status: z.literal('ok') }),
  KeySet: z.object({
    keys: z.array(
      z.object({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: z.string(),
        kid: z.string(),
      }),
    ),
  }),
  Problem: problemSchema,
  Receipt: receiptSchema,
  RecordPage: recordPageSchema,
  SignedReceipt: signedReceiptSchema,
  SiteConfig: siteConfigSchema,
  StaffCapabilities: z.object({ register: z.exactOptional(z.object({})) }),
  StoredRecord: storedRecordSchema,
};
