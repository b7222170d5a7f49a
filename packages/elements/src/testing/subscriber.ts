import {
  memoryAdapter,
  optInForm,
  optInNotice,
  type MemoryAdapter,
  type OptIn,
  type OptInChoice,
  type SiteConfig,
} from '@placet/contract';
import { marketingConfig } from './marketing.js';
import { NOW } from './salon.js';

/** Somebody who asked for messages and confirmed it. */
export interface Subscriber {
  config: SiteConfig;
  adapter: MemoryAdapter & Required<Pick<MemoryAdapter, 'subscriptions'>>;
  /** Of a message's link. */
  token: string;
  /** Whether a message may go to the address now. */
  gets(topic: string): boolean;
}

const EMAIL = 'claire@example.org';

/** Makes one, by everything that a backend does. */
export async function subscriber(
  topics: readonly string[] = ['newsletter'],
  config = marketingConfig({ frequencies: ['monthly', 'quarterly'] }),
  more: Pick<OptIn, 'guardian'> = {},
): Promise<Subscriber> {
  const adapter = memoryAdapter({ config, now: () => NOW }) as Subscriber['adapter'];
  const form = optInForm({ config, language: 'en', text: (name) => name });
  const choices = form.boxes.map(({ box: { topic, channel, controller } }): OptInChoice => {
    const granted = channel === 'email' && topics.includes(topic);
    return { topic, channel, controller, granted };
  });
  await adapter.subscriptions.submit({
    id: '0a7f0b52-3c1f-4d8c-9a54-6f0f4f1f5c11',
    at: NOW.toISOString(),
    choices,
    contacts: { email: EMAIL },
    notice: { version: config.notice, text: optInNotice(form, config.notice) },
    gesture: { control: 'opt-in', trusted: true },
    language: 'en',
    page: 'https://salon.example/',
    ...more,
  });
  const confirm = () => adapter.subscriptions.confirm({ token: adapter.sent.at(-1)!.token! });
  if (more.guardian) await confirm();
  const { access = '' } = await confirm();
  return {
    ...{ config, adapter, token: access },
    gets: (topic) =>
      adapter.maySend({ contact: EMAIL, topic, channel: 'email', controller: 'default' }),
  };
}
