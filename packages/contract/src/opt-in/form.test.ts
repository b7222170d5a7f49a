import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { SiteConfig } from '../config.js';
import { texts as en } from '../locales/opt-in/en.js';
import { texts as fr } from '../locales/opt-in/fr.js';
import { noticeHash } from '../notice.js';
import { fillText } from '../text.js';
import { arbitraryConfig, arbitraryMarketing } from '../testing/arbitrary-config.js';
import { OPT_IN_VECTORS } from '../testing/opt-in-vectors.js';
import { boxesOf, choiceKey, controllersOf } from './boxes.js';
import { boxesOfNotice } from './notice-boxes.js';
import { optInForm, optInNotice, type GetOptInText, type OptInFormOptions } from './form.js';

const WORDS = { en, fr };
const text: GetOptInText = (name, values) => fillText(en[name], values);
const SITE: Omit<SiteConfig, 'marketing'> = {
  controller: { name: 'Maison Tilleul', privacyUrl: '/confidentialite' },
  notice: '2026-11',
  purposes: [{ id: 'analytics' }],
};
const configs = arbitraryMarketing().map((marketing): SiteConfig => ({ ...SITE, marketing }));
const form = (config: SiteConfig, more: Partial<OptInFormOptions> = {}) =>
  optInForm({ config, language: 'en', text, ...more });
const linesOf = (notice: string, role: string) =>
  notice.split('\n').filter((line) => line.startsWith(`${role}\t`));

describe('an opt-in form', () => {
  it('has one box per topic, channel and controller, and no other (001-26, 002-26)', () => {
    fc.assert(
      fc.property(configs, (config) => {
        const { topics, channels, controllers } = config.marketing!;
        const { boxes } = form(config);
        assert.equal(boxes.length, topics.length * channels.length * (controllers?.length ?? 1));
        assert.equal(new Set(boxes.map(({ key }) => key)).size, boxes.length);
      }),
    );
  });

  it('asks for what it is filtered to, in the order of the configuration', () => {
    fc.assert(
      fc.property(configs, fc.gen(), (config, gen) => {
        const all = boxesOf(config);
        const some = (names: readonly string[]) => gen(fc.subarray, [...names]);
        const filter = {
          topics: some(config.marketing!.topics.map(({ id }) => id)),
          channels: some(config.marketing!.channels),
          controllers: some(controllersOf(config).map(({ id }) => id)),
        };
        assert.deepEqual(
          boxesOf(config, filter).map(choiceKey),
          all
            .filter(
              ({ topic, channel, controller }) =>
                filter.topics.includes(topic) &&
                filter.channels.includes(channel) &&
                filter.controllers.includes(controller),
            )
            .map(choiceKey),
        );
        assert.deepEqual(boxesOf(config, { topics: ['no such topic'] }), []);
      }),
    );
  });

  it('names in each label who sends, what, and how often (002-21)', () => {
    fc.assert(
      fc.property(configs, (config) => {
        for (const basis of ['consent', 'soft-opt-in', 'b2b'] as const)
          for (const { label, box } of form(config, { basis }).boxes) {
            assert.ok(label.includes(box.controllerConfig.name), label);
            assert.doesNotMatch(label, /\{(controller|topic|frequency)\}|undefined/);
          }
      }),
    );
  });

  it('says how to stop by each channel that it asks for, and by no other (001-13)', () => {
    fc.assert(
      fc.property(configs, (config) => {
        for (const channels of [config.marketing!.channels, ['phone' as const]]) {
          const { boxes, lines } = form(config, { channels });
          // It is not drawn.
          if (boxes.length === 0) continue;
          const [, wayOut] = lines;
          const isAsked = (channel: 'email' | 'sms' | 'phone') =>
            boxesOf(config, { channels }).some((box) => box.channel === channel);
          assert.equal(/link in every e-mail/.test(wayOut!), isAsked('email'));
          assert.equal(/STOP/.test(wayOut!), isAsked('sms'));
          assert.equal(/when we call/.test(wayOut!), isAsked('phone'));
          assert.match(wayOut!, /: \S.*, or by writing to /);
        }
      }),
    );
  });

  it('names only the controllers that it asks for', () => {
    fc.assert(
      fc.property(configs, (config) => {
        const [first] = controllersOf(config);
        const { controllers, title } = form(config, { controllers: [first!.id] });
        assert.deepEqual(
          controllers.map(({ id }) => id),
          [first!.id],
        );
        assert.equal(title, `News from ${first!.name}`);
      }),
    );
  });

  it('never makes an objection of calls, nor asks customers for their age (E-05, E-08)', () => {
    fc.assert(
      fc.property(configs, (config) => {
        const { boxes, age } = form(config, { basis: 'soft-opt-in' });
        assert.ok(boxes.every(({ box }) => box.channel !== 'phone'));
        assert.equal(age, undefined);
      }),
    );
  });

  it('has nothing to ask on a site without marketing', () => {
    assert.deepEqual(form(SITE).boxes, []);
    assert.deepEqual(form(SITE).controllers, []);
  });

  it('has a button of its own unless it stands in another form', () => {
    fc.assert(
      fc.property(configs, fc.boolean(), (config, isInside) => {
        assert.equal(form(config, { isInside }).submit === undefined, isInside);
      }),
    );
  });
});

