import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { fillText, noticeHash, type SiteConfig } from '@placet/contract';
import { locale as en } from '../locales/en.js';
import { locale as fr } from '../locales/fr.js';
import { GOLDEN } from '../testing/golden-notices.js';
import { CONFIG } from '../testing/salon.js';
import { embedNotice, shownNotice } from './notice.js';
import { LAYERS, type GetText } from './shown.js';

const LOCALES = { en, fr };
const layers = Object.keys(LAYERS) as (keyof typeof LAYERS)[];
type Language = keyof typeof LOCALES;

/** The words of a language, as a widget finds them: the owner's own first. */
const words =
  (language: Language, { texts = {} }: SiteConfig = CONFIG): GetText =>
  (name, values) =>
    fillText(texts[language]?.[name] ?? LOCALES[language].texts[name], values);

const shown = (layer: keyof typeof LAYERS, language: Language, config = CONFIG) =>
  shownNotice(layer, config, language, words(language, config));

const hashOf = async (text: string) => {
  const hash = await noticeHash(text);
  assert.equal(hash, createHash('sha256').update(text, 'utf8').digest('hex'));
  return hash;
};

describe('the text of what a widget shows (001-32, C-08)', () => {
  for (const { layer, language, text, hash } of GOLDEN)
    it(`is the golden one, with the golden hash: ${layer}, ${language}`, async () => {
      assert.equal(shown(layer, language), text);
      assert.equal(await hashOf(shown(layer, language)), hash);
    });

  for (const layer of layers)
    for (const language of ['en', 'fr'] as const)
      describe(`on the ${layer}, in ${language}`, () => {
        const text = shown(layer, language);
        const lines = text.split('\n');

        it('holds every purpose, service and cookie, and every choice in its order', () => {
          for (const { id, services = [] } of CONFIG.purposes) {
            assert.ok(
              lines.some((line) => line.startsWith(`purpose\t${id}\t`)),
              id,
            );
            for (const service of services) {
              const { id, name, owner, cookies = [] } = service;
              assert.ok(lines.includes(`service\t${id}\t${name}\t${owner}`), id);
              for (const { name, duration } of cookies) {
                const time = typeof duration === 'string' ? duration : duration[language];
                assert.ok(lines.includes(`cookie\t${name}\t${time}`), name);
              }
            }
          }
          const choices = lines.filter((line) => line.startsWith('choice\t'));
          assert.deepEqual(
            choices.map((line) => line.split('\t')[1]),
            LAYERS[layer],
          );
        });

        it('holds no date, and is so the same on each day', () => {
          const { lasts } = LOCALES[language].texts;
          assert.ok(lines.includes(`lasts\t${String(lasts)}`));
          assert.match(text, /\{date\}/);
          assert.doesNotMatch(text, /20(27|28)/);
        });

        it('holds no markup, and no empty column', () => {
          assert.doesNotMatch(text, /<|&\w+;|undefined|\[object|\{(?!date\})/);
          for (const line of lines.slice(0, -1)) assert.doesNotMatch(line, /\t(\t|$)/);
        });

        it('changes its hash with whatever changes on screen', async () => {
          const { controller, purposes } = CONFIG;
          const [first, ...rest] = [...purposes].reverse();
          const variants: readonly Partial<SiteConfig>[] = [
            { texts: { [language]: { refuse: 'No' } } },
            { texts: { [language]: { lasts: 'Long, until {date}' } } },
            { texts: { [language]: { marketingPurposeText: 'Pictures.' } } },
            { notice: '2026-12' },
            { months: 6 },
            { controller: { ...controller, name: 'Maison Érable' } },
            { controller: { ...controller, privacyUrl: '/elsewhere' } },
            { purposes: [...purposes].reverse() },
            { purposes: [...rest, { ...first!, label: 'Other' }] },
            { purposes: [...rest, { ...first!, services: [] }] },
          ];
          const hashes = [await hashOf(text)];
          for (const variant of variants)
            hashes.push(await hashOf(shown(layer, language, { ...CONFIG, ...variant })));
          assert.equal(new Set(hashes).size, variants.length + 1);
        });

        it('stays the same with what is not on screen', () => {
          const unseen: readonly Partial<SiteConfig>[] = [
            { layout: 'bar' },
            { cookie: { name: 'other' } },
            { texts: { de: { refuse: 'Nein' } } },
            { months: 13 },
          ];
          for (const variant of unseen)
            assert.equal(shown(layer, language, { ...CONFIG, ...variant }), text);
        });
      });

  it('takes what a page wrote into the banner itself instead of the usual sentence', () => {
    const text = shownNotice('banner', CONFIG, 'en', words('en'), 'We bake. <b>Really</b>');
    assert.match(text, /\ntext\tWe bake\. <b>Really<\/b>\n/);
    assert.doesNotMatch(text, /would like to use/);
  });

  it('cannot be forged by a config whose texts hold tabs or line ends', () => {
    const name = 'A\nchoice\trefuse\tX';
    const text = shown('panel', 'en', { ...CONFIG, controller: { name, privacyUrl: '/p' } });
    assert.match(text, /\ncontroller\tA choice refuse X\t\/p\n/);
    assert.equal(text.match(/^choice\t/gm)!.length, LAYERS.panel.length);
  });

  it('of an embed holds what stands in the placeholder and the one lasting choice', async () => {
    const text = embedNotice(CONFIG, 'en', ['A film', 'Google learns of it.', 'Always']);
    assert.equal(
      text,
      [
        ...['placet-notice/1', 'layer\tembed', 'version\t2026-11', 'language\ten'],
        ...['controller\tMaison Tilleul\t/confidentialite', 'title\tA film'],
        ...['text\tGoogle learns of it.', 'choice\talways\tAlways', ''],
      ].join('\n'),
    );
    assert.match((await hashOf(text))!, /^[\da-f]{64}$/);
  });
});
