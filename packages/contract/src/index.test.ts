import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as contract from './index.js';
import * as conformance from './conformance/index.js';
import * as schema from './schema.js';

describe('@placet/contract', () => {
  it('exports exactly these names', () => {
    assert.deepEqual(Object.keys(contract).sort(), [
      'DEFAULT_SIGNALS',
      'DEFAULT_SITE',
      'ERRORS',
      'MAX_MONTHS',
      'NOTICE_FORMAT',
      'PlacetError',
      'RESTORED',
      'addMonths',
      'canonicalJson',
      'canonicalNotice',
      'clampMonths',
      'entriesFor',
      'entriesOfNotice',
      'expiryOf',
      'expiryOfRecord',
      'formatDecision',
      'httpAdapter',
      'httpStaffAdapter',
      'isAdvertising',
      'isAllowed',
      'isExpired',
      'isGranted',
      'isLax',
      'isNecessary',
      'knownEntries',
      'localText',
      'memoryAdapter',
      'newestDecision',
      'noticeHash',
      'parseDecision',
      'sameRecord',
      'settle',
      'signalsOf',
      'skewOf',
      'verifyReceipt',
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
      'sampleNotice',
      'sampleRecord',
    ]);
  });
});

describe('@placet/contract/schema', () => {
  it('exports exactly these names', () => {
    assert.deepEqual(Object.keys(schema).sort(), [
      'MAX_NOTICE_LENGTH',
      'capabilitiesSchema',
      'consentRecordSchema',
      'explainConfig',
      'parseConfig',
      'problemSchema',
      'receiptSchema',
      'recordPageSchema',
      'signedReceiptSchema',
      'siteConfigSchema',
      'storedRecordSchema',
    ]);
  });
});
