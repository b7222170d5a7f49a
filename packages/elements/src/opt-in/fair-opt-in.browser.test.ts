import { expect } from '@open-wc/testing';
import type { Marketing, SiteConfig } from '@placet/contract';
import { explainConfig } from '@placet/contract/schema';
import fc from 'fast-check';
import { locale as en } from '../locales/en.js';
import { locale as fr } from '../locales/fr.js';
import { fakeBackend, marketingConfig } from '../testing/marketing.js';
import { box, boxes, isOn, NEWS, NEWS_SMS } from '../testing/opt-in.js';
import { choice, find, findAll, pages, press, settled } from '../testing/page.js';
import { CONFIG } from '../testing/salon.js';
import { readNotice } from '../testing/shown-notice.js';

/** The seed is fixed: a failure must be found again. Another one may be tried any time. */
const SAMPLES = { numRuns: 40, seed: 20261122 };

const ids = fc.stringMatching(/^[a-z][a-z0-9-]{0,9}[a-z0-9]$/);
const labels = fc.constantFrom(
  'its news',
  '<b>offers</b>',
  'ما هو جديد',
  'x'.repeat(90),
  'é\u0301',
);

/** Opt-ins as an owner could write them. */
const marketing: fc.Arbitrary<Marketing> = fc.record(
  {
    topics: fc.uniqueArray(
      fc.record({ id: ids, label: labels, frequency: labels, description: labels }),
      { minLength: 1, maxLength: 4, selector: ({ id }) => id },
    ),
    channels: fc.uniqueArray(fc.constantFrom('email' as const, 'sms' as const, 'phone' as const), {
      minLength: 1,
    }),
    controllers: fc.uniqueArray(
      fc.record({ id: ids, name: labels, privacyUrl: fc.constant('/privacy') }),
      { minLength: 1, maxLength: 3, selector: ({ id }) => id },
    ),
    frequencies: fc.uniqueArray(fc.constantFrom('weekly' as const, 'monthly' as const), {
      minLength: 1,
    }),
    minimumAge: fc.integer({ min: 13, max: 16 }),
  },
  { noNullPrototype: true, requiredKeys: ['topics', 'channels'] },
);

describe('<placet-opt-in> for any config', () => {
  const setup = pages();

  it('has a box per topic, channel and controller, none on, none required, and its notice is, byte for byte, what stands on the screen (001-26, 001-29, 001-32, DP-31)', async () => {
    for (const [given, basis, locale] of fc.sample(
      fc.tuple(
        marketing,
        fc.constantFrom('consent' as const, 'soft-opt-in' as const, 'b2b' as const),
        fc.constantFrom(en, fr),
      ),
      SAMPLES,
    )) {
      const config: SiteConfig = { ...CONFIG, language: locale.language, marketing: given };
      const adapter = fakeBackend();
      adapter.capabilities = async () => ({
        subscriptions: { channels: given.channels, links: true },
      });
      const { root } = setup(config, { locale, adapter });
      // Objections show in a form of the host alone, which sends them on.
      const isInside = basis !== 'consent';
      const form = root.appendChild(document.createElement(isInside ? 'form' : 'div'));
      const widget = form.appendChild(document.createElement('placet-opt-in'));
      widget.basis = basis;
      await settled(widget);
      // A sale allows messages, never calls (E-08).
      const channels = given.channels.filter(
        (channel) => basis !== 'soft-opt-in' || channel !== 'phone',
      );
      const { topics, controllers = [{}] } = given;
      const count = topics.length * channels.length * controllers.length;
      expect(boxes(widget), JSON.stringify(given)).to.have.length(count);
      expect(isOn(widget)).not.to.include(true);
      expect(findAll(widget, '[required], [checked]')).to.deep.equal([]);
      expect(boxes(widget).every(({ labels }) => labels!.length === 1)).to.equal(true);
      if (count) {
        expect(widget.optIn!.choices.every(({ granted }) => granted === isInside)).to.equal(true);
        const { text } = widget.optIn!.notice;
        expect(await readNotice(widget, config)).to.equal(text);
        expect(widget.optIn!.notice.text).to.equal(text);
      }
      root.remove();
    }
  });

  it('is given configs here that the schema accepts, in the main', () => {
    const config = marketingConfig({ minimumAge: 15, frequencies: ['weekly'] });
    expect(explainConfig(config)).to.deep.equal([]);
  });
});

describe('<placet-opt-in> for everybody (A-01…A-13)', () => {
  const setup = pages();
  const { style } = document.documentElement;
  afterEach(() => (style.colorScheme = ''));

  for (const locale of [en, fr])
    for (const scheme of ['light', 'dark'])
      it(`is clean to axe in every state, in ${scheme}, in ${locale.language}`, async () => {
        style.colorScheme = scheme;
        const config = marketingConfig(
          { minimumAge: 15, frequencies: ['weekly', 'monthly'] },
          { language: locale.language },
        );
        const { add } = setup(config, { locale, adapter: fakeBackend() });
        const widget = await add('placet-opt-in');
        await expect(widget).to.be.accessible();
        await press(box(widget, NEWS));
        await press(box(widget, NEWS_SMS));
        await settled(widget);
        await press(findAll<HTMLInputElement>(widget, '[name=age]')[1]!);
        await settled(widget);
        await press(choice(widget, 'submit'));
        await settled(widget);
        expect(findAll(widget, '[part=error]')).to.have.length(3);
        await expect(widget).to.be.accessible();
        const values = { email: 'a@example.org', phone: '+33612345678', guardian: 'b@example.org' };
        widget.formStateRestoreCallback(JSON.stringify(values));
        await settled(widget);
        await press(choice(widget, 'submit'));
        await settled(widget);
        expect(find(widget, '[name=code]')).to.exist;
        await expect(widget).to.be.accessible();
      });

  it('has targets of 24 px at least, and fits into 320 px, right to left, too', async () => {
    for (const dir of ['ltr', 'rtl']) {
      const config = marketingConfig({ minimumAge: 15, frequencies: ['weekly'] });
      const { add, root } = setup(config, { adapter: fakeBackend() });
      root.style.width = '280px';
      root.dir = dir;
      const widget = await add('placet-opt-in');
      await press(box(widget, NEWS));
      await press(box(widget, NEWS_SMS));
      await settled(widget);
      expect(find(widget, '[part=base]').scrollWidth).to.be.at.most(280);
      for (const target of findAll(widget, 'input, select, button')) {
        const { width, height, right, left } = target.getBoundingClientRect();
        expect(Math.min(width, height), target.outerHTML).to.be.at.least(24);
        expect(right - left).to.be.at.most(280);
      }
      root.remove();
    }
  });

  it('brings no inline style', async () => {
    const { add } = setup(marketingConfig(), { adapter: fakeBackend() });
    const widget = await add('placet-opt-in');
    expect(findAll(widget, '[style], style')).to.deep.equal([]);
  });
});
