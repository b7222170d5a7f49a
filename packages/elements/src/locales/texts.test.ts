import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainConfig } from '@placet/contract/schema';
import { CONFIG } from '../testing/salon.js';
import { fillText } from '@placet/contract';
import { locale as en } from './en.js';
import { locale as fr } from './fr.js';
import type { Text, TextName } from './locale.js';

const LOCALES = [en, fr];
const NAMES = Object.keys(en.texts) as TextName[];
const VALUES = {
  act: 'confirmed',
  age: 16,
  choice: 'la lettre',
  contact: 'claire@example.org',
  controller: 'Maison Tilleul',
  controllers: 'Maison Tilleul et Maison Orme',
  count: 3,
  date: '22 décembre 2027',
  done: 2,
  frequency: 'une fois par mois',
  ground: 'comptabilité',
  label: 'rendez-vous',
  name: 'Agenda',
  owner: 'InnoCraft',
  purposes: 'la publicité',
  reason: 'il y en a beaucoup',
  service: 'Matomo',
  state: 'terminé',
  time: '14 h',
  topic: 'la lettre',
  total: 5,
  until: '25 décembre 2027',
  way: 'sur un formulaire',
  ways: 'par le lien de chaque e-mail',
};

/** The places of a text; a function's are those that it reads. */
function placesOf(text: Text): string[] {
  const read = new Set<string>();
  if (typeof text === 'string') for (const [, name] of text.matchAll(/\{(\w+)\}/g)) read.add(name!);
  else
    text(
      new Proxy(VALUES, {
        get: (values, name: keyof typeof VALUES) => (read.add(name), values[name]),
      }),
    );
  return [...read].sort();
}

/** Must name what the law makes a condition (E-05). */
const LONG: readonly TextName[] = ['softOptInText', 'b2bText'];

const wordsOf = (text: string) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));

/** What each language refuses with: a negation or a verb of refusal (DP-13). */
const REFUSING: Readonly<Record<string, RegExp>> = {
  en: /\b(refuse|reject|decline|deny|no|without|not)\b/i,
  fr: /\b(refuser|rejeter|non|sans|ne)\b/i,
};
const ACCEPTING: Readonly<Record<string, RegExp>> = { en: /\baccept\b/i, fr: /\baccepter\b/i };

/** Steering, flattering, or saying nothing (DP-14, DP-16). */
const BANNED =
  /\b(sadly|unfortunately|sorry|worse|experience|expérience|support us|soutenez|hélas|dommage|malheureusement|enhance|améliorer|improve|best|meilleure?|relevant|pertinente?s?|value your privacy|vie privée nous|partenaires|partners|legitimate|légitime|just|simply|simplement)\b|\p{Extended_Pictographic}|!/iu;

describe('the texts of the widgets', () => {
  for (const { language, texts } of LOCALES) {
    describe(`in ${language}`, () => {
      it('are the same in number and name as the English ones', () => {
        assert.deepEqual(Object.keys(texts).sort(), [...NAMES].sort());
      });

      it('have the same places to fill', () => {
        for (const name of NAMES)
          assert.deepEqual(placesOf(texts[name]), placesOf(en.texts[name]), name);
      });

      it('are filled without a rest, and say something', () => {
        for (const name of NAMES) {
          const filled = fillText(texts[name], VALUES);
          assert.match(filled, /\p{L}{2}/u, name);
          assert.doesNotMatch(filled, /[{}]|undefined|NaN|\s{2}|^\s|\s$/, name);
        }
      });

      it('take 25 words at most each (DP-16)', () => {
        for (const name of NAMES) {
          const words = wordsOf(fillText(texts[name], VALUES));
          const most = LONG.includes(name) ? 40 : 25;
          assert.ok(words.length <= most, `${name}: ${words.length} words`);
        }
      });

      it('steer nobody (DP-14, DP-16)', () => {
        for (const name of NAMES) assert.doesNotMatch(fillText(texts[name], VALUES), BANNED, name);
      });

      it('refuse and accept in so many words, as plainly the one as the other (DP-13)', () => {
        const [refuse, accept] = [fillText(texts.refuse), fillText(texts.accept)];
        assert.match(refuse, REFUSING[language]!);
        assert.doesNotMatch(refuse, ACCEPTING[language]!);
        assert.match(accept, ACCEPTING[language]!);
        assert.doesNotMatch(accept, REFUSING[language]!);
        assert.equal(wordsOf(refuse).length, wordsOf(accept).length);
        assert.ok(Math.abs(refuse.length - accept.length) <= 2, 'and are about as long');
      });

      it('pass the schema that judges an owner’s own words (DP-05, DP-13)', () => {
        const own = Object.fromEntries(
          Object.entries(texts).filter(([, text]) => typeof text === 'string'),
        ) as Record<string, string>;
        assert.deepEqual(explainConfig({ ...CONFIG, texts: { [language]: own } }), []);
      });

      it('count one, none and many as the language does', () => {
        for (const name of ['services', 'bannerServices'] as const) {
          const [one, two] = [1, 2].map((count) => fillText(texts[name], { count }));
          assert.notEqual(one!.replace('1', '2'), two, name);
          assert.match(two!, /^2 (other |autres )?services/);
        }
      });

      it('name every usual purpose, none like another', () => {
        const usual = ['necessary', 'preferences', 'analytics', 'marketing'] as const;
        const all = usual.flatMap((id) => [texts[`${id}Purpose`], texts[`${id}PurposeText`]]);
        assert.equal(new Set(all).size, 8);
      });
    });
  }

  it('are in French not left in English', () => {
    const same = NAMES.filter((name) => fillText(fr.texts[name]) === fillText(en.texts[name]));
    assert.deepEqual(same.sort(), ['cookie', 'managePause', 'services']);
  });

  it('use French typography: apostrophes ’, no-break space before a colon', () => {
    for (const name of NAMES) {
      const text = fillText(fr.texts[name], VALUES);
      assert.doesNotMatch(text, /'|\.\.\./, name);
      assert.doesNotMatch(text, /[^\u00a0][:;?!]/, name);
    }
  });
});
