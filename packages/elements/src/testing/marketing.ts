import {
  type PlacetError,
  type Confirmation,
  type Marketing,
  type OptIn,
  type SiteConfig,
  type SubscriptionsGroup,
  type VisitorAdapter,
} from '@placet/contract';
import { CONFIG } from './salon.js';

/** Two topics by two channels. */
export const MARKETING: Marketing = {
  topics: [
    {
      id: 'newsletter',
      label: { en: 'its newsletter', fr: 'sa lettre d’information' },
      frequency: { en: 'once a month at most', fr: 'une fois par mois au plus' },
    },
    {
      id: 'offers',
      label: { en: 'its offers', fr: 'ses offres' },
      frequency: { en: 'twice a month at most', fr: 'deux fois par mois au plus' },
    },
  ],
  channels: ['email', 'sms'],
};

/** The shop's config with opt-ins. */
export function marketingConfig(
  more: Partial<Marketing> = {},
  config: Partial<SiteConfig> = {},
): SiteConfig {
  return { ...CONFIG, ...config, marketing: { ...MARKETING, ...more } };
}

/** A backend that notes what it is told. */
export interface FakeBackend extends VisitorAdapter {
  submitted: OptIn[];
  confirmed: Confirmation[];
  /** What the next calls fail with. */
  failure: PlacetError | undefined;
}

/** A backend for opt-ins in which everything succeeds unless told otherwise. */
export function fakeBackend(offered = true): FakeBackend {
  const backend = {
    name: 'fake',
    submitted: [] as OptIn[],
    confirmed: [] as Confirmation[],
    failure: undefined as PlacetError | undefined,
    capabilities: async () =>
      offered ? { subscriptions: { channels: MARKETING.channels, links: true } } : {},
    subscriptions: {
      async submit(optIn: OptIn) {
        if (backend.failure) throw backend.failure;
        backend.submitted.push(structuredClone(optIn));
        return {
          id: optIn.id,
          receivedAt: optIn.at,
          notice: { version: optIn.notice.version, hash: optIn.notice.hash ?? '' },
          confirm: (['email', 'phone'] as const).filter((kind) => optIn.contacts[kind]),
          missing: optIn.missing ?? [],
        };
      },
      async confirm(proof: Confirmation) {
        if (backend.failure) throw backend.failure;
        backend.confirmed.push(proof);
        return { choices: [], access: 'access' };
      },
    } as Partial<SubscriptionsGroup> as SubscriptionsGroup,
  };
  return backend;
}
