import type { SiteConfig } from '@placet/contract';

/** A moment to start from. A choice made now lasts until 22 December 2027. */
export const NOW = new Date('2026-11-22T12:00:00Z');

/** A small shop's config in which nothing reloads: the test runner lives on the page. */
export const CONFIG: SiteConfig = {
  controller: { name: 'Maison Tilleul', privacyUrl: '/confidentialite' },
  notice: '2026-11',
  language: 'en',
  onWithdraw: 'keep',
  purposes: [
    {
      id: 'necessary',
      necessary: true,
      services: [
        {
          id: 'shop',
          name: 'Shop',
          owner: 'Maison Tilleul',
          cookies: [{ name: 'cart', duration: { en: '1 day', fr: '1 jour' } }],
        },
      ],
    },
    { id: 'preferences' },
    {
      id: 'analytics',
      services: [
        {
          id: 'matomo',
          name: 'Matomo',
          owner: 'InnoCraft',
          privacyUrl: 'https://matomo.example/privacy',
          cookies: [
            { name: '_pk_id*', duration: { en: '13 months', fr: '13 mois' } },
            { name: '_pk_ses*', duration: { en: '30 minutes', fr: '30 minutes' } },
          ],
        },
      ],
    },
    {
      id: 'marketing',
      services: [
        {
          id: 'youtube',
          name: 'YouTube',
          owner: 'Google',
          cookies: [{ name: 'YSC', duration: { en: 'the visit', fr: 'la visite' } }],
        },
        { id: 'maps', name: 'Maps', owner: 'Google' },
      ],
    },
  ],
};

/** The purposes of {@link CONFIG} that are asked. */
export const ASKED = ['preferences', 'analytics', 'marketing'];
