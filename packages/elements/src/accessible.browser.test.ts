import { expect } from '@open-wc/testing';
import type { SiteConfig } from '@placet/contract';
import { locale as fr } from './locales/fr.js';
import { locale as en } from './locales/en.js';
import { pages, settled } from './testing/page.js';
import { CONFIG } from './testing/salon.js';

const { style } = document.documentElement;

describe('every widget is clean to axe (A-01…A-13)', () => {
  const setup = pages();
  afterEach(() => (style.colorScheme = ''));

  for (const [language, locale] of Object.entries({ en, fr }))
    for (const scheme of ['light', 'dark'])
      describe(`in ${scheme}, in ${language}`, () => {
        const config: SiteConfig = { ...CONFIG, language };
        const page = (more: Partial<SiteConfig> = {}, former?: object) => {
          style.colorScheme = scheme;
          return setup({ ...config, ...more }, { locale, ...(former && { former }) });
        };

        for (const layout of ['box', 'bar'] as const)
          it(`the banner as a ${layout}`, async () => {
            await expect(await page({ layout }).add('placet-banner')).to.be.accessible();
          });

        it('the panel, with every list open and a service answered apart', async () => {
          const former = { granted: ['analytics', 'marketing/youtube'] };
          const panel = await page({}, former).add('placet-preferences');
          await panel.show();
          for (const details of panel.shadowRoot!.querySelectorAll('details')) details.open = true;
          await settled(panel);
          await expect(panel).to.be.accessible();
        });

        it('the embed, held and shown', async () => {
          const src = new URL('./testing/video.html', import.meta.url).href;
          const embed = { service: 'youtube', src, label: 'Le salon' };
          await expect(await page().add('placet-embed', embed)).to.be.accessible();
          const { add } = page({}, { granted: ['marketing'] });
          await expect(await add('placet-embed', embed)).to.be.accessible();
        });
      });
});
