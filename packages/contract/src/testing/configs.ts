import assert from 'node:assert/strict';
import { PlacetError } from '../errors.js';
import { explainConfig, parseConfig } from '../schema.js';

/** The least that a configuration says. */
export const MINIMAL = {
  controller: { name: 'Maison Tilleul', privacyUrl: '/confidentialite' },
  notice: '2026-11',
  purposes: [{ id: 'analytics' }],
};

/** The example of the design (§3 "Config"). */
export const WHOLE = {
  $schema: './config.schema.json',
  controller: {
    name: 'Maison Tilleul',
    privacyUrl: '/confidentialite',
    contact: 'donnees@maison-tilleul.example',
  },
  notice: '2026-11',
  site: 'shop-paris',
  months: 13,
  language: 'fr',
  regime: 'opt-in',
  layout: 'box',
  cookie: { name: 'placet', domain: '.maison-tilleul.example' },
  onWithdraw: 'reload',
  reopen: 'button',
  platforms: ['matomo'],
  purposes: [
    { id: 'necessary', necessary: true },
    {
      id: 'analytics',
      signals: ['analytics_storage'],
      services: [
        {
          id: 'matomo',
          name: 'Matomo',
          owner: 'InnoCraft',
          privacyUrl: 'https://matomo.org/privacy-policy/',
          cookies: [{ name: '_pk_*', duration: { fr: '13 mois', en: '13 months' } }],
        },
      ],
    },
    { id: 'marketing', signals: ['ad_storage', 'ad_user_data', 'ad_personalization'] },
    { id: 'chat', label: { fr: 'Messagerie', en: 'Chat' }, description: 'Talk to us.' },
  ],
  marketing: {
    topics: [
      {
        id: 'newsletter',
        label: { fr: 'sa lettre d’information', en: 'its newsletter' },
        frequency: { fr: 'une fois par mois au plus', en: 'once a month at most' },
        description: { fr: 'Recettes et nouveautés.', en: 'Recipes and novelties.' },
      },
      { id: 'offers', label: 'its offers', frequency: 'no more than four times a year' },
    ],
    channels: ['email', 'sms', 'phone'],
    controllers: [
      { id: 'default', name: 'Maison Tilleul', privacyUrl: '/confidentialite' },
      {
        id: 'academy',
        name: 'Tilleul Académie',
        privacyUrl: 'https://academie.example/confidentialite',
        contact: 'bonjour@academie.example',
      },
    ],
    frequencies: ['weekly', 'monthly', 'quarterly'],
    minimumAge: 15,
    country: 'FR',
    manageUrl: '/mes-messages',
  },
  texts: {
    fr: { bannerTitle: 'Vos choix', accept: 'Tout accepter', refuse: 'Continuer sans accepter' },
  },
};

export const service = { id: 'matomo', name: 'Matomo', owner: 'InnoCraft' };
export const withPurpose = (purpose: unknown) => ({
  ...MINIMAL,
  purposes: [{ id: 'preferences' }, purpose],
});
export const withService = (more: object) =>
  withPurpose({ id: 'analytics', services: [{ ...service, ...more }] });
export const withCookie = (name: unknown, more: object = {}) =>
  withService({ cookies: [{ name, duration: '1 year', ...more }] });
export const withTexts = (texts: object, language = 'en') => ({
  ...MINIMAL,
  texts: { [language]: texts },
});
export const topic = {
  id: 'newsletter',
  label: 'its newsletter',
  frequency: 'once a month at most',
};
export const withMarketing = (more: object) => ({
  ...MINIMAL,
  marketing: { topics: [topic], channels: ['email'], ...more },
});
export const withTopic = (more: object) => withMarketing({ topics: [{ ...topic, ...more }] });
export const paths = (input: unknown) => explainConfig(input).map(({ path }) => path);

/** Asserts that one fault is named, where it is, why, and what to do. */
export function refuses(input: unknown, path: string, problem?: RegExp, remedy?: RegExp) {
  const issue = explainConfig(input).find((each) => each.path === path);
  assert.ok(issue, `${path} is not among ${JSON.stringify(explainConfig(input))}`);
  if (problem) assert.match(issue.problem, problem);
  if (remedy) assert.match(issue.remedy, remedy);
  for (const one of explainConfig(input)) {
    assert.match(one.problem, /^\S.{5,}$/, one.path);
    assert.match(one.remedy, /^[A-Z].+[.?]$/, `${one.path}: ${one.remedy}`);
    assert.doesNotMatch(one.problem + one.remedy, /invalid|expected|regex|undefined is/i);
  }
  assert.throws(
    () => parseConfig(input),
    (error) =>
      error instanceof PlacetError &&
      error.code === 'config/invalid' &&
      error.message.includes(`${path}: ${issue.problem}; ${issue.remedy}`),
  );
}
