import { createHash, randomUUID } from 'node:crypto';
import { canonicalNotice, type ConsentRecord, type SiteConfig } from '@placet/contract';

/** The site whose decisions the backend tests register. */
export const SITE: SiteConfig = {
  controller: { name: 'Maison Tilleul', privacyUrl: 'https://tilleul.example/confidentialite/' },
  notice: '2026-11',
  purposes: [
    { id: 'necessary', necessary: true },
    { id: 'analytics' },
    { id: 'marketing', services: [{ id: 'youtube', name: 'YouTube', owner: 'Google' }] },
  ],
};

/** The notice that those decisions were made on. */
export const NOTICE = canonicalNotice([
  ['layer', 'banner'],
  ['version', SITE.notice],
  ['language', 'fr'],
  ['title', 'Vos choix'],
  ['purpose', 'analytics', 'Mesure d’audience', 'Compter les visites.'],
  ['purpose', 'marketing', 'Publicité', 'Mesurer nos annonces.'],
]);

/** A decision taken now, as a browser sends it. */
export function consent(changes: Partial<ConsentRecord> = {}): ConsentRecord {
  return {
    id: randomUUID(),
    at: new Date(Math.floor(Date.now() / 1000) * 1000).toISOString(),
    notice: {
      version: SITE.notice,
      hash: createHash('sha256').update(NOTICE).digest('hex'),
      text: NOTICE,
    },
    months: 13,
    granted: ['analytics'],
    denied: ['marketing'],
    gesture: { control: 'save', trusted: true },
    regime: 'opt-in',
    language: 'fr',
    page: 'https://tilleul.example/soins/',
    ...changes,
  };
}
