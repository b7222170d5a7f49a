import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Text } from '@placet/contract';
import { MARKETING_CONFIG } from '../testing/marketing.js';
import { texts as en } from './locales/en.js';
import { texts as fr } from './locales/fr.js';
import { languageOf, wordsFor } from './words.js';

const placesOf = (text: Text) =>
  typeof text === 'function'
    ? ['function']
    : [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('wordsFor', () => {
  it('has every text in both languages, with the same places', () => {
    for (const [name, text] of Object.entries(en) as [keyof typeof en, Text][]) {
      assert.deepEqual(placesOf(fr[name]), placesOf(text), name);
      assert.notEqual(fr[name], text, name);
    }
  });

  it('chooses words as the widgets do: the owner’s own, else ours, else English', () => {
    const texts = { fr: { optInSubmit: 'Je m’abonne' }, de: { optInSubmit: 'Abschicken' } };
    const config = { ...MARKETING_CONFIG, texts };
    const said = (language: string) => {
      const words = wordsFor(config, language);
      return [words.language, words.optIn('optInSubmit'), words.optIn('phone')];
    };
    assert.deepEqual(said('fr'), ['fr', 'Je m’abonne', 'Numéro de mobile']);
    assert.deepEqual(said('fr-CA'), ['fr', 'Je m’abonne', 'Numéro de mobile']);
    assert.deepEqual(said('de'), ['de', 'Abschicken', 'Mobile number']);
    assert.deepEqual(said('it'), ['en', 'Send my choices', 'Mobile number']);
    assert.deepEqual(said('constructor'), ['en', 'Send my choices', 'Mobile number']);
  });

  it('writes a date as the widgets and the mails do', () => {
    const dateOf = (language: string) =>
      wordsFor(MARKETING_CONFIG, language).date('2027-02-22T12:00:00Z');
    assert.equal(dateOf('en'), '22 February 2027');
    assert.equal(dateOf('fr'), '22 février 2027');
  });

  it('finds the browser’s language among those that there are words for', () => {
    const of = (header: string, config = MARKETING_CONFIG) =>
      languageOf(
        new Request('https://shop.example', { headers: { 'accept-language': header } }),
        config,
      );
    assert.equal(of('fr-CH, en;q=0.8'), 'fr-CH');
    assert.equal(of('de, en;q=0.1, fr;q=0.5'), 'fr');
    assert.equal(of('de', { ...MARKETING_CONFIG, language: 'fr' }), 'fr');
    for (const nonsense of ['', '*', 'fr;q=0', '"><script>', 'x'.repeat(5000)])
      assert.equal(of(nonsense), 'en');
  });
});
