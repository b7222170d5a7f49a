import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ERRORS, PlacetError, type ErrorCode } from './errors.js';

const codes = Object.keys(ERRORS) as ErrorCode[];

describe('PlacetError', () => {
  it('carries its code apart from its words, so that programs can switch on it', () => {
    for (const code of codes) {
      const error = new PlacetError(code);
      assert.equal(error.code, code);
      assert.equal(error.message, code);
      assert.equal(error.name, 'PlacetError');
      assert.ok(error instanceof Error && error instanceof PlacetError);
    }
  });

  it('says the code first and the detail after it', () => {
    assert.equal(new PlacetError('config/invalid', 'months').message, 'config/invalid: months');
  });

  it('keeps its cause', () => {
    const cause = new Error('offline');
    assert.equal(new PlacetError('config/unreadable', undefined, { cause }).cause, cause);
  });
});

describe('ERRORS', () => {
  it('names each code as area/what and explains it in a sentence', () => {
    assert.ok(codes.length > 0);
    for (const code of codes) {
      assert.match(code, /^[a-z]+(-[a-z]+)*\/[a-z]+(-[a-z]+)*$/);
      assert.match(ERRORS[code], /^[A-Z].*\.$/);
    }
  });
});
