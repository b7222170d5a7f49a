import { randomUUID } from 'node:crypto';
import {
  contactKindOf,
  neededContacts,
  optInForm,
  optInNotice,
  type Basis,
  type Choosable,
  type ContactKind,
  type OptIn,
  type SiteConfig,
  type SubscriptionChange,
} from '@placet/contract';
import type { Database } from '../database/database.js';
import { hex, sha256 } from '../log/hash.js';
import { wordsFor } from '../pages/words.js';
import type { RegisterOptions } from '../register/create-register.js';
import { createSubscriptions } from '../subscriptions/create-subscriptions.js';
import type { Outgoing, SubscriptionNews } from '../subscriptions/outgoing.js';
import type { Submitted } from '../subscriptions/subscriptions.js';
import { MARKETING_CONFIG as PLAIN_CONFIG } from './marketing.js';
import { NOW, testRegister } from './register.js';

/** The site's configuration in tests of subscriptions: everything that can be asked for. */
export const MARKETING_CONFIG: SiteConfig = {
  ...PLAIN_CONFIG,
  marketing: {
    ...PLAIN_CONFIG.marketing!,
    channels: ['email', 'sms', 'phone'],
    frequencies: ['weekly', 'monthly', 'quarterly'],
  },
};

const { minimumAge: _age, ...AGELESS } = MARKETING_CONFIG.marketing!;

/** The same site, where nobody is asked their age. */
export const AGELESS_CONFIG: SiteConfig = { ...MARKETING_CONFIG, marketing: AGELESS };

export const NEWSLETTER: Choosable = {
  topic: 'newsletter',
  channel: 'email',
  controller: 'default',
};
export const OFFERS: Choosable = { ...NEWSLETTER, topic: 'offers' };
export const SMS: Choosable = { ...NEWSLETTER, channel: 'sms' };

/** How a browser's opt-in comes. */
export const FROM_FORM: Submitted = { how: 'form', isHost: false };
/** How one from the host's own server comes. */
export const FROM_HOST: Submitted = { how: 'api', isHost: true };

/** What was put down to be sent, once its transaction has committed. */
export interface SentOut {
  confirmations: { site: string; record: string; contact: string; kind: ContactKind }[];
  links: { site: string; contact: string; kind: ContactKind }[];
  news: SubscriptionNews[];
}

/** The notice of an opt-in form, as the widget shows it. */
export function testNotice({
  config = MARKETING_CONFIG,
  basis = 'consent',
}: { config?: SiteConfig; basis?: Basis } = {}) {
  const text = optInNotice(
    optInForm({ config, language: 'en', text: wordsFor(config, 'en').optIn, basis }),
    config.notice,
  );
  return { version: config.notice, hash: hex(sha256(text)), text };
}

/** An opt-in that the service takes: these choices granted, every other box shown and left. */
export function testOptIn(
  granted: readonly Choosable[] = [NEWSLETTER],
  changed: Partial<OptIn> = {},
  config: SiteConfig = MARKETING_CONFIG,
): OptIn {
  const { basis = 'consent' } = changed;
  const { boxes } = optInForm({
    config,
    language: 'en',
    text: wordsFor(config, 'en').optIn,
    basis,
  });
  const isGranted = (choice: Choosable) =>
    granted.some(
      (each) =>
        each.topic === choice.topic &&
        each.channel === choice.channel &&
        each.controller === choice.controller,
    );
  // Nobody is called at a sale's word (E-08).
  const choices = boxes
    .map(({ box: { topic, channel, controller } }) => ({ topic, channel, controller }))
    .filter(({ channel }) => basis !== 'soft-opt-in' || channel !== 'phone')
    .map((choice) => ({ ...choice, granted: isGranted(choice) }));
  const kinds = neededContacts({ choices, basis });
  return {
    id: randomUUID(),
    at: '2026-11-22T11:59:58.000Z',
    choices,
    ...(basis === 'consent' && !changed.guardian && { age: 'over' as const }),
    contacts: {
      ...(kinds.includes('email') && { email: 'camille@example.org' }),
      ...(kinds.includes('phone') && { phone: '+33612345678' }),
    },
    notice: testNotice({ config, basis }),
    gesture: { control: 'submit', trusted: true },
    language: 'en',
    page: 'https://maison-tilleul.example/lettre',
    ...changed,
  };
}

