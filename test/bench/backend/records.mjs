// What is sent: decisions as a browser sends them, once the register knows the notice's text.
import { createHash, randomUUID } from 'node:crypto';
import { canonicalNotice } from '@placet/contract';

export const SITE = {
  controller: { name: 'Maison Tilleul', privacyUrl: 'https://tilleul.example/confidentialite/' },
  notice: '2026-11',
  purposes: [
    { id: 'necessary', necessary: true },
    { id: 'preferences' },
    { id: 'analytics' },
    { id: 'marketing' },
  ],
};

const TEXT = canonicalNotice([
  ['layer', 'banner'],
  ['version', SITE.notice],
  ['purpose', 'preferences', 'Confort', 'Retenir vos réglages.'],
  ['purpose', 'analytics', 'Mesure d’audience', 'Compter les visites.'],
  ['purpose', 'marketing', 'Publicité', 'Mesurer nos annonces.'],
]);
const HASH = createHash('sha256').update(TEXT).digest('hex');

/** A decision taken now; the first one brings the notice's text along. */
export function record(isFirst = false) {
  return {
    id: randomUUID(),
    at: new Date(Math.floor(Date.now() / 1000) * 1000).toISOString(),
    notice: { version: SITE.notice, hash: HASH, ...(isFirst && { text: TEXT }) },
    months: 13,
    granted: ['preferences', 'analytics'],
    denied: ['marketing'],
    gesture: { control: 'save', trusted: true },
    regime: 'opt-in',
    language: 'fr',
    page: 'https://tilleul.example/soins/',
  };
}
