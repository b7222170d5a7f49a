import type { OptInChoice, SiteConfig } from '@placet/contract';
import { CONFIG } from './register.js';

/** A site that asks for opt-ins. */
export const MARKETING_CONFIG: SiteConfig = {
  ...CONFIG,
  controller: { ...CONFIG.controller, contact: 'bonjour@tilleul.example' },
  marketing: {
    topics: [
      {
        id: 'newsletter',
        label: { en: 'its newsletter', fr: 'sa lettre' },
        frequency: { en: 'once a month at most', fr: 'une fois par mois au plus' },
      },
      {
        id: 'offers',
        label: { en: 'its offers', fr: 'ses offres' },
        frequency: { en: 'twice a month at most', fr: 'deux fois par mois au plus' },
      },
    ],
    channels: ['email', 'sms'],
    minimumAge: 15,
    country: 'FR',
  },
};

/** What the person ticked on a form of that site, and what not. */
export const CHOICES: readonly OptInChoice[] = [
  { topic: 'newsletter', channel: 'email', controller: 'default', granted: true },
  { topic: 'offers', channel: 'email', controller: 'default', granted: false },
];