/** What a host states with an opt-in that stands on a sale or on a profession. */
export function testGround(
  basis: Exclude<Basis, 'consent'>,
): Pick<OptIn, 'basis' | 'sale' | 'profession' | 'conditions'> {
  if (basis === 'b2b')
    return {
      basis,
      profession: { role: 'hotel manager', source: 'visiting card' },
      conditions: ['role-related', 'objection-offered'],
    };
  return {
    basis,
    sale: { id: 'order-17', at: '2026-11-20T10:00:00Z' },
    conditions: ['same-controller', 'obtained-in-sale', 'similar-products', 'objection-offered'],
  };
}

/** A change in the preference centre: these granted, those refused. */
export function testChange(changed: Partial<SubscriptionChange> = {}): SubscriptionChange {
  return {
    id: randomUUID(),
    at: '2026-11-22T11:59:58.000Z',
    notice: testNotice(),
    gesture: { control: 'save', trusted: true },
    language: 'en',
    page: 'https://maison-tilleul.example/messages',
    ...changed,
  };
}

/** Subscriptions on that database, with what they have put down to be sent. */
export async function testSubscriptions(
  database: Database,
  {
    config = MARKETING_CONFIG,
    ...options
  }: Partial<RegisterOptions> & { config?: SiteConfig } = {},
) {
  const opened = await testRegister(database, { configs: [config], ...options });
  const { register, keys, clock } = opened;
  const sent: SentOut = { confirmations: [], links: [], news: [] };
  // A transaction that is taken back sends nothing, but is not seen here: tests count by the database.
  const outgoing: Outgoing = {
    confirmation: async (_, about) => void sent.confirmations.push(about),
    link: async (_, about) => void sent.links.push(about),
    news: async (_, news) => void sent.news.push(news),
    wake() {},
  };
  const service = createSubscriptions({
    database,
    keys,
    register,
    outgoing,
    sites: new Map([[config.site ?? 'default', config]]),
    words: (of, language) => wordsFor(of, language).optIn,
    now: () => clock.now,
  });

  /** What the newest confirmation of an opt-in would carry. */
  async function issued(of: Partial<SentOut['confirmations'][number]> = {}) {
    const about = sent.confirmations
      .filter((each) => of.kind === undefined || each.kind === of.kind)
      .at(-1);
    return about && service.issue(about.site, about.record, about.contact);
  }

  /** Opts in and confirms all that is asked for. */
  async function subscribe(optIn: OptIn = testOptIn()) {
    const from = sent.confirmations.length;
    await service.submit(optIn, FROM_FORM);
    let access = '';
    for (const { site, record, contact } of sent.confirmations.slice(from)) {
      const message = await service.issue(site, record, contact);
      const proof =
        message!.token === undefined
          ? { id: optIn.id, code: message!.code! }
          : { token: message!.token };
      access = (await service.confirm(proof)).access ?? '';
    }
    return { optIn, access };
  }

  /** Whether a message may go. */
  async function may(choice: Choosable = NEWSLETTER, contact?: string) {
    const known =
      contactKindOf(choice.channel) === 'email' ? 'camille@example.org' : '+33612345678';
    const { send, reason } = await service.maySend({
      ...choice,
      site: config.site ?? 'default',
      contact: contact ?? known,
    });
    return send ? true : reason;
  }

  return { ...opened, service, sent, issued, subscribe, may };
}

/** A while after {@link NOW}. */
export function later(minutes: number): Date {
  return new Date(NOW.getTime() + minutes * 60_000);
}
