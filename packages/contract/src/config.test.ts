import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isNecessary, localText } from './config.js';
import { DEFAULT_SIGNALS, signalsOf } from './signals.js';

describe('signalsOf', () => {
  it('gives each of the seven Consent Mode signals one default purpose', () => {
    const all = Object.values(DEFAULT_SIGNALS).flat();
    assert.equal(all.length, 7);
    assert.equal(new Set(all).size, 7);
  });

  it("lets a purpose's own signals win, even an empty list", () => {
    assert.deepEqual(signalsOf({ id: 'analytics' }), ['analytics_storage']);
    assert.deepEqual(signalsOf({ id: 'analytics', signals: [] }), []);
    assert.deepEqual(signalsOf({ id: 'chat', signals: ['ad_storage'] }), ['ad_storage']);
    assert.deepEqual(signalsOf({ id: 'chat' }), []);
  });
});

describe('isNecessary', () => {
  it('is true for the id and for the word, and for nothing that resembles it', () => {
    assert.equal(isNecessary({ id: 'necessary' }), true);
    assert.equal(isNecessary({ id: 'security', necessary: true }), true);
    assert.equal(isNecessary({ id: 'marketing' }), false);
    assert.equal(isNecessary({ id: 'marketing', necessary: 'false' as unknown as boolean }), false);
  });
});

describe('localText', () => {
  const text = { fr: 'Bonjour', en: 'Hello', 'pt-BR': 'Olá' };
  const rows: readonly (readonly [string, string])[] = [
    ['fr', 'Bonjour'],
    ['fr-CA', 'Bonjour'],
    ['pt-BR', 'Olá'],
    ['de', 'Hello'],
  ];
  for (const [language, expected] of rows) {
    it(`picks "${expected}" for ${language} (DP-27)`, () => {
      assert.equal(localText(text, language), expected);
    });
  }

  it('takes any language rather than none, and passes plain texts and none through', () => {
    assert.equal(localText({ it: 'Ciao' }, 'de'), 'Ciao');
    assert.equal(localText('Hi', 'de'), 'Hi');
    assert.equal(localText(undefined, 'de'), undefined);
    assert.equal(localText({}, 'de'), undefined);
  });
});
