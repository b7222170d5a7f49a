import {
  memoryAdapter,
  optInForm,
  optInNotice,
  type Holding,
  type MemoryAdapter,
  type MemoryAdapterOptions,
  type SiteConfig,
} from '@placet/contract';
import { marketingConfig } from './marketing.js';
import { NOW } from './salon.js';

/** The shop's config with rights and opt-ins. */
export function rightsConfig(config: Partial<SiteConfig> = {}): SiteConfig {
  const own = {
    controller: {
      name: 'Maison Tilleul',
      privacyUrl: '/confidentialite',
      contact: 'data@tilleul.example',
    },
    rights: { url: '/my-data/' },
  };
  return marketingConfig({ manageUrl: '/messages/' }, { ...own, ...config });
}

/** Whose data it is. */
export const EMAIL = 'claire@example.org';

/** What two systems hold about her, one of them on paper. */
export const HOLDINGS: readonly Holding[] = [
  {
    system: 'booking',
    name: 'Booking',
    kind: 'database',
    status: 'answered',
    categories: [
      {
        category: 'customer',
        label: 'Customer file',
        purpose: 'To know who comes, and how to reach you',
        basis: 'contract',
        retention: 'Three years after your last visit',
        recipients: ['Agenda SARL', 'Mailworks'],
        count: 1,
        records: [
          {
            record: '17',
            fields: [
              { field: 'name', label: 'Name', value: 'Claire Martin', rectifiable: true },
              { field: 'phone', label: 'Telephone', value: null, rectifiable: true },
              { field: 'since', label: 'Customer since', value: '3 May 2021', rectifiable: false },
            ],
          },
        ],
      },
      {
        category: 'order',
        label: 'Orders',
        purpose: 'To deliver and to invoice',
        basis: 'legal-obligation',
        retention: 'Ten years, as the law on accounts demands',
        recipients: [],
        source: 'The shop’s till',
        count: 60,
        records: [
          {
            record: 'o-1',
            fields: [
              { field: 'day', label: 'Day', value: '2 March 2026', rectifiable: false },
              { field: 'what', label: 'What', value: 'Colour, cut', rectifiable: false },
            ],
          },
          {
            record: 'o-2',
            fields: [
              { field: 'day', label: 'Day', value: '14 June 2026', rectifiable: false },
              { field: 'what', label: 'What', value: 'Cut', rectifiable: false },
            ],
          },
        ],
      },
    ],
  },
  { system: 'paper', name: 'Paper files', kind: 'paper', status: 'manual', categories: [] },
];

/** Somebody who can show who they are, and a backend that knows them. */
export interface Claire {
  config: SiteConfig;
  adapter: MemoryAdapter & Required<Pick<MemoryAdapter, RightsKey>>;
  /** What was mailed last. */
  mailed(): { token: string; code: string };
  /** Signs her in, in this browser. */
  enter(): Promise<void>;
}

type RightsKey = 'subscriptions' | 'identity' | 'holdings' | 'requests' | 'rights';

/** Makes one, whom nothing but her address is known of before {@link Claire.enter}. */
export function claire(
  options: Pick<MemoryAdapterOptions, 'waits'> = {},
  config = rightsConfig(),
): Claire {
  const person = {
    contacts: { email: EMAIL },
    holdings: HOLDINGS,
    kept: [
      {
        system: 'booking',
        category: 'order',
        ground: 'Law on accounts',
        until: '2036-12-31T22:59:59.999Z',
      },
    ],
    checks: [{ label: 'Appointments to come', count: 1 }],
  };
  const now = () => NOW;
  const adapter = memoryAdapter({ config, now, people: [person], ...options }) as Claire['adapter'];
  const mailed = () => adapter.sent.filter(({ identity }) => identity).at(-1)!.identity!;
  return {
    ...{ config, adapter, mailed },
    async enter() {
      await adapter.identity.start({ email: EMAIL });
      await adapter.identity.finish({ token: mailed().token });
    },
  };
}

/** Has her ask for the newsletter, and confirm it. */
export async function subscribe({ adapter, config }: Claire): Promise<void> {
  const form = optInForm({ config, language: 'en', text: (name) => name });
  await adapter.subscriptions.submit({
    id: '0a7f0b52-3c1f-4d8c-9a54-6f0f4f1f5c11',
    at: NOW.toISOString(),
    choices: form.boxes.map(({ box: { topic, channel, controller } }) => {
      const granted = channel === 'email' && topic === 'newsletter';
      return { topic, channel, controller, granted };
    }),
    contacts: { email: EMAIL },
    notice: { version: config.notice, text: optInNotice(form, config.notice) },
    gesture: { control: 'opt-in', trusted: true },
    language: 'en',
    page: 'https://salon.example/',
  });
  await adapter.subscriptions.confirm({ token: adapter.sent.at(-1)!.token! });
}
