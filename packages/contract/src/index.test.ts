import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as contract from './index.js';
import * as schema from './schema.js';

describe('@placet/contract', () => {
  it('exports exactly these names', () => {
    assert.deepEqual(Object.keys(contract).sort(), [
      'DEFAULT_SIGNALS',
      'ERRORS',
      'MAX_MONTHS',
      'NOTICE_FORMAT',
      'PlacetError',
      'addMonths',
      'canonicalNotice',
      'clampMonths',
      'entriesFor',
      'expiryOf',
      'formatDecision',
      'isAdvertising',
      'isAllowed',
      'isExpired',
      'isGranted',
      'isLax',
      'isNecessary',
      'localText',
      'newestDecision',
      'noticeHash',
      'parseDecision',
      'settle',
      'signalsOf',
    ]);
  });

  it('reaches no package, and no schema, from its main entry', () => {
    const here = new URL('.', import.meta.url);
    const files = readdirSync(here).filter(
      (name) => /(?<!\.test)\.ts$/.test(name) && name !== 'schema.ts',
    );
    assert.ok(files.includes('index.ts'));
    for (const file of files) {
      const source = readFileSync(new URL(file, here), 'utf8');
      for (const [, from] of source.matchAll(/from '([^']+)'/g)) {
        assert.match(from!, /^\.\/(?!schema)/, `${file} imports ${from}`);
      }
    }
  });
});

describe('@placet/contract/schema', () => {
  it('exports exactly these names', () => {
    assert.deepEqual(Object.keys(schema).sort(), [
      'explainConfig',
      'parseConfig',
      'siteConfigSchema',
    ]);
  });
});
