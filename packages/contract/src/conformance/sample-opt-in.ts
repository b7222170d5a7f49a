import type { SiteConfig } from '../config.js';
import { texts } from '../locales/opt-in/en.js';
import { boxesOf } from '../opt-in/boxes.js';
import { optInForm, optInNotice } from '../opt-in/form.js';
import type { Basis, Contacts, OptIn } from '../opt-in/opt-in.js';
import { fillText } from '../text.js';
import { recordedNotice } from './sample.js';

/** What a form says that asks for everything that the site offers, in English. */
export function sampleOptInNotice(config: SiteConfig, basis?: Basis): string {
  const form = optInForm({
    config,
    basis,
    language: 'en',
    text: (name, values) => fillText(config.texts?.['en']?.[name] ?? texts[name], values),
  });
  return optInNotice(form, config.notice);
}

/** Contacts that nobody has used before. */
export function freshContacts(): Required<Contacts> {
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  return {
    email: `person-${crypto.randomUUID()}@example.org`,
    phone: `+3361${String(random! % 10_000_000).padStart(7, '0')}`,
  };
}

/**
 * A valid opt-in made now, for a contact that nobody has used before: the first topic's e-mails
 * ticked, nothing else, with the notice's text along.
 */
export async function sampleOptIn(
  config: SiteConfig,
  overrides: Partial<OptIn> = {},
): Promise<OptIn> {
  const boxes = boxesOf(config);
  const first = boxes.findIndex(({ channel }) => channel === 'email');
  const { email } = freshContacts();
  return {
    id: crypto.randomUUID(),
    at: new Date().toISOString(),
    choices: boxes.map(({ topic, channel, controller }, index) => ({
      topic,
      channel,
      controller,
      granted: index === first,
    })),
    contacts: { email },
    ...(config.marketing?.minimumAge !== undefined && !overrides.guardian && { age: 'over' }),
    gesture: { control: 'submit', trusted: true },
    language: 'en',
    page: 'https://shop.example/newsletter',
    ...(config.site !== undefined && { site: config.site }),
    notice: await recordedNotice(config.notice, sampleOptInNotice(config)),
    ...overrides,
  };
}
