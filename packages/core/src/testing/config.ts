import { formatDecision, type Decision, type SiteConfig } from '@placet/contract';

/** A moment to start from, wherever no real cookie is involved. */
export const NOW = new Date('2026-11-22T12:00:00Z');

/** A small shop's page, on which nothing reloads: the test runner lives on it. */
export const CONFIG: SiteConfig = {
  controller: { name: 'Maison Tilleul', privacyUrl: '/confidentialite' },
  notice: '2026-11',
  onWithdraw: 'keep',
  purposes: [
    {
      id: 'necessary',
      necessary: true,
      services: [
        { id: 'shop', name: 'Shop', owner: 'Us', cookies: [{ name: 'cart', duration: '1 day' }] },
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
          cookies: [
            { name: '_pk_*', duration: '13 months' },
            { name: 'shared', duration: '1 day' },
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
          cookies: [
            { name: 'YSC', duration: '1 day' },
            { name: 'shared', duration: '1 day' },
          ],
        },
        { id: 'maps', name: 'Maps', owner: 'Google' },
      ],
    },
  ],
};

/** The purposes of {@link CONFIG} that are asked. */
export const ASKED = ['preferences', 'analytics', 'marketing'];

/** A choice as another visit left it: everything refused, half a year ago, unless said otherwise. */
export function decision(change: Partial<Decision> = {}): Decision {
  const granted = change.granted ?? [];
  return {
    id: '6f1ed002-ab5f-4a3b-9d0e-0a1b2c3d4e5f',
    at: '2026-05-22T12:00:00.000Z',
    notice: CONFIG.notice,
    months: 13,
    granted,
    denied: ASKED.filter((id) => !granted.includes(id)),
    ...change,
  };
}

/** {@link decision} as it stands in storage. */
export function stored(change: Partial<Decision> = {}): string {
  return formatDecision(decision(change));
}
