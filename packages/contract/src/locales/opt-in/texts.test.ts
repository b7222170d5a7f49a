import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainConfig } from '../../schema.js';
import { withTexts } from '../../testing/configs.js';
import { fillText, type Text } from '../../text.js';
import type { OptInTextName } from '../../opt-in/texts.js';
import { texts as en } from './en.js';
import { texts as fr } from './fr.js';

const LOCALES: Readonly<Record<string, Readonly<Record<OptInTextName, Text>>>> = { en, fr };
const NAMES = Object.keys(en) as OptInTextName[];
const VALUES = {
  controller: 'Maison Tilleul',
  topic: 'TOPIC',
  frequency: 'FREQUENCY',
  contact: 'bonjour@maison-tilleul.example',
  age: 15,
  ways: 'WAYS',
};
const placesOf = (text: Text) =>
  [...String(text).matchAll(/\{(\w+)\}/g)].map(([, place]) => place).sort();

/** Steering, flattering, or saying nothing (DP-14, DP-16). */
const BANNED =
  /\b(sadly|unfortunately|sorry|worse|experience|expérience|support us|soutenez|hélas|dommage|malheureusement|enhance|améliorer|improve|best|meilleure?|relevant|pertinente?s?|partenaires|partners|legitimate|légitime|just(?! sent)|simply|simplement|exclusi\w+)\b|\p{Extended_Pictographic}|!/iu;

describe('the texts of opt-in forms', () => {
  for (const [language, texts] of Object.entries(LOCALES)) {
    describe(`in ${language}`, () => {
      it('are the same in number, name and places as the English ones', () => {
        assert.deepEqual(Object.keys(texts).sort(), [...NAMES].sort());
        for (const name of NAMES) assert.deepEqual(placesOf(texts[name]), placesOf(en[name]), name);
      });

      it('are filled without a rest, and say something', () => {
        for (const name of NAMES) {
          const filled = fillText(texts[name], VALUES);
          assert.match(filled, /\p{L}{2}/u, name);
          assert.doesNotMatch(filled, /[{}]/, name);
        }
      });

      it('keep to what own wording has to keep to (001-13, 001-28, 002-21)', () => {
        assert.deepEqual(explainConfig(withTexts(texts, language)), []);
      });

      it('flatter, push and pity nobody (DP-14)', () => {
        for (const name of NAMES) assert.doesNotMatch(String(texts[name]), BANNED, name);
      });

      it('stay short: 45 words at most', () => {
        for (const name of NAMES) {
          const count = String(texts[name]).split(/\s+/).length;
          assert.ok(count <= 45, `${name}: ${count}`);
        }
      });

      it('have curly apostrophes, and in French no-break spaces before high signs', () => {
        for (const name of NAMES) {
          assert.doesNotMatch(String(texts[name]), /'/, name);
          if (language === 'fr')
            assert.doesNotMatch(String(texts[name]), /[^\u00a0\u202f][:;?!»](\s|$)/u, name);
        }
      });
    });
  }
});
