import type { SiteConfig } from '@placet/contract';

/** A small site's config, in English, with one declared service. */
export const CONFIG: SiteConfig = {
  controller: { name: 'Maison Tilleul', privacyUrl: '/privacy' },
  notice: '2026-11',
  purposes: [
    { id: 'necessary', necessary: true },
    {
      id: 'analytics',
      services: [
        {
          id: 'matomo',
          name: 'Matomo',
          owner: 'InnoCraft',
          cookies: [{ name: '_pk_*', duration: '13 months' }],
        },
      ],
    },
    { id: 'marketing', services: [{ id: 'youtube', name: 'YouTube', owner: 'Google' }] },
  ],
};
