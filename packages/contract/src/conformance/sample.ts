import { isNecessary, type SiteConfig } from '../config.js';
import type { ConsentRecord } from '../consent-record.js';
import { clampMonths } from '../decision.js';
import { canonicalNotice, noticeHash, type NoticePart } from '../notice.js';

/** A site for adapters that are tied to none: two purposes, one with two services; two topics by e-mail and SMS, and the age asked; a page where people see to their data. */
export const SAMPLE_CONFIG: SiteConfig = {
  controller: { name: 'Maison Tilleul', privacyUrl: '/confidentialite' },
  notice: '2026-11',
  purposes: [
    { id: 'necessary', necessary: true },
    { id: 'analytics', services: [{ id: 'matomo', name: 'Matomo', owner: 'InnoCraft' }] },
    {
      id: 'marketing',
      services: [
        { id: 'youtube', name: 'YouTube', owner: 'Google Ireland' },
        { id: 'maps', name: 'Maps', owner: 'Google Ireland' },
      ],
    },
  ],
  marketing: {
    topics: [
      { id: 'newsletter', label: 'its newsletter', frequency: 'once a month at most' },
      { id: 'offers', label: 'its offers', frequency: 'four times a year at most' },
    ],
    channels: ['email', 'sms'],
    frequencies: ['monthly', 'quarterly'],
    minimumAge: 15,
  },
  rights: { url: '/my-data/' },
};

/** A canonical notice that names what a configuration asks for. */
export function sampleNotice(config: SiteConfig, title = 'Your choices'): string {
  return canonicalNotice([
    ['version', config.notice],
    ['controller', config.controller.name, config.controller.privacyUrl],
    ['title', title],
    ...config.purposes.flatMap(({ id, services = [] }): NoticePart[] => [
      ['purpose', id, id],
      ...services.map((each): NoticePart => ['service', each.id, each.name, each.owner]),
    ]),
    ['choice', 'refuse', 'Refuse all'],
    ['choice', 'accept', 'Accept all'],
  ]);
}

/**
 * A valid record of a new decision, taken now: the first purpose granted, the others denied, with
 * the notice's text along.
 */
export async function sampleRecord(
  config: SiteConfig,
  overrides: Partial<ConsentRecord> = {},
): Promise<ConsentRecord> {
  const asked = config.purposes.filter((purpose) => !isNecessary(purpose)).map(({ id }) => id);
  return {
    id: crypto.randomUUID(),
    at: new Date().toISOString(),
    months: clampMonths(config.months),
    granted: asked.slice(0, 1),
    denied: asked.slice(1),
    gesture: { control: 'save', trusted: true },
    regime: config.regime ?? 'opt-in',
    language: config.language ?? 'en',
    page: 'https://shop.example/products',
    ...(config.site !== undefined && { site: config.site }),
    notice: await recordedNotice(config.notice, sampleNotice(config)),
    ...overrides,
  };
}

/** A text with the hash that it has. */
export async function recordedNotice(
  version: string,
  text: string,
): Promise<{ version: string; hash: string; text: string }> {
  const hash = await noticeHash(text);
  if (hash === undefined) throw new Error('The suite needs crypto.subtle: https or localhost.');
  return { version, hash, text };
}
