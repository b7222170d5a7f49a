import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as contract from './index.js';
import * as conformance from './conformance/index.js';
import * as schema from './schema.js';

describe('@placet/contract', () => {
  it('exports exactly these names', () => {
    assert.deepEqual(Object.keys(contract).sort(), [
      'CLOSED',
      'DEFAULT_CONTROLLER',
      'DEFAULT_SIGNALS',
      'DEFAULT_SITE',
      'DUE_MONTHS',
      'ERRORS',
      'EXTENSION_MONTHS',
      'MAX_MONTHS',
      'MOVES',
      'NOTICE_FORMAT',
      'PURGE_DAYS',
      'PlacetError',
      'REQUEST_RECEIPT',
      'REQUEST_TYPES',
      'RESTORED',
      'UNDO_HOURS',
      'addMonths',
      'ageOf',
      'ageProblem',
      'boxesOf',
      'boxesOfNotice',
      'canonicalJson',
      'canonicalNotice',
      'canonicalOptIn',
      'choiceKey',
      'clampMonths',
      'contactKindOf',
      'controllersOf',
      'dueAt',
      'entriesFor',
      'entriesOfNotice',
      'expiryOf',
      'expiryOfRecord',
      'fillText',
      'formatDecision',
      'httpAdapter',
      'httpConsentsAdapter',
      'httpOptIns',
      'httpRights',
      'httpStaffAdapter',
      'httpSubscriptions',
      'isAdvertising',
      'isAllowed',
      'isExpired',
      'isGranted',
      'isLax',
      'isNecessary',
      'isOfAge',
      'knownEntries',
      'localText',
      'memoryAdapter',
      'missingContacts',
      'neededContacts',
      'newestDecision',
      'noticeHash',
      'optInForm',
      'optInNotice',
      'parseDecision',
      'purgeAt',
      'requestReceipt',
      'sameOptIn',
      'sameRecord',
      'settle',
      'signalsOf',
      'skewOf',
      'stateAfter',
      'verifyReceipt',
      'wayOut',
    ]);
  });

  for (const entry of ['index.ts', 'conformance/index.ts'])
    it(`reaches no package, and no schema, from ${entry}`, () => {
      const files = reachedFrom(new URL(entry, import.meta.url));
      assert.ok(files.length > 15);
      for (const { file, from } of files) {
        assert.match(from, /^\.\.?\//, `${file} imports ${from}`);
        assert.doesNotMatch(from, /\/schema(\/|\.)/, `${file} imports ${from}`);
      }
    });
});

/** Every import that loading a file brings along. */
function reachedFrom(start: URL): { file: string; from: string }[] {
  const found: { file: string; from: string }[] = [];
  const waiting = new Set([start.href]);
  for (const file of waiting) {
    const source = readFileSync(new URL(file), 'utf8');
    for (const [, type, from] of source.matchAll(
      /^(?:import|export)( type)? (?:[^;'"]* from )?'([^']+)'/gm,
    )) {
      if (type) continue;
      found.push({ file, from: from! });
      if (from!.startsWith('.')) waiting.add(new URL(from!.replace(/js$/, 'ts'), file).href);
    }
  }
  return found;
}

describe('@placet/contract/conformance', () => {
  it('exports exactly these names', () => {
    assert.deepEqual(Object.keys(conformance).sort(), [
      'SAMPLE_CONFIG',
      'describeAdapter',
      'freshContacts',
      'sampleNotice',
      'sampleOptIn',
      'sampleOptInNotice',
      'sampleRecord',
      'sampleRequest',
    ]);
  });
});

describe('@placet/contract/schema', () => {
  it('exports exactly these names', () => {
    assert.deepEqual(Object.keys(schema).sort(), [
      'MAX_NOTICE_LENGTH',
      'PACKAGE_FORMATS',
      'REFUSAL_GROUNDS',
      'REQUEST_ACTS',
      'REQUEST_STATES',
      'REQUEST_TYPES',
      'capabilitiesSchema',
      'confirmationSchema',
      'confirmedSchema',
      'consentRecordSchema',
      'contactsSchema',
      'erasurePreviewSchema',
      'explainConfig',
      'holdingsSchema',
      'identityProofSchema',
      'identitySchema',
      'identityStartSchema',
      'isNoReply',
      'maySendResultSchema',
      'maySendSchema',
      'newRequestSchema',
      'optInResultSchema',
      'optInSchema',
      'parseConfig',
      'problemSchema',
      'receiptSchema',
      'recordPageSchema',
      'requestStatusSchema',
      'requestsSchema',
      'sessionSchema',
      'signedReceiptSchema',
      'siteConfigSchema',
      'storedRecordSchema',
      'subscriptionChangeSchema',
      'subscriptionsSchema',
      'withdrawalSchema',
    ]);
  });
});
