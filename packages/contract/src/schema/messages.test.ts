import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pathText, quote, say, unsay } from './say.js';
import { coversCookie, trackerOwner } from './trackers.js';

describe('messages', () => {
  it('come apart where they were joined, whatever the site owner wrote', () => {
    for (const problem of ['"a" is wrong', '"a; b; c" is wrong']) {
      assert.deepEqual(unsay(say(problem, 'Write b.')), { problem, remedy: 'Write b.' });
    }
  });

  it('have a remedy even for a fault that nobody wrote a message for', () => {
    assert.ok(unsay('Invalid input').remedy);
  });

  it('show values on one short line, with what is invisible spelled out', () => {
    assert.equal(quote('a\nb\u2028c\u200b'), '"a\\nb\\u2028c\\u200b"');
    assert.equal(quote(undefined), 'undefined');
    assert.ok(quote('x'.repeat(1000)).length <= 60);
  });

  it('name places as one would type them', () => {
    assert.equal(pathText(['purposes', 1, 'services', 0, 'id']), 'purposes[1].services[0].id');
    assert.equal(pathText(['texts', 'pt-BR', 'a b']), 'texts.pt-BR["a b"]');
    assert.equal(pathText([]), 'config');
  });
});

describe('declared cookies', () => {
  it('cover real names by their stars', () => {
    for (const [declared, name, covers] of [
      ['_pk_*', '_pk_id.1', true],
      ['_pk_*', '_pk_', true],
      ['_pk_*', '_pk', false],
      ['a*b*c', 'aXbYc', true],
      ['a*b*c', 'acb', false],
      ['a*a', 'a', false],
      ['*', 'anything', true],
      ['a.c', 'abc', false],
    ] as const) {
      assert.equal(coversCookie(declared, name), covers, `${declared} ${name}`);
    }
  });

  it('are matched without going through every way to place the stars', () => {
    assert.equal(coversCookie(`${'a*'.repeat(60)}b`, 'a'.repeat(128)), false);
  });

  it('are told by owner when they track (DP-18)', () => {
    assert.equal(trackerOwner('_ga_*'), 'Google Analytics');
    assert.equal(trackerOwner('_fbp'), 'Meta');
    assert.equal(trackerOwner('cart'), undefined);
  });
});
