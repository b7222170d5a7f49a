/**
 * Checks what a site owner wrote. Kept apart from `@placet/contract`, because
 * it carries zod: for development builds, editors, build steps and servers.
 *
 * @packageDocumentation
 */
import type { SiteConfig } from './config.js';
import { PlacetError } from './errors.js';
import { explain, type ConfigIssue } from './schema/explain.js';
import { siteConfigSchema } from './schema/site-config.js';

export { siteConfigSchema, type ConfigIssue };
export { isNoReply } from './schema/no-reply.js';
export {
  capabilitiesSchema,
  erasurePreviewSchema,
  holdingsSchema,
  identityProofSchema,
  identitySchema,
  identityStartSchema,
  newRequestSchema,
  requestStatusSchema,
  requestsSchema,
  sessionSchema,
  consentRecordSchema,
  problemSchema,
  receiptSchema,
  recordPageSchema,
  signedReceiptSchema,
  storedRecordSchema,
} from './schema/wire.js';
export {
  confirmationSchema,
  confirmedSchema,
  contactsSchema,
  maySendResultSchema,
  maySendSchema,
  optInResultSchema,
  optInSchema,
  subscriptionChangeSchema,
  subscriptionsSchema,
  withdrawalSchema,
} from './schema/wire-opt-in.js';
export {
  PACKAGE_FORMATS,
  REFUSAL_GROUNDS,
  REQUEST_ACTS,
  REQUEST_STATES,
  REQUEST_TYPES,
} from './rights/words.js';
export { MAX_NOTICE_LENGTH } from './schema/wire-words.js';

/**
 * What is wrong with a configuration, and what to do about each; empty when
 * nothing is. Never throws.
 *
 * @example
 * explainConfig({ …, months: 14 });
 * // [{ path: 'months', problem: 'A choice may last 13 months at most (002-09)', remedy: 'Write 13 or less.' }]
 */
export function explainConfig(input: unknown): ConfigIssue[] {
  const result = siteConfigSchema.safeParse(input);
  return result.success ? [] : explain(result.error.issues);
}

/**
 * The configuration, checked and without its `$schema` line.
 *
 * @throws {PlacetError} `config/invalid`, whose message names every fault, its path and its remedy.
 */
export function parseConfig(input: unknown): SiteConfig {
  const result = siteConfigSchema.safeParse(input);
  if (!result.success) {
    const lines = explain(result.error.issues).map(
      ({ path, problem, remedy }) => `${path}: ${problem}; ${remedy}`,
    );
    throw new PlacetError('config/invalid', `\n${lines.join('\n')}`, { cause: result.error });
  }
  const config = { ...result.data };
  delete config.$schema;
  return config;
}
