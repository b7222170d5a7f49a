import {
  capabilitiesSchema,
  confirmationSchema,
  confirmedSchema,
  consentRecordSchema,
  contactsSchema,
  erasurePreviewSchema,
  holdingsSchema,
  identityProofSchema,
  identitySchema,
  identityStartSchema,
  maySendResultSchema,
  maySendSchema,
  newRequestSchema,
  optInResultSchema,
  optInSchema,
  problemSchema,
  receiptSchema,
  recordPageSchema,
  requestsSchema,
  requestStatusSchema,
  sessionSchema,
  signedReceiptSchema,
  siteConfigSchema,
  storedRecordSchema,
  subscriptionChangeSchema,
  subscriptionsSchema,
  withdrawalSchema,
} from '@placet/contract/schema';
import * as z from 'zod/mini';
import { recipientAnswerSchema } from '../rights/recipients/said.js';
import { CERTIFICATE_ROUTES } from './certificate-routes.js';
import { CONFIRM_ROUTES } from './confirm-routes.js';
import { CONSENT_ROUTES } from './consents.js';
import { HOST_ROUTES, inboundSmsSchema } from './host-routes.js';
import { IDENTITY_ROUTES } from './identity-routes.js';
import { MANAGE_ROUTES } from './manage-routes.js';
import { RECIPIENT_ROUTES } from './recipient-routes.js';
import { RIGHTS_ROUTES } from './rights-routes.js';
import type { Route, Schemas } from './route.js';
import { SITE_ROUTES } from './site-routes.js';
import { keptBatchesSchema, keptOpeningSchema, STAFF_KEPT_ROUTES } from './staff-kept-records.js';
import { optInProofSchema, STAFF_OPT_IN_ROUTES } from './staff-opt-ins.js';
import { settledRecipientSchema, STAFF_RECIPIENT_ROUTES } from './staff-recipients.js';
import {
  enteredRequestSchema,
  STAFF_REQUEST_ROUTES,
  staffActSchema,
  staffDoubtSchema,
  staffRequestSchema,
} from './staff-requests.js';
import {
  lookupSchema,
  STAFF_SUBSCRIPTION_ROUTES,
  staffWithdrawalSchema,
} from './staff-subscriptions.js';
import { STAFF_ROUTES } from './staff.js';
import { SUBSCRIPTION_ROUTES } from './subscriptions.js';
import { UNSUBSCRIBE_ROUTES } from './unsubscribe-routes.js';

/** Every route: what is mounted, and what the API's description says. */
export const ROUTES: readonly Route[] = [
  ...CONSENT_ROUTES,
  ...SUBSCRIPTION_ROUTES,
  ...CONFIRM_ROUTES,
  ...MANAGE_ROUTES,
  ...UNSUBSCRIBE_ROUTES,
  ...IDENTITY_ROUTES,
  ...RIGHTS_ROUTES,
  ...RECIPIENT_ROUTES,
  ...CERTIFICATE_ROUTES,
  ...HOST_ROUTES,
  ...STAFF_ROUTES,
  ...STAFF_SUBSCRIPTION_ROUTES,
  ...STAFF_OPT_IN_ROUTES,
  ...STAFF_REQUEST_ROUTES,
  ...STAFF_RECIPIENT_ROUTES,
  ...STAFF_KEPT_ROUTES,
  // The last ones, since they fit whatever is not above.
  ...SITE_ROUTES,
];

/** Every shape on the wire, by its name in the API's description. */
export const SCHEMAS: Schemas = {
  Capabilities: capabilitiesSchema,
  Confirmation: confirmationSchema,
  Confirmed: confirmedSchema,
  ConsentRecord: consentRecordSchema,
  Contacts: contactsSchema,
  Heard: z.object({ heard: z.literal(true) }),
  EnteredRequest: enteredRequestSchema,
  ErasurePreview: erasurePreviewSchema,
  Health: z.object({ status: z.literal('ok') }),
  Holdings: holdingsSchema,
  Identity: identitySchema,
  IdentityProof: identityProofSchema,
  IdentityStart: identityStartSchema,
  ImportReport: z.object({
    rows: z.int(),
    granted: z.int(),
    withoutConsent: z.int(),
    suppressed: z.int(),
    unchanged: z.int(),
    refused: z.int(),
    faults: z.array(z.object({ line: z.int(), reason: z.string() })),
    stored: z.boolean(),
  }),
  InboundSms: inboundSmsSchema,
  InboundSmsResult: z.object({ stopped: z.boolean() }),
  KeptBatches: keptBatchesSchema,
  KeptOpening: keptOpeningSchema,
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
  Lookup: lookupSchema,
  MaySend: maySendSchema,
  MaySendResult: maySendResultSchema,
  NewRequest: newRequestSchema,
  OptIn: optInSchema,
  OptInProof: optInProofSchema,
  OptInResult: optInResultSchema,
  Problem: problemSchema,
  Receipt: receiptSchema,
  RecipientAnswer: recipientAnswerSchema,
  RecordPage: recordPageSchema,
  Requests: requestsSchema,
  RequestStatus: requestStatusSchema,
  Session: sessionSchema,
  SettledRecipient: settledRecipientSchema,
  SignedReceipt: signedReceiptSchema,
  SiteConfig: siteConfigSchema,
  StaffAct: staffActSchema,
  StaffDoubt: staffDoubtSchema,
  StaffCapabilities: z.object({ register: z.exactOptional(z.object({})) }),
  StaffRequest: staffRequestSchema,
  StaffRequests: z.object({ requests: z.array(staffRequestSchema) }),
  StaffWithdrawal: staffWithdrawalSchema,
  StoredRecord: storedRecordSchema,
  SubscriptionChange: subscriptionChangeSchema,
  Subscriptions: subscriptionsSchema,
  ToolStatuses: z.object({
    tools: z.array(
      z.object({
        tool: z.string(),
        site: z.string(),
        acknowledged: z.int(),
        waiting: z.int(),
        oldestWaiting: z.exactOptional(z.string()),
        lastAcknowledged: z.exactOptional(z.string()),
        lastError: z.exactOptional(z.string()),
      }),
    ),
  }),
  Withdrawal: withdrawalSchema,
};