describe('the notice of an opt-in form', () => {
  for (const { name, options, text: expected, hash } of OPT_IN_VECTORS)
    it(`is the golden text, with the golden hash: ${name} (001-32)`, async () => {
      const words = WORDS[options.language];
      const shown = optInForm({
        ...options,
        text: (key, values) => fillText(words[key], values),
      });
      const notice = optInNotice(shown, options.config.notice);
      assert.equal(notice, expected);
      assert.equal(await noticeHash(notice), hash);
    });

  it('is the same each time, and has a line for each box', () => {
    fc.assert(
      fc.property(arbitraryConfig(), (config) => {
        const notice = optInNotice(form(config), config.notice);
        assert.equal(optInNotice(form(structuredClone(config)), config.notice), notice);
        assert.equal(linesOf(notice, 'box').length, boxesOf(config).length);
      }),
    );
  });

  it('changes its hash with one word of a label (001-27, 001-32)', async () => {
    await fc.assert(
      fc.asyncProperty(configs, fc.gen(), async (config, gen) => {
        const shown = form(config);
        const index = gen(fc.nat, { max: shown.boxes.length - 1 });
        const words = shown.boxes[index]!.label.split(' ');
        words[gen(fc.nat, { max: words.length - 1 })] = 'otherwise';
        const boxes = shown.boxes.map((box, at) =>
          at === index ? { ...box, label: words.join(' ') } : box,
        );
        assert.notEqual(
          await noticeHash(optInNotice({ ...shown, boxes }, '1')),
          await noticeHash(optInNotice(shown, '1')),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('changes with basis, version, language, button and privacy policy', () => {
    fc.assert(
      fc.property(configs, (config) => {
        const of = (more: Partial<OptInFormOptions>, version = '1') =>
          optInNotice(form(config, more), version);
        const moved = structuredClone(config);
        for (const each of [moved.controller, ...(moved.marketing?.controllers ?? [])])
          each.privacyUrl += '/moved';
        const all = [
          of({}),
          of({}, '2'),
          of({ language: 'fr' }),
          of({ basis: 'b2b' }),
          of({ isInside: true }),
          of({ config: moved }),
        ];
        assert.equal(new Set(all).size, all.length);
      }),
    );
  });

  it('lets no text forge a line or a column', () => {
    const forged = fc
      .tuple(fc.constantFrom('\n', '\r\n', '\t', '\u2028', '\v'), fc.constantFrom('box', 'choice'))
      .map(([sign, role]) => `x${sign}${role}\tnewsletter/sms/default\tI agree${sign}y`);
    fc.assert(
      fc.property(configs, forged, forged, (config, label, name) => {
        const spoiled: SiteConfig = {
          ...config,
          marketing: {
            ...config.marketing!,
            topics: config.marketing!.topics.map((topic) => ({
              ...topic,
              label,
              frequency: label,
              description: label,
            })),
            controllers: controllersOf(config).map((each) => ({ ...each, name, contact: name })),
          },
        };
        const [notice, before] = [spoiled, config].map((each) => optInNotice(form(each), '1'));
        assert.equal(notice!.split('\n').length, before!.split('\n').length);
        assert.deepEqual(
          linesOf(notice!, 'box').map((line) => line.split('\t')[1]),
          linesOf(before!, 'box').map((line) => line.split('\t')[1]),
        );
        for (const line of linesOf(notice!, 'box')) assert.equal(line.split('\t').length, 4);
      }),
    );
  });

  it('names its boxes, for its own basis alone', () => {
    const bases = fc.constantFrom('consent' as const, 'soft-opt-in' as const, 'b2b' as const);
    fc.assert(
      fc.property(configs, bases, bases, (config, basis, other) => {
        const shown = form(config, { basis });
        const notice = optInNotice(shown, '1');
        const keys = shown.boxes.map(({ key }) => key);
        assert.deepEqual([...boxesOfNotice(notice, other)], basis === other ? keys : []);
      }),
    );
    for (const text of ['', 'x', 'box\ta/email/b\n', 'placet-notice/1\nbox\ta/email/b\tx\t\n'])
      assert.equal(boxesOfNotice(text).size, 0);
  });
});
